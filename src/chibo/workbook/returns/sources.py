"""The sheet `Nguồn`: each figure of the return with file, sheet and cell of what it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from chibo.model import column_letters
from chibo.returns.fields import Value
from chibo.returns.table import ReturnRow, ReturnTable, RowKind, Source
from chibo.workbook.returns.formats import DATE_FORMAT, Formats, cell_text

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


def write_sources(sheet: Any, body: Any, table: ReturnTable, positions: list[int], formats: Formats) -> None:
    """One row per recorded value behind a figure, in the order of the return. `positions` are the rows of the table.

    The rows go to `body`, the heading to `sheet`.
    """
    head = formats.get(bold=True, align="center", text_wrap=True, border=1)
    for index, (label, width) in enumerate(_HEADINGS):
        sheet.set_column(index, index, width, formats.get())
        sheet.write_string(0, index, label, head)
    writer = _Cells(body, formats)
    line = 0
    for line, (cell, column, row, source) in enumerate(islice(_recorded(table, positions), MAX_ROWS), start=1):
        place = source.place
        writer.texts(line, 0, (cell, column, row.code, source.meeting, source.label))
        writer.value(line, 5, source.value)
        writer.texts(line, 6, (place.file, place.sheet, place.address))
    _set_up(sheet, line)


def _recorded(table: ReturnTable, positions: list[int]) -> Iterator[tuple[str, str, ReturnRow, Source]]:
    """Each recorded value: the cell of the return that it stands behind, that cell's column, its row."""
    columns = [(column_letters(index + 1), f"({index + 1})") for index in range(len(table.definition.columns))]
    for row, position in zip(table.rows, positions, strict=True):
        if row.kind is RowKind.ROW:
            for (letters, number), figure in zip(columns, row.figures, strict=True):
                for source in figure.sources:
                    yield f"{letters}{position + 1}", number, row, source


class _Cells:
    """Writes the cells below the heading; most of their texts come again and again."""

    def __init__(self, body: Any, formats: Formats) -> None:
        self._body = body
        self._formats = formats
        self._shown = lru_cache(maxsize=4096)(lambda text: (cell_text(text), formats.for_text(text, border=1)))

    def texts(self, row: int, first: int, texts: Sequence[str]) -> None:
        """Texts side by side."""
        write, shown = self._body.write_string, self._shown
        for column, text in enumerate(texts, first):
            write(row, column, *shown(text))

    def value(self, row: int, column: int, value: Value) -> None:
        """A value as it was recorded."""
        look = self._formats.get
        match value:
            case None:
                self._body.write_blank(row, column, None, look(border=1))
            case date():
                self._body.write_datetime(row, column, value, look(border=1, num_format=DATE_FORMAT, align="left"))
            case int() | Decimal():
                self._body.write_number(row, column, float(value), look(border=1, align="left"))
            case text:
                self.texts(row, column, (text,))


def _set_up(sheet: Any, last: int) -> None:
    sheet.autofilter(0, 0, last, len(_HEADINGS) - 1)
    sheet.freeze_panes(1, 0)
    # Looked into on the screen, not signed: a print area without anything in it keeps the sheet off the paper, where
    # LibreOffice would print it after the return and count its pages in the n/N below.
    beside = len(_HEADINGS) + 1
    sheet.print_area(0, beside, 0, beside)
