"""The fast way: sheets in the usual form, taken apart in one pass by the compiled `chibo_native`, if installed.

It knows few forms of a row, a cell and a text; what is in another form, too large or too far apart is None here, and is
read in the other way (`calamine_sheets`), which gives the same answers to what both can read, and says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake.around_rows import place_of_rows, refuse_many_merges
from chibo.workbook.intake.marks import BrokenCell, SheetCounts, SheetMarks
from chibo.workbook.intake.package import Package, SheetPart
from chibo.workbook.intake.shared_strings import items_in, refuse_much_text
from chibo.workbook.reading.number_formats import kinds_of_formats, moment_of
from chibo.workbook.reading.sheet import Raw, Row
from chibo.workbook.reading.usual_xml import USUAL_HEAD, resolved

try:
    from chibo_native.usual import Common, SheetCells, shared_texts, sheet_cells

    from chibo.workbook.reading.surroundings import surroundings

    INSTALLED = True
except ImportError:
    INSTALLED = False

_TEXTS_HEAD = re.compile(rb"""(?:\xef\xbb\xbf)?(?:<\?xml [^?<>]*\?>)?\s*<sst(?:\s+[\w:.-]+="[^"<&]*")*\s*>\s*""")
"""What stands before the first text: were a text hidden there, all others would be counted wrongly."""


def read_natively(package: Package, parts: Sequence[SheetPart]) -> dict[str, tuple[dict[int, Row], SheetMarks]]:
    """The values and marks of those sheets, by name, that are in the usual form.

    Raises RefusedError where there are too many merged ranges or shared texts.
    """
    if not INSTALLED:
        return {}
    common = _common(package)
    if common is None:
        return {}
    found = {}
    for part in parts:
        sheet = _sheet(package, part, common)
        if sheet is not None:
            found[part.name] = sheet
    return found


def _common(package: Package) -> Common | None:
    """What the sheets have in common; None where texts or formats are in another form."""
    limits = package.parts.limits.sheet
    strings = _texts(package, limits)
    formats = kinds_of_formats(package.parts.read(package.styles)) if package.styles else b""
    if strings is None or formats is None:
        return None
    return Common(
        strings,
        formats,
        resolved,
        moment_of,
        is_1904=package.is_1904,
        characters=limits.characters,
        cells=limits.cells,
        area=limits.area,
    )


def _texts(package: Package, limits: SheetLimits) -> list[str] | None:
    """The texts that sheets share, None where their part is in another form.

    Another reader might take something in the format of a run for a text: then all others would be counted wrongly.
    """
    if not package.strings:
        return []
    xml = package.parts.read(package.strings)
    first = xml.find(b"<si")
    head = xml[:first]
    if first < 0 or not USUAL_HEAD.match(xml) or not _TEXTS_HEAD.fullmatch(head):
        return None
    texts = shared_texts(xml, first, resolved)
    if texts is None or (b"<rPr" in xml and len(texts) != items_in(xml)):
        return None
    refuse_much_text(len(texts), xml, package.strings, limits)
    return texts


def _sheet(package: Package, part: SheetPart, common: Common) -> tuple[dict[int, Row], SheetMarks] | None:
    xml = package.sheet_xml(part)
    place = place_of_rows(xml)
    if place is None:
        return None
    begin, end = place
    around = surroundings(xml[:begin], xml[end:])
    cells = sheet_cells(xml, begin, end, common) if around else None
    if around is None or cells is None:
        return None
    refuse_many_merges(around.merge_count, part.name, package.parts.limits.sheet)
    broken = _broken(cells)
    rows: dict[int, Row] = _put_back(cells.rows, broken) if broken else cells.rows
    marks = SheetMarks(
        broken,
        around.merges,
        frozenset(cells.hidden_rows),
        around.hidden_columns,
        SheetCounts(cells.values, cells.errors, len(broken) - cells.errors),
        cells.formulas,
        cells.texts,
    )
    return rows, marks


def _broken(cells: SheetCells) -> dict[tuple[int, int], BrokenCell]:
    return {
        place: BrokenCell(_plain(value) or "#?" if is_error else "", _plain(formula))
        for place, (is_error, value, formula) in cells.broken.items()
    }


def _plain(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))


def _put_back(rows: dict[int, list[Raw]], broken: dict[tuple[int, int], BrokenCell]) -> dict[int, Row]:
    """The rows with the cells that hold something, but no value, at their places."""
    width = max(map(len, rows.values()), default=0)
    for (row, column), cell in broken.items():
        line = rows.setdefault(row, [""] * width)
        line.extend([""] * (column - len(line)))
        line[column - 1] = cell
    return dict(sorted(rows.items()))
