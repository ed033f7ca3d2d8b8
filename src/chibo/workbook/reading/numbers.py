"""Numbers as people type them: counts, points, rates, quarters; 8,5 and 8.5 are the same, 1.200 is asked about."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from chibo.workbook.reading import kinds
from chibo.workbook.reading.outcomes import Closer, Pair, Repaired, Unreadable
from chibo.workbook.reading.plain import plain_text
from chibo.workbook.reading.sheet import Raw, Sheet

_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+$")
_VIETNAMESE = re.compile(r"^[+-]?\d{1,3}(?:\.\d{3})+,\d+$")
_PAIR = re.compile(r"^(\d{1,5}) ?/ ?(\d{1,5})(?: ?\(.*\))?$")
_QUARTER = re.compile(r"^(?:quý|q) ?\.? ?([1-4]|iv|i{1,3})(?:[/ -]+\d{4})?$|^([1-4]|iv|i{1,3})$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LARGEST_COUNT = 10_000
"""Counts and years stay below it; the numbers that Excel keeps behind today's dates are far above."""

_NUMERIC = frozenset({int, float})
"""What a cell with a number holds; true and false are none."""
_LARGEST_NUMBER = 10**9
_SMALLEST_EXPONENT = -20
_RATES = (0, 100)

_BAD_WHOLE = Unreadable(kinds.NUMBER_UNREADABLE, "18")
_BAD_PAIR = Unreadable(kinds.NUMBER_UNREADABLE, "18, 17/18")
_BAD_POINTS = Unreadable(kinds.NUMBER_UNREADABLE, "8,5")
_BAD_RATE = Unreadable(kinds.NUMBER_UNREADABLE, "95, 95%")
_RATE_OUTSIDE = Unreadable(kinds.RATE_OUT_OF_RANGE, "0–100")
_BAD_QUARTER = Unreadable(kinds.QUARTER_UNREADABLE, "1, 2, 3, 4, II, Quý II")


def parse_number(text: str) -> Decimal | None:
    """The number written as plain `text`, None where it is none or could be two different ones (1.200)."""
    compact = text.replace(" ", "")
    if _NUMBER.match(compact):
        return None if _GROUPED.match(compact) else Decimal(compact.replace(",", "."))
    if _VIETNAMESE.match(compact):
        return Decimal(compact.replace(".", "").replace(",", "."))
    return None


def number_of_float(number: float) -> Decimal | None:
    """A stored number to the 15 digits that Excel itself keeps, so that 0.1 + 0.2 is 0.3; None for infinities."""
    try:
        value = Decimal(format(number, ".15g"))
    except (ValueError, OverflowError, ArithmeticError):
        return None
    return value if value.is_finite() else None


def _believable(number: Decimal | None) -> Decimal | None:
    """The number unless it is of a size that nothing in a workbook has, such as 1E+308."""
    if number is None or abs(number) >= _LARGEST_NUMBER or int(number.as_tuple().exponent) < _SMALLEST_EXPONENT:
        return None
    return number


@lru_cache(maxsize=4096)
def _stored(number: float) -> Decimal | None:
    """A number as it is stored in a cell, exact; None for none that a workbook has. A few thousand recur all over."""
    return _believable(number_of_float(number))


@lru_cache(maxsize=4096)
def _stored_whole(number: float) -> int | None:
    value = _stored(number)
    return None if value is None or value != value.to_integral_value() else int(value)


def read_whole(raw: Raw) -> Any:
    """A whole number."""
    return _whole(raw, _BAD_WHOLE)


def read_count(raw: Raw) -> Any:
    """A count of people in a column that also takes 17/18: typed so, or after Excel took it for a date."""
    if isinstance(raw, str):
        found = _PAIR.match(plain_text(raw))
        if found:
            return Pair(int(found[1]), int(found[2]))
    if isinstance(raw, date):
        return Closer(lambda sheet, row, column: _count_of_date(raw, sheet, row, column))
    return _whole(raw, _BAD_PAIR)


def read_points(raw: Raw) -> Any:
    """Points, as an exact decimal."""
    if raw.__class__ in _NUMERIC:
        points = _stored(raw)
        return _BAD_POINTS if points is None else points
    if isinstance(raw, str):
        text = plain_text(raw)
        if not text:
            return None
        points = _believable(parse_number(text))
        return _BAD_POINTS if points is None else Repaired(points)
    if isinstance(raw, date | time | timedelta):
        return Closer(lambda sheet, row, column: _points_of_date(raw, sheet, row, column))
    return _BAD_POINTS


def read_rate(raw: Raw) -> Any:
    """A rate in percent, exact, from 0 to 100."""
    if raw.__class__ in _NUMERIC:
        number = _stored(raw)
        return _BAD_RATE if number is None else _rate_of_number(number)
    if isinstance(raw, str):
        text = plain_text(raw)
        return _rate_of_text(text) if text else None
    if isinstance(raw, date | time):
        return Closer(_small_number(lambda number: _within_rates(number, Repaired(Fraction(number))), _BAD_RATE))
    return _BAD_RATE


def read_quarter(raw: Raw) -> Any:
    """A quarter, 1 to 4: as a number, in Roman figures, with or without the word Quý."""
    if isinstance(raw, int | float) and raw.__class__ in _NUMERIC:
        return int(raw) if raw in {1, 2, 3, 4} else _BAD_QUARTER
    if isinstance(raw, str):
        text = plain_text(raw).casefold()
        if not text:
            return None
        found = _QUARTER.match(text)
        if found:
            written = found[1] or found[2]
            return _ROMAN.get(written) or int(written)
    return _BAD_QUARTER


def _whole(raw: Raw, bad: Unreadable) -> Any:
    if raw.__class__ in _NUMERIC:
        number = _stored_whole(raw)
        return bad if number is None else number
    if isinstance(raw, str):
        text = plain_text(raw)
        if not text:
            return None
        value = _believable(parse_number(text))
        return bad if value is None or value != value.to_integral_value() else Repaired(int(value))
    if isinstance(raw, date | time):
        return Closer(_small_number(Repaired, bad))
    return bad


def _small_number(repair: Any, otherwise: Unreadable) -> Any:
    """A look at the stored number of a cell shown as a date: a small whole number was meant as that number."""

    def look(sheet: Sheet, row: int, column: int) -> Any:
        stored = sheet.details.stored_number(row, column)
        if stored is None or not 0 <= stored < _LARGEST_COUNT or stored != int(stored):
            return otherwise
        return repair(int(stored))

    return look


def _count_of_date(day: date, sheet: Sheet, row: int, column: int) -> Any:
    """9/9 typed into a cell becomes the 9th of September, 9/10 the 9th of October; a small number stays a number."""
    number = _small_number(Repaired, _BAD_PAIR)(sheet, row, column)
    if isinstance(number, Repaired) or (isinstance(day, datetime) and day.time() != time(0)):
        return number
    return Pair(min(day.day, day.month), max(day.day, day.month))


def _points_of_date(raw: date | time | timedelta, sheet: Sheet, row: int, column: int) -> Any:
    """Points that Excel took for a date are never guessed; the finding names what may have been meant."""
    number = _small_number(lambda value: Repaired(Decimal(value)), _BAD_POINTS)(sheet, row, column)
    if isinstance(number, Repaired) or not isinstance(raw, date):
        return number
    return Unreadable(kinds.NUMBER_AS_DATE, f"{raw.day},{raw.month}")


def _rate_of_number(number: Decimal) -> Any:
    if 0 < number <= 1:
        return Closer(lambda sheet, row, column: _rate_of_share(number, sheet, row, column))
    return _within_rates(number, Fraction(number))


def _rate_of_text(text: str) -> Any:
    number = _believable(parse_number(text.removesuffix("%").strip()))
    if number is None or (0 < number < 1 and not text.endswith("%")):
        return _BAD_RATE
    return _within_rates(number, Repaired(Fraction(number)))


def _within_rates(number: Decimal | int, value: Any) -> Any:
    least, most = _RATES
    return value if least <= number <= most else _RATE_OUTSIDE


def _rate_of_share(number: Decimal, sheet: Sheet, row: int, column: int) -> Any:
    """95% is stored as 0.95 where the cell is formatted as a percentage; without that, 0.95 is no clear rate."""
    if sheet.details.is_percent(row, column):
        return Repaired(Fraction(number) * 100)
    return Fraction(1) if number == 1 else _BAD_RATE
