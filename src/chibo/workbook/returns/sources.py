"""The sheet `Nguồn`: each figure of the return with file, sheet and cell of what it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from chibo.model import column_letters
from chibo.returns.fields import Value
from chibo.returns.table import ReturnTable, RowKind
from chibo.workbook.returns.cells import ColumnCells, RowLook
from chibo.workbook.returns.formats import DATE_FORMAT, Formats
from chibo.workbook.returns.heights import DEFAULT
from chibo.workbook.returns.table_rows import TableRows

_HEADINGS = (
    ("Ô của biểu", 11),
    ("Cột", 6),
    ("Mã đơn vị", 14),
    ("Mã kỳ", 14),
    ("Số liệu", 30),
    ("Giá trị", 32),
    ("Tệp", 28),
    ("Trang", 18),
    ("Ô", 14),
)
MAX_ROWS = 1_048_575
"""Rows of a sheet below its heading."""


def write_sources(sheet: Any, body: TableRows, table: ReturnTable, positions: list[int], formats: Formats) -> None:
    """One row per recorded value behind a figure, in the order of the return. `positions` are the rows of the table.

    The rows go to `body`, the heading to `sheet`.
    """
    head = formats.get(bold=True, align="center", text_wrap=True, border=1)
    for index, (label, width) in enumerate(_HEADINGS):
        sheet.set_column(index, index, width, formats.get())
        sheet.write_string(0, index, label, head)
    count = sum(len(figure.sources) for row in table.rows if row.kind is RowKind.ROW for figure in row.figures)
    _set_up(sheet, min(count, MAX_ROWS))
    look = _look(formats)
    body.write(1, [look], islice(((look, DEFAULT, values) for values in _recorded(table, positions)), MAX_ROWS))


def _recorded(table: ReturnTable, positions: list[int]) -> Iterator[tuple[Value, ...]]:
    """Each recorded value: the cell of the return that it stands behind, that cell's column, what it is, its place."""
    columns = [(column_letters(index + 1), f"({index + 1})") for index in range(len(table.definition.columns))]
    for row, position in zip(table.rows, positions, strict=True):
        if row.kind is not RowKind.ROW:
            continue
        code = row.code
        for (letters, number), figure in zip(columns, row.figures, strict=True):
            cell = f"{letters}{position + 1}"
            for source in figure.sources:
                place = source.place
                said = (source.meeting, source.label, source.value)
                yield cell, number, code, *said, place.file, place.sheet, place.address


def _look(formats: Formats) -> RowLook:
    text, number = formats.get(border=1), formats.get(border=1, align="left")
    cells = ColumnCells(
        empty=text,
        number=number,
        day=formats.get(border=1, align="left", num_format=DATE_FORMAT),
        text=text,
        formula_like=formats.get(border=1, quote_prefix=True),
        calculated=number,
    )
    return RowLook((cells,) * len(_HEADINGS))


def _set_up(sheet: Any, last: int) -> None:
    sheet.autofilter(0, 0, last, len(_HEADINGS) - 1)
    sheet.freeze_panes(1, 0)
    # Looked into on the screen, not signed: a print area without anything in it keeps the sheet off the paper, where
    # LibreOffice would print it after the return and count its pages in the n/N below.
    beside = len(_HEADINGS) + 1
    sheet.print_area(0, beside, 0, beside)
