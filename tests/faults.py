"""Seeded faults: a healthy workbook with one thing wrong in it, and what the checks must say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from chibo.checks import check_book
from chibo.findings import Finding
from chibo.model import CellBook, Place
from healthy import TODAY
from located import located, place_of
from scored import LIBRARY

Where = tuple[str, str, int]
"""Sheet, column and index of a record; no column: the whole sheet."""


@frozen
class Fault:
    """One fault. `also` are findings that come with it by nature; nothing else may be found.

    `at` is a sheet, a column and the index of a record, or an address of a sheet given as `(sheet, "=B5", 0)`.
    """

    code: str
    book: CellBook
    at: Where | None
    also: frozenset[str] = field(default=frozenset(), converter=frozenset)
    today: date = TODAY
    without: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    times: int = 1

    def __str__(self) -> str:
        return self.code

    def findings(self) -> tuple[Finding, ...]:
        """What the checks find."""
        return check_book(self.placed(), LIBRARY, self.today)

    def placed(self) -> CellBook:
        """The book with places."""
        return located(self.book, self.without, self.lacking)

    def place(self) -> Place:
        """The place that the finding has to name."""
        book = self.placed()
        if self.at is None:
            return Place(book.file)
        sheet, column, index = self.at
        if column.startswith("="):
            return Place(book.file, LIBRARY.layout.sheet(sheet).name, column[1:])
        return place_of(book, sheet, column, index)


def assert_found(fault: Fault) -> None:
    """The fault is found at its place, with both languages speaking of it, and nothing else is found."""
    found = fault.findings()
    own = [finding for finding in found if finding.code == fault.code]
    assert len(own) == fault.times, [finding.code for finding in found]
    assert own[0].place == fault.place()
    others = codes(found) - {fault.code}
    assert others == fault.also, f"found besides: {sorted(others)}"
    for language in ("vi", "en"):
        message = str(LIBRARY.catalogue.message(own[0], language))
        assert "?" not in message, message
        assert "{" not in message


def codes(found: Iterable[Finding]) -> set[str]:
    """The codes of findings."""
    return {finding.code for finding in found}
