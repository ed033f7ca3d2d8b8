"""What is said where a period was asked for of which no meeting counts: it was mistyped, or all were taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chibo.cli.many_books_text import WORDS
from chibo.cli.output import say
from chibo.consolidation import BookOutcome
from chibo.definitions.language import Language
from chibo.findings import Severity
from chibo.model import MeetingCode, Period


def is_of_no_book(period: Period, books: Sequence[BookOutcome]) -> bool:
    """Whether there are books and none is of the period's year, nor holds a meeting of it all the same."""
    return bool(books) and not any(_is_of_year(book, period) or _holds(book, period) for book in books)


def tell_years(period: Period, books: Sequence[BookOutcome], language: Language) -> None:
    """Of which years the books are, none of them being of the period's."""
    years = sorted({book.identity.year for book in books if book.identity is not None})
    say(WORDS[language]["no_year"].format(year=period.year, years=", ".join(map(str, years))))


def tell_no_meeting(period: Period, books: Sequence[BookOutcome], language: Language) -> None:
    """That no meeting of the period counts, and why; nothing where one does, or where there are no books."""
    words = WORDS[language]
    if not books or any(_counts(book, period) for book in books):
        return
    taken_out = sorted({code for book in books for code in _taken_out(book, period)})
    months = sorted({code.month for book in books for code in book.meeting_codes})
    if taken_out:
        say(words["meetings_taken_out"].format(period=period, codes=", ".join(map(str, taken_out))))
    elif is_of_no_book(period, books):
        tell_years(period, books, language)
    elif months:
        say(words["no_meeting"].format(period=period, first=months[0], last=months[-1]))
    else:
        say(words["no_meeting_at_all"].format(period=period))


def _holds(book: BookOutcome, period: Period) -> bool:
    return _counts(book, period) or any(_taken_out(book, period))


def _counts(book: BookOutcome, period: Period) -> bool:
    return any(code in period for code in book.meeting_codes)


def _taken_out(book: BookOutcome, period: Period) -> Iterator[MeetingCode]:
    """The meetings of the period that a blocking finding took out."""
    blocks = (finding.meeting for finding in book.findings if finding.severity is Severity.BLOCK)
    return (code for code in blocks if code is not None and code in period)


def _is_of_year(book: BookOutcome, period: Period) -> bool:
    return book.identity is not None and book.identity.year == period.year
