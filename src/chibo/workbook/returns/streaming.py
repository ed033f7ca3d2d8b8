"""The rows of a long return as a stream: written as XML at once and packed, put into the workbook when it is closed.

xlsxwriter keeps every cell until then, some 15 KB for each row of a return. Its own answer, `constant_memory`, takes
longer still, cannot merge downwards, and hands on a text like `<r>…</r>` as markup. So xlsxwriter makes the workbook
with every format, merge, total and print setting, and the rows of figures are spliced into its sheets.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from heapq import merge
from typing import Any

from attrs import define, field

from chibo.model import column_letters
from chibo.workbook.patching.values import serial, text_xml

_AT_ONCE = 256 * 1024
"""Bytes of rows packed together."""
_QUICKLY = 1
"""The level of packing: the rows are packed once more, with what surrounds them."""
_PIXELS_A_POINT = 4 / 3
_DATA = re.compile(rb"<sheetData>(.*)</sheetData>", re.DOTALL)
_ROW = re.compile(rb'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_DIMENSION = re.compile(rb"<dimension [^>]*/>")

_letters = lru_cache(maxsize=1024)(column_letters)


@define(eq=False)
class RowStream:
    """Stands for a worksheet of xlsxwriter where rows are written that merge nothing, in their order."""

    _row: int = -1
    _head: str = ""
    _cells: list[str] = field(factory=list)
    _text: list[str] = field(factory=list)
    _size: int = 0
    _runs: list[_Run] = field(factory=list)
    _styles: dict[int, int] = field(factory=dict)

    def set_row(self, row: int, height: float) -> None:
        """The height of a row in points, before its cells."""
        self._go_to(row)
        pixels = int(height * _PIXELS_A_POINT + 0.5)
        self._head = f' ht="{pixels / _PIXELS_A_POINT:.16g}" customHeight="1"'

    def write_blank(self, row: int, column: int, _nothing: None, cell: Any) -> None:
        """A cell that has a format only."""
        self._cells.append(f"<c {self._place(row, column, cell)}/>")

    def write_number(self, row: int, column: int, number: float, cell: Any) -> None:
        """A number."""
        self._cells.append(f"<c {self._place(row, column, cell)}><v>{number:.16g}</v></c>")

    def write_datetime(self, row: int, column: int, day: date, cell: Any) -> None:
        """A day."""
        self.write_number(row, column, serial(day, is_1904=False), cell)

    def write_string(self, row: int, column: int, text: str, cell: Any) -> None:
        """A text, as it is."""
        place = self._place(row, column, cell)
        self._cells.append(f'<c {place} t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>')

    def write_formula(self, row: int, column: int, formula: str, cell: Any, value: float | str) -> None:
        """A formula with its value."""
        place = self._place(row, column, cell)
        kind = ' t="str"' if isinstance(value, str) and value else ""
        shown = _escaped(value) if isinstance(value, str) else f"{value:.16g}"
        self._cells.append(f"<c {place}{kind}><f>{_escaped(formula.removeprefix('='))}</f><v>{shown}</v></c>")

    def among(self, xml: bytes) -> Iterator[bytes]:
        """A sheet with these rows among its own."""
        self._pack()
        held = _DATA.search(xml)
        if held is None:
            raise ValueError("a sheet has rows")
        yield _DIMENSION.sub(b"", xml[: held.start(1)])
        own = ((int(row[1]), iter((row[0],))) for row in _ROW.finditer(held[1]))
        streamed = ((run.first, run.text()) for run in self._runs)
        for _, pieces in merge(own, streamed, key=lambda part: part[0]):
            yield from pieces
        yield xml[held.end(1) :]

    def _place(self, row: int, column: int, cell: Any) -> str:
        if row != self._row:
            self._go_to(row)
        style = self._styles.get(id(cell))
        if style is None:
            style = self._styles[id(cell)] = cell._get_xf_index()
        return f'r="{_letters(column + 1)}{row + 1}" s="{style}"'

    def _go_to(self, row: int) -> None:
        if row <= self._row:
            raise ValueError(f"row {row} comes after row {self._row}")
        self._end_row()
        if not self._runs or row != self._row + 1:
            self._pack()
            self._runs.append(_Run(row + 1))
        self._row = row

    def _end_row(self) -> None:
        if self._cells:
            text = f'<row r="{self._row + 1}"{self._head}>{"".join(self._cells)}</row>'
            self._text.append(text)
            self._size += len(text)
        self._cells, self._head = [], ""
        if self._size > _AT_ONCE:
            self._pack()

    def _pack(self) -> None:
        if self._cells:
            self._end_row()
        if self._text:
            self._runs[-1].add("".join(self._text).encode())
        self._text, self._size = [], 0


@define(eq=False)
class _Run:
    """Rows that follow each other, the first of this number, packed."""

    first: int
    _packed: list[bytes] = field(factory=list)

    def add(self, text: bytes) -> None:
        self._packed.append(zlib.compress(text, _QUICKLY))

    def text(self) -> Iterator[bytes]:
        return map(zlib.decompress, self._packed)


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return text_xml(text).decode()


def with_streams(package: bytes, streams: Mapping[str, RowStream]) -> bytes:
    """The workbook with streamed rows in its sheets, by the names of their parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as held,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        for entry in held.infolist():
            part = zipfile.ZipInfo(entry.filename, entry.date_time)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
            content = held.read(entry)
            with whole.open(part, "w") as written:
                for piece in streams[entry.filename].among(content) if entry.filename in streams else (content,):
                    written.write(piece)
    return stream.getvalue()
