"""Running the register over one book, to the end, whatever is found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from chibo.checks.context import BookContext
from chibo.checks.register import register
from chibo.checks.unread import NOTHING_UNREAD, Unread
from chibo.definitions.library import Library
from chibo.findings import Finding
from chibo.model import CellBook, MeetingCode
from chibo.scoring import MeetingScore


@frozen
class Checked:
    """What came of the checks of a book: the findings, and the scores of its meetings that they were found by."""

    findings: tuple[Finding, ...]
    scores: Mapping[MeetingCode, MeetingScore]
    """By the meeting's code, of the book as it was checked; of two meetings with one code only the first is here."""


def check_book(book: CellBook, library: Library, today: date, unread: Unread = NOTHING_UNREAD) -> tuple[Finding, ...]:
    """Every finding of the register about a book, by subject (see `look_over`)."""
    return look_over(book, library, today, unread).findings


def look_over(book: CellBook, library: Library, today: date, unread: Unread = NOTHING_UNREAD) -> Checked:
    """Check a book: every finding of the register, by subject. `today` decides what is late, over or yet to come.

    Checks look at the book as it was read: what one finding takes out still stands for the others, so that one fault
    is not told twice as something missing; nor is what is `unread`, which the reader told of. Raises DefinitionError
    where a definition is wrong, never for the book.
    """
    context = BookContext(book, library, today, unread)
    findings = tuple(finding for subject in register() for check in subject.checks for finding in check(context))
    if unread.cells:
        findings = tuple(finding for finding in findings if not unread.founds(finding))
    return Checked(findings, context.scores)
