"""The three scores of a meeting side by side: self, official, and what the recorded facts support; all exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from chibo.definitions.frames.frame import ZERO, Criterion, Frame, Gate, Group, Line
from chibo.definitions.messages import Language
from chibo.model import CellBook, Grade, Meeting, MeetingCode, MeetingKind
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
        if self.fact is None:
            return None
        return self.maximum if self.fact.claimable else self.fact.points

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


@frozen(kw_only=True)
class Tally:
    """One scorer's points of a meeting added up.

    `points_so_far` adds what is there; `total` and `grade` are None unless every applicable criterion (`unscored`
    names the others) has points. `gates` are those that lowered the grade.
    """

    points_so_far: Decimal
    total: Decimal | None
    grade: Grade | None
    unscored: tuple[str, ...]
    gates: tuple[Gate, ...]
    by_group: Mapping[str, Decimal]


@frozen(kw_only=True)
class MeetingScore:
    """The scores of one meeting by one frame. A meeting that was not held has neither totals nor facts."""

    frame: Frame
    meeting_code: MeetingCode
    kind: MeetingKind
    held: bool
    criteria: tuple[CriterionScore, ...]
    self_tally: Tally
    official_tally: Tally
    fact_total: Decimal | None
    """The points of the criteria that recorded facts decide; None for a meeting that was not held."""
    fact_maximum: Decimal
    """The most that recorded facts could decide at a meeting of this kind."""

    @property
    def maximum(self) -> Decimal:
        """The total of the frame."""
        return self.frame.total

    @property
    def self_total(self) -> Decimal | None:
        """The self-score; None unless every applicable criterion is scored."""
        return self.self_tally.total

    @property
    def self_grade(self) -> Grade | None:
        """The grade of the self-score, gates applied."""
        return self.self_tally.grade

    @property
    def official_total(self) -> Decimal | None:
        """The official score; None unless every applicable criterion has an official point of its own."""
        return self.official_tally.total

    @property
    def official_grade(self) -> Grade | None:
        """The grade of the official score, gates applied."""
        return self.official_tally.grade

    def criterion(self, code: str) -> CriterionScore:
        """The score of one criterion; KeyError for a code that the frame does not have."""
        for score in self.criteria:
            if score.code == code:
                return score
        raise KeyError(code)


def score_meeting(
    book: CellBook,
    meeting: Meeting,
    frame: Frame,
    today: date | None = None,
    last_year: CellBook | None = None,
) -> MeetingScore:
    """The scores of a meeting by a frame that is for its kind (`frame_for` finds it; ValueError for another).

    `today` tells whether days to record a fact still run; without it none do. `last_year` is the cell's book of the
    year before, for frames that look back over twelve months. Points that a check would take out (over the maximum,
    off the step) are added up as they stand: take them out before (`chibo.checks.without_blocked`).
    """
    if not frame.scores(meeting.kind):
        raise ValueError(f"frame {frame.id} is not for meetings of kind {meeting.kind}")
    lines = frame.lines(meeting.kind)
    view = MeetingView(book=book, meeting=meeting, frame=frame, today=today, last_year=last_year)
    held, code = meeting.is_held, meeting.meeting_code
    own, official = book.self_scores.of(code), book.official_scores.of(code)
    explanations = _explanations(book, code)
    criteria = tuple(
        [
            CriterionScore(
                group=line.group,
                criterion=line.criterion,
                maximum=line.maximum,
                applies=line.applies,
                fact=verdict_on(line, view) if line.applies and held else None,
                self_points=own.get(line.criterion.code),
                official_points=official.get(line.criterion.code),
                explanation=explanations.get(line.criterion.code.casefold(), "") if explanations else "",
            )
            for line in lines
        ]
    )
    return MeetingScore(
        frame=frame,
        meeting_code=code,
        kind=meeting.kind,
        held=held,
        criteria=criteria,
        self_tally=tally(frame, meeting.kind, own, complete=held),
        official_tally=tally(frame, meeting.kind, official, complete=held),
        fact_total=_fact_total(criteria) if held else None,
        fact_maximum=_fact_maximum(lines),
    )


def tally(frame: Frame, kind: MeetingKind, points: Mapping[str, Decimal], *, complete: bool = True) -> Tally:
    """The given points of the criteria that apply, added up and graded; with `complete` off, never a total.

    Points of criteria that do not apply, or that the frame does not know, count for nothing.
    """
    lines = frame.applicable(kind)
    by_group = dict.fromkeys(frame.group_codes, ZERO)
    unscored = []
    for line in lines:
        given = points.get(line.criterion.code)
        if given is None:
            unscored.append(line.criterion.code)
        else:
            by_group[line.group.code] += given
    so_far = sum(by_group.values(), ZERO)
    if unscored or not complete:
        return Tally(
            points_so_far=so_far, total=None, grade=None, unscored=tuple(unscored), gates=(), by_group=by_group
        )
    grade, gates = grade_with_gates(frame, so_far, points, lines)
    return Tally(points_so_far=so_far, total=so_far, grade=grade, unscored=(), gates=gates, by_group=by_group)


def grade_with_gates(
    frame: Frame,
    total: Decimal | Fraction,
    points: Mapping[str, Decimal] | Mapping[str, Fraction],
    lines: Sequence[Line],
) -> tuple[Grade, tuple[Gate, ...]]:
    """The grade of a total after the gates, and the gates that lowered it.

    A criterion that does not apply to the meeting stands in nobody's way.
    """
    grade, applied = frame.grade_of(total), []
    maxima = {line.criterion.code: line.maximum for line in lines}
    for gate in frame.gates:
        if gate.grade is not grade:
            continue
        if any(code in maxima and points.get(code, ZERO) < maxima[code] for code in gate.full_marks):
            grade = gate.otherwise
            applied.append(gate)
    return grade, tuple(applied)


def _explanations(book: CellBook, code: MeetingCode) -> dict[str, str]:
    """The explanations of a meeting by criterion (letter case of codes does not matter), several joined by `;`."""
    found: dict[str, str] = {}
    for row in book.explanations:
        if row.meeting_code == code:
            key = row.criterion.casefold()
            found[key] = f"{found[key]}; {row.reason}" if key in found else row.reason
    return found


def _fact_total(criteria: tuple[CriterionScore, ...]) -> Decimal:
    decided = (score.fact.points for score in criteria if score.fact is not None and score.criterion.fact is not None)
    return sum((points for points in decided if points is not None), ZERO)


def _fact_maximum(lines: tuple[Line, ...]) -> Decimal:
    return sum((line.maximum for line in lines if line.criterion.fact is not None), ZERO)
