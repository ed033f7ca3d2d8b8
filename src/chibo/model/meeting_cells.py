"""Which meeting a spreadsheet cell of a workbook tells of."""

from __future__ import annotations

from chibo.model.book import CellBook
from chibo.model.meetings import Meeting
from chibo.model.periods import MeetingCode
from chibo.model.places import GridOrigin, Place, column_letters
from chibo.model.records import Explanation, Task


def meeting_at(book: CellBook, sheet: str, address: str) -> MeetingCode | None:
    """The meeting of the row that a cell stands in, or of its column where the columns are meetings.

    None where it tells of no meeting that the book was read to have: a cell of the headings, the members, the year.
    `sheet` is taken without regard to letter case, as in spreadsheets.
    """
    row, column = Place(book.file, sheet, address.upper().replace("$", "")).row_and_column
    records: tuple[Meeting | Explanation | Task, ...] = (*book.meetings, *book.explanations, *book.tasks)
    for record in records:
        origin = record.origin
        if origin is not None and origin.row == row and _is_sheet(origin.table.sheet, sheet):
            return record.meeting_code
    for grid in (book.roll_call.origin, book.self_scores.origin, book.official_scores.origin):
        if grid is not None and _is_sheet(grid.sheet, sheet):
            return _of_column(grid, column)
    return None


def _of_column(grid: GridOrigin, column: str) -> MeetingCode | None:
    codes = (code for code, number in grid.columns.items() if column_letters(number) == column)
    return next(map(MeetingCode.parse, codes), None)


def _is_sheet(name: str, asked: str) -> bool:
    return name.strip().casefold() == asked.strip().casefold()
