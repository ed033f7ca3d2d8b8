"""What can be written into a spreadsheet cell, and how it stands there in XML."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from chibo.errors import OutputError
from chibo.workbook.patching.xml_bytes import escaped

LONGEST_TEXT = 32_767
"""Characters (UTF-16 units) that a spreadsheet cell holds."""


@frozen
class Keep:
    """The content stays; only the style changes."""


@frozen
class Result:
    """The stored result of the formula in the cell, which stays; None takes the result away, to be computed anew."""

    value: str | float | bool | None


KEEP: Final = Keep()
Constant: TypeAlias = str | int | float | bool | Decimal | Fraction | date | time | None
Value: TypeAlias = Constant | Keep | Result


@frozen
class CellEdit:
    """What becomes of one spreadsheet cell: its value, and a style (an index of cellXfs) where that changes as well."""

    value: Value
    style: int | None = None


BROKEN_LETTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of letters, and what is no letter by definition: a workbook with such a sign opens nowhere."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\r\x0e-\x1f]")
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def checked_text(text: str) -> str:
    """`text`, which a spreadsheet cell can hold; raises OutputError, saying what to do, for one that it cannot."""
    # A sign takes two units at most: short texts need no counting.
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        length = f"{len(text):,}".replace(",", ".")
        raise OutputError(
            f"Một ô Excel chứa được 32.767 ký tự; chữ cần ghi dài {length}. Hãy rút ngắn rồi ghi lại.",
            english=f"An Excel cell holds 32,767 characters; the text has {len(text):,}. Shorten it and try again.",
        )
    if BROKEN_LETTER.search(text):
        raise OutputError(
            "Chữ định ghi có ký tự hỏng (nửa một ký tự ghép), không ghi vào ô được. Hãy gõ lại chữ ấy.",
            english="The text has a broken character (half of a pair), which no cell can hold. Type the text again.",
        )
    return text


def fits_a_cell(text: str) -> bool:
    """Whether a spreadsheet cell can hold the text."""
    try:
        return checked_text(text) == text
    except OutputError:
        return False


def text_xml(text: str) -> bytes:
    """Text as it stands in a string of a workbook: it stays the text it is, whatever it looks like."""
    text = _ESCAPE_LIKE.sub("_x005F_", checked_text(text))
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escaped(text)


def number_text(value: float | Decimal | Fraction) -> str:
    """A number as it stands in XML. Raises OutputError for one that no cell can hold."""
    if isinstance(value, Decimal | Fraction):
        value = int(value) if value == int(value) else float(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise OutputError(
                "Số định ghi không phải là số hữu hạn, không ghi vào ô được.",
                english="The number is not finite; no cell can hold it.",
            )
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def serial(value: date | time, is_1904: bool) -> float:
    """The number by which a workbook stores a day or a time of day."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    first = _FIRST_DAYS[is_1904]
    passed = moment - datetime(first.year, first.month, first.day)
    return passed.days + passed.seconds / 86_400
