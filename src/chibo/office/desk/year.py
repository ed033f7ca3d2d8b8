"""The year at a glance: each month's meetings with what is known of them, and the thematic plan by quarter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from attrs import frozen

from chibo.definitions.library import Library
from chibo.model import CellBook, Meeting, MeetingCode, MeetingSeries, MeetingState, Month, PlanTopic
from chibo.model.vocabulary import TopicState
from chibo.office.desk.scores import scored
from chibo.scoring import MeetingScore


class Standing(StrEnum):
    """How far a meeting, or a month's regular meeting, has come."""

    EMPTY = "empty"
    """Nothing registered, and the month is not over."""
    MISSING = "missing"
    """Nothing held or excused, although the month is over."""
    REGISTERED = "registered"
    POSTPONED = "postponed"
    NOT_HELD = "not-held"
    HELD = "held"
    """Held, with no points yet, or never to be scored."""
    DOING = "doing"
    """Some points are there, some are missing."""
    SCORED = "scored"
    TO_MEND = "to-mend"
    """Something recorded of it is impossible: until it is mended, the meeting or a point of it does not count."""


@frozen
class MeetingLine:
    """One meeting: how far it has come, and its scores where a frame scores it."""

    meeting: Meeting
    standing: Standing
    score: MeetingScore | None


@frozen
class MonthLine:
    """One month: its regular or combined meeting, if any, and the others."""

    month: Month
    standing: Standing
    regular: MeetingLine | None
    others: tuple[MeetingLine, ...]


@frozen
class QuarterLine:
    """One quarter of the thematic plan: the topics planned, and those of them that were held."""

    number: int
    planned: tuple[PlanTopic, ...]
    held: tuple[PlanTopic, ...]
    over: bool


def year_of(
    book: CellBook, library: Library, today: date, to_mend: Collection[MeetingCode] = ()
) -> tuple[tuple[MonthLine, ...], tuple[QuarterLine, ...]]:
    """The twelve months and the four quarters of the book's year; `to_mend` are the meetings with blocking findings."""
    year = book.info.year
    lines = [meeting_line(book, meeting, library, today, to_mend) for meeting in book.meetings]
    unread = {code.month for code in to_mend if code.series is MeetingSeries.REGULAR and book.meeting(code) is None}
    months = tuple(_month(Month(year, number), lines, today, unread) for number in range(1, 13))
    quarters = tuple(_quarter(book, number, Month(year, number * 3).last_day < today) for number in range(1, 5))
    return months, quarters


def meeting_line(
    book: CellBook, meeting: Meeting, library: Library, today: date, to_mend: Collection[MeetingCode] = ()
) -> MeetingLine:
    """How far one meeting has come; one of `to_mend` has no scores to be shown."""
    if meeting.meeting_code in to_mend:
        return MeetingLine(meeting, Standing.TO_MEND, None)
    if not meeting.is_held:
        states = {MeetingState.POSTPONED: Standing.POSTPONED, MeetingState.NOT_HELD: Standing.NOT_HELD}
        return MeetingLine(meeting, states.get(meeting.effective_state, Standing.REGISTERED), None)
    score = scored(book, meeting.meeting_code, library, today).score
    if score is None or not book.self_scores.of(meeting.meeting_code):
        return MeetingLine(meeting, Standing.HELD, score)
    return MeetingLine(meeting, Standing.SCORED if score.self_total is not None else Standing.DOING, score)


def _month(month: Month, lines: list[MeetingLine], today: date, unread: Collection[Month]) -> MonthLine:
    """One month; of those `unread` the row of the regular meeting could not be read."""
    here = [line for line in lines if line.meeting.meeting_code.month == month]
    regular = next((line for line in here if line.meeting.meeting_code.series is MeetingSeries.REGULAR), None)
    others = tuple(line for line in here if line is not regular)
    over = month.last_day < today
    if regular is None and month in unread:
        standing = Standing.TO_MEND
    elif regular is None:
        standing = Standing.MISSING if over else Standing.EMPTY
    elif regular.standing is Standing.REGISTERED and over:
        standing = Standing.MISSING
    else:
        standing = regular.standing
    return MonthLine(month, standing, regular, others)


def _quarter(book: CellBook, number: int, over: bool) -> QuarterLine:
    planned = tuple(topic for topic in book.plan.topics if topic.quarter == number)
    done = {meeting.plan_no for meeting in book.meetings if meeting.is_held and meeting.plan_no}
    held = tuple(topic for topic in planned if topic.no in done or topic.state is TopicState.HELD)
    return QuarterLine(number, planned, held, over)
