"""Taking back what was recorded of a meeting that never was, so that only its registration is left."""

from __future__ import annotations

from chibo.model import CellBook, Meeting, MeetingCode
from chibo.office.desk.desk import ActRefusedError, Desk, Reason
from chibo.office.desk.meetings import is_in_use
from chibo.office.desk.roll_call import clear_marks
from chibo.office.desk.scores import clear_points


def is_clearable(book: CellBook, meeting: Meeting) -> bool:
    """Whether more than a registration is recorded of the meeting, all of it the cell's own."""
    return is_in_use(book, meeting) and not _is_others(book, meeting.meeting_code)


def clear_record(desk: Desk, code: MeetingCode) -> Desk:
    """Empty the meeting of everything but its registration: columns, roll call, self-score and its reasons.

    Raises ActRefusedError where the upper level scored it, or tasks were given at it: those stay recorded.
    """
    meeting = desk.meeting(code)
    if _is_others(desk.book, code):
        raise ActRefusedError(Reason.MEETING_IN_USE, meeting=code)
    registered = Meeting(
        meeting_code=code,
        kind=meeting.kind,
        registered_on=meeting.registered_on,
        planned_on=meeting.planned_on,
        plan_no=meeting.plan_no,
        origin=meeting.origin,
    )
    return clear_points(clear_marks(desk.with_meeting(registered), code), code)


def _is_others(book: CellBook, code: MeetingCode) -> bool:
    """Whether something is recorded of the meeting that it does not make itself: official points, tasks."""
    return bool(book.official_scores.of(code)) or any(task.meeting_code == code for task in book.tasks)
