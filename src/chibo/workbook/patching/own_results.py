"""The results of our own formulas: a book that Chibo wrote is written anew beside, and its results are taken over.

They hold where the file still has the form: every value in the same place, and the same formula in the same cell,
however another program wrote it down.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from html import unescape

from chibo.definitions.library import Library
from chibo.model import CellBook, MeetingCode
from chibo.workbook.intake.package import Package, open_package
from chibo.workbook.patching.formula_cells import FormulaCell, UnclearFormulasError, formula_cells
from chibo.workbook.patching.results import Results
from chibo.workbook.patching.row_heights import heights_of
from chibo.workbook.patching.stale import Target
from chibo.workbook.reading import read_book
from chibo.workbook.reading.sheets import read_sheets
from chibo.workbook.writing.book_writer import write_book
from chibo.workbook.writing.marker import is_marked
from chibo.workbook.writing.records import records_of


def own_results(data: bytes, book: CellBook, library: Library, today: date) -> Results | None:
    """The results of our formulas that are others than `data`, which holds `book`, has stored.

    None where that cannot be told: Chibo did not write it, or its places are no longer those of our form.
    """
    package = open_package(data)
    if not is_marked(package.sheets, partial(read_sheets, "", package)):
        return None
    fresh = write_book(book, library, today, _headings(book))
    again = read_book(fresh, book.file, library).book
    if again is None or list(_places(again)) != list(_places(book)):
        return None
    try:
        form = open_package(fresh)
        ours, theirs = _formulas(form), _formulas(package)
    except UnclearFormulasError:
        return None
    known: dict[Target, str | float | bool] = {}
    of_others = set()
    for target, cell in theirs.items():
        own = ours.get(target)
        if own is None or not own.formula.is_same(cell.formula):
            of_others.add(target)
        elif (result := _result(own)) != _result(cell):
            known[target] = "" if result is None else result
    heights = {part.name: heights_of(form.parts.read(part.part)) for part in form.sheets}
    return Results(known, frozenset(of_others), heights)


def _headings(book: CellBook) -> tuple[MeetingCode, ...]:
    """The meetings over the columns of the grids, in the order in which they stand in the file."""
    origin = book.self_scores.origin
    ordered = sorted(origin.columns, key=origin.columns.__getitem__) if origin else ()
    return tuple(code for name in ordered if (code := MeetingCode.parse(name)) is not None)


def _formulas(package: Package) -> dict[Target, FormulaCell]:
    return {
        (part.name, cell.row, cell.column): cell
        for part in package.sheets
        for cell in formula_cells(package.parts.read(part.part))
    }


def _result(cell: FormulaCell) -> str | float | bool | None:
    """The stored result; None for a formula without one, and for a number in a form that we do not write."""
    stored = cell.value
    if cell.kind == "b":
        return stored == b"1"
    if cell.kind in {"str", "e"}:
        return unescape(stored.decode("utf-8"))
    try:
        return float(stored)
    except ValueError:
        return None


def _places(book: CellBook) -> Iterator[object]:
    """Where everything in a book stands."""
    for code, records in records_of(book).items():
        yield code, [getattr(record, "origin", None) for record in records]
    yield [row.origin.row for row in book.dues if row.origin is not None]
    for grid in (book.roll_call, book.self_scores, book.official_scores):
        origin = grid.origin
        yield None if origin is None else (origin.sheet, dict(origin.rows), dict(origin.columns))
    for code, table in sorted(book.tables.items()):
        yield code, table.sheet, table.header_row, dict(table.columns)
    yield {code: (place.sheet, place.address) for code, place in book.info.places.items()}
