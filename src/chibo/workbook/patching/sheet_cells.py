"""The rows and cells of a sheet's XML where they stand, and writing into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from chibo.errors import OutputError
from chibo.model import column_letters
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.cell_xml import edited_cell
from chibo.workbook.patching.values import CellEdit, Keep, Result
from chibo.workbook.patching.xml_bytes import (
    Element,
    attribute,
    element,
    elements,
    in_encoding_of,
    prefix_of,
    spliced,
    with_attribute,
    without_hidden_text,
)

Address = tuple[int, int]
"""Row and column, 1-based."""

_SPANS = re.compile(r"^(\d+):(\d+)$")


@frozen
class Row:
    """A row where it stands."""

    number: int
    span: Element


@frozen
class Cell:
    """A cell where it stands; `body` is what is inside its element."""

    row: int
    column: int
    span: Element
    body: bytes

    @property
    def style(self) -> int:
        """The index of its style."""
        text = attribute(self.span.attributes, b"s")
        return int(text) if text and text.isdecimal() else 0


@define(eq=False)
class SheetCells:
    """The XML of one worksheet. Rows and cells without an address stand behind the one before them."""

    xml: bytes
    prefix: bytes = field(init=False)
    _searched: bytes = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.prefix = prefix_of(self.xml)
        self._searched = without_hidden_text(self.xml)

    @property
    def data(self) -> Element:
        """The element that holds the rows. Raises OutputError for a sheet without one."""
        found = element(self._searched, self.prefix + b"sheetData")
        if found is None:
            raise OutputError(
                "Trang tính trong tệp không có phần dữ liệu. Hãy mở tệp bằng Excel, lưu lại rồi thử lại.",
                english="A sheet of the file has no part for data. Open the file in Excel, save it and try again.",
            )
        return found

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file."""
        data, number = self.data, 0
        for span in elements(self._searched, self.prefix + b"row", data.inner_start, data.inner_end):
            text = attribute(span.attributes, b"r")
            number = int(text) if text and text.isdecimal() else number + 1
            yield Row(number, span)

    def cells(self, row: Row) -> Iterator[Cell]:
        """The cells of a row in the order of the file."""
        column = 0
        for span in elements(self._searched, self.prefix + b"c", row.span.inner_start, row.span.inner_end):
            place = split_address(attribute(span.attributes, b"r") or "")
            column = place[1] if place else column + 1
            yield Cell(row.number, column, span, self.xml[span.inner_start : span.inner_end])

    def all_cells(self) -> Iterator[Cell]:
        """Every cell of the sheet."""
        for row in self.rows():
            yield from self.cells(row)

    def find(self, wanted: frozenset[Address] | set[Address]) -> dict[Address, Cell]:
        """The cells at these addresses that the file holds."""
        numbers = {row for row, _ in wanted}
        found = {}
        for row in self.rows():
            if row.number in numbers:
                for cell in self.cells(row):
                    if (cell.row, cell.column) in wanted:
                        found[cell.row, cell.column] = cell
        return found


def with_cells(sheet: SheetCells, edits: Mapping[Address, CellEdit], is_1904: bool) -> bytes:
    """The sheet's XML with the edits written in; cells and rows that it does not hold yet are put in their order.

    A result is only stored where a formula stands. Raises OutputError for a value that no cell can hold.
    """
    by_row: dict[int, dict[int, CellEdit]] = {}
    for (number, column), edit in edits.items():
        by_row.setdefault(number, {})[column] = edit
    pieces: list[tuple[int, int, bytes]] = []
    last = 0
    waiting = sorted(by_row)
    for row in sheet.rows():
        while waiting and waiting[0] < row.number:
            pieces.append(
                (row.span.start, row.span.start, _new_row(sheet, waiting[0], by_row[waiting.pop(0)], is_1904))
            )
        if waiting and waiting[0] == row.number:
            pieces += _in_row(sheet, row, by_row[waiting.pop(0)], is_1904)
        last = row.span.end
        if not waiting:
            break
    if waiting:
        rest = b"".join(_new_row(sheet, number, by_row[number], is_1904) for number in waiting)
        pieces += _behind_rows(sheet, last, rest)
    pieces += _dimension(
        sheet, [address for address, edit in edits.items() if not isinstance(edit.value, Keep | Result)]
    )
    encoded = [(start, end, in_encoding_of(sheet.xml, piece)) for start, end, piece in pieces if piece or start != end]
    return spliced(sheet.xml, encoded)


def _behind_rows(sheet: SheetCells, last: int, rest: bytes) -> list[tuple[int, int, bytes]]:
    data = sheet.data
    if not data.is_empty:
        at = last or data.inner_start
        return [(at, at, rest)]
    tag = sheet.prefix + b"sheetData"
    return [(data.start, data.end, b"<%s%s>%s</%s>" % (tag, data.attributes.rstrip(), rest, tag))]


def _new_row(sheet: SheetCells, number: int, edits: Mapping[int, CellEdit], is_1904: bool) -> bytes:
    cells = b"".join(_new_cell(sheet, number, column, edits[column], is_1904) for column in sorted(edits))
    return b'<%srow r="%d">%s</%srow>' % (sheet.prefix, number, cells, sheet.prefix) if cells else b""


def _new_cell(sheet: SheetCells, row: int, column: int, edit: CellEdit, is_1904: bool) -> bytes:
    if isinstance(edit.value, Result) or (edit.value is None and edit.style is None):
        return b""
    address = b' r="%s%d"' % (column_letters(column).encode("ascii"), row)
    return edited_cell(sheet.prefix, address, b"", edit, is_1904)


def _in_row(sheet: SheetCells, row: Row, edits: Mapping[int, CellEdit], is_1904: bool) -> list[tuple[int, int, bytes]]:
    """The pieces by which a row of the file changes."""
    waiting = sorted(edits)
    if row.span.is_empty:
        tag = sheet.prefix + b"row"
        inside = b"".join(_new_cell(sheet, row.number, column, edits[column], is_1904) for column in waiting)
        attributes = _spans(row.span.attributes.rstrip(), waiting)
        return [(row.span.start, row.span.end, b"<%s%s>%s</%s>" % (tag, attributes, inside, tag))] if inside else []
    pieces: list[tuple[int, int, bytes]] = []
    for cell in sheet.cells(row):
        while waiting and waiting[0] < cell.column:
            column = waiting.pop(0)
            piece = _new_cell(sheet, row.number, column, edits[column], is_1904)
            pieces.append((cell.span.start, cell.span.start, piece))
        if waiting and waiting[0] == cell.column:
            edit = edits[waiting.pop(0)]
            attributes = cell.span.attributes.rstrip()
            pieces.append((cell.span.start, cell.span.end, _edited(sheet, cell, attributes, edit, is_1904)))
    rest = b"".join(_new_cell(sheet, row.number, column, edits[column], is_1904) for column in waiting)
    pieces.append((row.span.inner_end, row.span.inner_end, rest))
    attributes = _spans(row.span.attributes, list(edits))
    if attributes != row.span.attributes:
        start = row.span.start + len(b"<" + sheet.prefix + b"row")
        pieces.append((start, start + len(row.span.attributes), attributes))
    return pieces


def _edited(sheet: SheetCells, cell: Cell, attributes: bytes, edit: CellEdit, is_1904: bool) -> bytes:
    if isinstance(edit.value, Result) and b"<" + sheet.prefix + b"f" not in cell.body:
        return sheet.xml[cell.span.start : cell.span.end]
    return edited_cell(sheet.prefix, attributes, cell.body, edit, is_1904)


def _spans(attributes: bytes, columns: list[int]) -> bytes:
    """A row's note of which columns it fills, widened where cells were added outside."""
    found = _SPANS.match(attribute(attributes, b"spans") or "")
    if not found:
        return attributes
    first, last = min(int(found[1]), *columns), max(int(found[2]), *columns)
    if (first, last) == (int(found[1]), int(found[2])):
        return attributes
    return with_attribute(attributes, b"spans", f"{first}:{last}")


def _dimension(sheet: SheetCells, written: list[Address]) -> list[tuple[int, int, bytes]]:
    """The sheet's note of the rectangle in use, widened where something was written outside."""
    found = element(sheet._searched[: sheet.data.start], sheet.prefix + b"dimension")
    if found is None or not written:
        return []
    first, _, last = (attribute(found.attributes, b"ref") or "").partition(":")
    corners = [place for text in (first, last or first) if (place := split_address(text.replace("$", "")))]
    if len(corners) < 2:
        return []
    rows = [row for row, _ in (*corners, *written)]
    columns = [column for _, column in (*corners, *written)]
    if (min(rows), min(columns), max(rows), max(columns)) == (*corners[0], *corners[1]):
        return []
    ref = f"{column_letters(min(columns))}{min(rows)}:{column_letters(max(columns))}{max(rows)}"
    attributes = with_attribute(found.attributes, b"ref", ref)
    start = found.start + len(b"<" + sheet.prefix + b"dimension")
    return [(start, start + len(found.attributes), attributes)]
