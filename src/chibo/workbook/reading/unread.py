"""What of a workbook could not be read, from what reading told: the checks know it by that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    cells: defaultdict[str, set[Place]] = defaultdict(set)
    headings = set()
    for finding in told:
        code = codes.get(finding.place.sheet, "")
        if (finding.place.sheet, finding.place.row_and_column[0]) in heads:
            headings.add(code)
        elif finding.kind in kinds.ROW_LOST:
            rows[code].add(finding.meeting)
        else:
            cells[code].add(finding.place)
    unread = frozenset(place for code, places in cells.items() for place in places.difference(_held(book, code)))
    return Unread(unread, {code: frozenset(meetings) for code, meetings in rows.items()}, frozenset(headings))


def _held(book: CellBook, code: str) -> Iterator[Place]:
    """Where the book has values on this sheet: somebody may have typed them on a page since the workbook was read."""
    if code in GRIDS:
        grid = getattr(book, code)
        columns = grid.marks if isinstance(grid, RollCall) else grid.points
        yield from (grid.place(meeting, key) for meeting, values in columns.items() for key in values)
    elif code == "dues":
        yield from (row.origin.place(f"T{month}") for row in book.dues if row.origin for month in row.months)
    elif code in RECORDS:
        tables: dict[str, tuple[Any, ...]] = {"plan": book.plan.topics, "assessment": book.assessment.entries}
        for record in tables.get(code, getattr(book, code, ())):
            yield from _held_by(record)


def _held_by(record: Any) -> Iterator[Place]:
    origin: Origin | None = record.origin
    if origin is not None:
        for column in origin.table.columns:
            if getattr(record, column, None) not in _NO_VALUE:
                yield origin.place(column)
