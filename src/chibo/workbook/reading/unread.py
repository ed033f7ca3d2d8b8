"""What of a workbook could not be read, from what reading told: the checks know it by that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from chibo.checks import Unread
from chibo.checks.unread import NOTHING_UNREAD
from chibo.findings import Finding
from chibo.model import CellBook, MeetingCode, Origin, Place, RollCall
from chibo.workbook.reading import kinds
from chibo.workbook.reading.records import GRIDS, RECORDS

_TOLD = kinds.UNREAD | kinds.ROW_LOST | {kinds.HEADING_UNREADABLE}
_GRIDS = frozenset({*GRIDS, "dues"})
_NO_VALUE: tuple[object, ...] = (None, "", ())


def unread_of(findings: Iterable[Finding], book: CellBook) -> Unread:
    """What is unread of a book, by the findings of reading; a cell whose value the book holds by now is not."""
    told = [finding for finding in findings if finding.kind in _TOLD]
    if not told:
        return NOTHING_UNREAD
    codes = {table.sheet: code for code, table in book.tables.items()}
    heads = {(table.sheet, table.header_row) for code, table in book.tables.items() if code in _GRIDS}
    rows: defaultdict[str, set[MeetingCode | None]] = defaultdict(set)
    cells, headings = set(), set()
    for finding in told:
        code = codes.get(finding.place.sheet, "")
        if (finding.place.sheet, finding.place.row_and_column[0]) in heads:
            headings.add(code)
        elif finding.kind in kinds.ROW_LOST:
            rows[code].add(finding.meeting)
        elif not _holds(book, code, finding.place):
            cells.add(finding.place)
    return Unread(frozenset(cells), {code: frozenset(meetings) for code, meetings in rows.items()}, frozenset(headings))


def _holds(book: CellBook, code: str, place: Place) -> bool:
    """Whether the book has a value at a place: somebody typed it on a page since the workbook was read."""
    if code in GRIDS:
        grid = getattr(book, code)
        columns = grid.marks if isinstance(grid, RollCall) else grid.points
        return any(grid.place(meeting, key) == place for meeting, values in columns.items() for key in values)
    if code == "dues":
        return any(row.origin and row.origin.place(f"T{month}") == place for row in book.dues for month in row.months)
    tables: dict[str, tuple[Any, ...]] = {"plan": book.plan.topics, "assessment": book.assessment.entries}
    for record in tables.get(code, getattr(book, code, ())) if code in RECORDS else ():
        origin: Origin | None = record.origin
        if origin is not None and origin.row == place.row_and_column[0]:
            columns = [column for column in origin.table.columns if origin.place(column) == place]
            return any(getattr(record, column, None) not in _NO_VALUE for column in columns)
    return False
