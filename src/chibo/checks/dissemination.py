"""Checks of `Phổ biến văn bản`: documents reach all members they should, in time (instructions 1 and 10)."""

from __future__ import annotations

import re
from datetime import timedelta

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day
from chibo.definitions.wording import normal_label
from chibo.findings import FindingKind, Severity
from chibo.model import Dissemination
from chibo.model.grouping import group_by

REACHED_OVER_OWED = FindingKind("REACHED_OVER_OWED", Severity.BLOCK, clause="1")
REACHED_NEGATIVE = FindingKind("REACHED_NEGATIVE", Severity.BLOCK, clause="1")
DISSEMINATED_LATE = FindingKind("DISSEMINATED_LATE", Severity.WARN, clause="1")
NOT_DISSEMINATED = FindingKind("NOT_DISSEMINATED", Severity.WARN, clause="1")
DOCUMENT_TWICE = FindingKind("DOCUMENT_TWICE", Severity.WARN, clause="1")
DOCUMENT_CITATION = FindingKind("DOCUMENT_CITATION", Severity.NOTE, clause="1")
DISSEMINATION_MEETING_UNKNOWN = FindingKind("DISSEMINATION_MEETING_UNKNOWN", Severity.WARN, clause="1")
DISSEMINATION_DAY_DIFFERS = FindingKind("DISSEMINATION_DAY_DIFFERS", Severity.WARN, clause="1")

_CENTRAL_SYMBOL = re.compile(r"/TW\W*$", re.IGNORECASE)
_PROVINCIAL_SYMBOL = re.compile(r"/TU\W*$", re.IGNORECASE)
_CENTRAL_BODIES = tuple(map(normal_label, ("Trung ương", "Bộ Chính trị", "Ban Bí thư")))
_PROVINCIAL_BODIES = tuple(map(normal_label, ("Tỉnh ủy", "Thành ủy")))


@finds(REACHED_OVER_OWED, REACHED_NEGATIVE)
def check_reached(context: BookContext) -> Findings:
    """Not more members reached than owed, and none below zero."""
    for row in context.book.disseminations:
        for column, count in (("reached", row.reached), ("owed", row.owed)):
            if count is not None and count < 0:
                yield REACHED_NEGATIVE.at(context.row(row, column), seen=count, expected="≥ 0")
        if row.reached is not None and row.owed is not None and row.reached > row.owed:
            yield REACHED_OVER_OWED.at(
                context.row(row, "reached"),
                seen=row.reached,
                expected=f"≤ {row.owed}",
                other_places=[context.row(row, "owed")],
            )


@finds(DISSEMINATED_LATE, NOT_DISSEMINATED)
def check_time(context: BookContext) -> Findings:
    """A document is made known within its days; one that never was is reminded of once they have passed."""
    for row in context.book.disseminations:
        days = context.thresholds.dissemination_time.on(row.document_date)
        if days is None:
            continue
        due = row.document_date + timedelta(days=days)
        done = row.disseminated_on
        if done is not None and done > due:
            yield DISSEMINATED_LATE.at(
                context.row(row, "disseminated_on"),
                seen=show_day(done),
                expected=f"≤ {show_day(due)}",
                document=row.document_number,
                days=days,
            )
        elif done is None and context.today > due:
            yield NOT_DISSEMINATED.at(
                context.row(row, "disseminated_on"),
                expected=f"≤ {show_day(due)}",
                document=row.document_number,
                days=days,
            )


@finds(DOCUMENT_TWICE, DOCUMENT_CITATION)
def check_documents(context: BookContext) -> Findings:
    """Each document once (number, date and issuer together name one), and symbols that fit their issuers."""
    for rows in group_by(context.book.disseminations, _identity).values():
        for row in rows[1:]:
            yield DOCUMENT_TWICE.at(
                context.row(row, "document_number"),
                seen=row.document_number,
                other_places=[context.row(rows[0], "document_number")],
            )
    for row in context.book.disseminations:
        issuer = normal_label(row.issuer)
        central = _CENTRAL_SYMBOL.search(row.document_number) and any(body in issuer for body in _PROVINCIAL_BODIES)
        provincial = _PROVINCIAL_SYMBOL.search(row.document_number) and any(body in issuer for body in _CENTRAL_BODIES)
        if central or provincial:
            yield DOCUMENT_CITATION.at(
                context.row(row, "document_number"),
                seen=row.document_number,
                other_places=[context.row(row, "issuer")],
                issuer=row.issuer,
            )


@finds(DISSEMINATION_MEETING_UNKNOWN, DISSEMINATION_DAY_DIFFERS, needs="meetings")
def check_dissemination_meetings(context: BookContext) -> Findings:
    """The meeting named is recorded, and was held on the day given."""
    for row in context.book.disseminations:
        if row.meeting_code is None:
            continue
        meeting = context.meetings_by_code.get(row.meeting_code)
        if meeting is None:
            # A document of last year may have been made known at one of last year's meetings.
            this_year = row.meeting_code.month.year >= context.year
            if this_year and not context.may_be_lost("meetings", row.meeting_code):
                yield DISSEMINATION_MEETING_UNKNOWN.at(context.row(row, "meeting_code"), seen=row.meeting_code)
        elif row.disseminated_on and meeting.held_on and row.disseminated_on != meeting.held_on:
            yield DISSEMINATION_DAY_DIFFERS.at(
                context.row(row, "disseminated_on"),
                seen=show_day(row.disseminated_on),
                expected=show_day(meeting.held_on),
                other_places=[context.row(meeting, "held_on")],
                at_meeting=row.meeting_code,
            )


def _identity(row: Dissemination) -> tuple[str, object, str]:
    return (normal_label(row.document_number), row.document_date, normal_label(row.issuer))
