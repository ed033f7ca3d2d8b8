"""The rows below a heading: what they are made of, and xlsxwriter's worksheet as one that takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol, TypeAlias

from attrs import frozen

from chibo.workbook.returns.cells import CellValue, Content, Formula, RowLook
from chibo.workbook.returns.heights import DEFAULT

TableRow: TypeAlias = tuple[RowLook, float, Sequence[CellValue]]
"""How a row looks, its height in points, and a value for each column."""


class TableRows(Protocol):
    """What takes the rows of one sheet's table."""

    def write(self, first: int, looks: Sequence[RowLook], rows: Iterable[TableRow]) -> None:
        """Write the rows one below the other from the position `first` (from 0) on; they have no looks but these."""


@frozen
class HeldRows:
    """Rows written at once to xlsxwriter's worksheet, which keeps every cell until the workbook is closed."""

    _sheet: Any

    def write(self, first: int, looks: Sequence[RowLook], rows: Iterable[TableRow]) -> None:
        """Write the rows cell by cell."""
        for position, (look, height, values) in enumerate(rows, first):
            if height != DEFAULT:
                self._sheet.set_row(position, height)
            if look.merged:
                self._sheet.merge_range(position, look.merged[0], position, look.merged[1], "")
            for index, (cells, value) in enumerate(zip(look.columns, values, strict=True)):
                self._write(position, index, *cells.shown(value))

    def _write(self, row: int, column: int, content: Content, cell: Any) -> None:
        match content:
            case None:
                self._sheet.write_blank(row, column, None, cell)
            case str():
                self._sheet.write_string(row, column, content, cell)
            case date():
                self._sheet.write_datetime(row, column, content, cell)
            case Formula():
                self._sheet.write_formula(row, column, content.text, cell, content.stored)
            case number:
                self._sheet.write_number(row, column, number, cell)
