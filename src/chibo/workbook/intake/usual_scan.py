"""Step 5, the fast way: a sheet as Excel, LibreOffice and the usual libraries write it, taken apart by expressions.

They know few forms of a row and of a cell. The rows that match must be all that there is between the beginning and the
end of the sheet's data, byte for byte; a single byte in another form, and the sheet is parsed instead (`exact_scan`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from operator import ge

from attrs import define, field

from chibo.workbook.intake.addresses import MAX_COLUMNS, MAX_ROWS, column_number
from chibo.workbook.intake.around_rows import is_usual_around, place_of_rows
from chibo.workbook.intake.marks import BrokenCell, SheetCounts

_FORMULA = rb"<f(?: [^</>]*+)?+(?:/>|>[^<]*+</f>)"
_VALUE = rb"<v>[^<]*+</v>|<v/>|<is><t(?: [^</>]*+)?+>[^<]*+</t></is>"
_CONTENT = rb"(?:" + _FORMULA + rb")?+(?:" + _VALUE + rb")?+</c>"
_CELL = rb'<c r="[A-Z]{1,3}+\2"(?:(?: s="\d++")?+ ?/>|[^</>]*+>' + _CONTENT + rb")"
_ROWS = re.compile(rb'(<row r="([1-9]\d{0,6}+)"([^</>]*+)(?:/>|>(?:' + _CELL + rb")*+</row>))")
"""All of a row, its number, its other attributes. Every cell in it names this row."""
_LETTERS = re.compile(rb'<(?:row|c r="([A-Z]{1,3}+))')
"""In rows that matched: the column of each cell, nothing where a row begins."""
_HELD = re.compile(rb'<c r="([A-Z]{1,3}+)(\d++)"([^</>]*+)>(' + _CONTENT + rb")")
"""In rows that matched: column, row, other attributes and content of each cell that has more than a format."""
_PLAIN = re.compile(rb'(?:\s+(?!r=)[A-Za-z_][\w:.-]*+="[^"&]*+")*+\s*+\Z')
_KIND = re.compile(rb'\st="(\w+)"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_STRING = re.compile(rb"<v>(\d{1,9})</v></c>\Z")
_TEXT = {tag: re.compile(rb"<" + tag + rb"\b[^>]*>([^<]*)<") for tag in (b"v", b"f")}
_ODD_NUMBER = re.compile(rb"<v>[^<]*?(?:[^-+.\deE<]|[eE][-+]?\d{3}|\d{300})")
"""A number that may be too large for any, or none at all."""
_VALUELESS = (b"</f></c>", b"/></c>", b"<v></v></c>")
_END_OF_ROW = b"</row>"
_STRETCH = 1 << 16
"""Bytes of a sheet that are taken apart at once, so that a large sheet needs little more memory than a small one."""


class _UnusualError(Exception):
    """Inside this module only: the sheet is in another form."""


@define(eq=False)
class UsualScan:
    """What the cells of a sheet in the usual form tell, and all that stands before and after them."""

    head: bytes
    tail: bytes
    broken: dict[tuple[int, int], BrokenCell] = field(factory=dict)
    hidden_rows: set[int] = field(factory=set)
    strings: int = 0
    """How many shared strings there must be."""
    cells: int = 0
    values: int = 0
    errors: int = 0
    first_row: int = 0
    last_row: int = 0
    columns: tuple[int, int] = (0, 0)
    """The first and the last column with a cell, if only with a format."""

    @property
    def counts(self) -> SheetCounts:
        """The counts of the sheet."""
        return SheetCounts(self.values, self.errors, len(self.broken) - self.errors)

    @property
    def area(self) -> int:
        """The rectangle around all cells."""
        return (self.last_row - self.first_row + 1) * (self.columns[1] - self.columns[0] + 1)


def scan_usually(xml: bytes) -> UsualScan | None:
    """What the cells of a sheet tell, None where it is not in the usual form."""
    place = place_of_rows(xml)
    if place is None:
        return None
    begin, end = place
    scan = UsualScan(xml[:begin], xml[end:])
    if not is_usual_around(scan.head, scan.tail):
        return None
    try:
        for start, stop in _stretches(xml, begin, end):
            _add_rows(scan, _ROWS.findall(xml, start, stop), stop - start)
            _add_columns(scan, _LETTERS.findall(xml, start, stop))
            _add_held(scan, _HELD.findall(xml, start, stop))
    except _UnusualError:
        return None
    return scan


def _stretches(xml: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each stretch; it ends with a row."""
    while begin < end:
        row = xml.find(_END_OF_ROW, min(begin + _STRETCH, end), end)
        stop = row + len(_END_OF_ROW) if row >= 0 else end
        yield begin, stop
        begin = stop


def _add_rows(scan: UsualScan, rows: Sequence[tuple[bytes, bytes, bytes]], length: int) -> None:
    """The rows of a stretch: they fill it, and each comes after the one before."""
    if not rows:
        raise _UnusualError
    texts, written, attributes = zip(*rows, strict=True)
    numbers = [scan.last_row, *map(int, written)]
    if sum(map(len, texts)) != length or any(map(ge, numbers, numbers[1:])) or numbers[-1] > MAX_ROWS:
        raise _UnusualError
    hidden = {found for found in {*attributes} if _is_hidden(found)}
    if hidden:
        scan.hidden_rows.update(
            number for number, found in zip(numbers[1:], attributes, strict=True) if found in hidden
        )
    scan.first_row, scan.last_row = scan.first_row or numbers[1], numbers[-1]


def _add_columns(scan: UsualScan, letters: Sequence[bytes]) -> None:
    """The columns of the cells of a stretch, row by row: each comes after the one before."""
    scan.cells += len(letters) - letters.count(b"")
    for row in {*b" ".join(letters).split(b"  ")}:
        columns = [*map(_column, row.split())]
        if any(map(ge, columns, columns[1:])):
            raise _UnusualError
        if columns:
            scan.columns = (min(scan.columns[0] or columns[0], columns[0]), max(scan.columns[1], columns[-1]))


def _add_held(scan: UsualScan, cells: Sequence[tuple[bytes, bytes, bytes, bytes]]) -> None:
    """The cells of a stretch that have more than a format."""
    kinds = {attributes: _kind(attributes) for attributes in {cell[2] for cell in cells}}
    contents: dict[bytes, list[bytes]] = {kind: [] for kind in kinds.values()}
    of = {attributes: contents[kind].append for attributes, kind in kinds.items()}
    for _, _, attributes, content in cells:
        of[attributes](content)
    if _ODD_NUMBER.search(b"".join(contents.get(b"n", ()))):
        raise _UnusualError
    for kind, found in contents.items():
        scan.values += 0 if kind == b"e" else len(found) - _empty(found)
    scan.strings = max(0, scan.strings, *map(_strings_for, {*contents.get(b"s", ())}))
    if any(_has_broken(kind, found) for kind, found in contents.items()):
        for letters, row, attributes, content in cells:
            _add_broken(scan, (int(row), _column(letters)), kinds[attributes], content)


def _empty(contents: list[bytes]) -> int:
    """How many of these contents hold no value."""
    count = b"".join(contents).count
    return sum(map(count, _VALUELESS)) + count(b"></t></is></c>") + contents.count(b"</c>")


def _has_broken(kind: bytes, contents: list[bytes]) -> bool:
    """Whether one of these cells may hold something, but no value."""
    joined = b"".join(contents)
    if kind in {b"e", b"str"}:
        return kind == b"e" or joined.count(b"<v") < len(contents)
    return b"<f" in joined and any(end in joined for end in _VALUELESS)


def _add_broken(scan: UsualScan, place: tuple[int, int], kind: bytes, content: bytes) -> None:
    """Keep the cell where it shows an error, or is a formula that was never calculated; an empty text is a value."""
    if kind == b"e":
        scan.errors += 1
        scan.broken[place] = BrokenCell(error=_text(content, b"v") or "#?", formula=_text(content, b"f"))
    elif content.startswith(b"<f") and content.endswith(_VALUELESS) and not (kind == b"str" and b"<v" in content):
        scan.broken[place] = BrokenCell(formula=_text(content, b"f"))


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    """The number of a column, 0 for none."""
    column = column_number(letters.decode("ascii"))
    if column > MAX_COLUMNS:
        raise _UnusualError
    return column


@lru_cache(maxsize=1024)
def _is_hidden(attributes: bytes) -> bool:
    """Whether a row with these attributes is hidden."""
    if not _PLAIN.match(attributes):
        raise _UnusualError
    return _HIDDEN.search(attributes) is not None


@lru_cache(maxsize=1024)
def _kind(attributes: bytes) -> bytes:
    """The type of the cells with these attributes."""
    if not _PLAIN.match(attributes):
        raise _UnusualError
    found = _KIND.search(attributes)
    if found is None:
        return b"n"
    if found[1] == b"d":  # a moment in words, of which each has to be looked at
        raise _UnusualError
    return found[1]


def _strings_for(content: bytes) -> int:
    """How many shared strings there must be for this cell to name one of them."""
    found = _STRING.match(content)
    if found is None:
        raise _UnusualError
    return int(found[1]) + 1


def _text(content: bytes, tag: bytes) -> str:
    found = _TEXT[tag].search(content)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""
