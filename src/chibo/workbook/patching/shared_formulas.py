"""Formulas that several cells share: written out in each cell before the one that holds the text is overwritten."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

from chibo.errors import OutputError
from chibo.model import column_letters
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.references import moved
from chibo.workbook.patching.sheet_cells import Address, Cell, SheetCells
from chibo.workbook.patching.xml_bytes import Element, attribute, element, escaped, in_encoding_of, spliced

_KIND = re.compile(rb"""\bt\s*=\s*["'](shared|array|dataTable)["']""")


def formula_of(cell: Cell, prefix: bytes) -> Element | None:
    """The formula element within the body of a cell."""
    return element(cell.body, prefix + b"f") if b"<" + prefix + b"f" in cell.body else None


def formulas(sheet: SheetCells) -> Iterator[tuple[Cell, str]]:
    """Every formula of a sheet with its text; one that is shared is told as it reads in its own cell."""
    masters: dict[str, tuple[Cell, str]] = {}
    for cell in sheet.all_cells():
        found = formula_of(cell, sheet.prefix)
        if found is None:
            continue
        text = unescape(cell.body[found.inner_start : found.inner_end].decode("utf-8", "replace"))
        group = attribute(found.attributes, b"si")
        if group is not None and text:
            masters[group] = (cell, text)
        elif group in masters:
            master, text = masters[group]
            text = moved(text, cell.row - master.row, cell.column - master.column)
        yield cell, text


def freed_for(sheet: SheetCells, overwritten: Collection[Address]) -> SheetCells:
    """The sheet, fit for these cells to be overwritten: shared formulas that one of them holds are written out.

    Raises OutputError where a cell belongs to a formula over several cells, which Excel does not let anybody change in
    part.
    """
    if b"array" in sheet.xml or b"dataTable" in sheet.xml:
        _refuse_arrays(sheet, overwritten)
    if b"shared" not in sheet.xml:
        return sheet
    groups = set()
    for cell in sheet.find(set(overwritten)).values():
        found = formula_of(cell, sheet.prefix)
        if found is not None and attribute(found.attributes, b"ref") and not found.is_empty:
            groups.add(attribute(found.attributes, b"si"))
    groups.discard(None)
    return SheetCells(_written_out(sheet, groups)) if groups else sheet


def _written_out(sheet: SheetCells, groups: Collection[str | None]) -> bytes:
    pieces = []
    tag = sheet.prefix + b"f"
    for cell, text in formulas(sheet):
        found = formula_of(cell, sheet.prefix)
        if found is not None and attribute(found.attributes, b"si") in groups:
            start = cell.span.inner_start
            plain = in_encoding_of(sheet.xml, b"<%s>%s</%s>" % (tag, escaped(text), tag))
            pieces.append((start + found.start, start + found.end, plain))
    return spliced(sheet.xml, pieces)


def _refuse_arrays(sheet: SheetCells, overwritten: Collection[Address]) -> None:
    for cell in sheet.all_cells():
        if b"array" not in cell.body and b"dataTable" not in cell.body:
            continue
        found = formula_of(cell, sheet.prefix)
        kind = _KIND.search(found.attributes) if found else None
        if found is None or kind is None or kind[1] == b"shared":
            continue
        first, _, last = (attribute(found.attributes, b"ref") or "").partition(":")
        corners = split_address(first), split_address(last or first)
        if corners[0] is None or corners[1] is None or corners[0] == corners[1]:
            continue
        (top, left), (bottom, right) = corners[0], corners[1]
        for row, column in overwritten:
            if top <= row <= bottom and left <= column <= right:
                raise OutputError(
                    f"Ô {column_letters(column)}{row} thuộc một công thức mảng trên vùng {first}:{last}, không ghi "
                    "riêng một ô được. Hãy bỏ công thức mảng ấy trong Excel rồi ghi lại.",
                    english=f"The cell {column_letters(column)}{row} belongs to an array formula over {first}:{last}; "
                    "no single cell of it can be written. Remove that array formula in Excel and try again.",
                )
