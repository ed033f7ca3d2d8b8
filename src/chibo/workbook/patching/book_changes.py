"""From two states of one book to the spreadsheet cells that differ: what was recorded since its file was read.

The values of the model know their places, so a change is written where its value stands. A new row goes into the
first free row of its table, spare or right below; a new meeting of a grid into the first free column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from chibo.definitions.layouts import Column, Layout, SheetLayout, ValueType
from chibo.model import CellBook, GridOrigin, MeetingCode, Origin, Place, ScoreSheet, TableOrigin
from chibo.workbook.patching.growing import Growth
from chibo.workbook.patching.room import Room
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.patching.values import CellEdit
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.writing.cells import cell_value
from chibo.workbook.writing.records import label_holder, records_of, value_of

_GRIDS = ("roll_call", "self_scores", "official_scores")


@frozen
class NoPlace:
    """Something recorded for which the workbook has no place: the sheet, and what it is in words."""

    sheet: str
    what: str


@define(eq=False)
class BookChanges:
    """The edits of the spreadsheet cells, by sheet and address, what has no place there, and the tables that grow."""

    edits: dict[str, dict[Address, CellEdit]] = field(factory=dict)
    growths: dict[str, list[Growth]] = field(factory=dict)
    without_place: list[NoPlace] = field(factory=list)

    def put(self, sheet: str, address: Address, value: object, style: int | None = None) -> None:
        """Write a value of the model into a cell."""
        self.edits.setdefault(sheet, {})[address] = CellEdit(cell_value(value), style)


def changes_between(
    before: CellBook, after: CellBook, layout: Layout, sheets: Mapping[str, Sheet], *, head_all: bool = False
) -> BookChanges:
    """What must be written so that the file of `before` holds `after`; `sheets` are its sheets by the layout's codes.

    `head_all`: as in our own form, every new meeting gets its column in each grid, also before anything stands there.
    """
    added = {row.meeting_code for row in after.meetings} - {row.meeting_code for row in before.meetings}
    headed = sorted(added) if head_all else []
    found = BookChanges()
    for of in layout.sheets:
        _labels(found, of, before, after)
        if of.code in _GRIDS:
            _grid(found, of, (before, after), sheets.get(of.code), headed)
        elif of.code == "dues":
            _dues(found, of, before, after)
        elif of.columns:
            old, new = records_of(before).get(of.code, ()), records_of(after).get(of.code, ())
            table, sheet = before.tables.get(of.code), sheets.get(of.code)
            if tuple(old) == tuple(new):
                continue
            if table is None or sheet is None:
                found.without_place.append(NoPlace(of.name, of.title))
            else:
                _Rows(found, of, table, sheet).write(old, new)
    return found


def _labels(found: BookChanges, of: SheetLayout, before: CellBook, after: CellBook) -> None:
    old, new = label_holder(before, of), label_holder(after, of)
    places: Mapping[str, Place] = getattr(old, "places", {})
    for label in of.labels:
        value = getattr(new, label.code, None)
        if getattr(old, label.code, None) == value:
            continue
        place = places.get(label.code)
        address = _address(place) if place else None
        if place is None or address is None:
            found.without_place.append(NoPlace(of.name, label.label))
        else:
            found.put(place.sheet, address, value)


def _address(place: Place) -> Address | None:
    row, letters = place.row_and_column
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return (row, column) if row and column else None


# ── tables of records ─────────────────────────────────────────────────────────────────────────────────────────────────


@define(eq=False)
class _Rows:
    """The rows of one table: changed cell by cell, emptied where a record is gone, added in free rows."""

    found: BookChanges
    of: SheetLayout
    table: TableOrigin
    sheet: Sheet
    _added: dict[str, int] = field(factory=dict)

    def write(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Write what differs."""
        # A record that was replaced as a whole (an explanation) still stands in the row of the one with its key.
        rows = {record.origin.row: record for record in old if record.origin is not None}
        left = dict(rows)
        fresh = []
        for record in new:
            origin = record.origin
            if origin is not None and left.pop(origin.row, None) is not None:
                self._change(rows[origin.row], record, origin)
            else:
                fresh.append(record)
        free = [Origin(self.table, row) for row in sorted(left)]
        for record, origin in zip(list(fresh), list(free), strict=False):
            self._change(rows[origin.row], record, origin)
            fresh.remove(record)
            free.remove(origin)
        for origin in free:
            self._empty(rows[origin.row], origin)
        if fresh:
            self._append(fresh, max(rows, default=0))

    def _columns(self) -> list[Column]:
        return [column for column in self.of.columns if column.type is not ValueType.SHOWN]

    def _change(self, old: Any, new: Any, origin: Origin) -> None:
        for column in self._columns():
            value = value_of(new, column)
            if value_of(old, column) != value:
                self._put(origin.row, column, value, new)

    def _empty(self, old: Any, origin: Origin) -> None:
        for column in self._columns():
            if value_of(old, column) not in (None, "", ()):
                self._put(origin.row, column, None, None)

    def _append(self, records: Sequence[Any], last: int) -> None:
        known = self.table.columns
        columns = tuple(known[column.code] for column in self._columns() if column.code in known)
        room = Room(self.sheet, self.table.header_row, columns, last)
        rows: list[int] = []
        for record in records:
            row = room.next_row()
            if row is None:
                self.found.without_place.append(NoPlace(self.sheet.name, self.of.title))
                return
            rows.append(row)
            for column in self._columns():
                value = value_of(record, column)
                if value not in (None, "", ()):
                    self._put(row, column, value, record, room)
        grown = Growth(self.table.header_row, last, rows[0], rows[-1], min(columns), max(columns))
        self.found.growths.setdefault(self.sheet.name, []).append(grown)

    def _put(self, row: int, column: Column, value: object, record: Any, room: Room | None = None) -> None:
        """Write one value of a row; two counts that stand together in one cell (17/18) stay together."""
        at = self.table.columns.get(column.code) or self._new_column(column)
        if at is None:
            self.found.without_place.append(NoPlace(self.sheet.name, column.label))
            return
        if column.pair and record is not None and _is_pair(self.sheet.value(row, at)):
            first, second = (getattr(record, code, None) for code in column.pair)
            if first is not None and second is not None:
                value = f"{first}/{second}"
        if column.type is ValueType.RATE and value is not None and self.sheet.details.is_percent(row, at):
            value = value / 100  # type: ignore[operator]  # a Fraction
        self.found.put(self.sheet.name, (row, at), value, room.style_of(row, at) if room else None)

    def _new_column(self, column: Column) -> int | None:
        """A column for what the table had no column for: headed by its label, right of the table. None without room."""
        if column.code not in self._added:
            header, taken = self.table.header_row, (*self.table.columns.values(), *self._added.values())
            room = Room(self.sheet, header, tuple(self.table.columns.values()))
            at = room.next_column((max(taken),), tuple(row for row in self.sheet.rows if row > header))
            if at is None:
                return None
            self._added[column.code] = at
            self.found.put(self.sheet.name, (header, at), column.label, room.style_like((header, at), (header, at - 1)))
        return self._added[column.code]


def _is_pair(raw: object) -> bool:
    return isinstance(raw, str) and "/" in raw


# ── grids ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _grid(
    found: BookChanges,
    of: SheetLayout,
    books: tuple[CellBook, CellBook],
    sheet: Sheet | None,
    headed: list[MeetingCode],
) -> None:
    """The roll call or a sheet of points; `headed` are new meetings that get a column in any case."""
    old, new = (getattr(book, of.code) for book in books)
    table = books[0].tables.get(of.code)
    before, after = _columns_of(old), _columns_of(new)
    changed = [code for code in sorted({*before, *after}) if before.get(code) != after.get(code)]
    changed += [code for code in headed if code not in changed and old.origin is not None]
    if not changed:
        return
    if old.origin is None or sheet is None:
        found.without_place.append(NoPlace(of.name, of.title))
        return
    key = table.columns.get(of.key, 0) if table else 0
    grid = _Grid(found, of, old.origin, sheet, dict(old.origin.columns), dict(old.origin.rows), key)
    for code in changed:
        grid.write(code, before.get(code, {}), after.get(code, {}))
        if isinstance(old, ScoreSheet):
            grid.clear_typed(code, old, new)


@define(eq=False, slots=False)
class _Grid:
    """A grid: marks or points by meeting and row. `heads` are the columns of its meetings, new ones among them."""

    found: BookChanges
    of: SheetLayout
    origin: GridOrigin
    sheet: Sheet
    heads: dict[str, int]
    rows: dict[str, int]
    key_column: int

    @cached_property
    def _room(self) -> Room:
        return Room(self.sheet, self.origin.header_row, ())

    def write(self, code: MeetingCode, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Write what differs in the column of one meeting."""
        column, like = self.heads.get(str(code)), 0
        if column is None:
            column = self._room.next_column(tuple(self.heads.values()), tuple(self.rows.values()))
            like = max((known for known in self.heads.values() if column and known < column), default=0)
            if column is None:
                self.found.without_place.append(NoPlace(self.sheet.name, str(code)))
                return
            self._put(self.origin.header_row, column, str(code), like)
            self.heads[str(code)] = column
        for key in {**old, **new}:
            row = self.rows.get(key) or self._new_row(key, column)
            if row is None:
                self.found.without_place.append(NoPlace(self.sheet.name, f"{self.of.column(self.of.key).label} {key}"))
            elif old.get(key) != new.get(key):
                self._put(row, column, new.get(key), like)

    def _new_row(self, key: str, column: int) -> int | None:
        """A row for a key that the grid does not list: below its last one, where nothing stands. None without room."""
        if not self.key_column:
            return None
        room = Room(self.sheet, self.origin.header_row, (self.key_column, column), max(self.rows.values(), default=0))
        row = room.next_row()
        if row is not None:
            self.rows[key] = row
            self.found.put(self.sheet.name, (row, self.key_column), key, room.style_of(row, self.key_column))
        return row

    def _put(self, row: int, column: int, value: object, like: int) -> None:
        """Write into a cell; one that is not there yet takes the style of the same row in column `like`."""
        style = self._room.style_like((row, column), (row, like)) if like else None
        self.found.put(self.sheet.name, (row, column), value, style)

    def clear_typed(self, code: MeetingCode, old: ScoreSheet, new: ScoreSheet) -> None:
        """A total or a grade that somebody typed under changed points is taken out: it was that of other points."""
        typed = {"total": (old.typed_totals, new.typed_totals), "grade": (old.typed_grades, new.typed_grades)}
        for name, (before, after) in typed.items():
            place = old.places.get(f"{name}:{code}")
            address = _address(place) if place else None
            if address and code in before and code not in after and address not in self._formulas:
                self.found.put(self.sheet.name, address, None)

    @cached_property
    def _formulas(self) -> frozenset[Address]:
        return self.sheet.details.formula_cells()


def _columns_of(grid: Any) -> Mapping[MeetingCode, Mapping[str, Any]]:
    columns: Mapping[MeetingCode, Mapping[str, Any]] = grid.points if isinstance(grid, ScoreSheet) else grid.marks
    return columns


def _dues(found: BookChanges, of: SheetLayout, before: CellBook, after: CellBook) -> None:
    old = {row.member_code: row for row in before.dues}
    for row in after.dues:
        known = old.get(row.member_code)
        if known is not None and known.months == row.months:
            continue
        origin = known.origin if known else None
        for month in {**(known.months if known else {}), **row.months}:
            column = origin.table.columns.get(f"T{month}") if origin else None
            if origin is None or column is None:
                found.without_place.append(NoPlace(of.name, f"{row.member_code} T{month}"))
            elif known is None or known.months.get(month) != row.months.get(month):
                found.put(origin.table.sheet, (origin.row, column), row.months.get(month))
