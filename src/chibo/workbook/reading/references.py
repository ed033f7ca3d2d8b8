"""Formulas that only repeat another cell: their value is known without calculating anything.

A program that fills a workbook without calculating it leaves every formula without a value. The member codes of our
own grids are such formulas (`IF('Đảng viên'!B5="","",'Đảng viên'!B5)`); without their values no mark could be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chibo.workbook.intake.addresses import split_address
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.sheet import Raw, Sheet

_REFERENCE = r"(?:(?:'(?:[^']|'')+'|[\w.]+)!)?\$?[A-Z]{1,3}\$?\d{1,7}"
_REPEATED = re.compile(rf'^(?:IF\(({_REFERENCE})="","",({_REFERENCE})(?:&"")?\)|({_REFERENCE})(?:&"")?)$')
_LONGEST_CHAIN = 8


def fill_repeated(sheets: Mapping[str, Sheet]) -> None:
    """Put the value in the place of every formula without one that only repeats a cell of the sheets that were read."""
    for sheet in sheets.values():
        for (row, column), cell in sheet.marks.broken.items():
            if cell.formula and not cell.error and sheet.value(row, column) is cell:
                value = repeated_value(cell, sheet, sheets)
                if value is not None:
                    sheet.put(row, column, value)


def repeated_value(cell: BrokenCell, sheet: Sheet, sheets: Mapping[str, Sheet]) -> Raw | None:
    """The value that a chain of repeating formulas ends in, None where it ends in a real formula or elsewhere."""
    for _ in range(_LONGEST_CHAIN):
        found = _REPEATED.match(cell.formula)
        if not found or found[1] != found[2]:
            return None
        name, _, address = (found[1] or found[3]).rpartition("!")
        target = sheets.get(name.strip("'").replace("''", "'")) if name else sheet
        place = split_address(address)
        if target is None or place is None:
            return None
        value = target.value(*place)
        if not isinstance(value, BrokenCell):
            return value
        if value.error:
            return value
        cell, sheet = value, target
    return None
