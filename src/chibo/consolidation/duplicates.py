"""Two books of one cell and year: equal values count once, differing ones count not at all until the cell says which.

What is found in a book is told once, too: of a copy only that it is one, and what the book that counts does not show.
The key of a cell is its code without regard to letter case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from attrs import evolve

from chibo.consolidation.outcome import BookOutcome
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import CellIdentity, Place
from chibo.model.grouping import group_by

CELL_TWICE = FindingKind("CELL_TWICE", Severity.BLOCK, clause="9")
IDENTICAL_COPY = FindingKind("IDENTICAL_COPY", Severity.NOTE, clause="9")
COPY_OF_REFUSED = FindingKind("COPY_OF_REFUSED", Severity.NOTE, clause="9")
"""The same of a book that is not used either, because others of the cell differ from both."""

_MOST_NAMES = 2
"""Of so many other books each is named."""


def cell_key(cell_code: str) -> str:
    """What tells one cell from another."""
    return cell_code.casefold()


def settle_duplicates(outcomes: Iterable[BookOutcome]) -> tuple[BookOutcome, ...]:
    """The outcomes, in their order, with a finding on every book that meets another one of its cell and year."""
    listed = list(outcomes)
    for indices in of_one_cell(listed):
        books = [listed[index] for index in indices]
        for index, settled in zip(indices, _settle(books), strict=True):
            listed[index] = settled
    return tuple(listed)


def of_one_cell(outcomes: Iterable[BookOutcome]) -> list[list[int]]:
    """The positions of accepted books that are of one cell and year, wherever there is more than one."""
    by_cell: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for index, outcome in enumerate(outcomes):
        if outcome.accepted and outcome.identity is not None:
            by_cell[cell_key(outcome.identity.cell_code), outcome.identity.year].append(index)
    return [indices for indices in by_cell.values() if len(indices) > 1]


def _settle(books: Sequence[BookOutcome]) -> list[BookOutcome]:
    first = min(books, key=_plainness)
    if first.digest and all(book.digest == first.digest for book in books):
        return [book if book is first else _as_copy(IDENTICAL_COPY, book, first) for book in books]
    equal = group_by(books, lambda book: book.digest or book.file)
    firsts = {digest: min(those, key=_plainness) for digest, those in equal.items()}
    return [_as_rival(book, firsts[book.digest or book.file], firsts.values()) for book in books]


def _plainness(book: BookOutcome) -> tuple[int, str]:
    """Of equal books the one with the shortest name comes first: whatever copies a file adds to its name."""
    return len(book.file), book.file


def _as_rival(book: BookOutcome, first: BookOutcome, firsts: Iterable[BookOutcome]) -> BookOutcome:
    """A book that differs from others of its cell: of those that are equal only the first is named, and told whole."""
    others = [other for other in firsts if other is not first]
    told = book if book is first else _as_copy(COPY_OF_REFUSED, book, first)
    return told.with_finding(_finding(CELL_TWICE, book, others))


def _as_copy(kind: FindingKind, copy: BookOutcome, book: BookOutcome) -> BookOutcome:
    """The copy of a book with the note that it is one, and those of its findings that the book does not have."""
    told = {_said(finding) for finding in book.findings}
    own = tuple(finding for finding in copy.findings if _said(finding) not in told)
    return evolve(copy, findings=own).with_finding(_finding(kind, copy, [book]))


def _said(finding: Finding) -> Hashable:
    """What a finding says, whatever the file is called."""
    place = finding.place
    return finding.code, place.sheet, place.address, finding.seen, finding.expected, tuple(finding.values.items())


def _finding(kind: FindingKind, book: BookOutcome, others: Sequence[BookOutcome]) -> Finding:
    """The finding on a book that meets these others: of many the first are named, since each is told with a finding."""
    identity: CellIdentity | None = book.identity
    named = [other.file for other in others[:_MOST_NAMES]]
    more = " …" if len(named) < len(others) else ""
    return kind.at(
        Place(book.file),
        seen=", ".join(named) + more,
        other_places=[Place(file) for file in named],
        others=len(others),
        names=", ".join(f"«{name}»" for name in named) + more,
        of_book=kind.severity is Severity.BLOCK,
        cell_code=identity.cell_code if identity else "",
        cell_name=identity.cell_name if identity else "",
        year=identity.year if identity else "",
    )
