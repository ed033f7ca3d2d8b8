"""Simple lists that people keep in Excel or CSV files, as rows of text."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text
from chibo.engine.single_book import list_one
from chibo.errors import ChiboError
from chibo.findings import Finding

_SEPARATORS = ",;\t"


def read_list_rows(data: bytes, file: str, library: Library) -> list[list[str]]:
    """The rows of the list in `data` (a file called `file`: Excel by its ending, else CSV) that hold something.

    Raises ChiboError, saying what to do, where the file cannot be read.
    """
    if PurePath(file).suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        rows = list_one(data, file, library)
        if isinstance(rows, Finding):
            raise ChiboError(f"Không đọc được danh sách «{file}». {library.catalogue.message(rows)}")
        return [row for row in rows if any(row)]
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        raise ChiboError(
            f"Danh sách «{file}» không phải văn bản UTF-8. Trong Excel chọn Lưu thành «CSV UTF-8», hoặc đưa tệp .xlsx."
        ) from None
    # A title above the heading may hold no separator.
    first = next((line for line in text.splitlines() if any(sign in line for sign in _SEPARATORS)), "")
    separator = max(_SEPARATORS, key=first.count)
    try:
        # Any end of line is taken, also the lone \r of old Macintosh programs, which the csv module refuses.
        lines = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
        rows = [[clean_text(cell) for cell in row] for row in lines]
    except csv.Error:
        raise ChiboError(
            f"Danh sách «{file}» không phải bảng CSV đọc được (có thể thiếu một dấu ngoặc kép đóng). "
            "Mở tệp bằng Excel, lưu lại thành .xlsx hoặc «CSV UTF-8», rồi đưa lại."
        ) from None
    return [row for row in rows if any(row)]
