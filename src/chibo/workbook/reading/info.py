"""`Thông tin`: whose book it is. Without a readable identity the whole book is refused."""

from __future__ import annotations

from typing import Any

from chibo.definitions.layouts import LayoutField, SheetLayout
from chibo.model import BOOK_YEARS, CellInfo
from chibo.workbook.reading import kinds
from chibo.workbook.reading.converters import ReadingContext, converter
from chibo.workbook.reading.hidden import report_hidden
from chibo.workbook.reading.labels import LabelValues, read_labels
from chibo.workbook.reading.outcomes import Unreadable
from chibo.workbook.reading.records import mandatory
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.showing import show


def read_info(sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport) -> LabelValues:
    """The values of `Thông tin`; every required label that is missing or empty is reported."""
    identity = mandatory(CellInfo)
    found = read_labels(of, context, report, identity=identity)
    year = found.values.get("year")
    if year is not None and year not in BOOK_YEARS:
        del found.values["year"]
    for field in of.labels:
        if not field.required or field.code in found.values:
            continue
        place = found.places.cells.get(field.code)
        if place is None:
            report.add(kinds.LABEL_MISSING, Spot(label=field.label), expected=field.label, of_book=True)
            continue
        seen = sheet.value(*place)
        if field.code in identity:
            report.add(
                kinds.INFO_UNREADABLE,
                Spot(*place, field.label),
                seen=show(seen),
                expected=_expected(field, context),
                of_book=True,
                shown=show(seen) or "–",
            )
        elif seen == "":
            report.add(kinds.INFO_EMPTY, Spot(*place, field.label))
    places = found.places.cells.values()
    report_hidden(report, {row for row, _ in places}, {column for _, column in places})
    return found


def _expected(field: LayoutField, context: ReadingContext) -> str:
    """What the value may be: one of a list, else what the layout's help says."""
    outcome = converter(field, context)("?")
    listed = outcome.expected if field.list and isinstance(outcome, Unreadable) else ""
    return listed or field.help.rstrip(".")


def info_of(found: LabelValues) -> CellInfo | None:
    """The cell of the book, None where its identity is not whole."""
    values: dict[str, Any] = found.values
    if not mandatory(CellInfo) <= values.keys():
        return None
    return CellInfo(**values, places=found.places)
