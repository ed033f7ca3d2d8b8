"""Checks of dates against each other, against today and against the month of the meeting's code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from operator import attrgetter

from attrs import frozen

from chibo.checks.context import BookContext, Findings, Record, finds
from chibo.checks.showing import show_day
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import Meeting, MeetingCode, Place

DATE_IN_FUTURE = FindingKind("DATE_IN_FUTURE", Severity.WARN)
DATE_OUTSIDE_MONTH = FindingKind("DATE_OUTSIDE_MONTH", Severity.WARN, clause="3")
DATE_FAR_FROM_MEETING = FindingKind("DATE_FAR_FROM_MEETING", Severity.WARN)
DATES_OUT_OF_ORDER = FindingKind("DATES_OUT_OF_ORDER", Severity.WARN)
HELD_ON_REST_DAY = FindingKind("HELD_ON_REST_DAY", Severity.NOTE)


@frozen
class _DatedSheet:
    """The date columns of a sheet that say when something was done, and pairs of which the first cannot be later."""

    records: str
    done: tuple[str, ...]
    ordered: tuple[tuple[str, str], ...] = ()


_SHEETS = (
    _DatedSheet(
        "meetings",
        done=(
            "registered_on",
            "committee_met_on",
            "notified_on",
            "papers_sent_on",
            "held_on",
            "scored_on",
            "reported_on",
        ),
        ordered=(("registered_on", "held_on"), ("held_on", "scored_on"), ("held_on", "reported_on")),
    ),
    _DatedSheet("changes", done=("day",)),
    _DatedSheet("committee", done=("trained_on",)),
    _DatedSheet("tasks", done=("done_on",)),
    _DatedSheet(
        "inspections",
        done=("inspected_on", "finished_on", "remedied_on"),
        ordered=(("inspected_on", "remedy_due_on"), ("inspected_on", "remedied_on")),
    ),
    _DatedSheet(
        "disseminations",
        done=("document_date", "disseminated_on", "own_plan_date"),
        ordered=(("document_date", "disseminated_on"), ("document_date", "own_plan_date")),
    ),
)

_NEAR_MEETING = ("planned_on", "committee_met_on", "notified_on", "papers_sent_on", "scored_on", "reported_on")
"""Dates that lie some days or weeks around the meeting; a whole year may be registered at once, so not that one."""


@finds(DATE_IN_FUTURE)
def check_future_dates(context: BookContext) -> Findings:
    """What is written down as done lies in the past."""
    for sheet in _SHEETS:
        if _latest_day(context, sheet) <= context.today:
            continue
        for record in _records(context, sheet):
            for column in sheet.done:
                day = getattr(record, column)
                if day is not None and day > context.today:
                    label = context.column_label(sheet.records, column)
                    yield _in_future(context, context.row(record, column), day, label, _meeting_of(record))
    for holder, places, column in (
        (context.book.plan, context.book.plan.places, "plan_date"),
        (context.book.assessment, context.book.assessment.places, "held_on"),
    ):
        day = getattr(holder, column)
        if day is not None and day > context.today:
            code = "plan" if column == "plan_date" else "assessment"
            place = places.get(column) or context.sheet(code)
            yield _in_future(context, place, day, context.field_label(code, column), None)


@finds(DATES_OUT_OF_ORDER)
def check_order(context: BookContext) -> Findings:
    """Of two dates in a row the one that comes first in life is not the later one."""
    for sheet in _SHEETS:
        for record in _records(context, sheet):
            for first, second in sheet.ordered:
                before, after = getattr(record, first), getattr(record, second)
                if before is not None and after is not None and after < before:
                    yield DATES_OUT_OF_ORDER.at(
                        context.row(record, second),
                        seen=show_day(after),
                        expected=f"≥ {show_day(before)}",
                        meeting=_meeting_of(record),
                        other_places=[context.row(record, first)],
                        first=context.column_label(sheet.records, first),
                        second=context.column_label(sheet.records, second),
                    )


@finds(DATE_OUTSIDE_MONTH)
def check_months(context: BookContext) -> Findings:
    """A meeting is planned and held in the month of its code; one held elsewhere still belongs to that month."""
    for meeting in context.book.meetings:
        month = meeting.meeting_code.month
        for column in ("planned_on", "held_on"):
            day = getattr(meeting, column)
            if day is not None and (day.year, day.month) != (month.year, month.number):
                yield DATE_OUTSIDE_MONTH.at(
                    context.row(meeting, column),
                    seen=show_day(day),
                    expected=f"{month.number:02d}/{month.year}",
                    meeting=meeting.meeting_code,
                    label=context.column_label("meetings", column),
                )


@finds(DATE_FAR_FROM_MEETING)
def check_distance(context: BookContext) -> Findings:
    """Dates far from the day of the meeting are likely slips of the month or the year."""
    for meeting in context.held:
        held = meeting.held_on
        limit = context.thresholds.far_date.on(held) if held else None
        if held is None or limit is None:
            continue
        for column in _NEAR_MEETING:
            day = getattr(meeting, column)
            if day is not None and abs((day - held).days) > limit:
                yield DATE_FAR_FROM_MEETING.at(
                    context.row(meeting, column),
                    seen=show_day(day),
                    expected=f"± {limit}",
                    meeting=meeting.meeting_code,
                    other_places=[context.row(meeting, "held_on")],
                    label=context.column_label("meetings", column),
                    held_on=show_day(held),
                    days=limit,
                )


@finds(HELD_ON_REST_DAY)
def check_rest_days(context: BookContext) -> Findings:
    """A meeting held on a day of rest may be a slip of the date."""
    for meeting in context.held:
        day = meeting.held_on
        if day is not None and day.isoweekday() == context.thresholds.rest_day.on(day):
            yield HELD_ON_REST_DAY.at(context.row(meeting, "held_on"), seen=show_day(day), meeting=meeting.meeting_code)


def _records(context: BookContext, sheet: _DatedSheet) -> Iterable[Record]:
    records: Iterable[Record] = getattr(context.book, sheet.records)
    return records


def _latest_day(context: BookContext, sheet: _DatedSheet) -> date:
    """The latest day by which something on a sheet was done; the first day of all where nothing is dated."""
    columns = (map(attrgetter(column), _records(context, sheet)) for column in sheet.done)
    return max(filter(None, chain.from_iterable(columns)), default=date.min)


def _meeting_of(record: Record) -> MeetingCode | None:
    """The meeting that a finding on this row counts for: only rows of `Sinh hoạt` are about one."""
    return record.meeting_code if isinstance(record, Meeting) else None


def _in_future(context: BookContext, place: Place, day: date, label: str, meeting: MeetingCode | None) -> Finding:
    return DATE_IN_FUTURE.at(
        place, seen=show_day(day), expected=f"≤ {show_day(context.today)}", meeting=meeting, label=label
    )
