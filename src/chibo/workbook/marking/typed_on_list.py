"""What people typed on the list of marks, beside its columns or below its rows: it goes when the list goes."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.model import Place
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.intake.package import open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking.index_sheet import FIRST_ROW, LAST_COLUMN
from chibo.workbook.marking.unmarking import sheets_of_ours
from chibo.workbook.reading.list_of_marks import INDEX_SHEET
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.sheets import read_sheets
from chibo.workbook.reading.showing import show


def typed_on_list(data: bytes, file: str) -> tuple[tuple[Place, str], ...]:
    """The places and texts of the cells that are none of ours; nothing where there is no list, or none can be read."""
    if not data.startswith(b"PK"):
        return ()
    try:
        package = open_package(data)
        ours = sheets_of_ours(package) & {INDEX_SHEET}
        lists = read_sheets(file, package, [part for part in package.sheets if part.name in ours])
    except RefusedError:
        return ()
    return tuple(found for sheet in lists.values() for found in _typed(sheet))


def _typed(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for row, cells in sheet.rows.items():
        # A row of ours begins with the number of its mark.
        is_ours = row < FIRST_ROW or isinstance(cells[0], int | float)
        for column, value in enumerate(cells, start=1):
            if value != "" and not isinstance(value, BrokenCell) and (column > LAST_COLUMN or not is_ours):
                yield sheet.place(row, column), show(value)
