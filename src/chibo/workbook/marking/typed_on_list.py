"""What people typed on the list of marks, beside its columns or below its rows: it goes when the list goes."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.model import Place
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.marking.index_sheet import FIRST_ROW, LAST_COLUMN
from chibo.workbook.marking.marks_on_list import is_row_of_mark, list_sheet
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.showing import show


def typed_on_list(data: bytes, file: str) -> tuple[tuple[Place, str], ...]:
    """The places and texts of the cells that are none of ours; nothing where there is no list, or none can be read."""
    sheet = list_sheet(data, file)
    return tuple(_typed(sheet)) if sheet is not None else ()


def _typed(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for row, cells in sheet.rows.items():
        is_ours = row < FIRST_ROW or is_row_of_mark(sheet, row)
        for column, value in enumerate(cells, start=1):
            if value != "" and not isinstance(value, BrokenCell) and (column > LAST_COLUMN or not is_ours):
                yield sheet.place(row, column), show(value)
