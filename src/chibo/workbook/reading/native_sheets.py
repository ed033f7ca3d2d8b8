"""The fast way: sheets in the usual form, taken apart in one pass by the compiled `chibo_native`, if installed.

It knows few forms of a row, a cell and a text; what is in another form, too large or too far apart is None here, and is
read in the other way (`sheets`), which gives the same answers to what both can read, and says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake.marks import BrokenCell, SheetCounts, SheetMarks
from chibo.workbook.intake.package import Package, SheetPart
from chibo.workbook.intake.shared_strings import count_strings
from chibo.workbook.intake.sheet_scan import hidden_columns, merges_in
from chibo.workbook.intake.usual_scan import data_bounds
from chibo.workbook.reading.number_formats import kinds_of_formats, moment_of
from chibo.workbook.reading.sheet import Raw, Row

try:
    from chibo_native.usual import SheetCells, shared_texts, sheet_cells

    INSTALLED = True
except ImportError:
    INSTALLED = False

_USUAL_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?<(?:\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")? ?\?>|[^?])"""
)
"""A part that says to be in UTF-8, or nothing about it."""
_TEXTS_HEAD = re.compile(rb"""(?:\xef\xbb\xbf)?(?:<\?xml [^?<>]*\?>)?\s*<sst(?:\s+[\w:.-]+="[^"<&]*")*\s*>\s*""")
"""What stands before the first text: were a text hidden there, all others would be counted wrongly."""
_MERGE = re.compile(rb'<mergeCell ref="[A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6}" ?/>')
"""A merged range as the value reader wants it: it breaks over any other."""
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def read_natively(package: Package, parts: Sequence[SheetPart]) -> dict[str, tuple[dict[int, Row], SheetMarks]]:
    """The values and marks of those sheets, by name, that are in the usual form.

    Raises RefusedError where there are too many merged ranges or shared texts.
    """
    if not INSTALLED:
        return {}
    limits = package.parts.limits.sheet
    strings = _texts(package, limits)
    formats = kinds_of_formats(package.parts.read(package.styles)) if package.styles else b""
    if strings is None or formats is None:
        return {}
    found = {}
    for part in parts:
        sheet = _sheet(package, part, strings, formats)
        if sheet is not None:
            found[part.name] = sheet
    return found


def _texts(package: Package, limits: SheetLimits) -> list[str] | None:
    """The texts that sheets share, None where their part is in another form."""
    if not package.strings:
        return []
    xml = package.parts.read(package.strings)
    count = count_strings(xml, package.strings, limits)
    first = xml.find(b"<si")
    head = xml[:first]
    if first < 0 or not _USUAL_HEAD.match(xml) or not _TEXTS_HEAD.fullmatch(head):
        return None
    texts = shared_texts(xml, first, resolved)
    return texts if texts is not None and len(texts) == count else None


def _sheet(
    package: Package, part: SheetPart, strings: list[str], formats: bytes
) -> tuple[dict[int, Row], SheetMarks] | None:
    xml = package.sheet_xml(part)
    bounds = data_bounds(xml) if _USUAL_HEAD.match(xml) else None
    if bounds is None:
        return None
    tail = xml[bounds[1] :]
    if tail.count(b"mergeCell ") != len(_MERGE.findall(tail)):
        return None
    limits = package.parts.limits.sheet
    cells = sheet_cells(
        xml, *bounds, strings, formats, resolved, characters=limits.characters, cells=limits.cells, area=limits.area
    )
    rows: dict[int, list[Raw]] | None = _with_moments(cells, package.is_1904) if cells else None
    if cells is None or rows is None:
        return None
    marks = SheetMarks(
        _broken(cells),
        merges_in(tail, part.name, limits),
        frozenset(cells.hidden_rows),
        hidden_columns(xml[: bounds[0]]),
        SheetCounts(cells.values, cells.errors, len(cells.broken) - cells.errors),
        cells.formulas,
    )
    return _filled(rows, marks), marks


def _with_moments(cells: SheetCells, is_1904: bool) -> dict[int, list[Raw]] | None:
    """The rows with days, times and spans in the place of their numbers; None where one cannot be said."""
    rows: dict[int, list[Raw]] = {**cells.rows}
    for row, column, serial, kind in cells.moments:
        value = moment_of(serial, kind, is_1904)
        if value is None:
            return None
        rows[row][column - 1] = value
    return rows


def _broken(cells: SheetCells) -> dict[tuple[int, int], BrokenCell]:
    return {
        place: BrokenCell(_plain(value) or "#?" if is_error else "", _plain(formula))
        for place, (is_error, value, formula) in cells.broken.items()
    }


def _plain(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))


def _filled(rows: dict[int, list[Raw]], marks: SheetMarks) -> dict[int, Row]:
    """Every row as wide as the widest, with the cells that hold something, but no value, at their places."""
    width = max(map(len, rows.values()), default=0)
    for (row, column), broken in marks.broken.items():
        line = rows.setdefault(row, [])
        line.extend([""] * (column - len(line)))
        line[column - 1] = broken
    for line in rows.values():
        line.extend([""] * (width - len(line)))
    return dict(sorted(rows.items())) if marks.broken else dict(rows)


def resolved(text: str) -> str | None:
    """A text with its references resolved, None where one of them is unknown."""
    try:
        return _REFERENCE.sub(_character, text)
    except LookupError:
        return None


def _character(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _NAMED[name]
    if not (decimal or hexadecimal):
        raise LookupError
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise LookupError
    return chr(code)
