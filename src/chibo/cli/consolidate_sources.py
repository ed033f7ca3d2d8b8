"""What `chibo consolidate` makes a return from: the books that it is given, or what the office has of the period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from chibo.cli.asked_language import told, worded
from chibo.cli.many_books import Account
from chibo.cli.many_books_text import WORDS
from chibo.cli.options import unknown_name
from chibo.cli.output import say
from chibo.cli.passed_over import tell_passed_over
from chibo.cli.period_missed import is_of_no_book, tell_years
from chibo.consolidation import BookOutcome, Consolidation, period_table, unexpected_cells
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.book_source import Sources
from chibo.engine.running import Run
from chibo.model import CellIdentity, CellInPeriod, Period, PeriodTable

if TYPE_CHECKING:
    from chibo.office.memory.consolidating import FromOffice


_MOST_NAMES = 20
"""Files that are named where there may be hundreds."""


@frozen
class Gathered:
    """What came in, and the cells that had to report (`listed`; none where nobody says).

    `account` tells of the books given; `office` is what the office had: one of them is there.
    """

    consolidation: Consolidation
    listed: Sequence[CellIdentity]
    account: Account | None = None
    office: FromOffice | None = None

    def table(self, period: Period, committees: Sequence[str]) -> PeriodTable:
        """The cells of these base organisations, of all where none is named; wrong usage where one has no cell."""
        table = period_table(self.consolidation, period, self.listed)
        known = {cell.identity.committee_code for cell in table.cells} - {""}
        for code in committees:
            if code not in known:
                raise click.UsageError(told(unknown_name("đảng bộ cơ sở", "base organisation", code, sorted(known))))
        table = table.of_committees(committees)
        return self.office.noted(table) if self.office else table

    def tell_books(self) -> None:
        """What became of the books given; what the office has is told when it is looked into."""
        if self.account is not None:
            self.account.tell()

    def has_nothing_for(self, table: PeriodTable) -> bool:
        """Whether no cell of the table has a book that can be used, and nobody says who had to report."""
        return not table.cells or (not self.listed and all(cell.refused_files for cell in table.cells))

    def tell_nothing(self, language: Language) -> None:
        """Why there is no return: no cell has a row, neither of a book nor of a list."""
        self.tell_books()
        say(WORDS[language]["nothing" if self.account is not None else "nothing_office"])

    def tell_cells(self, table: PeriodTable, language: Language) -> None:
        """The cells of the period and those that have not reported, each by code, name and base organisation."""
        words = WORDS[language]
        books = self.consolidation.accepted
        of_no_book = is_of_no_book(table.period, books)
        others = _of_other_years(books, table.period)
        if others and not of_no_book:
            say(words["other_years"].format(period=table.period, count=len(others), names=_some(others)))
        say(words["cells"].format(period=table.period, cells=len(table.cells), missing=len(table.missing)))
        if table.missing:
            say(words["missing"].format(period=table.period, count=len(table.missing)))
            for cell in table.missing:
                why = _why_missing(cell)
                say(f"- {_named(cell)}" + (f" ({words[why]})" if why else ""))
        unexpected = unexpected_cells(table, self.listed) if self.listed else ()
        if unexpected:
            names = ", ".join(cell.identity.cell_code for cell in unexpected)
            say(words["unexpected"].format(count=len(unexpected), names=names))
        if of_no_book:  # last, where a long list of cells does not hide it
            tell_years(table.period, books, language)


def from_files(
    sources: Sources, run: Run, listed: Sequence[CellIdentity], library: Library, language: Language
) -> Gathered:
    """The books given, after they were run; wrong usage where there is neither a book nor a cell that had to report."""
    if not sources.count and not listed:
        tell_passed_over(sources, language)
        raise click.UsageError(WORDS[language]["none"])
    return Gathered(run.consolidation, listed, account=Account(sources, run, library, language))


def from_the_office(
    library: Library, user: str, period: Period, expected: Path | None, edition: str | None
) -> Gathered:
    """What is in the office, with its own list of who owes; wrong usage where there is no office, or another list."""
    if library.office is None:
        raise click.UsageError(
            worded(
                "Nêu sổ cần tổng hợp (PATH…), hoặc văn phòng đã nhận sổ: --home THƯ_MỤC.",
                "Name the workbooks to consolidate (PATH…), or the office that received them: --home THƯ_MỤC.",
            )
        )
    if expected is not None:
        raise click.UsageError(
            worded(
                "Lấy sổ từ văn phòng thì danh sách phải báo cáo là của kỳ; bỏ --expected.",
                "With workbooks of an office, who has to report is known for the period; leave out --expected.",
            )
        )
    from chibo.cli.consolidate_office import gather  # noqa: PLC0415 - the database, which files do without
    from chibo.office.memory.consolidating import Wanted  # noqa: PLC0415

    office = gather(library, user, period, Wanted(edition or Wanted.VERIFIED))
    return Gathered(office.consolidation, office.expected, office=office)


def _of_other_years(books: Iterable[BookOutcome], period: Period) -> list[str]:
    """The files of the books that are of another year than the period's and hold no meeting of it."""
    strange = (book for book in books if book.identity is not None and book.identity.year != period.year)
    return [book.file for book in strange if not any(code in period for code in book.meeting_codes)]


def _some(names: Sequence[str]) -> str:
    """The first of the names, and a sign that there are more."""
    return ", ".join([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])


def _why_missing(cell: CellInPeriod) -> str:
    """Which words say why a cell has not reported; empty where its book just has no such meeting."""
    if not cell.has_book:
        return "book_refused" if cell.refused_files else "no_book"
    return "left_out" if cell.left_out else ""


def _named(cell: CellInPeriod) -> str:
    identity = cell.identity
    committee = f", {identity.committee_name or identity.committee_code}" if identity.committee_code else ""
    return f"{identity.cell_code} {identity.cell_name}{committee}"
