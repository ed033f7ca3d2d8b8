"""Two books of one cell on the board: what differs between the one that came first and the other."""

from __future__ import annotations

from attrs import frozen

from chibo.comparing import Difference, differences
from chibo.consolidation.duplicates import CELL_TWICE
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.reading_bytes import book_bytes
from chibo.errors import ChiboError
from chibo.model import CellBook
from chibo.office.board.board import Unit
from chibo.office.board.run import BoardRun
from chibo.office.lineage.comparison import open_book


@frozen
class Twice:
    """The two books, the earlier one first, and what differs."""

    files: tuple[str, str]
    books: tuple[CellBook, CellBook]
    differences: tuple[Difference, ...]


def files_of_twice(unit: Unit) -> tuple[str, str] | None:
    """The file of a unit that met another book of its cell, and that book's file; None where it met none."""
    for finding in unit.findings:
        if finding.kind == CELL_TWICE and finding.other_places:
            return finding.place.file, finding.other_places[0].file
    return None


def compare_twice(files: tuple[str, str], run: BoardRun, library: Library) -> Twice | None:
    """What differs between two books of the run; None where one of them cannot be looked into again."""
    sources = run.sources_of(files)
    if len(sources) != 2:
        return None
    try:
        first, second = (_book(source, library) for source in sources)
    except ChiboError:
        return None
    return Twice((sources[0].label, sources[1].label), (first, second), differences(first, second))


def _book(source: BookSource, library: Library) -> CellBook:
    with book_bytes(library.intake.file) as reader:
        data = reader.read(source)
    if not isinstance(data, bytes):
        raise ChiboError(str(library.catalogue.message(data)))
    return open_book(data, source.label, library).book
