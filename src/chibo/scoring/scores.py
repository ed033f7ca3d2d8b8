"""The three scores of a meeting side by side: self, official, and what the recorded facts support; all exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from chibo.definitions.frames.frame import ZERO, Frame, Line
from chibo.model import CellBook, Grade, Meeting, MeetingCode, MeetingKind
from chibo.scoring.criteria import CriterionScore, ScoredCriteria
from chibo.scoring.decisions import decide
from chibo.scoring.outcomes import Decision
from chibo.scoring.tallies import Tally, tally
from chibo.scoring.view import MeetingView


@frozen(kw_only=True)
class MeetingScore:
    """The scores of one meeting by one frame. A meeting that was not held has neither totals nor facts."""

    frame: Frame
    meeting_code: MeetingCode
    kind: MeetingKind
    held: bool
    criteria: ScoredCriteria
    self_tally: Tally
    official_tally: Tally
    fact_total: Decimal | None
    """The points of the criteria that recorded facts decide; None for a meeting that was not held."""
    fact_maximum: Decimal
    """The most that recorded facts could decide at a meeting of this kind."""
    decisions: Mapping[str, Decision] = field(eq=False, repr=False)
    """What the facts decide, by the code of each criterion that they speak of."""

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
        return self.criteria.of(code)


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
    kind = meeting.kind
    if not frame.scores(kind):
        raise ValueError(f"frame {frame.id} is not for meetings of kind {kind}")
    form = frame.form(kind)
    view = MeetingView(book=book, meeting=meeting, frame=frame, today=today, last_year=last_year)
    held, code = meeting.is_held, meeting.meeting_code
    own, official = book.self_scores.of(code), book.official_scores.of(code)
    decisions = _decisions(form.judged, view) if held else {}
    self_tally = tally(frame, kind, own, complete=held)
    return MeetingScore(
        frame=frame,
        meeting_code=code,
        kind=kind,
        held=held,
        criteria=ScoredCriteria(view, form.lines, own, official),
        self_tally=self_tally,
        # Often the committee gives the very points that the cell gave itself.
        official_tally=self_tally if official == own else tally(frame, kind, official, complete=held),
        fact_total=_fact_total(form.judged, decisions) if held else None,
        fact_maximum=form.fact_maximum,
        decisions=decisions,
    )


def _decisions(lines: Sequence[Line], view: MeetingView) -> dict[str, Decision]:
    decisions = {}
    for line in lines:
        decision = decide(line, view)
        if decision is not None:
            decisions[line.code] = decision
    return decisions


def _fact_total(lines: Sequence[Line], decisions: Mapping[str, Decision]) -> Decimal:
    decided = [decisions[line.code].points for line in lines if line.fact is not None]
    return sum((points for points in decided if points is not None), ZERO)
