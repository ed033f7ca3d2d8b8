"""The table of a return: two header rows with merged groups, the numbering row, groups, rows, totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from attrs import frozen

from chibo.definitions.returns.columns import Column, TotalKind
from chibo.definitions.returns.fields import Holds
from chibo.returns.figures import MARK
from chibo.returns.table import Figure, ReturnRow, ReturnTable, RowKind
from chibo.workbook.returns.formats import DATE_FORMAT, Formats, cell_text
from chibo.workbook.returns.formulas import percent_formula, total_formula
from chibo.workbook.returns.heights import RowHeights, height_of, lines_of

_MEAN_FORMAT = "0.00"
"""How the mean of whole numbers is shown."""
_TITLE_COLUMNS = 2
"""A total's title stands across the first two columns, where neither holds a total."""


def write_table(
    sheets: tuple[Any, Any], table: ReturnTable, formats: Formats, heights: RowHeights, top: int
) -> list[int]:
    """Write header and rows from row `top` (from 0) on; the positions of the rows, in order.

    `sheets` are the worksheet and what takes its rows of figures.
    """
    sheet, body = sheets
    _write_header(sheet, table, formats, heights, top)
    headings, figures = _Rows(sheet, table, formats, heights), _Rows(body, table, formats, heights)
    first = top + 3
    group_first = first
    for offset, row in enumerate(table.rows):
        position = first + offset
        match row.kind:
            case RowKind.GROUP:
                headings.write_group(row, position)
                group_first = position + 1
            case RowKind.ROW:
                figures.write_row(row, position)
            case RowKind.SUBTOTAL:
                headings.write_total(row, position, group_first, position - 1)
            case RowKind.TOTAL:
                headings.write_total(row, position, first, position - 1)
    return [first + offset for offset in range(len(table.rows))]


def numbering(index: int, table: ReturnTable) -> str:
    """What the numbering row says of a column: "(4)", or the formula of a percentage."""
    definition = table.definition
    column = definition.columns[index]
    if column.numbering:
        return column.numbering
    if column.percent:
        part, whole = definition.index_of(column.percent.of) + 1, definition.index_of(column.percent.over) + 1
        return f"({index + 1})=({part})*100/({whole})"
    return f"({index + 1})"


def _write_header(sheet: Any, table: ReturnTable, formats: Formats, heights: RowHeights, top: int) -> None:
    columns = table.definition.columns
    cell = formats.get(bold=True, align="center", text_wrap=True, border=1)
    for offset, height in enumerate(_header_heights(table)):
        heights.set(sheet, top + offset, height)
    index = 0
    for group, found in groupby(columns, key=lambda column: column.group):
        members: Sequence[Column] = list(found)
        if group:
            _write_span(sheet, (top, index, top, index + len(members) - 1), group, cell)
        for offset, column in enumerate(members):
            span = (top + 1 if group else top, index + offset, top + 1, index + offset)
            _write_span(sheet, span, column.label, cell)
        index += len(members)
    for index in range(len(columns)):
        small = formats.get(
            italic=True, align="center", border=1, text_wrap=bool(columns[index].percent or columns[index].numbering)
        )
        sheet.write_string(top + 2, index, numbering(index, table), small)


def _header_heights(table: ReturnTable) -> tuple[float, float, float]:
    """Both header rows and the numbering row: labels under a group have the second alone, others share the two."""
    columns, size = table.definition.columns, table.definition.print.size
    inner = max((lines_of(column.label, column.width, bold=True) for column in columns if column.group), default=1)
    outer = max((lines_of(column.label, column.width, bold=True) for column in columns if not column.group), default=1)
    numbers = max(lines_of(numbering(index, table), column.width) for index, column in enumerate(columns))
    return height_of(max(1, outer - inner), size), height_of(inner, size), height_of(numbers, size)


def _write_span(sheet: Any, span: tuple[int, int, int, int], text: str, cell: Any) -> None:
    if span[:2] != span[2:]:
        sheet.merge_range(*span, "", cell)
    sheet.write_string(span[0], span[1], cell_text(text), cell)


@frozen
class _Rows:
    """Writes the rows of one table."""

    sheet: Any
    table: ReturnTable
    formats: Formats
    heights: RowHeights

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.table.definition.columns

    def write_group(self, row: ReturnRow, position: int) -> None:
        """The heading of a group: its number, then its name across the other columns."""
        width = sum(column.width for column in self.columns[1:])
        self._set_height(position, lines_of(row.title, width, bold=True))
        number = self.formats.get(bold=True, align="center", border=1)
        name = self.formats.for_text(row.title, bold=True, align="left", border=1, text_wrap=True)
        self.sheet.write_string(position, 0, row.ordinal, number)
        _write_span(self.sheet, (position, 1, position, len(self.columns) - 1), row.title, name)

    def write_row(self, row: ReturnRow, position: int) -> None:
        """A row of figures."""
        texts = [
            lines_of(figure.value, column.width)
            for column, figure in zip(self.columns, row.figures, strict=True)
            if isinstance(figure.value, str)
        ]
        self._set_height(position, max(texts, default=1))
        for index, (column, figure) in enumerate(zip(self.columns, row.figures, strict=True)):
            if column.percent:
                self._write_formula(position, index, self._percent(column, position), figure, self._look(column))
            else:
                self._write_value(position, index, column, figure)

    def write_total(self, row: ReturnRow, position: int, first: int, last: int) -> None:
        """A subtotal or grand total over the rows `first` to `last`, each total a formula with its value."""
        look = {"bold": True, "italic": row.kind is RowKind.SUBTOTAL}
        title = self._title_columns()
        width = sum(column.width for column in self.columns[:title])
        self._set_height(position, lines_of(row.title, width, bold=True))
        cell = self.formats.get(align="center", border=1, text_wrap=True, **look)
        _write_span(self.sheet, (position, 0, position, title - 1), row.title, cell)
        for index in range(title, len(self.columns)):
            column, figure = self.columns[index], row.figures[index]
            formula = self._percent(column, position) if column.percent else ""
            if not formula and last >= first:
                formula = total_formula(column, index, first + 1, last + 1, MARK)
            if formula:
                self._write_formula(position, index, formula, figure, {**self._look(column), **look})
            elif column.total is TotalKind.NONE:
                self.sheet.write_blank(position, index, None, self.formats.get(border=1, **look))
            else:
                self._write_value(position, index, column, figure, look)

    def _set_height(self, position: int, lines: int) -> None:
        self.heights.set(self.sheet, position, height_of(lines, self.table.definition.print.size))

    def _title_columns(self) -> int:
        held = [
            index for index, column in enumerate(self.columns) if column.total is not TotalKind.NONE or column.percent
        ]
        return max(1, min([_TITLE_COLUMNS, *held]))

    def _percent(self, column: Column, position: int) -> str:
        assert column.percent is not None  # noqa: S101
        definition = self.table.definition
        return percent_formula(
            definition.index_of(column.percent.of), definition.index_of(column.percent.over), position + 1
        )

    def _look(self, column: Column) -> dict[str, Any]:
        look: dict[str, Any] = {"align": column.align, "border": 1}
        if column.format:
            look["num_format"] = column.format
        return look

    def _write_formula(self, position: int, index: int, formula: str, figure: Figure, look: dict[str, Any]) -> None:
        # A count over marks or dates is a plain number, whatever the column's own format.
        if self.columns[index].total is TotalKind.COUNT:
            look = {**look, "num_format": "0"}
        elif self.columns[index].total is TotalKind.MEAN:
            look.setdefault("num_format", _MEAN_FORMAT)
        value = figure.value
        cached = float(value) if isinstance(value, Decimal) else "" if value is None else value
        self.sheet.write_formula(position, index, formula, self.formats.get(**look), cached)

    def _write_value(
        self, position: int, index: int, column: Column, figure: Figure, extra: dict[str, Any] | None = None
    ) -> None:
        look = {**self._look(column), **(extra or {})}
        match figure.value:
            case None:
                self.sheet.write_blank(position, index, None, self.formats.get(**look))
            case date():
                look.setdefault("num_format", DATE_FORMAT)
                self.sheet.write_datetime(position, index, figure.value, self.formats.get(**look))
            case int() | Decimal():
                self.sheet.write_number(position, index, float(figure.value), self.formats.get(**look))
            case text:
                wraps = column.holds is not Holds.MARK
                cell = self.formats.for_text(text, text_wrap=wraps, **look)
                self.sheet.write_string(position, index, cell_text(text), cell)
