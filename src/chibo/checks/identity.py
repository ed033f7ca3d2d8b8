"""Checks of `Thông tin`: who the workbook belongs to."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.findings import FindingKind, Severity

COMMITTEE_NAME_MISSING = FindingKind("COMMITTEE_NAME_MISSING", Severity.WARN, clause="3")
COMMITTEE_CODE_MISSING = FindingKind("COMMITTEE_CODE_MISSING", Severity.WARN, clause="3")
OWN_MINIMUM_WITHOUT_DOCUMENT = FindingKind("OWN_MINIMUM_WITHOUT_DOCUMENT", Severity.WARN, clause="2")
OWN_MINIMUM_NOT_POSITIVE = FindingKind("OWN_MINIMUM_NOT_POSITIVE", Severity.WARN, clause="2")
BOOK_YEAR_AHEAD = FindingKind("BOOK_YEAR_AHEAD", Severity.WARN)
BOOK_YEAR_PAST = FindingKind("BOOK_YEAR_PAST", Severity.NOTE)
BOOK_EMPTY = FindingKind("BOOK_EMPTY", Severity.NOTE)


@finds(COMMITTEE_NAME_MISSING, COMMITTEE_CODE_MISSING)
def check_base_organisation(context: BookContext) -> Findings:
    """The base organisation has both a code and a name, or neither (a cell straight under the bloc)."""
    info = context.book.info
    if info.committee_code and not info.committee_name:
        yield COMMITTEE_NAME_MISSING.at(context.label("committee_name"), seen=info.committee_code)
    if info.committee_name and not info.committee_code:
        yield COMMITTEE_CODE_MISSING.at(context.label("committee_code"), seen=info.committee_name)


@finds(OWN_MINIMUM_WITHOUT_DOCUMENT, OWN_MINIMUM_NOT_POSITIVE)
def check_own_minimum(context: BookContext) -> Findings:
    """A cell's own minimum of minutes is above zero and counts only with the number of the document that grants it."""
    info = context.book.info
    if info.min_minutes is None:
        return
    if info.min_minutes <= 0:
        yield OWN_MINIMUM_NOT_POSITIVE.at(context.label("min_minutes"), seen=info.min_minutes, expected="> 0")
    if not info.min_minutes_document:
        document = "min_minutes_document" if "min_minutes_document" in info.places else "min_minutes"
        yield OWN_MINIMUM_WITHOUT_DOCUMENT.at(
            context.label(document),
            seen=info.min_minutes,
            other_places=[info.places.get("min_minutes")],
        )


@finds(BOOK_EMPTY, needs="meetings")
def check_emptiness(context: BookContext) -> Findings:
    """A book in which nothing is written yet besides whose it is."""
    book = context.book
    if not (book.members or book.meetings or book.plan.topics or book.tasks or book.inspections or book.dues):
        yield BOOK_EMPTY.at(book.place(), seen=book.info.cell_code)


@finds(BOOK_YEAR_AHEAD, BOOK_YEAR_PAST)
def check_year(context: BookContext) -> Findings:
    """Books are begun for this year or the next one; one of an earlier year may have been sent by mistake."""
    if context.year < context.today.year:
        yield BOOK_YEAR_PAST.at(context.label("year"), seen=context.year, expected=context.today.year)
    latest = context.today.year + 1
    if context.year > latest:
        yield BOOK_YEAR_AHEAD.at(context.label("year"), seen=context.year, expected=f"≤ {latest}")
