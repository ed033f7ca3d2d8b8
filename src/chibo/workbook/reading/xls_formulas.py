"""Formulas of an .xls: xlrd gives their results only, and some programs save 0 in the place of a result.

LibreOffice writes 0 for a formula that it did not calculate, also where a text belongs. A formula that only repeats a
cell with a text and shows 0 gives such a file away; then no 0 of its formulas can be told from a result.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen
from xlrd.formula import FMLA_TYPE_CELL, decompile_formula

from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.references import fill_repeated, repeated_value
from chibo.workbook.reading.sheet import Sheet

_FORMULA, _END = 0x0006, 0x000A
_RECORD = struct.Struct("<HH")
_HEAD = struct.Struct("<HHH8sHIH")
"""Of a formula: row and column from 0, format, result, flags, a field without use, the length of its tokens [MS-XLS
2.4.127]."""
_ZERO = bytes(8)
_ONE_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?\d{1,7}):\1(?!\d)")
"""xlrd writes a single cell of another sheet as a range."""


@frozen
class FormulaCell:
    """A formula at its place (row and column from 1), with its tokens; `shows_zero` where its result is 0."""

    place: tuple[int, int]
    shows_zero: bool
    tokens: bytes


def formulas_of(book: Any, index: int) -> Iterator[FormulaCell]:
    """The formulas of a sheet whose records are sound; the rest of a sheet with damaged ones is passed over."""
    content, position = book.mem, book._sh_abs_posn[index]
    while position is not None and position + _RECORD.size <= len(content):
        kind, length = _RECORD.unpack_from(content, position)
        start = position + _RECORD.size
        if kind == _END:
            return
        if kind == _FORMULA and _HEAD.size <= length <= len(content) - start:
            row, column, _, result, _, _, size = _HEAD.unpack_from(content, start)
            tokens = bytes(content[start + _HEAD.size : start + min(length, _HEAD.size + size)])
            yield FormulaCell((row + 1, column + 1), result == _ZERO, tokens)
        position = start + length


def take_back_zeros(book: Any, sheets: Mapping[str, Sheet]) -> None:
    """Where the file was saved without results, put a formula without a value in the place of every 0 of a formula.

    Formulas that only repeat another cell get its value.
    """
    names = book.sheet_names()
    zeros = {
        name: {
            cell.place: BrokenCell(formula=_text(book, cell), is_doubtful=True)
            for cell in formulas_of(book, names.index(name))
            if cell.shows_zero and sheet.value(*cell.place) == 0
        }
        for name, sheet in sheets.items()
    }
    if not any(_hides_text(cell, sheets[name], sheets) for name, cells in zeros.items() for cell in cells.values()):
        return
    for name, cells in zeros.items():
        sheet = sheets[name]
        for place, cell in cells.items():
            sheet.put(*place, cell)
        sheet.marks = evolve(sheet.marks, broken={**sheet.marks.broken, **cells})
    fill_repeated(sheets)


def _hides_text(cell: BrokenCell, sheet: Sheet, sheets: Mapping[str, Sheet]) -> bool:
    value = repeated_value(cell, sheet, sheets)
    return isinstance(value, str) and bool(value.strip())


def _text(book: Any, cell: FormulaCell) -> str:
    """The formula in words, "" where xlrd cannot tell it."""
    row, column = cell.place
    try:
        found = decompile_formula(
            book, cell.tokens, len(cell.tokens), FMLA_TYPE_CELL, browx=row - 1, bcolx=column - 1, level=0
        )
    except Exception:  # damaged tokens raise whatever the unpacking of them meets
        return ""
    return _ONE_CELL.sub(r"\1", found or "")
