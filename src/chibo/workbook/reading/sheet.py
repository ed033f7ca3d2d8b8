"""A sheet as it was read: values at their true rows and columns, with what the reader leaves out put back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Protocol

from attrs import define, field

from chibo.legacy_text import Run
from chibo.model import Place, SheetPlaces, column_letters
from chibo.workbook.intake.marks import BrokenCell, Merge, SheetMarks

Raw = str | float | int | bool | date | datetime | time | timedelta | BrokenCell
"""What a cell holds; "" is an empty cell."""

Row = Sequence[Raw]


def picker(columns: Iterable[int]) -> Callable[[Row], Iterable[Raw]]:
    """What takes the cells of these columns (1-based) out of a row; IndexError where the row ends before them."""
    indices = [column - 1 for column in columns]
    return itemgetter(*indices) if len(indices) > 1 else lambda cells: [cells[index] for index in indices]


class CellDetails(Protocol):
    """What a file keeps of a sheet besides values: questions that are asked of very few cells."""

    @property
    def is_1904(self) -> bool:
        """Whether dates count from 1904."""

    def formula_cells(self) -> frozenset[tuple[int, int]]:
        """The places (row, column) of all cells that hold a formula, as far as the format tells."""

    def stored_number(self, row: int, column: int) -> float | None:
        """The number a cell stores, whatever its format makes of it."""

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a cell is formatted as a percentage: then 95% is stored as 0.95."""

    def percents(self, places: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Of these places (row, column) those that are formatted as a percentage: of many at once."""

    def runs(self, row: int, column: int, text: str) -> tuple[Run, ...]:
        """The text of a cell in runs of one font each."""


@define(eq=False)
class Sheet:
    """The values of one sheet. Rows and columns are 1-based; `rows` holds only rows that hold something."""

    file: str
    name: str
    hidden: bool
    rows: dict[int, Row]
    marks: SheetMarks
    details: CellDetails
    _wording: str | None = field(init=False)

    @_wording.default
    def _known_wording(self) -> str | None:
        return None if self.marks.texts is None else "\n".join(self.marks.texts)

    def value(self, row: int, column: int) -> Raw:
        """The value at a place, "" where the cell is empty or outside what was read."""
        cells = self.rows.get(row)
        return cells[column - 1] if cells is not None and column <= len(cells) else ""

    @property
    def wording(self) -> str:
        """The different texts that its cells hold, one after the other: far less than its cells, to search first."""
        if self._wording is None:
            values: set[Raw] = set()
            values.update(*self.rows.values())
            self._wording = "\n".join([value for value in values if isinstance(value, str)])
        return self._wording

    def put(self, row: int, column: int, value: Raw) -> None:
        """Replace the value of a cell that holds one."""
        cells = [*self.rows[row]]
        cells[column - 1] = value
        self.rows[row] = cells
        self._wording = None

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The place of a cell; of the whole sheet without row and column."""
        return Place(self.file, self.name, f"{column_letters(column)}{row}" if row and column else "")

    def places(self, cells: Mapping[str, tuple[int, int]]) -> SheetPlaces:
        """The places of cells by what stands there."""
        return SheetPlaces(self.file, self.name, cells)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that a cell belongs to."""
        for merge in self.marks.merges:
            if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
                return merge
        return None
