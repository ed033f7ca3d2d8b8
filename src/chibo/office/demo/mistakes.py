"""The mistakes of the faulty sample cell: such as people really make, so that `chibo check` has something to find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from attrs import evolve

from chibo.model import CellBook, Mark, Meeting, MeetingCode, Month, RollCall, ScoreSheet

_TOO_MANY = 3
_SLIP = Decimal(10)


def with_mistakes(book: CellBook) -> CellBook:
    """The book with one mistake of a kind in each of several months."""
    mistakes: dict[int, Callable[[Meeting], Meeting]] = {
        2: _ends_before_it_starts,
        3: _more_present_than_members,
        5: _committee_met_afterwards,
        8: _unknown_plan_row,
    }
    meetings = tuple(
        mistakes[meeting.meeting_code.month.number](meeting)
        if meeting.is_regular and meeting.meeting_code.month.number in mistakes
        else meeting
        for meeting in book.meetings
    )
    year = book.info.year
    return evolve(
        book,
        meetings=meetings,
        roll_call=_with_gaps(book.roll_call, whole=_code(year, 3), partly=_code(year, 1)),
        self_scores=_above_the_maximum(book.self_scores, _code(year, 4)),
        explanations=(),
    )


def _code(year: int, month: int) -> MeetingCode:
    return MeetingCode(Month(year, month))


def _ends_before_it_starts(meeting: Meeting) -> Meeting:
    return evolve(meeting, starts_at=meeting.ends_at, ends_at=meeting.starts_at)


def _more_present_than_members(meeting: Meeting) -> Meeting:
    return evolve(meeting, present=(meeting.membership or 0) + _TOO_MANY)


def _committee_met_afterwards(meeting: Meeting) -> Meeting:
    return evolve(meeting, committee_met_on=meeting.held_on + timedelta(days=2) if meeting.held_on else None)


def _unknown_plan_row(meeting: Meeting) -> Meeting:
    return evolve(meeting, plan_no="9")


def _with_gaps(roll_call: RollCall, *, whole: MeetingCode, partly: MeetingCode) -> RollCall:
    """One meeting without any mark, one where the last member's is forgotten."""
    marks: dict[MeetingCode, Mapping[str, Mark]] = {}
    for code, row in roll_call.marks.items():
        kept = list(row.items())[: -1 if code == partly else None]
        if code != whole:
            marks[code] = dict(kept)
    return evolve(roll_call, marks=marks)


def _above_the_maximum(scores: ScoreSheet, meeting: MeetingCode) -> ScoreSheet:
    """The first criterion of one meeting with a zero too many behind its points, a slip of the keyboard."""
    points = dict(scores.points)
    if row := points.get(meeting):
        first = next(iter(row))
        points[meeting] = {**row, first: row[first] * _SLIP}
    return evolve(scores, points=points)
