"""Cells of our own form that hold something which a workbook written anew would not hold.

Notes typed beside or below a table, rows without the code that makes them rows, values that could not be understood:
whatever is in the file and, at no place of the same sheet, in the workbook that would be written from what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from chibo.definitions.layouts import Layout, SheetLayout
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.model import CellBook, Place
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.intake.package import open_package
from chibo.workbook.reading import Reading, kinds
from chibo.workbook.reading.headers import VERDICT_LABEL
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.sheets import read_sheets
from chibo.workbook.writing.book_writer import write_book
from chibo.workbook.writing.losses import Loss, stray_values
from chibo.workbook.writing.slip_frame import is_slip_name

_SHOWN = 3
"""Stray cells that are named, of each sheet."""
_UNDERSTOOD = frozenset({kinds.VALUE_REPAIRED, kinds.VALUE_RETYPED})
"""Findings of reading that lose nothing: the value was understood and is written in its proper form."""


def stray_cells(
    sheets: Mapping[str, Sheet], slips: Mapping[str, Sheet], reading: Reading, library: Library, layout: Layout
) -> Iterator[Loss]:
    """One loss for each sheet with stray cells (see `unwritten_cells`); nothing for a file without a book."""
    for sheet, strays in unwritten_cells(sheets, slips, reading, library, layout):
        named = ", ".join(f"«{value}» ({place.address})" for place, value in strays[:_SHOWN])
        yield stray_values(sheet.name, named, max(len(strays) - _SHOWN, 0))


def unwritten_cells(
    sheets: Mapping[str, Sheet],
    slips: Mapping[str, Sheet],
    reading: Reading,
    library: Library,
    layout: Layout,
) -> Iterator[tuple[Sheet, list[tuple[Place, str]]]]:
    """Each sheet with the places and values that the workbook written from what was read would not hold.

    `sheets` are those of the model, by their layout's code, `slips` the score sheets to print, by their names.
    `layout` is the one that the file follows: its titles and labels are no values, and are not missed.
    """
    if reading.book is None:
        return
    written, on_slips = _written(write_book(reading.book, library), library)
    known = {finding.place for finding in reading.findings if finding.kind in _UNDERSTOOD}
    known |= {place for code, place in reading.book.info.places.items() if code == "layout_version"}
    for code, sheet in sheets.items():
        labels = _labels(layout.sheet(code))
        values = written.get(code, frozenset())
        strays = [
            (place, value)
            for place, value in _strays(sheet, values, known)
            if normal_label(value) not in labels and not _is_said_otherwise(value, values, layout)
        ]
        if strays:
            yield sheet, strays
    for slip in slips.values():
        if strays := list(_typed_on_slip(slip, on_slips, reading.book)):
            yield slip, strays


def _typed_on_slip(slip: Sheet, written: frozenset[str], book: CellBook) -> Iterator[tuple[Place, str]]:
    """What is typed on a score sheet: its formulas follow the other sheets, and any meeting may be chosen on it."""
    computed = {slip.place(*at) for at in slip.details.formula_cells()}
    chosen = {str(meeting.meeting_code) for meeting in book.meetings}
    yield from _strays(slip, written | chosen, computed)


def _written(data: bytes, library: Library) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The values of the workbook that would be written: of each sheet by its layout's code, and of the score sheets."""
    package = open_package(data)
    of = library.layout.sheets_by_name
    parts = [part for part in package.sheets if normal_label(part.name) in of or is_slip_name(part.name)]
    values = {
        name: frozenset(plain(value) for row in sheet.rows.values() for value in row)
        for name, sheet in read_sheets("", package, parts).items()
    }
    by_code = {of[normal_label(name)].code: held for name, held in values.items() if normal_label(name) in of}
    return by_code, frozenset().union(*(held for name, held in values.items() if is_slip_name(name)))


def _labels(of: SheetLayout) -> frozenset[str]:
    words = (of.title, of.help, of.legend, *(band.label for band in of.bands))
    return frozenset({*map(normal_label, words), *of.columns_by_label, *of.fields_by_label})


def _is_said_otherwise(value: str, written: frozenset[str], layout: Layout) -> bool:
    """Whether the value is another spelling of a list's value, which is written instead."""
    spelled = normal_label(value)
    return any(spelled in values and values[spelled] in written for values in layout.list_values.values())


def _strays(sheet: Sheet, written: frozenset[str], repaired: set[Place]) -> Iterator[tuple[Place, str]]:
    # Verdicts change with the day; nothing is typed beside or below their heading.
    told = normal_label(VERDICT_LABEL)
    verdicts = [
        (row, column)
        for row, cells in sheet.rows.items()
        for column, value in enumerate(cells, start=1)
        if isinstance(value, str) and normal_label(value) == told
    ]
    rows, columns = {row for row, _ in verdicts}, {column for _, column in verdicts}
    for row, cells in sheet.rows.items():
        for column, value in enumerate(cells, start=1):
            if row in rows or column in columns or isinstance(value, BrokenCell):
                continue
            text = plain(value)
            if text and text not in written and sheet.place(row, column) not in repaired:
                yield sheet.place(row, column), text


def plain(value: Raw) -> str:
    """A value in one form, however it is stored."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        is_day = not isinstance(value, datetime) or value.time() == time()
        return f"{value:%d/%m/%Y}" if is_day else f"{value:%d/%m/%Y %H:%M}"
    return str(value)
