"""What is said where a period was asked for that the books given hold nothing of: most often it was mistyped."""

from __future__ import annotations

from collections.abc import Sequence

from chibo.cli.many_books_text import WORDS
from chibo.cli.output import say
from chibo.consolidation import BookOutcome
from chibo.definitions.language import Language
from chibo.model import Period


def is_of_no_book(period: Period, books: Sequence[BookOutcome]) -> bool:
    """Whether there are books and none is of the period's year, nor holds a meeting of it all the same."""
    return bool(books) and not any(_is_of_year(book, period) or _holds(book, period) for book in books)


def tell_years(period: Period, books: Sequence[BookOutcome], language: Language) -> None:
    """Of which years the books are, none of them being of the period's."""
    years = sorted({book.identity.year for book in books if book.identity is not None})
    say(WORDS[language]["no_year"].format(year=period.year, years=", ".join(map(str, years))))


def tell_no_meeting(period: Period, books: Sequence[BookOutcome], language: Language) -> None:
    """That no meeting of these books is of the period, and of which year or months they are; nothing where one is."""
    if any(_holds(book, period) for book in books):
        return
    if is_of_no_book(period, books):
        tell_years(period, books, language)
        return
    months = sorted({code.month for book in books for code in book.meeting_codes})
    if months:
        say(WORDS[language]["no_meeting"].format(period=period, first=months[0], last=months[-1]))


def _holds(book: BookOutcome, period: Period) -> bool:
    return any(code in period for code in book.meeting_codes)


def _is_of_year(book: BookOutcome, period: Period) -> bool:
    return book.identity is not None and book.identity.year == period.year
