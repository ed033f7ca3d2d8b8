"""Changes in grids of meetings: roll call and points. A new meeting goes into the first free column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import define

from chibo.definitions.layouts import SheetLayout
from chibo.model import CellBook, GridOrigin, MeetingCode, ScoreSheet
from chibo.workbook.patching.cell_changes import BookChanges, NoPlace, address_of
from chibo.workbook.patching.room import Room
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.reading.sheet import Sheet


def change_grid(
    found: BookChanges,
    of: SheetLayout,
    books: tuple[CellBook, CellBook],
    sheet: Sheet | None,
    headed: list[MeetingCode],
) -> None:
    """Write what differs between two books in the roll call or a sheet of points.

    `headed` are new meetings that get a column in any case.
    """
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
            address = address_of(place) if place else None
            if address and code in before and code not in after and address not in self._formulas:
                self.found.put(self.sheet.name, address, None)

    @cached_property
    def _formulas(self) -> frozenset[Address]:
        return self.sheet.details.formula_cells()


def _columns_of(grid: Any) -> Mapping[MeetingCode, Mapping[str, Any]]:
    columns: Mapping[MeetingCode, Mapping[str, Any]] = grid.points if isinstance(grid, ScoreSheet) else grid.marks
    return columns
