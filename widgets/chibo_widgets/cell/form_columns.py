"""Which columns the form of a meeting has a field for."""

from __future__ import annotations

from chibo.model import CellBook, Meeting
from chibo.model.attendance import has_full_roll_call
from chibo.model.meetings import TYPED_COUNTS
from chibo.office.desk.meetings import RECORDED

_THEMATIC = {"plan_no", "minutes_thematic"}


def is_on_form(book: CellBook, meeting: Meeting, code: str) -> bool:
    """Whether the form of the meeting has a field for a column, by its code."""
    if code not in RECORDED:
        return False
    if code in TYPED_COUNTS and has_full_roll_call(book, meeting.meeting_code):
        return False
    return meeting.has_thematic_part or code not in _THEMATIC
