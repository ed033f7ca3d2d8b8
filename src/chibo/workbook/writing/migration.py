"""What a workbook of an earlier layout, an old format or an old encoding holds that its new workbook does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from attrs import evolve, frozen

from chibo.definitions.layouts import SheetLayout
from chibo.definitions.library import Library
from chibo.legacy_text import Answer
from chibo.model import CellBook, Place
from chibo.workbook.intake.addresses import column_number
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading import Reading, kinds
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.matching import match_sheets
from chibo.workbook.reading.opening import OpenBook, open_book
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.versions import settle_version
from chibo.workbook.writing.foreign import HIDDEN_SHEETS, lost_of_file, own_columns, own_slips
from chibo.workbook.writing.losses import OLD_FILE, Loss
from chibo.workbook.writing.stray_cells import plain, unwritten_cells

_WITHOUT_VALUE = frozenset({kinds.CELL_ERROR, kinds.CELL_NO_VALUE})
"""Cells that hold an error or a formula instead of a value."""


@frozen
class NotMoved:
    """A value that the new workbook has no place for, or that could not be understood. Without an address: a sheet."""

    place: Place
    value: str


def in_present_form(book: CellBook, library: Library) -> CellBook:
    """The book as its new workbook holds it: by the present version of the layout, whatever its old one said."""
    return evolve(book, info=evolve(book.info, layout_version=library.layout.version))


def not_moved(data: bytes, reading: Reading, library: Library, answer: Answer | None = None) -> tuple[NotMoved, ...]:
    """Every value of the file `data`, which `reading` was read from, that its new workbook does not hold.

    They stand in the order of the file's sheets, in each by rows and columns. Whole sheets that belong to no layout
    come last, as one entry each, with the number of their filled cells.
    """
    try:
        opened = open_book(data, reading.file, library.intake)
        found = {one.place: one for one in _not_moved(opened, reading, library, answer)}
    except RefusedError:
        return ()
    sheets = {part.name: number for number, part in enumerate(opened.sheets)}
    return tuple(sorted(found.values(), key=lambda one: _order(one.place, sheets)))


def _order(place: Place, sheets: Mapping[str, int]) -> tuple[bool, int, int, int]:
    row, column = place.row_and_column
    return not place.address, sheets.get(place.sheet, len(sheets)), row, column_number(column)


def lost_with_file(data: bytes, file: str, library: Library) -> tuple[Loss, ...]:
    """What the file holds besides the values of its sheets, and its new workbook does not: notes, charts, pictures."""
    try:
        found = lost_of_file(open_book(data, file, library.intake), library)
        return tuple(dict.fromkeys(loss for loss in found if loss is not OLD_FILE))
    except RefusedError:
        return ()


def _not_moved(opened: OpenBook, reading: Reading, library: Library, answer: Answer | None) -> Iterator[NotMoved]:
    matching = match_sheets(opened.sheets, library)
    by_name = opened.read(matching.parts.values())
    convert_old_text(by_name, answer)
    sheets = {code: by_name[part.name] for code, part in matching.parts.items()}
    layout = settle_version(matching, sheets, library).layout
    slips = own_slips(opened)
    for _, strays in unwritten_cells(sheets, slips, reading, library, layout):
        yield from (NotMoved(place, value) for place, value in strays)
    for code, sheet in sheets.items():
        yield from _of_own_columns(sheet, layout.sheet(code), reading)
    without_value = (one for one in reading.findings if one.kind in _WITHOUT_VALUE)
    yield from (NotMoved(one.place, str(one.seen)) for one in without_value)
    known = {*by_name, *slips, *HIDDEN_SHEETS}
    others = [part for part in opened.sheets if part.name not in known]
    for sheet in opened.read(others).values():
        filled = sum(value != "" for value in chain.from_iterable(sheet.rows.values()))
        if filled:
            yield NotMoved(sheet.place(), str(filled))


def _of_own_columns(sheet: Sheet, layout: SheetLayout, reading: Reading) -> Iterator[NotMoved]:
    """The headings and values of columns that nothing was read from, though the same words stand elsewhere too."""
    assert reading.book is not None, "what moves was read"  # noqa: S101
    table = reading.book.tables.get(layout.code)
    for column in own_columns(sheet, layout, reading.book):
        for row in sheet.rows:
            value = sheet.value(row, column)
            if table and row >= table.header_row and value != "" and not isinstance(value, BrokenCell):
                yield NotMoved(sheet.place(row, column), plain(value))
