"""Free rows of a table and free columns of a grid, and the styles that what is written there takes."""

from __future__ import annotations

from functools import cached_property

from attrs import define

from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.patching.sheet_cells import Address, SheetCells
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.xml_details import XmlDetails


@define(eq=False, slots=False)
class Room:
    """What is free under one header. `columns` are those of the table that hold what people type."""

    sheet: Sheet
    header_row: int
    columns: tuple[int, ...]
    last_row: int = 0
    """The last row that holds a record or was given to one."""

    def next_row(self) -> int | None:
        """The next free row behind the data: a spare row of the table, or the one right below it.

        Rows that hold something of the table but are no record (they were blocked) are passed over. None where
        something else stands there, such as a legend or a signature.
        """
        merges = self.sheet.marks.merges
        header = max((merge.bottom for merge in merges if merge.top <= self.header_row <= merge.bottom), default=0)
        row = max(self.last_row, self.header_row, header) + 1
        while not self._is_free(row):
            if not self._holds_record(row):
                return None
            row += 1
        self.last_row = row
        return row

    def _holds_record(self, row: int) -> bool:
        """Whether a row holds something in at least two columns of the table (a legend or a title has one)."""
        held = sum(not self._is_blank(row, column) for column in self.columns)
        return held > 1 and not self._is_merged(row)

    def _is_merged(self, row: int) -> bool:
        return any(
            merge.top <= row <= merge.bottom
            and merge.right > merge.left
            and sum(merge.left <= column <= merge.right for column in self.columns) > 1
            for merge in self.sheet.marks.merges
        )

    def _is_free(self, row: int) -> bool:
        return all(self._is_blank(row, column) for column in self.columns) and not self._is_merged(row)

    def _is_blank(self, row: int, column: int) -> bool:
        raw = self.sheet.value(row, column)
        return isinstance(raw, str | BrokenCell) and (not str(raw).strip() or str(raw).startswith("="))

    def next_column(self, taken: tuple[int, ...], rows: tuple[int, ...]) -> int | None:
        """The first column behind the first taken one without a heading and with nothing in these rows."""
        column = min(taken, default=0) or max((len(self.sheet.rows.get(self.header_row, ())), 1))
        for _ in range(400):
            column += 1
            if column not in taken and all(self._is_blank(row, column) for row in (self.header_row, *rows)):
                return column
        return None

    # ── styles ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _cells(self) -> dict[Address, int]:
        """The style of every cell of the sheet that the file holds."""
        details = self.sheet.details
        if not isinstance(details, XmlDetails):
            return {}
        xml = details.package.parts.read(details.part)
        return {(cell.row, cell.column): cell.style for cell in SheetCells(xml).all_cells()}

    def style_of(self, row: int, column: int) -> int | None:
        """The style for a cell of a row that is added: its own, else that of the cell above."""
        return self.style_like((row, column), (row - 1, column))

    def style_like(self, at: Address, other: Address) -> int | None:
        """The style for a cell that may not be there yet: None where it has one, else that of the other cell."""
        if at in self._cells:
            return None
        while other not in self._cells and other[0] > self.header_row and other[0] > at[0] - 50:
            other = (other[0] - 1, other[1])
        style = self._cells.get(other)
        if style is not None:
            self._cells[at] = style
        return style
