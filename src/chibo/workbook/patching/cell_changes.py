"""What is to be written into the cells of a workbook, and what has no cell there."""

from __future__ import annotations

from attrs import define, field, frozen

from chibo.model import Place
from chibo.workbook.patching.growing import Growth
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.patching.values import CellEdit
from chibo.workbook.writing.cells import cell_value


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


def address_of(place: Place) -> Address | None:
    """Row and column of a place; None where it is no single cell."""
    row, letters = place.row_and_column
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return (row, column) if row and column else None
