"""Checks of `Nhiệm vụ`: decided at a recorded meeting, dated in order, done in time."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day
from chibo.findings import FindingKind, Severity
from chibo.model.vocabulary import TaskResult

TASK_OF_UNKNOWN_MEETING = FindingKind("TASK_OF_UNKNOWN_MEETING", Severity.WARN, clause="2")
TASK_DATE_BEFORE_MEETING = FindingKind("TASK_DATE_BEFORE_MEETING", Severity.WARN, clause="2")
TASK_RESULT_AGAINST_DATE = FindingKind("TASK_RESULT_AGAINST_DATE", Severity.WARN, clause="2")
TASK_OVERDUE = FindingKind("TASK_OVERDUE", Severity.WARN, clause="2")


@finds(TASK_OF_UNKNOWN_MEETING, TASK_DATE_BEFORE_MEETING, needs="meetings")
def check_task_meetings(context: BookContext) -> Findings:
    """Each task was decided at a recorded meeting, and neither due nor done before it."""
    for task in context.book.tasks:
        meeting = context.meetings_by_code.get(task.meeting_code)
        if meeting is None:
            # Unfinished tasks are carried over from last year's workbook, where their meetings stay.
            this_year = task.meeting_code.month.year >= context.year
            if this_year and not context.may_be_lost("meetings", task.meeting_code):
                yield TASK_OF_UNKNOWN_MEETING.at(context.row(task, "meeting_code"), seen=task.meeting_code)
            continue
        for column in ("due_on", "done_on"):
            day = getattr(task, column)
            if day is not None and meeting.held_on is not None and day < meeting.held_on:
                yield TASK_DATE_BEFORE_MEETING.at(
                    context.row(task, column),
                    seen=show_day(day),
                    expected=f"≥ {show_day(meeting.held_on)}",
                    other_places=[context.row(meeting, "held_on")],
                    label=context.column_label("tasks", column),
                    assigned_at=task.meeting_code,
                )


@finds(TASK_RESULT_AGAINST_DATE, TASK_OVERDUE)
def check_task_results(context: BookContext) -> Findings:
    """A task with a day of completion is done; one that is past its day and not done is overdue."""
    for task in context.book.tasks:
        if task.result is TaskResult.DONE:
            continue
        place = context.row(task, "result")
        if task.done_on is not None:
            yield TASK_RESULT_AGAINST_DATE.at(
                place,
                seen=task.result,
                expected=TaskResult.DONE,
                other_places=[context.row(task, "done_on")],
                done_on=show_day(task.done_on),
            )
        elif task.due_on is not None and task.due_on < context.today:
            yield TASK_OVERDUE.at(
                place,
                seen=task.result,
                expected=f"≤ {show_day(task.due_on)}",
                other_places=[context.row(task, "due_on")],
                due_on=show_day(task.due_on),
                assigned_at=task.meeting_code,
            )
