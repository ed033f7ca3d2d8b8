"""What is said of one meeting in a line: its code, day and times, and how far its record has come."""

from __future__ import annotations

from chibo.model import CellBook, Meeting, attendance_of
from chibo_widgets.cell.wording import Tongue, show_day, show_span


def meeting_lead(meeting: Meeting, tongue: Tongue) -> str:
    """Code, day and times of a meeting, in a line."""
    code = tongue("meeting_code", code=meeting.meeting_code)
    if meeting.is_held:
        return f"{code} · {held_when(meeting, tongue)}"
    planned = tongue("meeting_planned", day=show_day(meeting.planned_on)) if meeting.planned_on else ""
    state = tongue.listed("meeting_state", meeting.effective_state.value)
    return " · ".join(part for part in (code, state, planned) if part)


def held_when(meeting: Meeting, tongue: Tongue) -> str:
    """The day of a meeting that was held, with its times as far as they are known."""
    span = show_span(meeting)
    return tongue("meeting_held" if span else "meeting_held_untimed", day=show_day(meeting.held_on), span=span)


def record_state(book: CellBook, meeting: Meeting, tongue: Tongue) -> str:
    """How far the record has come, in a few words."""
    if not meeting.is_held:
        return tongue("meeting_state_planned")
    counts = attendance_of(book, meeting)
    parts = [
        tongue("meeting_state_uncounted")
        if counts.present is None or counts.owed is None
        else tongue("meeting_state_present", present=counts.present, owed=counts.owed),
        _lasted(meeting, tongue),
    ]
    return " · ".join(parts)


def _lasted(meeting: Meeting, tongue: Tongue) -> str:
    """How long a meeting lasted, or why that is not known."""
    if meeting.minutes is not None:
        return tongue("meeting_state_minutes", n=meeting.minutes)
    if meeting.starts_at is None and meeting.ends_at is None:
        return tongue("meeting_state_untimed")
    if meeting.starts_at is None:
        return tongue("meeting_state_no_start")
    return tongue("meeting_state_no_end" if meeting.ends_at is None else "meeting_state_reversed")
