"""Places for books built in memory: every record gets the row and columns it would have in a workbook of the layout.

Each table has its header in row 4 and its records from row 5 on, columns in the layout's order; a grid has its meetings
after its own columns. So a test can assert the spreadsheet cell that a finding names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from chibo.definitions.layouts import SheetLayout
from chibo.model import CellBook, GridOrigin, MeetingCode, Origin, Place, RollCall, ScoreSheet, TableOrigin
from scored import LIBRARY

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1
_INFO_COLUMN = "B"

_RECORDS = ("members", "changes", "committee", "meetings", "tasks", "explanations", "inspections", "disseminations")


def located(book: CellBook, without: Iterable[str] = (), lacking: Iterable[str] = ()) -> CellBook:
    """The book with places. Sheets named in `without` and columns named in `lacking` (`meetings.venue`) are absent."""
    absent, tables = set(lacking), {}
    for sheet in LIBRARY.layout.sheets:
        if sheet.code not in set(without):
            tables[sheet.code] = _table(book.file, sheet, absent)
    info_places = {
        field.code: Place(book.file, LIBRARY.layout.sheet("info").name, f"{_INFO_COLUMN}{row}")
        for row, field in enumerate(LIBRARY.layout.sheet("info").labels, start=1)
    }
    return evolve(
        book,
        **{name: _rows(getattr(book, name), tables.get(name)) for name in (*_RECORDS, "dues")},
        info=evolve(book.info, places=info_places),
        plan=evolve(
            book.plan, topics=_rows(book.plan.topics, tables.get("plan")), places=_labels(book, "plan", tables)
        ),
        assessment=evolve(
            book.assessment,
            entries=_rows(book.assessment.entries, tables.get("assessment")),
            places=_labels(book, "assessment", tables),
        ),
        roll_call=_roll_call(book.roll_call, tables.get("roll_call")),
        self_scores=_scores(book.self_scores, tables.get("self_scores")),
        official_scores=_scores(book.official_scores, tables.get("official_scores")),
        tables=tables,
    )


def place_of(book: CellBook, sheet: str, column: str = "", index: int = 0) -> Place:
    """The place of a column of the record at `index`; of the whole sheet without a column."""
    table = book.tables[sheet]
    return Origin(table, FIRST_ROW + index).place(column) if column else Place(book.file, table.sheet)


def _table(file: str, sheet: SheetLayout, absent: set[str]) -> TableOrigin:
    codes = [column.code for column in sheet.columns if f"{sheet.code}.{column.code}" not in absent]
    if sheet.code == "dues":
        codes += [f"T{month}" for month in range(1, 13)]
    return TableOrigin(file, sheet.name, HEADER_ROW, {code: column for column, code in enumerate(codes, start=1)})


def _rows(records: tuple[Any, ...], table: TableOrigin | None) -> tuple[Any, ...]:
    if table is None:
        return records
    return tuple(evolve(one, origin=Origin(table, row)) for row, one in enumerate(records, start=FIRST_ROW))


def _labels(book: CellBook, sheet: str, tables: Mapping[str, TableOrigin]) -> dict[str, Place]:
    if sheet not in tables:
        return {}
    labels = LIBRARY.layout.sheet(sheet).labels
    return {label.code: Place(book.file, tables[sheet].sheet, f"B{row}") for row, label in enumerate(labels, start=1)}


def _grid(table: TableOrigin, keys: Iterable[str], meetings: Iterable[MeetingCode]) -> GridOrigin:
    first = len(table.columns) + 1
    columns = {str(code): column for column, code in enumerate(meetings, start=first)}
    rows = {key: row for row, key in enumerate(dict.fromkeys(keys), start=FIRST_ROW)}
    return GridOrigin(table.file, table.sheet, table.header_row, rows, columns)


def _roll_call(grid: RollCall, table: TableOrigin | None) -> RollCall:
    if table is None:
        return grid
    members = [f"DV{number:02d}" for number in range(1, 100)]
    return evolve(grid, origin=_grid(table, members, grid.marks))


def _scores(grid: ScoreSheet, table: TableOrigin | None) -> ScoreSheet:
    if table is None:
        return grid
    criteria = dict.fromkeys([*grid.maxima, *(code for points in grid.points.values() for code in points)])
    meetings = dict.fromkeys([*grid.points, *grid.typed_totals, *grid.typed_grades])
    origin = _grid(table, criteria, meetings)
    places = {
        f"{what}:{code}": Place(table.file, table.sheet, origin.place("", str(code)).address.rstrip("0123456789") + row)
        for what, row in (("total", "90"), ("grade", "91"))
        for code in meetings
    }
    return evolve(grid, origin=origin, places=places)
