"""Runs of excused absences: for how many regular meetings on end, up to this one, a member has been excused."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from chibo.definitions.frames.facts import ExcusedRun
from chibo.model import Mark
from chibo.scoring.bands import band_of
from chibo.scoring.view import MeetingView


@frozen
class Run:
    """The longest run that ends at a meeting, by the marks; None where the marks do not tell.

    `members` are the codes of those who have it, none where nobody is excused.
    """

    length: int | None
    members: tuple[str, ...] = ()


_UNKNOWN, _NOBODY = Run(None), Run(0)


def measure_excused_run(fact: ExcusedRun, view: MeetingView) -> Run:
    """The longest run of P marks over the regular and combined meetings looked back over, ending at this meeting.

    Any other mark of the member, or none, ends a run; when this meeting has no marks at all, nothing is known. Where
    the frame looks back further than the books at hand and the run reaches their beginning, its length is known only
    if nothing earlier could bring other points.
    """
    code = view.meeting.meeting_code
    if not view.book.roll_call.of(code):
        return _UNKNOWN
    runs = {member: _run_of(member, view) for member in view.book.roll_call.marked(code, Mark.EXCUSED)}
    if not runs:
        return _NOBODY
    longest = max([certain for certain, _ in runs.values()])
    possible = max([reach for _, reach in runs.values()])
    if possible > longest:
        bands = fact.bands_for(view.attendance.membership)
        if len({band_of(bands, Fraction(length)).points for length in range(longest, possible + 1)}) > 1:
            return _UNKNOWN
    return Run(longest, tuple([member for member, (certain, _) in runs.items() if certain == longest]))


def _run_of(member: str, view: MeetingView) -> tuple[int, int]:
    """The length of a member's run that the marks prove, and the length that it could have."""
    length = 1
    for book, meeting in view.earlier():
        if book.roll_call.of(meeting.meeting_code).get(member) is not Mark.EXCUSED:
            return length, length
        length += 1
    # Months before this book: at most one regular meeting in each.
    unseen = 0 if view.looks_back_fully else 12 - view.meeting.meeting_code.month.number
    return length, length + unseen
