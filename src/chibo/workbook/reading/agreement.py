"""Two ways of reading a sheet must agree: our count of its values, and the values that the reader gave.

Neither way alone tells the truth (the reader gives an empty cell for an error, a search over bytes can be misled), so a
sheet on which they differ is gone through cell by cell, and refused where they still differ.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.exact_scan import ExactScan, scan_exactly
from chibo.workbook.intake.marks import SheetMarks
from chibo.workbook.intake.package import Package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.shared_strings import string_texts
from chibo.workbook.reading.sheet import Row


def agreed_marks(xml: bytes, sheet: str, marks: SheetMarks, rows: Mapping[int, Row], package: Package) -> SheetMarks:
    """The marks of a sheet, their counts exact; RefusedError where `rows`, as read, hold other cells than the XML."""
    read = sum(len(row) - row.count("") for row in rows.values())
    if read == marks.counts.values:
        return marks
    limits: SheetLimits = package.parts.limits.sheet
    held = _cells_with_text(scan_exactly(xml, sheet, limits), package)
    given = {(number, column) for number, row in rows.items() for column, value in enumerate(row, 1) if value != ""}
    if given != held:
        raise RefusedError(kinds.READERS_DISAGREE, sheet=sheet, cell=min(given ^ held), seen=read, limit=len(held))
    return evolve(marks, counts=evolve(marks.counts, values=len(held)))


def _cells_with_text(scan: ExactScan, package: Package) -> set[tuple[int, int]]:
    """The places of the cells that show something; a shared text may be empty."""
    texts = string_texts(package.parts.read(package.strings), package.strings) if package.strings else []
    empty = {str(index) for index, text in enumerate(texts) if not text}
    return {
        place
        for place, cell in scan.cells.items()
        if cell.value and not cell.is_error and not (cell.kind == "s" and cell.value in empty)
    }
