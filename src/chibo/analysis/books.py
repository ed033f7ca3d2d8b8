"""Opening one workbook, and consolidating many."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
from attrs import frozen

from chibo.analysis.given import PathLike, day_or_today, expect, library_or_own, path_of, paths_of, period_of
from chibo.analysis.tables import facts_table, findings_table
from chibo.consolidation import Consolidation
from chibo.definitions.library import Library
from chibo.engine.running import run_books
from chibo.engine.single_book import receive_one
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError, UnknownNameError, why_refused
from chibo.findings import Finding
from chibo.model import CellBook, Period
from chibo.scoring.facts import facts_of


class BookRefusedError(ChiboError):
    """A workbook that cannot be used. `findings` say why; the text holds them in words."""

    def __init__(self, file: str, findings: tuple[Finding, ...], library: Library) -> None:
        self.file = file
        self.findings = findings
        reasons = " ".join(str(library.catalogue.message(finding)) for finding in findings if finding.of_book)
        super().__init__(f"Sổ «{file}» bị từ chối. {reasons}")


class RefusedBooksWarning(UserWarning):
    """Some of the books named were refused and are not in the result."""


@frozen(slots=False, repr=False)
class OpenBook:
    """A workbook that was read and checked: `book` holds its values, without the rows that were taken out."""

    book: CellBook
    found: tuple[Finding, ...]
    library: Library
    today: date

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Its facts, one row per meeting."""
        return facts_table(facts_of(self.book, self.library, self.found, self.today))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What was found in it: severity, place, code and words, the heaviest first."""
        return findings_table(self.found, self.library.catalogue)

    def __repr__(self) -> str:
        info = self.book.info
        return (
            f"<Sổ {info.cell_code} «{info.cell_name}» năm {info.year}: {len(self.book.meetings)} buổi sinh hoạt, "
            f"{len(self.found)} chỗ cần xem>"
        )


def open_book(path: PathLike, *, library: Library | None = None, today: date | None = None) -> OpenBook:
    """Read and check one cell workbook.

    Raises UnknownNameError where there is no such file, BookRefusedError where the whole book is refused; what else is
    wrong stands in `findings`.

    >>> book = cb.open_book("so/CB01.xlsx")             # doctest: +SKIP
    >>> book.findings[["severity", "sheet", "cell", "title"]]   # doctest: +SKIP
    """
    (found,) = paths_of(path_of(path, "path"))
    library, today = library_or_own(library, path), day_or_today(today)
    received = receive_one(_content(found), found.name, library, today)
    if received.book is None or not received.accepted:
        raise BookRefusedError(found.name, received.findings, library)
    return OpenBook(received.book, received.findings, library, today)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise UnknownNameError(f"«{path}» là thư mục: nêu một tệp sổ, hoặc dùng cb.facts cho cả thư mục.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnknownNameError(f"Không đọc được «{path}»: {why_refused(error)}.") from None


def consolidate(
    source: PathLike | Iterable[PathLike],
    *,
    library: Library | None = None,
    today: date | None = None,
    workers: int | None = None,
) -> Consolidation:
    """Read and check every book of a file, folder or zip, or of several: the `accepted`, `copies` and `refused` ones.

    Read once, the result can be given to `facts` and `write_return` instead of the folder.

    >>> books = cb.consolidate("so")                    # doctest: +SKIP
    >>> [book.file for book in books.refused]           # doctest: +SKIP
    """
    if workers is not None:
        expect(workers, int, "workers", "số tiến trình, như 2")
    run = run_books(
        find_sources(paths_of(source)), library_or_own(library, source), today=day_or_today(today), workers=workers
    )
    return run.consolidation


def facts(
    source: PathLike | Iterable[PathLike] | Consolidation,
    period: str | Period | None = None,
    *,
    library: Library | None = None,
    today: date | None = None,
    workers: int | None = None,
) -> pd.DataFrame:
    """The facts of all accepted books as a DataFrame: one row per meeting, columns and order of `chibo facts`.

    `period` ("2026-03", "2026-Q1", "2026-H1", "2026") selects by meeting code. Refused books are named in a
    RefusedBooksWarning; `check` has their reasons.

    >>> table = cb.facts("so", period="2026")           # doctest: +SKIP
    >>> table.groupby("meeting_code")["present"].sum()  # doctest: +SKIP
    """
    wanted = period_of(period)
    books = consolidated(source, library=library, today=today, workers=workers)
    return facts_table(row for row in books.facts if wanted is None or row.meeting_code in wanted)


def check(
    source: PathLike | Iterable[PathLike] | Consolidation,
    *,
    library: Library | None = None,
    today: date | None = None,
    workers: int | None = None,
) -> pd.DataFrame:
    """What is to be looked at in all books, in words, as `chibo check` tells it; the heaviest findings stand first.

    Refused books are among them: their reasons are the findings of severity "block".

    >>> found = cb.check("so")                       # doctest: +SKIP
    >>> found[found["severity"] == "block"][["file", "title", "mend"]]  # doctest: +SKIP
    """
    if isinstance(source, Consolidation):
        books, catalogue = source, library_or_own(library).catalogue
    else:
        books = consolidate(source, library=library, today=today, workers=workers)
        catalogue = library_or_own(library, source).catalogue
    return findings_table((finding for outcome in books.settled for finding in outcome.findings), catalogue)


def consolidated(
    source: PathLike | Iterable[PathLike] | Consolidation,
    *,
    library: Library | None,
    today: date | None,
    workers: int | None = None,
) -> Consolidation:
    """The consolidation given, or that of the books named, with a warning that names the refused ones."""
    if isinstance(source, Consolidation):
        return source
    books = consolidate(source, library=library, today=today, workers=workers)
    if books.refused:
        names = ", ".join(outcome.file for outcome in books.refused)
        warnings.warn(f"{len(books.refused)} sổ bị từ chối: {names}.", RefusedBooksWarning, stacklevel=3)
    return books
