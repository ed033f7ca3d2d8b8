"""Dates and times as people type them. The day always comes first; two-digit years are 20yy."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from chibo.workbook.reading import kinds
from chibo.workbook.reading.outcomes import Closer, Repaired, Unreadable
from chibo.workbook.reading.plain import plain_text
from chibo.workbook.reading.sheet import Raw, Sheet

FIRST_YEAR, LAST_YEAR = 1930, 2099
"""Years that a date in a cell's workbook can have: others are counts or slips shown as dates."""

_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_WEEKDAY = r"\(?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn|t[2-7])\)?"
_HALF = r"sáng|trưa|chiều|tối|sa|ch|am|pm"
"""The halves of a day, as people say them and as Windows writes them in Vietnamese (SA, CH) and English."""
_CLOCK = rf"(?: \d{{1,2}}[:h]\d{{2}}(?::\d{{2}})?(?: (?:{_HALF}))?)?"
_DATE = re.compile(
    rf"^(?:{_WEEKDAY},? ?)?(?:ngày )?(?:"
    r"(?P<day>\d{1,2}) ?[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<year>\d{4}|\d{2})"
    r"|(?P<day2>\d{1,2}) tháng (?P<month2>\d{1,2}) năm (?P<year2>\d{4})"
    r"|(?P<year3>\d{4})[-/](?P<month3>\d{1,2})[-/](?P<day3>\d{1,2})"
    rf"){_CLOCK},? ?(?:{_WEEKDAY})?$"
)
_TIME = re.compile(
    r"^(?:lúc )?(?P<hour>\d{1,2}) ?"
    r"(?:(?::|\.|h|g|giờ) ?(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"|(?:h|g|giờ) ?(?P<few>\d) ?(?:phút|p|')|(?P<full>h|g|giờ))"
    rf" ?(?:phút|p|')? ?(?P<part>{_HALF})?$"
)
_LENGTH_OF_TIME = re.compile(r"^pt(?P<hour>\d{1,2})h(?P<minute>\d{1,2})m(?P<second>\d{1,2})(?:\.\d+)?s$")
"""How a workbook saved in the strict form of Open XML keeps a time that is shown as hours and minutes."""
_AFTERNOON = {"chiều", "tối", "ch", "pm"}
_UNREADABLE_DATE = Unreadable(kinds.DATE_UNREADABLE, "05/03/2026")
_UNREADABLE_TIME = Unreadable(kinds.TIME_UNREADABLE, "14:30")


def read_date(raw: Raw) -> Any:
    """A date: as Excel keeps it, or typed as text, or the bare number that Excel keeps behind a date."""
    if isinstance(raw, datetime):
        day = raw.date()
        return _sane(Repaired(day), day)
    if isinstance(raw, date):
        return _sane(raw, raw)
    if isinstance(raw, str):
        text = plain_text(raw)
        return _date_of_text(text) if text else None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        number = float(raw)
        return Closer(lambda sheet, _row, _column: _date_of_number(number, sheet))
    return _UNREADABLE_DATE


def read_time(raw: Raw) -> Any:
    """A time of day: as Excel keeps it, as a fraction of a day, or typed as text such as 14h30."""
    if isinstance(raw, datetime):
        return Repaired(_whole_seconds(raw.time()))
    if isinstance(raw, time):
        return _whole_seconds(raw)
    if isinstance(raw, timedelta):
        moment = _time_of_seconds(raw.total_seconds())
        return _UNREADABLE_TIME if moment is None else moment
    if isinstance(raw, str):
        text = plain_text(raw)
        return _time_of_text(text) if text else None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        moment = _time_of_seconds(float(raw) * 86400) if raw < 1 else None
        return _UNREADABLE_TIME if moment is None else Repaired(moment)
    return _UNREADABLE_TIME


def date_of_text(text: str) -> date | None:
    """The date written as plain `text`, None where it is none."""
    found = _DATE.match(text.casefold())
    if not found:
        return None
    parts = {name.rstrip("23"): int(value) for name, value in found.groupdict().items() if value}
    year = parts["year"] + (2000 if parts["year"] < 100 else 0)
    try:
        return date(year, parts["month"], parts["day"])
    except ValueError:
        return None


def date_of_serial(number: float, is_1904: bool) -> date | None:
    """The day with this number in Excel's count of days, None outside the years that make sense."""
    if not 0 <= number < 80_000:
        return None
    day = (_EPOCH_1904 if is_1904 else _EPOCH_1900) + timedelta(days=int(number))
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _sane(outcome: Any, day: date) -> Any:
    return outcome if FIRST_YEAR <= day.year <= LAST_YEAR else _UNREADABLE_DATE


def _date_of_text(text: str) -> Any:
    day = date_of_text(text)
    return _UNREADABLE_DATE if day is None else _sane(Repaired(day), day)


def _date_of_number(number: float, sheet: Sheet) -> Any:
    day = date_of_serial(number, sheet.details.is_1904)
    return _UNREADABLE_DATE if day is None else Repaired(day)


def _whole_seconds(moment: time) -> time:
    """Excel keeps times as fractions: 14:00 may come back as 13:59:59.999."""
    if not moment.microsecond:
        return moment
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + round(moment.microsecond / 1_000_000)
    return _time_of_seconds(seconds) or moment.replace(microsecond=0)


def _time_of_seconds(seconds: float) -> time | None:
    total = round(seconds)
    if not 0 <= total < 86400:
        return None
    return time(total // 3600, total % 3600 // 60, total % 60)


def _time_of_text(text: str) -> Any:
    found = _TIME.match(text.casefold()) or _LENGTH_OF_TIME.match(text.casefold())
    if not found:
        return _UNREADABLE_TIME
    parts = found.groupdict()
    hour = int(parts["hour"])
    if parts.get("part") in _AFTERNOON and hour < 12:
        hour += 12
    try:
        return Repaired(time(hour, int(parts["minute"] or parts.get("few") or 0), int(parts["second"] or 0)))
    except ValueError:
        return _UNREADABLE_TIME
