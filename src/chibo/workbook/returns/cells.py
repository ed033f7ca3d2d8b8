"""The cells of a table's rows: a format for each kind of value that can stand in a column, made once for all rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen

from chibo.returns.fields import Value
from chibo.workbook.returns.formats import begins_like_formula, cell_text


@frozen
class Formula:
    """A formula with the value that it gives."""

    text: str
    value: Value

    @property
    def stored(self) -> float | str:
        """The value as it is stored with the formula; an empty text where there is none."""
        match self.value:
            case Decimal():
                return float(self.value)
            case int() | str():
                return self.value
            case _:
                return ""


CellValue: TypeAlias = Value | Formula
Content: TypeAlias = float | str | date | Formula | None
"""What a cell can hold."""


@frozen(kw_only=True)
class ColumnCells:
    """The formats of the cells of a column by what stands in them."""

    empty: Any
    number: Any
    day: Any
    text: Any
    formula_like: Any
    """A text that begins like a formula is marked as text for whoever edits it."""
    calculated: Any

    def shown(self, value: CellValue) -> tuple[Content, Any]:
        """What a cell holds of a value, and its format."""
        match value:
            case str():
                return cell_text(value), self.formula_like if begins_like_formula(value) else self.text
            case None:
                return None, self.empty
            case date():
                return value, self.day
            case Formula():
                return value, self.calculated
            case number:
                return float(number), self.number


@frozen(eq=False)
class RowLook:
    """How rows of one kind look: their cells, and the columns (from 0, inclusive) of which they make one cell."""

    columns: tuple[ColumnCells, ...]
    merged: tuple[int, int] | None = None
