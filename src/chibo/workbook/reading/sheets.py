"""Reading sheets: in one compiled pass where they are in the usual form; otherwise calamine and a pass of our own."""

from __future__ import annotations

from collections.abc import Iterable

from chibo.workbook.intake.package import Package, SheetPart
from chibo.workbook.reading.native_sheets import read_natively
from chibo.workbook.reading.references import fill_repeated
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.xml_details import XmlDetails


def read_sheets(file: str, package: Package, wanted: Iterable[SheetPart]) -> dict[str, Sheet]:
    """The wanted sheets by name. Raises RefusedError where the file turns out to be damaged after all."""
    parts = list(wanted)
    found = read_natively(package, parts)
    others = [part for part in parts if part.name not in found]
    if others:
        from chibo.workbook.reading.calamine_sheets import read_by_calamine  # noqa: PLC0415 - most workbooks do without

        found |= read_by_calamine(package, others)
    sheets = {
        part.name: Sheet(file, part.name, part.hidden, rows, marks, XmlDetails(package, part.part, marks.formulas))
        for part in parts
        for rows, marks in [found[part.name]]
    }
    fill_repeated(sheets)
    return sheets
