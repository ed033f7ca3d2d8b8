"""Rows as the XML of a sheet: what is remembered of their values, joined by the number of the row.

Columns say the same again and again, and what stands between two cells is always the number of their row:
`<row r="`, `"><c r="A`, `" s="5"><v>1</v></c><c r="B`, `" s="6"/></row>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import getitem

from chibo.model import column_letters
from chibo.workbook.patching.values import serial, text_xml
from chibo.workbook.returns.cells import CellValue, ColumnCells, Content, Formula, RowLook
from chibo.workbook.returns.heights import DEFAULT

_REMEMBERED, _SHORT = 4096, 512
"""Cells that a column remembers, and the most bytes of one."""
_PIXELS_A_POINT = 4 / 3


class RowXml:
    """The rows of one look. Its formats belong to the workbook as soon as it is made."""

    def __init__(self, look: RowLook) -> None:
        ends = [*(f'<c r="{column_letters(at)}' for at in range(2, len(look.columns) + 1)), "</row>"]
        self._columns = [_CellXml(cells, end) for cells, end in zip(look.columns, ends, strict=True)]
        self._merged = [column_letters(column + 1) for column in look.merged or ()]

    def row(self, number: int, height: float, values: Sequence[CellValue]) -> bytes:
        """The row of this number (from 1)."""
        return (b"%d" % number).join((b'<row r="', _start(height), *map(getitem, self._columns, values)))

    def merged(self, number: int) -> bytes:
        """What the sheet says of the cells that are one in the row of this number."""
        left, right = self._merged
        return f'<mergeCell ref="{left}{number}:{right}{number}"/>'.encode()


class _CellXml(dict[CellValue, bytes]):
    """The cells of one column by their values, each from the number of its row on to that of the next cell."""

    def __init__(self, cells: ColumnCells, end: str) -> None:
        super().__init__()
        self._cells = cells
        self._end = end
        formats = (cells.empty, cells.number, cells.day, cells.text, cells.formula_like, cells.calculated)
        # xlsxwriter numbers a format when it is asked for its number, and leaves out of the workbook what has none.
        self._starts = {cell: f'" s="{cell._get_xf_index()}"' for cell in formats}

    def __missing__(self, value: CellValue) -> bytes:
        content, cell = self._cells.shown(value)
        xml = f"{self._starts[cell]}{_rest(content)}{self._end}".encode()
        if len(xml) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[value] = xml
        return xml


@lru_cache(maxsize=256)
def _start(height: float) -> bytes:
    """A row between its number and that of its first cell."""
    pixels = int(height * _PIXELS_A_POINT + 0.5)
    points = pixels / _PIXELS_A_POINT
    own = "" if points == DEFAULT else f' ht="{points:.16g}" customHeight="1"'
    return f'"{own}><c r="A'.encode()


def _rest(content: Content) -> str:
    """A cell after its format."""
    match content:
        case str():
            space = "" if content == content.strip() else ' xml:space="preserve"'
            return f' t="inlineStr"><is><t{space}>{_escaped(content)}</t></is></c>'
        case None:
            return "/>"
        case Formula():
            stored = content.stored
            kind = ' t="str"' if isinstance(stored, str) and stored else ""
            shown = _escaped(stored) if isinstance(stored, str) else f"{stored:.16g}"
            return f"{kind}><f>{_escaped(content.text.removeprefix('='))}</f><v>{shown}</v></c>"
        case date():
            return f"><v>{serial(content, is_1904=False):.16g}</v></c>"
        case number:
            return f"><v>{number:.16g}</v></c>"


def _escaped(text: str) -> str:
    # Nothing has to be escaped among letters and digits, of which most texts are that come only once.
    return text if text.isalnum() else text_xml(text).decode()
