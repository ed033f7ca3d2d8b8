"""Reading .xls, the format of Excel 95 to 2003, with xlrd: the same sheets as those of an .xlsx come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import xlrd
from attrs import frozen
from xlrd.xldate import xldate_as_datetime

from chibo.legacy_text import Run
from chibo.workbook.intake import kinds
from chibo.workbook.intake.marks import BrokenCell, Merge, SheetCounts, SheetMarks
from chibo.workbook.intake.package import SheetPart
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.sheet import Raw, Row, Sheet
from chibo.workbook.reading.xls_formulas import formulas_of, take_back_zeros

_LOCKED = "encrypted"
"""The word by which xlrd's error says that a workbook has a password."""


class LockedError(Exception):
    """Inside the reader only: the workbook is encrypted."""


@frozen
class XlsBook:
    """An .xls workbook whose globals could be read; a sheet is read when it is wanted."""

    book: Any
    sheets: tuple[SheetPart, ...]

    def read(self, file: str, wanted: Iterable[SheetPart]) -> dict[str, Sheet]:
        """The wanted sheets by name; raises RefusedError where one is damaged."""
        sheets = {part.name: self._sheet(file, part) for part in wanted}
        take_back_zeros(self.book, sheets)
        return sheets

    def _sheet(self, file: str, part: SheetPart) -> Sheet:
        try:
            sheet = self.book.sheet_by_name(part.name)
            rows = dict(_rows(sheet, self.book))
            marks = _marks(sheet, rows)
        except MemoryError:
            raise
        except Exception as error:  # damaged records raise whatever the unpacking of them meets
            raise RefusedError(kinds.XLS_BROKEN, sheet=part.name, seen=type(error).__name__) from None
        return Sheet(file, part.name, part.hidden, rows, marks, XlsDetails(self.book, sheet))


@frozen(eq=False)
class XlsDetails:
    """What an .xls keeps of a cell besides its value."""

    book: Any
    sheet: Any

    @property
    def is_1904(self) -> bool:
        """Whether dates count from 1904."""
        return bool(self.book.datemode)

    def formula_cells(self) -> frozenset[tuple[int, int]]:
        """The places (row, column) of all cells that hold a formula."""
        return frozenset(cell.place for cell in formulas_of(self.book, self.sheet.number))

    def stored_number(self, row: int, column: int) -> float | None:
        """The number a cell stores, whatever its format makes of it."""
        if self.sheet.cell_type(row - 1, column - 1) not in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            return None
        return float(self.sheet.cell_value(row - 1, column - 1))

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a cell is formatted as a percentage."""
        return "%" in _format(self.book, self.sheet, row - 1, column - 1)

    def percents(self, places: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Of these places those that are formatted as a percentage."""
        return frozenset(place for place in places if self.is_percent(*place))

    def runs(self, row: int, column: int, text: str) -> tuple[Run, ...]:
        """The text of a cell in runs of one font each."""
        style = self.book.xf_list[self.sheet.cell_xf_index(row - 1, column - 1)]
        changes = self.sheet.rich_text_runlist_map.get((row - 1, column - 1), ())
        starts = [(0, style.font_index), *changes]
        ends = [start for start, _ in starts[1:]] + [len(text)]
        pieces = (
            Run(text[start:end], self.book.font_list[font].name)
            for (start, font), end in zip(starts, ends, strict=True)
        )
        return tuple(run for run in pieces if run.text)


def open_xls(data: bytes) -> XlsBook:
    """The .xls held by `data`. Raises RefusedError where it is damaged, LockedError where it is encrypted."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=StringIO()
        )
        parts = tuple(
            SheetPart(name, "", hidden=book._sheet_visibility[index] != 0)
            for index, name in enumerate(book.sheet_names())
        )
    except MemoryError:
        raise
    except xlrd.XLRDError as error:
        if _LOCKED in str(error):
            raise LockedError from None
        raise RefusedError(kinds.XLS_BROKEN, seen=type(error).__name__) from None
    except Exception as error:  # damaged records raise whatever the unpacking of them meets
        raise RefusedError(kinds.XLS_BROKEN, seen=type(error).__name__) from None
    return XlsBook(book, parts)


def _rows(sheet: Any, book: Any) -> Iterator[tuple[int, Row]]:
    """The rows that hold something, by their number."""
    for index in range(sheet.nrows):
        cells = [_value(sheet, book, index, column) for column in range(sheet.row_len(index))]
        if any(cell != "" for cell in cells):
            yield index + 1, cells


def _value(sheet: Any, book: Any, row: int, column: int) -> Raw:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    match kind:
        case xlrd.XL_CELL_TEXT:
            return str(value)
        case xlrd.XL_CELL_NUMBER:
            return float(value)
        case xlrd.XL_CELL_DATE:
            return _moment(value, book.datemode, _format(book, sheet, row, column))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return BrokenCell(error=xlrd.error_text_from_code.get(value, "#?"))
        case _:
            return ""


def _moment(number: float, datemode: int, number_format: str) -> Raw:
    """A number shown as a date or a time; as the number that it is where no calendar has such a day."""
    if "[h" in number_format.lower():
        return timedelta(days=number)
    try:
        moment: datetime = xldate_as_datetime(number, datemode)
    except (ValueError, OverflowError):
        return number
    if 0 <= number < 1:
        return moment.time()
    return moment.date() if moment.time() == datetime.min.time() else moment


def _format(book: Any, sheet: Any, row: int, column: int) -> str:
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    found = book.format_map.get(style.format_key)
    return str(found.format_str) if found else ""


def _marks(sheet: Any, rows: dict[int, Row]) -> SheetMarks:
    broken = {
        (row, column): cell
        for row, cells in rows.items()
        for column, cell in enumerate(cells, start=1)
        if isinstance(cell, BrokenCell)
    }
    filled = sum(cell != "" for cells in rows.values() for cell in cells)
    merges = (Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    return SheetMarks(
        broken,
        tuple(merge for merge in merges if (merge.top, merge.left) != (merge.bottom, merge.right)),
        frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        tuple((column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden),
        SheetCounts(values=filled - len(broken), errors=len(broken)),
    )
