"""The table of a return: two header rows with merged groups, the numbering row, groups, rows, totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from chibo.definitions.returns.columns import Column, TotalKind
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.returns.figures import MARK
from chibo.returns.table import ReturnRow, ReturnTable, RowKind
from chibo.workbook.returns.cells import CellValue, Formula, RowLook
from chibo.workbook.returns.formats import Formats, cell_text
from chibo.workbook.returns.formulas import percent_formula, total_formula
from chibo.workbook.returns.heights import RowHeights, height_of, lines_of
from chibo.workbook.returns.looks import row_looks, title_columns
from chibo.workbook.returns.table_rows import TableRow, TableRows


def write_table(
    sheets: tuple[Any, TableRows], table: ReturnTable, formats: Formats, heights: RowHeights, top: int
) -> list[int]:
    """Write header and rows from row `top` (from 0) on; the positions of the rows, in order.

    `sheets` are the worksheet and what takes the rows of its table.
    """
    sheet, body = sheets
    _write_header(sheet, table, formats, heights, top)
    first = top + 3
    for position, row in enumerate(table.rows, first):
        heights.foresee(position, _height(row, table))
    looks = row_looks(table.definition, formats)
    body.write(first, list(looks.values()), _rows(table, looks, heights, first))
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


def _height(row: ReturnRow, table: ReturnTable) -> float:
    """The height that the longest text of a row needs."""
    definition = table.definition
    columns = definition.columns
    match row.kind:
        case RowKind.ROW:
            found = [
                lines_of(figure.value, column.width)
                for column, figure in zip(columns, row.figures, strict=True)
                if isinstance(figure.value, str)
            ]
            lines = max(found, default=1)
        case RowKind.GROUP:
            lines = lines_of(row.title, sum(column.width for column in columns[1:]), bold=True)
        case _:
            across = columns[: title_columns(definition)]
            lines = lines_of(row.title, sum(column.width for column in across), bold=True)
    return height_of(lines, definition.print.size)


def _rows(table: ReturnTable, looks: Mapping[RowKind, RowLook], heights: RowHeights, first: int) -> Iterator[TableRow]:
    """The rows of the table, the first at the position `first`."""
    percents = _percents(table.definition)
    group_first = first
    for position, row in enumerate(table.rows, first):
        values: list[CellValue] = [figure.value for figure in row.figures]
        match row.kind:
            case RowKind.GROUP:
                values = [row.ordinal, row.title, *[None] * (len(table.definition.columns) - 2)]
                group_first = position + 1
            case RowKind.SUBTOTAL:
                _add_up(values, row, table.definition, group_first, position)
            case RowKind.TOTAL:
                _add_up(values, row, table.definition, first, position)
        if row.kind is not RowKind.GROUP:
            for index, part, whole in percents:
                values[index] = Formula(percent_formula(part, whole, position + 1), row.figures[index].value)
        yield looks[row.kind], heights.of(position), values


def _percents(definition: ReturnDefinition) -> list[tuple[int, int, int]]:
    """The columns (from 0) that are percentages, each with those of the part and of the whole."""
    return [
        (index, definition.index_of(column.percent.of), definition.index_of(column.percent.over))
        for index, column in enumerate(definition.columns)
        if column.percent
    ]


def _add_up(values: list[CellValue], row: ReturnRow, definition: ReturnDefinition, first: int, position: int) -> None:
    """Make formulas over the rows from `first` on of the totals at `position`, and put the title in front of them."""
    width = title_columns(definition)
    values[:width] = [row.title, *[None] * (width - 1)]
    if position == first:
        return
    for index, column in enumerate(definition.columns):
        if column.total is not TotalKind.NONE:
            values[index] = Formula(total_formula(column, index, first + 1, position, MARK), row.figures[index].value)
