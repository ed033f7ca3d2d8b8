"""The rows of a long return as a stream: made as XML while they are packed into the workbook, and then forgotten.

xlsxwriter keeps every cell until a workbook is closed, some 15 KB for each row of a return. Its own answer,
`constant_memory`, takes longer still and cannot merge downwards. So xlsxwriter makes the workbook with every format,
header, note and print setting, and the rows of the tables are put among its own, with what they merge.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from attrs import define, field

from chibo.workbook.returns.cells import RowLook
from chibo.workbook.returns.row_xml import RowXml
from chibo.workbook.returns.table_rows import TableRow

_LEVEL = 2
"""How hard is packed: the usual 6 takes three times as long for a seventh less."""
_ROWS_AT_ONCE = 64
_DATA = re.compile(rb"<sheetData>(.*)</sheetData>", re.DOTALL)
_ROW_NUMBER = re.compile(rb'<row r="(\d+)"')
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_MERGED = re.compile(rb'<mergeCells count="(\d+)">')


@define(eq=False)
class RowStream:
    """Takes the rows of a sheet's table, and makes them when the sheet around them stands."""

    _first: int = 0
    _looks: Mapping[RowLook, RowXml] = field(factory=dict)
    _rows: Iterable[TableRow] = ()

    def write(self, first: int, looks: Sequence[RowLook], rows: Iterable[TableRow]) -> None:
        """Have the rows written later, after the workbook with the formats of their looks is closed."""
        self._first, self._rows = first, rows
        self._looks = {look: RowXml(look) for look in looks}

    def among(self, xml: bytes) -> Iterator[bytes]:
        """The sheet, piece by piece, with these rows among its own."""
        held = _DATA.search(xml)
        if held is None:
            raise ValueError("a sheet has rows")
        below = next((row.start() for row in _ROW_NUMBER.finditer(held[1]) if int(row[1]) > self._first), len(held[1]))
        yield _DIMENSION.sub(b"", xml[: held.start(1)]) + held[1][:below]
        merged: list[bytes] = []
        rows = self._xml(merged)
        while block := b"".join(islice(rows, _ROWS_AT_ONCE)):
            yield block
        yield held[1][below:] + _with_merged(xml[held.end(1) :], merged)

    def _xml(self, merged: list[bytes]) -> Iterator[bytes]:
        """The rows; what they merge is added to the list."""
        for number, (look, height, values) in enumerate(self._rows, self._first + 1):
            made = self._looks[look]
            yield made.row(number, height, values)
            if look.merged:
                merged.append(made.merged(number))


def _with_merged(xml: bytes, merged: list[bytes]) -> bytes:
    """What stands below the rows of a sheet, with more merged cells; the sheet has some of its own."""
    if not merged:
        return xml
    start, count, others = _MERGED.split(xml, maxsplit=1)
    return b"".join((start, b'<mergeCells count="%d">' % (int(count) + len(merged)), *merged, others))


def with_streams(package: bytes, streams: Mapping[str, RowStream]) -> bytes:
    """The workbook with streamed rows in its sheets, by the names of their parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as held,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as whole,
    ):
        for name in held.namelist():
            content = held.read(name)
            with whole.open(name, "w") as written:
                for piece in streams[name].among(content) if name in streams else (content,):
                    written.write(piece)
    return stream.getvalue()
