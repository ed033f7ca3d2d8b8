"""Desks for tests: a book in memory put on a desk, as if it had just been started or opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from chibo.definitions.library import Library
from chibo.model import CellBook
from chibo.office.desk.desk import Desk, Provenance
from chibo.office.desk.saving import HandedOut, keep_handed, prepare

TODAY = date(2026, 4, 15)


@cache
def library() -> Library:
    """The shipped definitions."""
    return Library()


def a_desk(book: CellBook, provenance: Provenance = Provenance.NEW) -> Desk:
    """A desk with this book on it."""
    return Desk(book=book, provenance=provenance, file=book.file)


def hand_out(desk: Desk, library: Library, today: date, earlier: Sequence[str] = ()) -> HandedOut:
    """The file of a desk, in somebody's hands."""
    handed = prepare(desk, library, today, earlier)
    keep_handed(handed, library)
    return handed
