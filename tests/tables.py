"""Workbooks for tests, written as text tables so that a test shows what is in them.

Each sheet is a string of lines, one line per row, cells between bars; a line `|` is an empty row. A cell is text as it
stands, or typed by a prefix:

    n:18            a number                      d:2026-03-05    an Excel date, shown as dd/mm/yyyy
    t:14:30         an Excel time                 %:0.95          a number shown as a percentage
    b:1             TRUE (b:0 FALSE)              dn:25           the number 25 shown as a date
    =A1+1           a formula without a value     =A1+1 -> 5      a formula with the stored value 5
    !#REF!          an error                      s:=x            text that would otherwise be typed
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from attrs import frozen

from chibo.definitions.library import Library
from chibo.workbook import Reading, read_book


@frozen
class SheetTable:
    """A sheet with more than its cells."""

    text: str
    merges: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    hidden: bool = False
    very_hidden: bool = False


def rows_of(text: str) -> list[list[str]]:
    """The cells of a text table."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return [[cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")] for line in lines]


def xlsx(sheets: Mapping[str, str | SheetTable], date_1904: bool = False) -> bytes:
    """The bytes of a workbook with these sheets."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": date_1904})
    formats = {
        "d": workbook.add_format({"num_format": "dd/mm/yyyy"}),
        "t": workbook.add_format({"num_format": "hh:mm"}),
        "%": workbook.add_format({"num_format": "0%"}),
        "": workbook.add_format(),
    }
    for name, sheet in sheets.items():
        table = sheet if isinstance(sheet, SheetTable) else SheetTable(sheet)
        worksheet = workbook.add_worksheet(name)
        for merged in table.merges:
            worksheet.merge_range(merged, "", formats[""])
        for row, cells in enumerate(rows_of(table.text)):
            for column, cell in enumerate(cells):
                _write(worksheet, row, column, cell, formats)
        for row in table.hidden_rows:
            worksheet.set_row(row - 1, None, None, {"hidden": True})
        for column in table.hidden_columns:
            worksheet.set_column(f"{column}:{column}", None, None, {"hidden": True})
        if table.hidden:
            worksheet.hide()
        if table.very_hidden:
            worksheet.very_hidden()
    workbook.close()
    return buffer.getvalue()


def _write(worksheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: str, formats: Mapping) -> None:
    prefix, colon, rest = cell.partition(":")
    prefix = prefix if colon else ""
    if cell.startswith("="):
        formula, _, value = cell.partition(" -> ")
        stored = float(value) if value.replace(".", "", 1).isdigit() else value
        worksheet.write_formula(row, column, formula, formats[""], stored)
    elif cell.startswith("!#"):
        worksheet.write_formula(row, column, "=NA()", formats[""], cell[1:])
    elif prefix == "n":
        worksheet.write_number(row, column, float(rest))
    elif prefix == "d":
        moment = datetime.fromisoformat(rest)
        worksheet.write_datetime(row, column, moment, formats["d"])
    elif prefix == "t":
        worksheet.write_datetime(row, column, time.fromisoformat(rest), formats["t"])
    elif prefix == "%":
        worksheet.write_number(row, column, float(rest), formats["%"])
    elif prefix == "dn":
        worksheet.write_number(row, column, float(rest), formats["d"])
    elif prefix == "b":
        worksheet.write_boolean(row, column, rest == "1")
    elif cell:
        worksheet.write_string(row, column, rest if prefix == "s" else cell.replace("⏎", "\n"))


INFO = """
    | Mã chi bộ    | CB01 |
    | Tên chi bộ   | Chi bộ Văn phòng |
    | Mã đảng bộ cơ sở | DB01 |
    | Tên đảng bộ cơ sở | Đảng bộ Sở Thử nghiệm |
    | Loại hình    | Cơ quan hành chính |
    | Năm          | n:2026 |
    | Có chi ủy    | Có |
    | Bí thư       | Người Một |
    | Bí thư đồng thời là thủ trưởng cơ quan, đơn vị | Không |
"""

MEMBERS = """
    | TT | Mã đảng viên | Họ và tên  | Chức vụ Đảng | Chính thức/Dự bị | Tình trạng |
    | n:1 | DV01        | Người Một  | Bí thư       | Chính thức       | Sinh hoạt  |
    | n:2 | DV02        | Người Hai  | Đảng viên    | Chính thức       | Sinh hoạt  |
    | n:3 | DV03        | Người Ba   | Đảng viên    | Dự bị            | Sinh hoạt  |
"""

MEETINGS = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      |
"""


def a_workbook(changes: Mapping[str, str | SheetTable] | None = None, date_1904: bool = False) -> bytes:
    """A small healthy cell workbook of three members and one meeting; the sheets of `changes` replace its own."""
    sheets: dict[str, str | SheetTable] = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS}
    return xlsx({**sheets, **(changes or {})}, date_1904)


def with_array_formula() -> bytes:
    """A workbook whose counts of those present come of one formula over two cells, which no cell of it leaves alone."""
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Có mặt |
        | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | =A9:A10 -> 3 |
        | 2026-04 | Thường kỳ | d:2026-04-05   | t:14:00     | t:15:30      | n:3 |
    """
    data, stream = a_workbook({"Sinh hoạt": meetings}), BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<f>A9:A10</f>", b'<f t="array" ref="F2:F3">A9:A10</f>'))
    return stream.getvalue()


LIBRARY = Library()


def read_workbook(changes: Mapping[str, str | SheetTable] | None = None, date_1904: bool = False) -> Reading:
    """What is read of the small healthy workbook with some of its sheets changed."""
    return read_book(a_workbook(changes, date_1904), "so.xlsx", LIBRARY)


def found(reading: Reading) -> list[tuple[str, str]]:
    """Code and place (sheet!address) of each finding."""
    return [(finding.code, f"{finding.place.sheet}!{finding.place.address}") for finding in reading.findings]
