"""The first visible sheet of any workbook as rows of text, for simple lists that people keep in Excel."""

from __future__ import annotations

from datetime import date

from chibo.definitions.wording import clean_text
from chibo.findings import Finding
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.opening import open_book
from chibo.workbook.reading.sheet import Raw


def read_text_rows(data: bytes, file: str) -> list[list[str]] | Finding:
    """The rows that hold something, each from column A on; the finding where the workbook cannot be read."""
    try:
        opened = open_book(data, file)
        shown = [part for part in opened.sheets if not part.hidden] or list(opened.sheets)
        sheets = opened.read(shown[:1])
        convert_old_text(sheets)
        (sheet,) = sheets.values()
    except RefusedError as refusal:
        return refusal.finding(file)
    return [[_text(cell) for cell in row] for row in sheet.rows.values()]


def _text(value: Raw) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | float | int):
        return clean_text(str(value))
    # Errors and formulas without a value are nothing that a list could mean.
    return value.isoformat() if isinstance(value, date) else ""
