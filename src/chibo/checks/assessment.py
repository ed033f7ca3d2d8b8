"""Checks of `Đánh giá năm`: held in time, whole, with remedies that somebody owns (instructions 5 and 8)."""

from __future__ import annotations

from datetime import date

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day, show_list
from chibo.findings import FindingKind, Severity
from chibo.model.vocabulary import AssessmentItem, AssessmentTerm

ASSESSMENT_MISSING = FindingKind("ASSESSMENT_MISSING", Severity.WARN, clause="8")
ASSESSMENT_SHEET_ABSENT = FindingKind("ASSESSMENT_SHEET_ABSENT", Severity.NOTE, clause="8")
ASSESSMENT_ITEMS_MISSING = FindingKind("ASSESSMENT_ITEMS_MISSING", Severity.WARN, clause="5")
SOLUTION_WITHOUT_OWNER = FindingKind("SOLUTION_WITHOUT_OWNER", Severity.NOTE, clause="5")
SOLUTION_OVERDUE = FindingKind("SOLUTION_OVERDUE", Severity.WARN, clause="5")

_OWED_ITEMS = (AssessmentItem.STRENGTH, AssessmentItem.WEAKNESS, AssessmentItem.CAUSE, AssessmentItem.REMEDY)


@finds(ASSESSMENT_MISSING, ASSESSMENT_SHEET_ABSENT, ASSESSMENT_ITEMS_MISSING)
def check_assessments(context: BookContext) -> Findings:
    """The half-yearly and the yearly assessment are there by their days, with all their parts."""
    if context.may_be_lost("assessment"):
        return
    for term, due in _dues(context):
        entries = [entry for entry in context.book.assessment.entries if entry.term is term]
        if not entries:
            if due is not None and context.today > due:
                kind = ASSESSMENT_MISSING if context.has_sheet("assessment") else ASSESSMENT_SHEET_ABSENT
                yield kind.at(context.sheet("assessment"), expected=f"≤ {show_day(due)}", term=term)
            continue
        written = {entry.item for entry in entries}
        missing = [item for item in _OWED_ITEMS if item not in written]
        # Remedies that come over from the year before are followed here long before the year is assessed.
        begun = written != {AssessmentItem.REMEDY} or (due is not None and context.today > due)
        if missing and begun:
            yield ASSESSMENT_ITEMS_MISSING.at(
                context.row(entries[0], "item"),
                seen=show_list(item for item in _OWED_ITEMS if item in written),
                expected=show_list(_OWED_ITEMS),
                term=term,
                missing=show_list(missing),
            )


@finds(SOLUTION_WITHOUT_OWNER, SOLUTION_OVERDUE)
def check_solutions(context: BookContext) -> Findings:
    """Each remedy has an owner and a day, and a result once the day has passed."""
    for entry in context.book.assessment.entries:
        if entry.item is not AssessmentItem.REMEDY:
            continue
        owned = entry.owner or not context.has_column(entry, "owner")
        dated = entry.due_on is not None or not context.has_column(entry, "due_on")
        if not owned or not dated:
            yield SOLUTION_WITHOUT_OWNER.at(context.row(entry, "owner" if not owned else "due_on"), term=entry.term)
        if entry.due_on is not None and entry.due_on < context.today and not entry.result:
            yield SOLUTION_OVERDUE.at(
                context.row(entry, "result"),
                expected=f"≤ {show_day(entry.due_on)}",
                other_places=[context.row(entry, "due_on")],
                due_on=show_day(entry.due_on),
            )


def _dues(context: BookContext) -> tuple[tuple[AssessmentTerm, date | None], ...]:
    thresholds = context.thresholds
    return (
        (AssessmentTerm.HALF_YEAR, thresholds.half_year_review_due.in_year(context.year)),
        (AssessmentTerm.YEAR, thresholds.year_review_due.in_year(context.year)),
    )
