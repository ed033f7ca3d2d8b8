"""Excel's own tables (ranges with a name): a row written right under one belongs to it from then on."""

from __future__ import annotations

from collections.abc import Collection

from chibo.model import column_letters
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.package_edit import PackageEdit
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.patching.xml_bytes import attribute, element, prefix_of, spliced, with_attribute


def widen_tables(edit: PackageEdit, sheet_part: str, written: Collection[Address]) -> None:
    """Let the tables of a sheet reach down over the rows that were written right below them."""
    for relation in list(edit.relations(sheet_part)):
        if relation.kind == "table" and edit.name(relation.target):
            _widen(edit, relation.target, written)


def _widen(edit: PackageEdit, part: str, written: Collection[Address]) -> None:
    xml = edit.read(part)
    prefix = prefix_of(xml)
    table = element(xml, prefix + b"table")
    if table is None or (attribute(table.attributes, b"totalsRowCount") or "0") != "0":
        return
    first, _, last = (attribute(table.attributes, b"ref") or "").partition(":")
    start, end = split_address(first), split_address(last)
    if start is None or end is None:
        return
    rows = {row for row, column in written if start[1] <= column <= end[1]}
    bottom = end[0]
    while bottom + 1 in rows:
        bottom += 1
    if bottom == end[0]:
        return
    ref = f"{first}:{column_letters(end[1])}{bottom}"
    pieces = []
    for tag in (b"table", b"autoFilter"):
        found = element(xml, prefix + tag)
        if found is not None and attribute(found.attributes, b"ref") == f"{first}:{last}":
            at = found.start + len(b"<" + prefix + tag)
            pieces.append((at, at + len(found.attributes), with_attribute(found.attributes, b"ref", ref)))
    edit.write(part, spliced(xml, pieces))
