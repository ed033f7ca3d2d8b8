"""A day that somebody typed to be reckoned with, such as a due day: taken where it can mean one day alone.

The day comes first, as it is written in Vietnam (`5/11/2026`), or the year does, as computers write it (`2026-11-05`).
"""

from __future__ import annotations

import re
from datetime import date

from attrs import frozen

from chibo.workbook.reading.dates import FIRST_YEAR, LAST_YEAR, date_of_text
from chibo.workbook.reading.plain import plain_text

_SHORT = re.compile(r"^(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{2})$")
_CENTURY = 2000
_NEAR = 1
"""Years from this one in which a day may lie that was typed with two digits of its year."""


@frozen
class TypedDay:
    """The day that is meant; None where that is not plain, with the days that it `could` be."""

    day: date | None = None
    could: tuple[date, ...] = ()


def typed_day(text: str, today: date) -> TypedDay:
    """What somebody means by `text` on this day; a year of two digits is near it, or it is not plain."""
    plain = plain_text(text)
    short = _SHORT.match(plain)
    if short:
        near = _near_days(int(short[1]), int(short[2]), int(short[3]), today)
        return TypedDay(near[0]) if len(near) == 1 else TypedDay(could=near)
    day = date_of_text(plain)
    return TypedDay(day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None)


def _near_days(first: int, month: int, last: int, today: date) -> tuple[date, ...]:
    """The days that three short numbers can be, read from the day on and from the year on."""
    days = (_day(last, month, first), _day(first, month, last))
    return tuple(dict.fromkeys(day for day in days if day is not None and abs(day.year - today.year) <= _NEAR))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(_CENTURY + year, month, day)
    except ValueError:
        return None
