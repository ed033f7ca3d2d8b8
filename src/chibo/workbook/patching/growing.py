"""Ranges that end with a table reach on over the rows that are added to it.

What was set up for the rows of a table (lists to choose from, conditional colours, filters, print areas, names) holds
for the new ones as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.package_edit import PackageEdit
from chibo.workbook.patching.references import areas_of
from chibo.workbook.patching.xml_bytes import attribute, elements, escaped, prefix_of, spliced, with_attribute

_EXTENSION = re.compile(rb"<(\w+:)(dataValidation|conditionalFormatting)(?=[\s>]).*?</\1\2\s*>", re.DOTALL)
_PLACES = re.compile(rb"(<(?:\w+:)?sqref(?:\s[^>]*)?>)([^<]*)(?=</)")
_NAMED_BLOCK = re.compile(r"^(?P<head>[^,(]+!\$?[A-Za-z]+\$?\d+:\$?[A-Za-z]+\$?)(?P<last>\d+)$")
_PRINTED = "_xlnm.print_area"


@frozen
class Growth:
    """Rows were added to a table under the header in `header_row`: behind its `last` row, from `first` down to `to`.

    `left` and `right` are the outermost columns of the table.
    """

    header_row: int
    last: int
    first: int
    to: int
    left: int
    right: int

    def grown(self, reference: str) -> str:
        """A range as it is to reach now, `A6:C9` or `A6`; as it was where it does not end with the table."""
        head, _, tail = reference.partition(":")
        start, end = split_address(head), split_address(tail or head)
        if start is None or end is None or not self.concerns(*start, *end, above=False):
            return reference
        return f"{head}:{(tail or head).rstrip('0123456789')}{self.to}"

    def concerns(self, top: int, left: int, bottom: int, right: int, *, above: bool) -> bool:
        """Whether a block ends with the table; `above`: it may begin above the header."""
        ends = self.last <= bottom < self.first and left <= self.right and right >= self.left
        return ends and (above or top >= self.header_row)


def grow_ranges(edit: PackageEdit, sheet: str, growths: Sequence[Growth]) -> None:
    """Let the ranges of a sheet, and the names that mean one, reach over the rows that were added."""
    part = edit.sheet_part(sheet)
    xml = edit.read(part)
    behind = xml.rfind(b"sheetData")
    prefix = prefix_of(xml)
    pieces = []
    for tag, name in ((b"autoFilter", b"ref"), (b"conditionalFormatting", b"sqref"), (b"dataValidation", b"sqref")):
        for found in elements(xml, prefix + tag, behind):
            grown = _all_grown(attribute(found.attributes, name) or "", growths)
            if grown != attribute(found.attributes, name):
                start = found.start + len(b"<" + prefix + tag)
                attributes = with_attribute(found.attributes, name, grown)
                pieces.append((start, start + len(found.attributes), attributes))
    for extension in _EXTENSION.finditer(xml, behind):
        for places in _PLACES.finditer(xml, extension.start(), extension.end()):
            grown = _all_grown(places[2].decode("ascii", "replace"), growths)
            pieces.append((places.start(2), places.end(2), grown.encode("ascii", "replace")))
    edit.write(part, spliced(xml, pieces))
    _grow_names(edit, sheet, growths)


def _all_grown(references: str, growths: Sequence[Growth]) -> str:
    grown = references.split()
    for growth in growths:
        grown = [growth.grown(reference) for reference in grown]
    return " ".join(grown)


def _grow_names(edit: PackageEdit, sheet: str, growths: Sequence[Growth]) -> None:
    xml = edit.read(edit.workbook)
    pieces = []
    for found in elements(xml, prefix_of(xml) + b"definedName"):
        text = xml[found.inner_start : found.inner_end].decode("utf-8", "replace").replace("&amp;", "&")
        text = text.replace("&apos;", "'")
        block, areas = _NAMED_BLOCK.match(text), list(areas_of(text, ""))
        if block is None or len(areas) != 1 or areas[0].sheet != sheet.lower():
            continue
        area, above = areas[0], (attribute(found.attributes, b"name") or "").lower() == _PRINTED
        for growth in growths:
            if growth.concerns(area.top, area.left, area.bottom, area.right, above=above):
                grown = escaped(f"{block['head']}{growth.to}")
                pieces.append((found.inner_start, found.inner_end, grown))
                break
    edit.write(edit.workbook, spliced(xml, pieces))
