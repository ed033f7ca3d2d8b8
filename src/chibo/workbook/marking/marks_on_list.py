"""The list of marks with which a workbook was returned, read back: what its receiver was asked to mend, and where."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.findings import Severity
from chibo.workbook.intake.package import open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking.index_sheet import FIRST_ROW, LAST_COLUMN, WHOLE_FILE
from chibo.workbook.marking.marks import WORDS, Mark
from chibo.workbook.marking.unmarking import sheets_of_ours
from chibo.workbook.reading.list_of_marks import MEMORY_SHEET
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.sheets import read_sheets
from chibo.workbook.reading.showing import show_whole

_BY_WORD = {word: severity for severity, word in WORDS.items()}


def list_sheet(data: bytes, file: str = "") -> Sheet | None:
    """The sheet with the list; None where the workbook has none of ours, or it cannot be read."""
    if not data.startswith(b"PK"):
        return None
    try:
        package = open_package(data)
        ours = sheets_of_ours(package) - {MEMORY_SHEET}
        lists = read_sheets(file, package, [part for part in package.sheets if part.name in ours])
    except RefusedError:
        return None
    return next(iter(lists.values()), None)


def is_row_of_mark(sheet: Sheet, row: int) -> bool:
    """Whether a row of the list is one of ours: it begins with the number of its mark."""
    return row >= FIRST_ROW and isinstance(sheet.value(row, 1), int | float)


def marks_on_list(data: bytes) -> tuple[Mark, ...]:
    """The marks of the list, as it stands; a level that somebody wrote over is taken for the middle one."""
    sheet = list_sheet(data)
    return tuple(_marks(sheet)) if sheet is not None else ()


def _marks(sheet: Sheet) -> Iterator[Mark]:
    for row in sheet.rows:
        if is_row_of_mark(sheet, row):
            word, name, address, text = (show_whole(sheet.value(row, column)) for column in range(2, LAST_COLUMN + 1))
            yield Mark("" if name == WHOLE_FILE else name, address, _BY_WORD.get(word, Severity.WARN), text)
