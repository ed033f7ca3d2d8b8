"""Identical copies of one book, of which a folder may hold hundreds: told together, the first of them by name.

Copies of a book that is not used are among them: others of its cell differ from it, and from its copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chibo.consolidation import BookOutcome
from chibo.consolidation.duplicates import CELL_TWICE, COPY_OF_REFUSED, IDENTICAL_COPY

_NAMED = 12
_OF_COPIES = (IDENTICAL_COPY, COPY_OF_REFUSED)


def original_of(outcome: BookOutcome) -> str:
    """The book that this one is a copy of, "" where it is none."""
    return next((one.other_places[0].file for one in outcome.findings if one.kind in _OF_COPIES), "")


def copies_by_book(outcomes: Iterable[BookOutcome]) -> dict[str, list[BookOutcome]]:
    """The copies of each book that has any."""
    found: dict[str, list[BookOutcome]] = {}
    for outcome in outcomes:
        original = original_of(outcome)
        if original:
            found.setdefault(original, []).append(outcome)
    return found


def alike_by_book(outcomes: Iterable[BookOutcome]) -> dict[str, list[str]]:
    """The copies of which nothing is found but that they are copies, by their book; never a single one."""
    alike = {
        book: [copy.file for copy in copies if all(one.kind in (*_OF_COPIES, CELL_TWICE) for one in copy.findings)]
        for book, copies in copies_by_book(outcomes).items()
    }
    return {book: copies for book, copies in alike.items() if len(copies) > 1}


def named(copies: Sequence[str]) -> str:
    """The first of the copies, and a sign that there are more."""
    return ", ".join([*copies[:_NAMED], *(["…"] if len(copies) > _NAMED else [])])


def are_all_named(copies: Sequence[str]) -> bool:
    """Whether `named` leaves out none."""
    return len(copies) <= _NAMED
