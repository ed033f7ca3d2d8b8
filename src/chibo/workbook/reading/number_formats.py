"""What the formats of a workbook make of its numbers: the value reader is asked, so that there is one opinion only.

It is given a workbook of our own making with one number in each format, once for all workbooks with the same formats.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO

from python_calamine import CalamineWorkbook

from chibo.workbook.reading.impossible_numbers import is_no_moment
from chibo.workbook.reading.plain_package import made_package
from chibo.workbook.reading.sheet import Raw

NUMBER, MOMENT, SPAN = range(3)
"""What a format makes of a number: itself, a day or a time, a length of time."""

_FORMAT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?xf\b")
_MOST_FORMATS = 65_536
"""Excel has fewer."""
_MOST_BYTES = 1 << 20
"""Formats that take more room are not remembered, nor looked at here."""
_A_DAY_AND_A_HALF = 1.5
_FIRST_SURE_DAY, _LAST_SURE_DAY = 61, 2_958_465
"""Serials whose day is beyond doubt: after the 29/02/1900 that Excel has and the calendar has not, up to 31/12/9999."""
_DAY_ZERO = date(1899, 12, 30)


def kinds_of_formats(styles: bytes) -> bytes | None:
    """NUMBER, MOMENT or SPAN for each format by its index; None where that cannot be said."""
    if len(styles) > _MOST_BYTES:
        return None
    return _kinds(styles)


@lru_cache(maxsize=32)
def _kinds(styles: bytes) -> bytes | None:
    count = len(_FORMAT.findall(styles))
    if count > _MOST_FORMATS:
        return None
    values = _shown([(_A_DAY_AND_A_HALF, style) for style in range(count)], styles, is_1904=False)
    if values is None:
        return None
    return bytes(map(_kind, values))


def _kind(shown: Raw) -> int:
    return NUMBER if isinstance(shown, float) else SPAN if isinstance(shown, timedelta) else MOMENT


@lru_cache(maxsize=8192)
def moment_of(serial: float, kind: int, is_1904: bool) -> Raw | None:
    """The day, time or span that a number stands for, itself where it is none; None where nobody has an answer."""
    if kind == MOMENT and not is_1904 and serial.is_integer() and _FIRST_SURE_DAY <= serial <= _LAST_SURE_DAY:
        return _DAY_ZERO + timedelta(days=int(serial))
    if is_no_moment(serial):
        return serial
    values = _shown([(serial, 0)], _STYLES[kind], is_1904=is_1904)
    return values[0] if values else None


_STYLES = {
    kind: (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<cellXfs><xf numFmtId="%d"/></cellXfs></styleSheet>' % number
    )
    for kind, number in ((MOMENT, 22), (SPAN, 46))
}
"""Excel's own formats for a day with its time, and for hours beyond a day."""


def _shown(numbers: list[tuple[float, int]], styles: bytes, *, is_1904: bool) -> list[Raw] | None:
    """What the value reader makes of numbers in formats, None where it cannot."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="{style}"><v>{number!r}</v></c></row>'
        for row, (number, style) in enumerate(numbers, 1)
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    package = made_package([sheet.encode("ascii")], styles, is_1904=is_1904)
    try:
        values = CalamineWorkbook.from_filelike(BytesIO(package)).get_sheet_by_index(0).to_python()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # its errors and its panics: the whole sheet is read in the other way, which knows them
        return None
    return [row[0] for row in values]
