"""Heights of rows: what our form gives a row for its texts, a row that is written into has as well.

Not every program finds the height of a row by itself when a formula comes to show a longer text.
"""

from __future__ import annotations

from collections.abc import Mapping

from chibo.workbook.patching.sheet_cells import SheetCells
from chibo.workbook.patching.xml_bytes import attribute, spliced, with_attribute

_HEIGHT = b"ht"


def heights_of(xml: bytes) -> dict[int, str]:
    """The rows of a worksheet that have a height of their own, in points as the file writes it."""
    if b" ht=" not in xml:
        return {}
    found = ((row.number, attribute(row.span.attributes, _HEIGHT)) for row in SheetCells(xml).rows())
    return {number: height for number, height in found if height is not None}


def with_heights(xml: bytes, heights: Mapping[int, str]) -> bytes:
    """The worksheet with these heights for rows that have none of their own; somebody's own height stays."""
    if not heights:
        return xml
    sheet = SheetCells(xml)
    pieces = []
    for row in sheet.rows():
        old = row.span.attributes
        if row.number in heights and attribute(old, _HEIGHT) is None:
            start = row.span.start + len(b"<" + sheet.prefix + b"row")
            new = with_attribute(with_attribute(old, _HEIGHT, heights[row.number]), b"customHeight", "1")
            pieces.append((start, start + len(old), new))
    return spliced(xml, pieces)
