"""Where a value stands: every value read from a workbook can be traced back to its file, sheet and address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType

from attrs import Factory, field, frozen

_MOST_DIGITS = 7
"""Of the number of a row in Excel."""


@lru_cache(maxsize=1024)
def column_letters(index: int) -> str:
    """Excel's name of the 1-based column `index`: 1 → A, 27 → AA."""
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@frozen(order=True)
class Place:
    """A place in a workbook. `sheet` is empty for the whole file, `address` (A1 notation) for the whole sheet."""

    file: str
    sheet: str = ""
    address: str = ""

    def __str__(self) -> str:
        return " · ".join(part for part in (self.file, self.sheet, self.address) if part)

    @property
    def row_and_column(self) -> tuple[int, str]:
        """Row and column letters of the address, of a range its first cell's; (0, "") where that is no cell's."""
        first = self.address.partition(":")[0]
        digits = first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        is_row = digits.isdecimal() and len(digits) <= _MOST_DIGITS
        return (int(digits), first.removesuffix(digits)) if is_row else (0, "")


@frozen(eq=False)
class SheetPlaces(Mapping[str, Place]):
    """Places of one sheet by what stands there; of the many that are read few are asked for, and made only then."""

    file: str = ""
    sheet: str = ""
    cells: Mapping[str, tuple[int, int]] = Factory(dict)
    """Row and column (1-based) of each."""

    def __getitem__(self, name: str) -> Place:
        row, column = self.cells[name]
        return Place(self.file, self.sheet, f"{column_letters(column)}{row}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


@frozen
class TableOrigin:
    """Where a table was found: its header row (1-based) and the 1-based column of each column code."""

    file: str
    sheet: str
    header_row: int
    columns: Mapping[str, int] = field(factory=lambda: MappingProxyType({}))


@frozen
class Origin:
    """The row a record was read from (1-based)."""

    table: TableOrigin
    row: int

    def place(self, code: str | None = None) -> Place:
        """The place of the value of column `code`; of the whole row where the code is None or its column is absent."""
        column = self.table.columns.get(code, 0) if code else 0
        address = f"{column_letters(column)}{self.row}" if column else f"A{self.row}"
        return Place(self.table.file, self.table.sheet, address)


@frozen(slots=False)
class GridOrigin:
    """Where a grid (rows by key, columns by meeting) was found; rows and columns are 1-based."""

    file: str
    sheet: str
    header_row: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]

    def place(self, row_key: str = "", column_key: str = "") -> Place:
        """The place where row and column cross; the row's or the column's heading where only one is known."""
        row = self.rows.get(row_key, self.header_row)
        column = self.columns.get(column_key, 1)
        return Place(self.file, self.sheet, f"{column_letters(column)}{row}")

    def crossing(self, place: Place) -> tuple[str, str] | None:
        """The keys of the row and the column that cross at a place; None for a heading or any other cell."""
        row, letters = place.row_and_column
        keys = self._rows_by_number.get(row), self._columns_by_letters.get(letters)
        return None if place.sheet != self.sheet or keys[0] is None or keys[1] is None else (keys[0], keys[1])

    @cached_property
    def _rows_by_number(self) -> Mapping[int, str]:
        return {number: key for key, number in self.rows.items()}

    @cached_property
    def _columns_by_letters(self) -> Mapping[str, str]:
        return {column_letters(number): key for key, number in self.columns.items()}

    def column_range(self, column_key: str) -> Place:
        """The range of all rows under one heading, such as a meeting's points."""
        letters = column_letters(self.columns.get(column_key, 1))
        return Place(self.file, self.sheet, f"{letters}{self.first_row}:{letters}{self.last_row}")

    @cached_property
    def first_row(self) -> int:
        """The first row of the grid's data."""
        return min(self.rows.values(), default=self.header_row)

    @cached_property
    def last_row(self) -> int:
        """The last row of the grid's data."""
        return max(self.rows.values(), default=self.header_row)
