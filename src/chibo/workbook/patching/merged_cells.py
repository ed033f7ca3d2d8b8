"""Merged ranges: what is written into one of their cells but the first stays in the file and shows nowhere."""

from __future__ import annotations

from collections.abc import Collection

from chibo.errors import OutputError
from chibo.model import column_letters
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.sheet_cells import Address, SheetCells
from chibo.workbook.patching.xml_bytes import attribute, elements


def refuse_covered(sheet: SheetCells, name: str, written: Collection[Address]) -> None:
    """Raise OutputError where one of these cells of the sheet `name` lies under a merged range.

    Excel does not show such a value, and Chibo would count it: two people would read two different books.
    """
    if not written or b"mergeCell" not in sheet.xml:
        return
    rows, columns = [row for row, _ in written], [column for _, column in written]
    for found in elements(sheet.xml, sheet.prefix + b"mergeCell", sheet.data.end):
        reference = attribute(found.attributes, b"ref") or ""
        first, _, last = reference.partition(":")
        start, end = split_address(first), split_address(last or first)
        if start is None or end is None or end[0] < min(rows) or start[0] > max(rows):
            continue
        if end[1] < min(columns) or start[1] > max(columns):
            continue
        for row, column in written:
            if (row, column) != start and start[0] <= row <= end[0] and start[1] <= column <= end[1]:
                at = f"{column_letters(column)}{row}"
                raise OutputError(
                    f"Ô {at} của trang «{name}» nằm trong các ô gộp {reference}, nơi Excel chỉ hiện ô đầu. Hãy bỏ gộp "
                    "các ô ấy trong Excel rồi ghi lại.",
                    english=f"The cell {at} of the sheet «{name}» lies in the merged cells {reference}, of which Excel "
                    "shows the first alone. Unmerge them in Excel and try again.",
                )
