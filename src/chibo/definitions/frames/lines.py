"""The lines of a frame: its criteria in their groups, as they hold for meetings of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from attrs import frozen
from pydantic import Field

from chibo.definitions.frames.criteria import ZERO, Code, Criterion, Exemption, Text
from chibo.definitions.frames.edges import Points
from chibo.definitions.frames.facts import Fact, NumberFact, YesNoFact
from chibo.definitions.loading import Definition
from chibo.model import MeetingKind

_KNOWN_POINTS = 4096
"""So many points of a form are remembered as allowed; a frame without steps would allow any number of them."""


class Group(Definition):
    """A group of criteria, whose maxima add up to its own for every meeting kind."""

    code: Code
    label: Text
    label_en: str = ""
    max: Points
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


@frozen(eq=False)
class Line:
    """A criterion in its group as it holds for one kind of meeting: whether it applies, its fewest and most points.

    A line is itself and no other: what is worked out for it can be kept under it.
    """

    group: Group
    criterion: Criterion
    applies: bool
    minimum: Decimal
    maximum: Decimal
    # Of the criterion, at hand where every meeting of every book asks for it.
    code: str
    fact: Fact | None
    measured: NumberFact | None
    """The fact, where it gives a number."""
    kept: YesNoFact | None
    """The fact, where it is kept or not."""
    full_when: tuple[Exemption, ...]

    @classmethod
    def of(cls, group: Group, criterion: Criterion, kind: MeetingKind) -> Line:
        """The line of a criterion at meetings of this kind."""
        fact = criterion.fact
        return cls(
            group,
            criterion,
            criterion.applies_to(kind),
            criterion.minimum(kind),
            criterion.maximum(kind),
            criterion.code,
            fact,
            fact if isinstance(fact, NumberFact) else None,
            fact if isinstance(fact, YesNoFact) else None,
            criterion.full_when,
        )


@frozen(eq=False, slots=False)
class FormLines:
    """A frame's lines for one kind of meeting, with what every meeting of that kind asks of them."""

    kind: MeetingKind
    lines: tuple[Line, ...]

    @cached_property
    def applicable(self) -> tuple[Line, ...]:
        """The lines of the criteria that are scored."""
        return tuple(line for line in self.lines if line.applies)

    @cached_property
    def judged(self) -> tuple[Line, ...]:
        """The lines that recorded facts can speak of."""
        return tuple(line for line in self.applicable if line.fact is not None or line.full_when)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Where each criterion stands in the frame, by its code with the letter case folded, as people may type it."""
        return {line.code.casefold(): rank for rank, line in enumerate(self.lines)}

    @cached_property
    def fact_maximum(self) -> Decimal:
        """The most points that recorded facts could decide."""
        return sum((line.maximum for line in self.lines if line.fact is not None), ZERO)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups."""
        return tuple(dict.fromkeys(line.group.code for line in self.lines))

    @cached_property
    def scored(self) -> tuple[tuple[str, str], ...]:
        """The code of each criterion that is scored, with that of its group."""
        return tuple((line.code, line.group.code) for line in self.applicable)

    def allows(self, points: Mapping[str, Decimal]) -> bool:
        """Whether each of these points is of a criterion of the frame and can be given (`Criterion.allows`)."""
        if points.items() <= self._allowed:
            return True
        for code, given in points.items():
            criterion = self._criteria.get(code)
            if criterion is None or not criterion.allows(given, self.kind):
                return False
            if len(self._allowed) < _KNOWN_POINTS:
                self._allowed.add((code, given))
        return True

    @cached_property
    def _allowed(self) -> set[tuple[str, Decimal]]:
        """Points that were found to be allowed: the same few stand in every book."""
        return set()

    @cached_property
    def _criteria(self) -> Mapping[str, Criterion]:
        return {line.code: line.criterion for line in self.lines}
