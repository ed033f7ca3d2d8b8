"""Facts as an Excel workbook: one sheet, one row per meeting, the columns of `chibo facts` in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chibo.model import FACT_COLUMNS, MeetingFacts
from chibo.workbook.text_book import TextBook

SHEET = "Dữ kiện"
_WIDTHS = {"cell_name": 40, "kind": 13, "held_on": 12, "frame": 18, "source": 30, "meeting_code": 14}
_USUAL_WIDTH = 13
_ARROW = 5
"""Characters that the arrow of the filter and bold letters take of a heading's room."""


class _Looks(NamedTuple):
    """How figures and days look."""

    number: Format
    day: Format


def write_facts(rows: Iterable[MeetingFacts], day: date) -> bytes:
    """The workbook of these facts. Codes and names are text, figures numbers, an unknown value an empty cell.

    `day` is the date in the document's properties: the same facts on the same day give the same bytes.
    """
    stream = io.BytesIO()
    book = TextBook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": SHEET, "created": datetime.combine(day, time())})
    sheet = book.add_worksheet(SHEET)
    heading = book.add_format({"bold": True, "bg_color": "#EEF1F5", "bottom": 1})
    # Figures stand off the right edge, where they would touch the words beside them.
    looks = _Looks(
        number=book.add_format({"align": "right", "indent": 1}), day=book.add_format({"num_format": "dd/mm/yyyy"})
    )
    for column, name in enumerate(FACT_COLUMNS):
        sheet.set_column(column, column, max(_WIDTHS.get(name, _USUAL_WIDTH), len(name) + _ARROW))
        sheet.write_string(0, column, name, heading)
    count = 0
    for count, facts in enumerate(rows, start=1):
        for column, name in enumerate(FACT_COLUMNS):
            _write(sheet, count, column, getattr(facts, name), looks)
    sheet.freeze_panes(1, FACT_COLUMNS.index("cell_name") + 1)
    sheet.autofilter(0, 0, count, len(FACT_COLUMNS) - 1)
    book.close()
    return stream.getvalue()


def is_facts(data: bytes) -> bool:
    """Whether `data` is such a workbook, which newer facts may replace."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            named = f'name="{SHEET}"'.encode() in package.read("xl/workbook.xml")
            return named and f">{FACT_COLUMNS[0]}<".encode() in package.read("xl/sharedStrings.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def _write(sheet: Worksheet, row: int, column: int, value: object, looks: _Looks) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "Có" if value else "Không")
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, float(value), looks.number)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), looks.day)
    else:
        sheet.write_string(row, column, str(value))
