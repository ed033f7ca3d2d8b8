"""The criteria of a meeting's score, each made when somebody asks for it: of most meetings only the totals are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import overload

from attrs import frozen

from chibo.definitions.frames.frame import ZERO, Criterion, Group, Line
from chibo.definitions.language import Language
from chibo.model import CellBook, MeetingCode
from chibo.model.grouping import group_by
from chibo.scoring.verdicts import FactVerdict, verdict_on
from chibo.scoring.view import MeetingView


@frozen(kw_only=True)
class CriterionScore:
    """One criterion at one meeting. `maximum` is that of this meeting, 0 where the criterion does not apply."""

    group: Group
    criterion: Criterion
    maximum: Decimal
    applies: bool
    fact: FactVerdict | None = None
    self_points: Decimal | None = None
    official_points: Decimal | None = None
    explanation: str = ""

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.criterion.code

    def label(self, language: Language | str = Language.VIETNAMESE) -> str:
        """The criterion's wording."""
        english = self.criterion.label_en if Language(language) is Language.ENGLISH else ""
        return english or self.criterion.label

    @property
    def supported(self) -> Decimal | None:
        """The most points that need no explanation; None where facts set no limit."""
        return None if self.fact is None else self.fact.supported

    @property
    def excess(self) -> Decimal:
        """By how much the self-score goes above what the facts support; 0 where it does not."""
        if self.self_points is None or self.supported is None:
            return ZERO
        return max(self.self_points - self.supported, ZERO)

    @property
    def needs_explanation(self) -> bool:
        """Whether the self-score is above what the facts support and nobody has said why."""
        return self.excess > 0 and not self.explanation


@frozen(slots=False, eq=False, repr=False)
class ScoredCriteria(Sequence[CriterionScore]):
    """The criteria of a meeting in the frame's order, as a tuple would hold them."""

    view: MeetingView
    lines: tuple[Line, ...]
    own: Mapping[str, Decimal]
    official: Mapping[str, Decimal]

    @cached_property
    def _all(self) -> tuple[CriterionScore, ...]:
        return tuple(map(self._score, self.lines))

    @cached_property
    def _by_code(self) -> Mapping[str, Line]:
        return {line.code: line for line in self.lines}

    def of(self, code: str) -> CriterionScore:
        """The score of one criterion; KeyError for a code that the frame does not have."""
        return self._score(self._by_code[code])

    @overload
    def __getitem__(self, index: int) -> CriterionScore: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[CriterionScore, ...]: ...

    def __getitem__(self, index: int | slice) -> CriterionScore | tuple[CriterionScore, ...]:
        return self._all[index] if isinstance(index, slice) else self._score(self.lines[index])

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[CriterionScore]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ScoredCriteria) and self._all == other._all

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._all)

    def _score(self, line: Line) -> CriterionScore:
        return CriterionScore(
            group=line.group,
            criterion=line.criterion,
            maximum=line.maximum,
            applies=line.applies,
            fact=verdict_on(line, self.view) if line.applies and self.view.meeting.is_held else None,
            self_points=self.own.get(line.code),
            official_points=self.official.get(line.code),
            explanation=self._explanations.get(line.code.casefold(), ""),
        )

    @cached_property
    def _explanations(self) -> Mapping[str, str]:
        return _explanations(self.view.book, self.view.meeting.meeting_code)


def _explanations(book: CellBook, code: MeetingCode) -> dict[str, str]:
    """The explanations of a meeting by criterion (letter case of codes does not matter), several joined by `;`."""
    rows = group_by(book.explanations_by_meeting.get(code, ()), lambda row: row.criterion.casefold())
    return {criterion: "; ".join(row.reason for row in told) for criterion, told in rows.items()}
