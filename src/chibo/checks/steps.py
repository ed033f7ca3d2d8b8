"""Checks of the steps of a meeting: registered, prepared, held for its time, recorded, reported."""

from __future__ import annotations

from datetime import timedelta

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day, show_list, show_time
from chibo.findings import FindingKind, Severity
from chibo.model import Meeting, MeetingKind

END_NOT_AFTER_START = FindingKind("END_NOT_AFTER_START", Severity.BLOCK, clause="2")
MEETING_OVERLONG = FindingKind("MEETING_OVERLONG", Severity.WARN, clause="2")
REGISTERED_LATE = FindingKind("REGISTERED_LATE", Severity.WARN, clause="3")
COMMITTEE_MET_AFTER_MEETING = FindingKind("COMMITTEE_MET_AFTER_MEETING", Severity.WARN, clause="2")
COMMITTEE_MET_SAME_DAY = FindingKind("COMMITTEE_MET_SAME_DAY", Severity.NOTE, clause="2")
COMMITTEE_MEETING_MISSING = FindingKind("COMMITTEE_MEETING_MISSING", Severity.WARN, clause="2")
COMMITTEE_MINUTES_MISSING = FindingKind("COMMITTEE_MINUTES_MISSING", Severity.WARN, clause="2")
NOTICE_AFTER_MEETING = FindingKind("NOTICE_AFTER_MEETING", Severity.WARN, clause="2")
PAPERS_LATE = FindingKind("PAPERS_LATE", Severity.WARN, clause="2")
MINUTES_NOT_KEPT = FindingKind("MINUTES_NOT_KEPT", Severity.WARN, clause="2")
REPORTED_LATE = FindingKind("REPORTED_LATE", Severity.WARN, clause="3")
SELF_SCORED_LATE = FindingKind("SELF_SCORED_LATE", Severity.WARN, clause="3")
STEPS_NOT_RECORDED = FindingKind("STEPS_NOT_RECORDED", Severity.NOTE, clause="3")
SUPERVISOR_NOT_NAMED = FindingKind("SUPERVISOR_NOT_NAMED", Severity.NOTE, clause="5")

_STEPS = ("registered_on", "notified_on", "papers_sent_on", "reported_on")
"""Dates of the steps that a regular or thematic meeting goes through, beside the committee's own meeting."""


@finds(END_NOT_AFTER_START, MEETING_OVERLONG)
def check_times(context: BookContext) -> Findings:
    """A meeting ends after it starts, on the same day, and does not last for ever."""
    for meeting in context.book.meetings:
        start, end = meeting.starts_at, meeting.ends_at
        if start is None or end is None:
            continue
        code, minutes = meeting.meeting_code, meeting.minutes
        longest = context.thresholds.longest_meeting.on(context.day_of(meeting))
        if minutes is None:
            yield END_NOT_AFTER_START.at(
                context.row(meeting, "ends_at"),
                seen=show_time(end),
                expected=f"> {show_time(start)}",
                meeting=code,
                other_places=[context.row(meeting, "starts_at")],
            )
        elif longest is not None and minutes > longest:
            yield MEETING_OVERLONG.at(
                context.row(meeting, "ends_at"),
                seen=minutes,
                expected=f"≤ {longest}",
                meeting=code,
                other_places=[context.row(meeting, "starts_at")],
                starts_at=show_time(start),
                ends_at=show_time(end),
            )


@finds(REGISTERED_LATE)
def check_registration(context: BookContext) -> Findings:
    """A meeting is registered before its month begins."""
    for meeting in context.book.meetings:
        if meeting.registered_on is None or meeting.kind is MeetingKind.EXTRAORDINARY:
            continue
        first = meeting.meeting_code.month.first_day
        lead = context.thresholds.registration_lead.on(first)
        if lead is not None and meeting.registered_on > first - timedelta(days=lead):
            yield REGISTERED_LATE.at(
                context.row(meeting, "registered_on"),
                seen=show_day(meeting.registered_on),
                expected=f"≤ {show_day(first - timedelta(days=lead))}",
                meeting=meeting.meeting_code,
            )


@finds(COMMITTEE_MET_AFTER_MEETING, COMMITTEE_MET_SAME_DAY, COMMITTEE_MEETING_MISSING, COMMITTEE_MINUTES_MISSING)
def check_committee_meeting(context: BookContext) -> Findings:
    """The cell's committee (or secretary and deputy) meets before each regular meeting, with minutes."""
    info = context.book.info
    if not info.has_committee and not info.deputy_secretary:
        return
    for meeting in context.held_regular:
        met, held = meeting.committee_met_on, meeting.held_on
        code = meeting.meeting_code
        if met is None:
            if context.has_column(meeting, "committee_met_on"):
                yield COMMITTEE_MEETING_MISSING.at(context.row(meeting, "committee_met_on"), meeting=code)
        elif held is not None and met > held:
            yield COMMITTEE_MET_AFTER_MEETING.at(
                context.row(meeting, "committee_met_on"),
                seen=show_day(met),
                expected=f"≤ {show_day(held)}",
                meeting=code,
            )
        elif met == held:
            place = context.row(meeting, "committee_met_on")
            yield COMMITTEE_MET_SAME_DAY.at(place, seen=show_day(met), meeting=code)
        if met is not None and meeting.committee_minutes is False:
            yield COMMITTEE_MINUTES_MISSING.at(context.row(meeting, "committee_minutes"), meeting=code)


@finds(NOTICE_AFTER_MEETING, PAPERS_LATE)
def check_notice_and_papers(context: BookContext) -> Findings:
    """Members hear of the meeting before it is held, and have the papers in time."""
    for meeting in _ordinary(context):
        held = meeting.held_on
        if held is None:
            continue
        if meeting.notified_on and meeting.notified_on > held:
            yield NOTICE_AFTER_MEETING.at(
                context.row(meeting, "notified_on"),
                seen=show_day(meeting.notified_on),
                expected=f"≤ {show_day(held)}",
                meeting=meeting.meeting_code,
            )
        lead = context.thresholds.papers_lead.on(held)
        if lead is not None and meeting.papers_sent_on and meeting.papers_sent_on > held - timedelta(days=lead):
            yield PAPERS_LATE.at(
                context.row(meeting, "papers_sent_on"),
                seen=show_day(meeting.papers_sent_on),
                expected=f"≤ {show_day(held - timedelta(days=lead))}",
                meeting=meeting.meeting_code,
                days=lead,
            )


@finds(MINUTES_NOT_KEPT)
def check_minutes_kept(context: BookContext) -> Findings:
    """Full minutes are kept of every meeting."""
    for meeting in context.held:
        if meeting.minutes_kept is False:
            yield MINUTES_NOT_KEPT.at(context.row(meeting, "minutes_kept"), meeting=meeting.meeting_code)


@finds(SELF_SCORED_LATE, REPORTED_LATE)
def check_after_meeting(context: BookContext) -> Findings:
    """A meeting is scored and reported within days."""
    thresholds = context.thresholds
    steps = (
        ("scored_on", thresholds.self_scoring_time, SELF_SCORED_LATE),
        ("reported_on", thresholds.reporting_time, REPORTED_LATE),
    )
    for meeting in _ordinary(context):
        for column, time_allowed, kind in steps:
            done, held = getattr(meeting, column), meeting.held_on
            days = time_allowed.on(held) if held else None
            if held is None or done is None or days is None or done <= held + timedelta(days=days):
                continue
            yield kind.at(
                context.row(meeting, column),
                seen=show_day(done),
                expected=f"≤ {show_day(held + timedelta(days=days))}",
                meeting=meeting.meeting_code,
                days=days,
            )


@finds(STEPS_NOT_RECORDED)
def check_recorded_steps(context: BookContext) -> Findings:
    """Which dates of a held meeting's steps are empty: its criteria then count as not done."""
    for meeting in _ordinary(context):
        empty = [
            column
            for column in _STEPS
            if getattr(meeting, column) is None
            and context.has_column(meeting, column)
            and not context.is_unread(meeting, column)
            and not (column == "reported_on" and _may_still_report(context, meeting))
        ]
        if empty:
            yield STEPS_NOT_RECORDED.at(
                context.row(meeting, empty[0]),
                seen=len(empty),
                expected=0,
                meeting=meeting.meeting_code,
                other_places=[context.row(meeting, column) for column in empty[1:]],
                columns=show_list(f"«{context.column_label('meetings', column)}»" for column in empty),
            )


@finds(SUPERVISOR_NOT_NAMED)
def check_supervisor(context: BookContext) -> Findings:
    """Where a committee member from above attended, the record says who."""
    for meeting in context.held:
        named = meeting.supervisor_name or not context.has_column(meeting, "supervisor_name")
        if meeting.supervisor_present and not named:
            yield SUPERVISOR_NOT_NAMED.at(context.row(meeting, "supervisor_name"), meeting=meeting.meeting_code)


def _ordinary(context: BookContext) -> list[Meeting]:
    """The held meetings that are registered, scored and reported: all but extraordinary ones."""
    return [meeting for meeting in context.held if meeting.kind is not MeetingKind.EXTRAORDINARY]


def _may_still_report(context: BookContext, meeting: Meeting) -> bool:
    day = context.day_of(meeting)
    days = context.thresholds.reporting_time.on(day)
    return days is None or context.today <= day + timedelta(days=days)
