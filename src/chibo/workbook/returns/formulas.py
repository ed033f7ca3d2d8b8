"""The formulas of a return: totals that leave other totals out, and percentages of two columns.

SUBTOTAL passes over cells that hold SUBTOTAL themselves, so a grand total over all rows counts no group twice; marks
are counted by COUNTIF, which sees no mark in a total. All of them exist since Excel 2007 and in LibreOffice.
"""

from __future__ import annotations

from chibo.definitions.returns.columns import Column, TotalKind
from chibo.definitions.returns.fields import Holds
from chibo.model import column_letters

_FUNCTIONS = {
    TotalKind.SUM: 9,
    TotalKind.COUNT: 3,
    TotalKind.MEAN: 1,
    TotalKind.LOWEST: 5,
    TotalKind.HIGHEST: 4,
}
_COUNT_NUMBERS = 2


def total_formula(column: Column, index: int, first: int, last: int, mark: str) -> str:
    """The total of the column at `index` (from 0) over the rows `first` to `last` (from 1); "" where it has none."""
    if column.total is TotalKind.NONE:
        return ""
    letters = column_letters(index + 1)
    cells = f"{letters}{first}:{letters}{last}"
    if column.holds is Holds.MARK:
        return f'=COUNTIF({cells},"{mark}")'
    total = f"SUBTOTAL({_FUNCTIONS[column.total]},{cells})"
    if column.total in {TotalKind.SUM, TotalKind.COUNT}:
        return f"={total}"
    return f'=IF(SUBTOTAL({_COUNT_NUMBERS},{cells})=0,"",{total})'


def percent_formula(part: int, whole: int, row: int) -> str:
    """The column `part` × 100 ÷ the column `whole` (from 0) in a row (from 1); empty where either is unknown."""
    above, below = f"{column_letters(part + 1)}{row}", f"{column_letters(whole + 1)}{row}"
    return f'=IF(OR({above}="",{below}="",N({below})=0),"",{above}*100/{below})'
