"""Changes in tables of records. A new row goes into the first free row of its table, spare or right below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.model import Origin, TableOrigin
from chibo.workbook.patching.cell_changes import BookChanges, NoPlace
from chibo.workbook.patching.growing import Growth
from chibo.workbook.patching.room import Room
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.writing.records import value_of


@define(eq=False)
class RowChanges:
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
