"""The very hidden sheet of workings, which keeps the formulas on the visible sheets short.

Each block of columns belongs to one sheet of the book; its rows run beside the rows of that sheet. A formula that is
the same in all rows of a column (or all columns of a row) is stored once. Every formula is written with the value that
we computed, so that viewers which do not recalculate show the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from chibo.workbook.writing.cells import Cached, write_formula

WORKINGS_SHEET = "_tinh"
_TEXTS = 0
"""The column of the texts that formulas give."""


class Workings:
    """Hands out blocks of columns and writes formulas into them. `NOTHING` refers to a cell that stays empty."""

    OWN = f"{WORKINGS_SHEET}!"
    NOTHING = f"{OWN}$A$5000"

    def __init__(self, workbook: Workbook) -> None:
        self._sheet = workbook.add_worksheet(WORKINGS_SHEET)
        self._sheet.very_hidden()
        self._next = _TEXTS + 1
        self._texts: dict[str, int] = {}

    def block(self, names: Sequence[str]) -> int:
        """The first of as many new columns as there are names; the names head them."""
        first = self._next
        for index, name in enumerate(names):
            self._sheet.write_string(0, first + index, name)
        self._next += len(names)
        return first

    def stretch(self, name: str, columns: int) -> int:
        """The first of so many new columns under one name."""
        first = self.block([name])
        self._next += columns - 1
        return first

    def formula(self, row: int, column: int, formula: str, value: Cached) -> None:
        """Write a formula (without its `=`) and its value. References to the workings themselves lose their sheet."""
        write_formula(self._sheet, row, column, formula.replace(self.OWN, ""), value)

    def shared(self, block: tuple[int, int, int, int], formula: str, value: Callable[[int, int], Cached]) -> None:
        """Write one formula, as it stands in the first cell, into a block of cells, and the value of each.

        See `FormulaSheet.write_shared`.
        """
        self._sheet.write_shared(block, formula.replace(self.OWN, ""), value)

    def number(self, row: int, column: int, value: float) -> None:
        """Write a constant."""
        self._sheet.write_number(row, column, value)

    def text(self, text: str) -> str:
        """The reference to a cell that holds a text, which many formulas give."""
        if text not in self._texts:
            self._texts[text] = len(self._texts)
            self._sheet.write_string(self._texts[text], _TEXTS, text)
        return self.ref(self._texts[text], _TEXTS)

    @staticmethod
    def ref(row: int, column: int, *, fixed_row: bool = True, fixed_column: bool = True) -> str:
        """The reference to a cell of the workings."""
        return f"{WORKINGS_SHEET}!{xl_rowcol_to_cell(row, column, fixed_row, fixed_column)}"

    @classmethod
    def span(cls, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
        """The reference to a block of the workings."""
        last = xl_rowcol_to_cell(last_row, last_column, True, True)
        return f"{cls.ref(first_row, first_column)}:{last}"
