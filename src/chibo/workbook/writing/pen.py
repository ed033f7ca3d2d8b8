"""What the writers of one sheet share: the workbook under construction, the places of the sheet, the sheet itself."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chibo.workbook.writing.cells import Cached, CellValue, write_cell, write_formula
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import SheetPlan


@frozen
class Pen:
    """Writes on one sheet; rows and columns are 0-based."""

    form: Form
    plan: SheetPlan
    sheet: Worksheet

    @classmethod
    def on(cls, form: Form, code: str) -> Pen:
        """The pen of a sheet, by the layout's code."""
        return cls(form, form.plan(code), form.sheet(code))

    def style(self, *traits: str, **more: Any) -> Format:
        """The cell format with these traits (`styles`)."""
        return self.form.styles.of(*traits, **more)

    def write(self, row: int, column: int, value: CellValue, *traits: str) -> None:
        """Write a value in a cell with these traits."""
        write_cell(self.sheet, row, column, value, self.style(*traits))

    def formula(self, row: int, column: int, formula: str, value: Cached, *traits: str) -> None:
        """Write a formula (without its `=`) with the value that we computed for it."""
        write_formula(self.sheet, row, column, formula, value, cell_format=self.style(*traits))

    def mark(self, area: tuple[int, int, int, int], condition: str, tone: str) -> None:
        """Lay a mark over the cells of an area where a condition (a formula for its first cell) holds."""
        rule = {"type": "formula", "criteria": f"={condition}", "format": self.form.styles.mark(tone)}
        self.sheet.conditional_format(*area, rule)
