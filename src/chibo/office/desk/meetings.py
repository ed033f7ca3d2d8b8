"""Registering a meeting, recording what happened at it, and taking back a registration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from attrs import evolve, fields_dict

from chibo.model import CellBook, Meeting, MeetingCode, MeetingKind, MeetingSeries, Month
from chibo.office.desk.desk import ActRefusedError, Desk, Reason

_SERIES = {
    MeetingKind.REGULAR: MeetingSeries.REGULAR,
    MeetingKind.COMBINED: MeetingSeries.REGULAR,
    MeetingKind.THEMATIC: MeetingSeries.THEMATIC,
    MeetingKind.EXTRAORDINARY: MeetingSeries.EXTRAORDINARY,
}
_SETTING = ("starts_at", "ends_at", "venue", "mode", "chair", "minutes_secretary", "prepared_by", "scored_by")
"""What a cell usually does the same way from one meeting to the next."""

RECORDED = frozenset(fields_dict(Meeting)) - {"meeting_code", "origin"}
"""The columns of `Sinh hoạt` that can be recorded."""


def next_code(book: CellBook, month: Month, kind: MeetingKind) -> MeetingCode:
    """The code that a new meeting of this kind gets in this month: the first free one of its series.

    A month has one regular or combined meeting; its code is returned even where it is taken.
    """
    series = _SERIES[kind]
    if series is MeetingSeries.REGULAR:
        return MeetingCode(month)
    taken = {meeting.meeting_code for meeting in book.meetings}
    first = 0 if series is MeetingSeries.THEMATIC else 1
    ordinals = (first, *range(2, 100))
    return next(code for ordinal in ordinals if (code := MeetingCode(month, series, ordinal)) not in taken)


def register_meeting(
    desk: Desk,
    month: Month,
    kind: MeetingKind,
    *,
    today: date,
    planned_on: date | None = None,
    starts_at: time | None = None,
    like_the_last: bool = False,
) -> tuple[Desk, MeetingCode]:
    """Register a meeting of the month; returns the desk and the meeting's code.

    `like_the_last` copies the times, the venue and who does what from the last meeting of the same series that was
    held: one that is only registered often has no times yet. The day of registering is today, or left open where the
    meeting's day has passed: the page must not make up a late registration.
    ActRefusedError where the month is not of the book's year, or already has its regular meeting.
    """
    if month.year != desk.book.info.year:
        raise ActRefusedError(Reason.OTHER_YEAR, month=month, year=desk.book.info.year)
    _refuse_far_day(desk.book, "planned_on", planned_on)
    code = next_code(desk.book, month, kind)
    if desk.book.meeting(code) is not None:
        raise ActRefusedError(Reason.MEETING_EXISTS, meeting=code)
    expected_by = planned_on or month.last_day
    registered_on = today if today <= expected_by else None  # written down afterwards: nobody registers it today
    meeting = Meeting(meeting_code=code, kind=kind, registered_on=registered_on, planned_on=planned_on)
    if like_the_last:
        meeting = evolve(meeting, **_setting_of_last(desk.book, code))
    if starts_at is not None:
        # Another hour than the last time: its end is not known from the last time either.
        ends_at = meeting.ends_at if meeting.starts_at == starts_at else None
        meeting = evolve(meeting, starts_at=starts_at, ends_at=ends_at)
    return desk.with_meeting(meeting), code


def _setting_of_last(book: CellBook, code: MeetingCode) -> dict[str, Any]:
    earlier = [row for row in book.meetings if row.meeting_code < code and row.meeting_code.series is code.series]
    if not earlier:
        return {}
    last = max(earlier, key=lambda row: (row.is_held, row.meeting_code.sort_key))
    return {name: getattr(last, name) for name in _SETTING}


def unregister_meeting(desk: Desk, code: MeetingCode) -> Desk:
    """Take a registered meeting out of the book.

    Raises ActRefusedError once it was held, or has marks, points or tasks: those stay recorded.
    """
    meeting = desk.meeting(code)
    if is_in_use(desk.book, meeting):
        raise ActRefusedError(Reason.MEETING_IN_USE, meeting=code)
    return desk.with_book(
        evolve(desk.book, meetings=tuple(row for row in desk.book.meetings if row.meeting_code != code))
    )


def is_in_use(book: CellBook, meeting: Meeting) -> bool:
    """Whether more than a registration is recorded of the meeting."""
    code = meeting.meeting_code
    return bool(
        meeting.held_on
        or book.roll_call.of(code)
        or book.self_scores.of(code)
        or book.official_scores.of(code)
        or any(task.meeting_code == code for task in book.tasks)
    )


def record(desk: Desk, code: MeetingCode, values: Mapping[str, Any]) -> Desk:
    """Record columns of a meeting, by column code; the values are those of `Meeting`, None or "" empties one.

    ActRefusedError for an unknown column, a day far outside the book's year, and a kind that does not fit the code.
    """
    meeting = desk.meeting(code)
    for column in values:
        if column not in RECORDED:
            raise ActRefusedError(Reason.UNKNOWN_FIELD, field=column)
        _refuse_far_day(desk.book, column, values[column])
    kind = values.get("kind", meeting.kind)
    if not isinstance(kind, MeetingKind) or _SERIES[kind] is not code.series:
        raise ActRefusedError(Reason.WRONG_KIND, meeting=code, kind=kind)
    return desk.with_meeting(evolve(meeting, **values))


def _refuse_far_day(book: CellBook, column: str, value: Any) -> None:
    """A day more than a year away from the book's year is a slip; late notices and reports stay within."""
    if isinstance(value, date) and abs(value.year - book.info.year) > 1:
        raise ActRefusedError(Reason.BAD_VALUE, field=column, seen=f"{value:%d/%m/%Y}", expected="expected_near_day")
