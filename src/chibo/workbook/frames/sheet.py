"""A criteria frame as an Excel workbook, for the people who own it and live in Excel; `reading` reads it."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chibo.definitions.frames.frame import Frame
from chibo.errors import OutputError
from chibo.model import column_letters
from chibo.workbook.frames import tables as shape
from chibo.workbook.frames.rows import FrameRows, Row, rows_of
from chibo.workbook.frames.tables import Column, TableShape
from chibo.workbook.frames.values import GROUP_ROW, CellValue
from chibo.workbook.text_book import TextBook
from chibo.workbook.writing.styles import Styles

_LAST_COLUMN = 8
"""The last column of the texts above the tables (0-based), so that they fit a page."""
_PRINTED_COLUMNS = 11
"""The columns of the main sheet that are printed; the English wording beside them is for the screen."""
_SPARE_ROWS = 2
"""Blank rows of a table that the frame leaves empty, to write in."""
_LINE = 15.5
"""Height of a line of text, in points."""
_FULL_WIDTH = 0.9
"""Width of a letter of Times New Roman 11 in Excel's unit of width, the space lost at line ends included."""
_MADE_ON = datetime(2000, 1, 1)
"""The same frame gives the same bytes on any day."""


def write_frame(frame: Frame) -> bytes:
    """The frame as an .xlsx workbook, from which `frame_reading.read_frame` gives an equal frame.

    Raises OutputError where a text is longer than an Excel cell can hold.
    """
    rows = rows_of(frame.model_dump(by_alias=True, exclude_none=True))
    stream = BytesIO()
    with TextBook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": frame.title, "created": _MADE_ON})
        _FrameBook(book, frame).write(rows)
    return stream.getvalue()


class _FrameBook:
    """A workbook under construction."""

    def __init__(self, book: Workbook, frame: Frame) -> None:
        self.book, self.frame, self.styles = book, frame, Styles(book)

    def write(self, rows: FrameRows) -> None:
        self._main(rows)
        for name, table in shape.OTHER_SHEETS.items():
            sheet = self._sheet(name, table.heading)
            self._widths(sheet, table)
            sheet.write_string(2, 0, table.note, self.styles.of("muted"))
            end = self._rows(sheet, 4, table, rows.tables[table.key])
            sheet.freeze_panes(5, 1)
            sheet.repeat_rows(4)
            sheet.print_area(0, 0, end, len(table.columns) - 1)

    def _main(self, rows: FrameRows) -> None:
        sheet = self._sheet(shape.MAIN_SHEET, "Khung tiêu chí đánh giá chất lượng sinh hoạt chi bộ")
        self._widths(sheet, shape.CRITERIA)
        row = self._info(sheet, 3, rows.info)
        for table in (shape.SOURCES, shape.CRITERIA, shape.GRADES, shape.GATES, shape.YEARLY):
            row += 1
            sheet.set_row(row, 20)
            sheet.write_string(row, 0, table.heading, self.styles.of("bold", "accent", "large"))
            if table.note:
                sheet.write_string(row, 3, table.note, self.styles.of("subtitle"))
            first = row + 1
            row = self._rows(sheet, first, table, rows.tables[table.key])
            if table is shape.CRITERIA:
                self._sum(sheet, first, row)
                row += 1
        sheet.print_area(0, 0, row, _PRINTED_COLUMNS - 1)

    def _sheet(self, name: str, title: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        sheet.set_footer("&C&P/&N")
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, title, self.styles.of("title"))
        sheet.write_string(1, 0, self.frame.title, self.styles.of("subtitle"))
        return sheet

    def _widths(self, sheet: Worksheet, table: TableShape) -> None:
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, column.width)

    def _info(self, sheet: Worksheet, row: int, info: Row) -> int:
        """The labelled values: label over the first two columns, value from the third on; returns the row below."""
        widths = [column.width for column in shape.CRITERIA.columns]
        for column in shape.INFO:
            sheet.merge_range(row, 0, row, 1, column.label, self.styles.of("grid", "wrap", "computed"))
            value = column.kind.to_cell(info[column.key]) if column.key in info else None
            style = self.styles.of(*_looks(column), align="left")
            sheet.merge_range(row, 2, row, _LAST_COLUMN, "", style)
            self._put(sheet, row, 2, value, style)
            lines = max(_lines(column.label, sum(widths[:2])), _lines(value, sum(widths[2 : _LAST_COLUMN + 1])))
            sheet.set_row(row, _LINE * lines)
            self._list(sheet, column, row, row, 2)
            row += 1
        return row

    def _rows(self, sheet: Worksheet, row: int, table: TableShape, rows: list[Row]) -> int:
        """The labels of a table's columns in `row` and its rows below; returns the row after the last."""
        widths = [column.width for column in shape.CRITERIA.columns if sheet.name == shape.MAIN_SHEET]
        positions = _positions(table)
        for column, position in positions.items():
            traits = ("grid", "heading", "required") if column.required else ("grid", "heading")
            style = self.styles.of(*traits)
            _cover(sheet, row, position, column, style)
            sheet.write_string(row, position, column.label, style)
        sheet.set_row(row, 2 * _LINE + 2)
        first = row = row + 1
        for entry in rows or [{}] * _SPARE_ROWS:
            lines = 1
            for column, position in positions.items():
                value = column.kind.to_cell(entry[column.key]) if column.key in entry else None
                extra = ("group",) if entry.get("row") == GROUP_ROW else ()
                style = self.styles.of(*_looks(column), *extra)
                _cover(sheet, row, position, column, style)
                self._put(sheet, row, position, value, style)
                width = sum(widths[position : position + column.span]) or column.width
                lines = max(lines, _lines(value, width)) if position < _PRINTED_COLUMNS else lines
            sheet.set_row(row, _LINE * lines)
            row += 1
        for column, position in positions.items():
            self._list(sheet, column, first, row - 1, position)
        return row

    def _sum(self, sheet: Worksheet, header: int, row: int) -> None:
        """Under the criteria: the groups added up by Excel itself, for whoever changes a maximum there."""
        columns = [column.key for column in shape.CRITERIA.columns]
        kind, points = (column_letters(columns.index(key) + 1) for key in ("row", "max"))
        style = self.styles.of("grid", "total")
        for index in range(columns.index("max")):
            sheet.write_blank(row, index, None, style)
        sheet.write_string(row, columns.index("label"), "Cộng các nhóm", style)
        formula = f'=SUMIF({kind}{header + 2}:{kind}{row},"{GROUP_ROW}",{points}{header + 2}:{points}{row})'
        style = self.styles.of("grid", "total", "number")
        sheet.write_formula(row, columns.index("max"), formula, style, float(self.frame.total))

    def _list(self, sheet: Worksheet, column: Column, first: int, last: int, position: int) -> None:
        """Excel's own list where a cell holds one value of a closed list."""
        if column.kind.choices:
            source = {"validate": "list", "source": list(column.kind.choices)}
            sheet.data_validation(first, position, last, position, source)

    def _put(self, sheet: Worksheet, row: int, column: int, value: CellValue, style: Format) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        elif sheet.write_string(row, column, value, style) != 0:
            raise OutputError(
                f"Khung «{self.frame.id}» có đoạn chữ dài {len(value)} ký tự, một ô Excel không chứa hết. "
                f"Hãy rút gọn: «{value[:60]}…».",
                english=f"The frame «{self.frame.id}» has a text of {len(value)} characters, which no Excel cell "
                f"holds. Shorten it: «{value[:60]}…».",
            )


def _looks(column: Column) -> tuple[str, ...]:
    return ("grid", "wrap", column.kind.look)


def _cover(sheet: Worksheet, row: int, position: int, column: Column, style: Format) -> None:
    """Merge the cells that a wide column covers."""
    if column.span > 1:
        sheet.merge_range(row, position, row, position + column.span - 1, "", style)


def _positions(table: TableShape) -> dict[Column, int]:
    """Where each column of a table begins (0-based)."""
    found, position = {}, 0
    for column in table.columns:
        found[column] = position
        position += column.span
    return found


def _lines(value: CellValue, width: float) -> int:
    """How many lines a text takes in a column of that many characters."""
    return sum(max(1, ceil(len(line) * _FULL_WIDTH / width)) for line in str(value or "").split("\n"))
