"""Checks of what a meeting was about: minutes by part of the agenda, new forms, what facts were not recorded."""

from __future__ import annotations

from operator import attrgetter

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_list, show_percent
from chibo.findings import FindingKind, Severity
from chibo.model import Meeting, MeetingKind, attendance_of
from chibo.model.attendance import share_of
from chibo.model.meetings import AGENDA_MINUTES

AGENDA_NEGATIVE = FindingKind("AGENDA_NEGATIVE", Severity.BLOCK)
AGENDA_OVER_MINUTES = FindingKind("AGENDA_OVER_MINUTES", Severity.WARN, clause="2")
PROFESSIONAL_SHARE_HIGH = FindingKind("PROFESSIONAL_SHARE_HIGH", Severity.WARN, clause="2")
SAME_FORM_RUNNING = FindingKind("SAME_FORM_RUNNING", Severity.NOTE, clause="2")
FACTS_NOT_RECORDED = FindingKind("FACTS_NOT_RECORDED", Severity.NOTE, clause="2")

_parts_of = attrgetter(*AGENDA_MINUTES)
"""The minutes of a meeting's parts, in the order of `AGENDA_MINUTES`."""

_FACT_COLUMNS = ("starts_at", "ends_at", "speakers", "minutes_criticism")
"""Columns beside the counts whose absence leaves a criterion of the shipped frames undecided."""


@finds(AGENDA_NEGATIVE, AGENDA_OVER_MINUTES, PROFESSIONAL_SHARE_HIGH)
def check_agenda(context: BookContext) -> Findings:
    """The parts of the agenda fit into the minutes held, and professional work does not crowd out the rest."""
    for meeting in context.book.meetings:
        parts = zip(AGENDA_MINUTES, _parts_of(meeting), strict=True)
        recorded = {column: minutes for column, minutes in parts if minutes is not None}
        negative = [column for column, minutes in recorded.items() if minutes < 0]
        for column in negative:
            yield AGENDA_NEGATIVE.at(
                context.row(meeting, column),
                seen=recorded[column],
                expected="≥ 0",
                meeting=meeting.meeting_code,
                label=context.column_label("meetings", column),
            )
        if recorded and not negative:
            yield from _judge_agenda(context, meeting, recorded)


def _judge_agenda(context: BookContext, meeting: Meeting, parts: dict[str, int]) -> Findings:
    held, total = meeting.minutes, sum(parts.values())
    if held is not None and total > held:
        yield AGENDA_OVER_MINUTES.at(
            context.row(meeting, next(iter(parts))),
            seen=total,
            expected=f"≤ {held}",
            meeting=meeting.meeting_code,
            other_places=[context.row(meeting, column) for column in (*list(parts)[1:], "starts_at", "ends_at")],
        )
    regular = total - parts.get("minutes_thematic", 0)
    limit = context.thresholds.professional_share.share_on(context.day_of(meeting))
    tasks = parts.get("minutes_tasks")
    share = share_of(tasks, regular)
    if meeting.is_regular and limit is not None and share is not None and share > limit:
        yield PROFESSIONAL_SHARE_HIGH.at(
            context.row(meeting, "minutes_tasks"),
            seen=show_percent(share),
            expected=f"≤ {show_percent(limit)}",
            meeting=meeting.meeting_code,
            tasks=tasks,
            regular=regular,
        )


@finds(SAME_FORM_RUNNING)
def check_innovation(context: BookContext) -> Findings:
    """A hint where the same required topics were treated in the same form several meetings running."""
    run: list[Meeting] = []
    for meeting in context.held_regular:
        told = bool(meeting.topics_covered) and meeting.mode is not None and not meeting.innovation
        same = bool(run) and (run[-1].topics_covered, run[-1].mode) == (meeting.topics_covered, meeting.mode)
        if not (told and same):
            run = []
        if told:
            run.append(meeting)
        longest = context.thresholds.same_form_run.on(context.day_of(meeting))
        if longest is not None and len(run) == longest:
            yield SAME_FORM_RUNNING.at(
                context.row(meeting, "topics_covered"),
                seen=show_list(earlier.meeting_code for earlier in run),
                meeting=meeting.meeting_code,
                other_places=[context.row(earlier, "topics_covered") for earlier in run[:-1]],
                count=len(run),
            )


@finds(FACTS_NOT_RECORDED)
def check_recorded_facts(context: BookContext) -> Findings:
    """Which facts of a held meeting are not recorded: its criteria cannot be decided from facts then."""
    for meeting in context.held:
        if meeting.kind is MeetingKind.EXTRAORDINARY:
            continue
        counts = attendance_of(context.book, meeting)
        values = {column: getattr(meeting, column) for column in _FACT_COLUMNS}
        values |= {"membership": counts.membership, "present": counts.present}
        empty = [
            c
            for c, value in values.items()
            if value is None and context.has_column(meeting, c) and not context.is_unread(meeting, c)
        ]
        if empty:
            yield FACTS_NOT_RECORDED.at(
                context.row(meeting, empty[0]),
                seen=len(empty),
                expected=0,
                meeting=meeting.meeting_code,
                other_places=[context.row(meeting, column) for column in empty[1:]],
                columns=show_list(f"«{context.column_label('meetings', column)}»" for column in empty),
            )
