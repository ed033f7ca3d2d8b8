"""Books of `located` as workbooks that people have pulled about: rows between rows, columns moved, merged and hidden.

What stands at a place of `located` stands elsewhere in such a workbook; `Disarranged.true` says where.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, time
from io import BytesIO
from typing import Any

import xlsxwriter
from attrs import evolve, field, frozen

from chibo.definitions.layouts import SheetLayout
from chibo.model import CellBook, Place, ScoreSheet, column_letters
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.writing.cells import cell_value
from chibo.workbook.writing.records import label_holder, records_of, value_of
from located import FIRST_ROW, HEADER_ROW
from scored import LIBRARY

Address = tuple[int, int]
Cells = dict[Address, object]

_MOST_BLANK = 2
"""Blank rows between two rows."""


@frozen
class _Moved:
    """Where the rows and columns of one sheet went; labels, which come first, keep their value beside them."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    labels: int
    label_columns: Mapping[int, int]

    def to(self, row: int, column: int) -> Address:
        """The true address."""
        columns = self.label_columns if row <= self.labels else self.columns
        return self.rows[row], columns.get(column, column)


@frozen
class Disarranged:
    """A workbook, and where its sheets' rows and columns went."""

    data: bytes
    moved: Mapping[str, _Moved] = field(repr=False)

    def true(self, place: Place) -> Place:
        """The place in the workbook of what `located` has at this place."""
        ends = [split_address(end) for end in place.address.split(":") if end]
        if place.sheet not in self.moved or not all(ends):
            return place
        moved = [self.moved[place.sheet].to(*end) for end in ends if end is not None]
        return evolve(place, address=":".join(f"{column_letters(column)}{row}" for row, column in moved))


def disarranged(book: CellBook, seed: int) -> Disarranged:
    """The workbook of a book of `located`, pulled about by chance."""
    chance = random.Random(f"{seed}")
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    shown = {date: "dd/mm/yyyy", time: "hh:mm"}
    formats = {kind: workbook.add_format({"num_format": form}) for kind, form in shown.items()}
    moved = {}
    for sheet in LIBRARY.layout.sheets:
        if sheet.code in book.tables:
            cells = _cells(book, sheet)
            where = moved[sheet.name] = _moved(cells, sheet, chance)
            page = workbook.add_worksheet(sheet.name)
            for (row, column), value in cells.items():
                at = where.to(row, column)
                page.write(at[0] - 1, at[1] - 1, value, formats.get(type(value)))
            _pull_about(page, where, chance)
    workbook.close()
    return Disarranged(stream.getvalue(), moved)


# ── what stands where `located` says ──────────────────────────────────────────────────────────────────────────────────


def _cells(book: CellBook, of: SheetLayout) -> Cells:
    cells: Cells = dict(_labels(book, of))
    table = book.tables[of.code]
    for column in of.columns:
        if column.code in table.columns:
            cells[HEADER_ROW, table.columns[column.code]] = column.label
    if of.code == "dues":
        cells |= _dues(book, table.columns)
    elif of.spread:
        cells |= _grid(getattr(book, of.code), table.columns, of, book)
    else:
        for record in records_of(book).get(of.code, ()):
            for column in of.columns:
                if column.code in table.columns:
                    cells[record.origin.row, table.columns[column.code]] = cell_value(value_of(record, column))
    return {address: value for address, value in cells.items() if value is not None}


def _labels(book: CellBook, of: SheetLayout) -> Iterable[tuple[Address, object]]:
    for row, label in enumerate(of.labels, start=1):
        yield (row, 1), label.label
        yield (row, 2), cell_value(getattr(label_holder(book, of), label.code, None))


def _dues(book: CellBook, columns: Mapping[str, int]) -> Cells:
    cells: Cells = {(HEADER_ROW, columns[f"T{month}"]): f"T{month}" for month in range(1, 13)}
    for row in book.dues:
        assert row.origin is not None
        cells[row.origin.row, columns["member_code"]] = row.member_code
        cells[row.origin.row, columns["full_name"]] = row.full_name
        cells |= {(row.origin.row, columns[f"T{month}"]): str(mark) for month, mark in row.months.items()}
    return cells


def _grid(grid: Any, columns: Mapping[str, int], of: SheetLayout, book: CellBook) -> Cells:
    origin = grid.origin
    cells: Cells = {(HEADER_ROW, column): code for code, column in origin.columns.items()}
    by_meeting = grid.points if isinstance(grid, ScoreSheet) else grid.marks
    listed = grid.maxima if isinstance(grid, ScoreSheet) else [member.member_code for member in book.members]
    for key in dict.fromkeys([*listed, *(key for values in by_meeting.values() for key in values)]):
        cells[origin.rows[key], columns[of.key]] = key
    for meeting, values in by_meeting.items():
        for key, value in values.items():
            cells[origin.rows[key], origin.columns[str(meeting)]] = cell_value(value)
    if not isinstance(grid, ScoreSheet):
        cells |= {(origin.rows[key], columns["full_name"]): name for key, name in grid.names.items()}
    else:
        cells |= {(origin.rows[key], columns["maximum"]): cell_value(top) for key, top in grid.maxima.items()}
        for row, label, typed in ((90, "Tổng điểm", grid.typed_totals), (91, "Xếp loại", grid.typed_grades)):
            cells |= {(row, origin.columns[str(meeting)]): cell_value(value) for meeting, value in typed.items()}
            cells |= {(row, columns[of.key]): label} if typed else {}
    return cells


# ── and where it is put ───────────────────────────────────────────────────────────────────────────────────────────────


def _moved(cells: Cells, of: SheetLayout, chance: random.Random) -> _Moved:
    """Rows keep their order, with blank ones between; columns change theirs, those of a grid within its two parts."""
    last = max([row for row, _ in cells] + [FIRST_ROW])
    rows, at = {}, chance.randint(1, 3)
    for row in range(1, last + 200):
        at += 1 + (chance.randint(0, _MOST_BLANK) if (row, 1) in cells or row > HEADER_ROW else 0)
        rows[row] = at
    own = sorted({column for row, column in cells if row == HEADER_ROW}) if of.columns else []
    fixed = [column for column in own if not of.spread or column <= len(of.columns)]
    left = chance.randint(1, 3)
    columns = {}
    for part in (fixed, [column for column in own if column not in fixed]):
        shuffled = chance.sample(part, len(part))
        for column in shuffled:
            columns[column] = left
            left += chance.choice([1, 1, 2])
    start = chance.randint(1, 3)
    return _Moved(rows, columns, len(of.labels), {1: start, 2: start + 1})


def _pull_about(page: xlsxwriter.worksheet.Worksheet, where: _Moved, chance: random.Random) -> None:
    """A merged title and a merged remark, hidden rows and columns, merged cells in a foreign column."""
    page.merge_range(0, 0, 0, 4, "SỔ CỦA CHI BỘ")
    below = max(where.rows.values()) + 3
    page.merge_range(below, 1, below, 5, "Ghi chú: số liệu tính đến cuối quý.")
    foreign = max([*where.columns.values(), 2]) + 2
    page.merge_range(3, foreign, 5, foreign, "riêng")
    for row in chance.sample(sorted(where.rows.values())[:20], 3):
        page.set_row(row - 1, None, None, {"hidden": True})
    for column in chance.sample(sorted(where.columns.values()), min(2, len(where.columns))):
        page.set_column(column - 1, column - 1, None, None, {"hidden": True})
