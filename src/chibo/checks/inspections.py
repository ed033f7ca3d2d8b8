"""Checks of `Kiểm tra, giám sát`: every cell is inspected before the yearly classification (instruction 7)."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day
from chibo.findings import FindingKind, Severity
from chibo.model import Inspection
from chibo.model.vocabulary import InspectionSubject

INSPECTION_DATES_REVERSED = FindingKind("INSPECTION_DATES_REVERSED", Severity.BLOCK, clause="7")
INSPECTION_OUTSIDE_YEAR = FindingKind("INSPECTION_OUTSIDE_YEAR", Severity.WARN, clause="7")
REMEDY_OVERDUE = FindingKind("REMEDY_OVERDUE", Severity.WARN, clause="7")
REMEDY_WITHOUT_DAY = FindingKind("REMEDY_WITHOUT_DAY", Severity.NOTE, clause="7")
NOT_INSPECTED = FindingKind("NOT_INSPECTED", Severity.WARN, clause="7")
INSPECTION_SHEET_ABSENT = FindingKind("INSPECTION_SHEET_ABSENT", Severity.NOTE, clause="7")
REGIME_NOT_INSPECTED = FindingKind("REGIME_NOT_INSPECTED", Severity.NOTE, clause="7")

_REGIME = {InspectionSubject.MEETING_REGIME, InspectionSubject.THEMATIC_MEETINGS}

_DECISIVE = ("subjects", "finished_on", "conclusion_number")
"""The columns that say whether an inspection has ended, and of what it was."""


@finds(INSPECTION_DATES_REVERSED, INSPECTION_OUTSIDE_YEAR)
def check_inspection_dates(context: BookContext) -> Findings:
    """An inspection ends after it begins, in the year of the book."""
    for inspection in context.book.inspections:
        began, ended = inspection.inspected_on, inspection.finished_on
        place = context.row(inspection, "inspected_on")
        if ended is not None and ended < began:
            yield INSPECTION_DATES_REVERSED.at(
                context.row(inspection, "finished_on"),
                seen=show_day(ended),
                expected=f"≥ {show_day(began)}",
                other_places=[place],
            )
        if began.year != context.year:
            yield INSPECTION_OUTSIDE_YEAR.at(place, seen=show_day(began), expected=context.year)


@finds(REMEDY_OVERDUE, REMEDY_WITHOUT_DAY)
def check_remedies(context: BookContext) -> Findings:
    """Shortcomings found have a day by which they are mended, and are mended by then."""
    for inspection in context.book.inspections:
        due, done = inspection.remedy_due_on, inspection.remedied_on
        if due is not None and done is None and due < context.today:
            yield REMEDY_OVERDUE.at(
                context.row(inspection, "remedied_on"),
                expected=f"≤ {show_day(due)}",
                other_places=[context.row(inspection, "remedy_due_on")],
                due_on=show_day(due),
            )
        elif inspection.shortcomings and due is None and context.has_column(inspection, "remedy_due_on"):
            yield REMEDY_WITHOUT_DAY.at(
                context.row(inspection, "remedy_due_on"), other_places=[context.row(inspection, "shortcomings")]
            )


@finds(NOT_INSPECTED, INSPECTION_SHEET_ABSENT, REGIME_NOT_INSPECTED)
def check_inspected(context: BookContext) -> Findings:
    """The cell was inspected this year, and its meetings were among the subjects."""
    if context.may_be_lost("inspections") or any(
        context.is_unread(row, *_DECISIVE) for row in context.book.inspections
    ):
        return
    this_year = [inspection for inspection in context.book.inspections if inspection.inspected_on.year == context.year]
    reminder = context.thresholds.inspection_reminder.in_year(context.year)
    if reminder is not None and context.today >= reminder and not any(map(_is_finished, this_year)):
        kind = NOT_INSPECTED if context.has_sheet("inspections") else INSPECTION_SHEET_ABSENT
        yield kind.at(context.sheet("inspections"), seen=len(this_year), expected="≥ 1")
    regime_due = context.thresholds.regime_inspection_due.in_year(context.year)
    subjects = {subject for inspection in this_year for subject in inspection.subjects}
    if this_year and regime_due is not None and context.today > regime_due and not subjects & _REGIME:
        yield REGIME_NOT_INSPECTED.at(
            context.sheet("inspections"),
            seen="; ".join(sorted(subjects)),
            expected=" / ".join(subject for subject in InspectionSubject if subject in _REGIME),
        )


def _is_finished(inspection: Inspection) -> bool:
    """Whether it has ended: a day of ending or a conclusion is recorded."""
    return inspection.finished_on is not None or bool(inspection.conclusion_number)
