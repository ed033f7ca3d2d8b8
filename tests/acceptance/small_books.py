"""The smallest sound book as lists of rows, to be changed in one place and written with openpyxl."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from datetime import datetime

from openpyxl.workbook import Workbook

Rows = list[list[object]]
Sheets = dict[str, Rows]

INFO: Rows = [
    ["Mã chi bộ", "CB01"],
    ["Tên chi bộ", "Chi bộ Một"],
    ["Mã đảng bộ cơ sở", "DB1"],
    ["Tên đảng bộ cơ sở", "Đảng bộ Sở Một"],
    ["Loại hình", "Khác"],
    ["Năm", 2026],
    ["Có chi ủy", "Có"],
    ["Bí thư", "Lê Văn A"],
    ["Bí thư đồng thời là thủ trưởng cơ quan, đơn vị", "Có"],
]
MEMBERS: Rows = [
    ["Mã đảng viên", "Họ và tên", "Chính thức/Dự bị", "Tình trạng"],
    ["D1", "Lê Văn A", "Chính thức", "Sinh hoạt"],
    ["D2", "Lê Văn B", "Chính thức", "Sinh hoạt"],
    ["D3", "Lê Văn C", "Chính thức", "Sinh hoạt"],
]
HEADINGS = [
    "Mã kỳ", "Loại", "Ngày sinh hoạt", "Giờ bắt đầu", "Giờ kết thúc", "Đảng số", "Có mặt", "Vắng có lý do",
    "Vắng không lý do",
]  # fmt: skip
MEETING: list[object] = ["2026-03", "Thường kỳ", datetime(2026, 3, 5), "14:00", "15:30", 3, 3, 0, 0]


def small_book(info: dict[str, object] | None = None, **sheets: Rows | None) -> Sheets:
    """The smallest book with other values of `Thông tin` (None leaves a label out) and other sheets (None, too)."""
    book: Sheets = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": [HEADINGS, MEETING]}
    book = copy.deepcopy(book)
    for label, value in (info or {}).items():
        rows = [row for row in book["Thông tin"] if row[0] != label]
        book["Thông tin"] = rows if value is None else [*rows, [label, value]]
    for name, rows in sheets.items():
        title = name.replace("_", " ")
        if rows is None:
            del book[title]
        else:
            book[title] = copy.deepcopy(rows)
    return book


def meetings(*changes: dict[str, object], more: tuple[str, ...] = ()) -> Rows:
    """`Sinh hoạt` with one row per change of the one sound meeting; `more` are headings beside the usual ones."""
    headings = [*HEADINGS, *more]
    usual = dict(zip(headings, [*MEETING, *([None] * len(more))], strict=True))
    return [list(headings), *([(usual | change)[heading] for heading in headings] for change in changes)]


def workbook(sheets: Sheets, finish: Callable[[Workbook], None] | None = None) -> bytes:
    """The bytes of the workbook; texts that begin like formulas stay texts unless they are `Formula`."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str) and cell.data_type == "f" and not isinstance(value, Formula):
                    cell.data_type = "s"
    if finish:
        finish(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Formula(str):
    """A formula, written without a value."""
