"""What is typed into the form of a meeting becomes values of the model, by the layout's types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

from chibo.definitions.layouts import LIST_ENUMS, YES_NO_LIST, Column, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.model import Month
from chibo.office.desk.desk import LONGEST_SEEN, ActRefusedError, Reason
from chibo.office.typed_numbers import typed_whole
from chibo.workbook.reading.dates import read_date, read_time
from chibo.workbook.reading.outcomes import Repaired
from chibo.workbook.reading.plain import plain_text

_MOST_COUNT = 9_999
_LONGEST_TEXT = 2_000
_MOST_RATE = 100
_RATE_FORM = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")
"""A percentage as people write it: no exponent, and no more decimals than anybody counts."""
_DAY_AND_MONTH = re.compile(r"^(?:ngày )?(?P<day>\d{1,2})(?: ?[-/.] ?| tháng )(?P<month>\d{1,2})$", re.IGNORECASE)
_HALF_A_YEAR = timedelta(days=183)
"""So far from its meeting's month a day without a year is surely of that year; farther off, the next may be meant."""
_A_LEAP_YEAR = 2000


def typed_value(field: str, typed: str | Sequence[str], library: Library, month: Month | None = None) -> Any:
    """The value of column `field` of `Sinh hoạt` typed as `typed`; an empty text is None (or "" or ()).

    A day without its year is one of the year of `month`, the meeting's, where no other year could be meant.
    Raises ActRefusedError, saying what was seen and which form is expected, for text that is no such value.
    """
    try:
        column = library.layout.sheet("meetings").column(field)
    except KeyError:
        raise ActRefusedError(Reason.UNKNOWN_FIELD, field=field) from None
    if column.type in {ValueType.SEVERAL, ValueType.TOPICS}:
        return _several(column, _pieces(typed) if isinstance(typed, str) else typed, library)
    if not isinstance(typed, str):
        raise _refused(column, "; ".join(typed), "text")
    text = clean_text(typed)
    if not text:
        return "" if column.type in {ValueType.TEXT, ValueType.CODE} else None
    return _one(column, text, library, month)


def typed_time_and_day(
    day: str, moment: str, library: Library, month: Month | None = None
) -> tuple[date | None, time | None]:
    """The planned day and the start of a meeting about to be registered in this month."""
    return typed_value("planned_on", day, library, month), typed_value("starts_at", moment, library)


def _one(column: Column, text: str, library: Library, month: Month | None) -> Any:
    match column.type:
        case ValueType.DATE:
            value: Any = _date(text, month)
            if value is None and _DAY_AND_MONTH.match(plain_text(text)):
                raise _refused(column, text, _form_of_short_day(text))
        case ValueType.TIME:
            value = _time(text)
        case ValueType.COUNT | ValueType.WHOLE:
            value = _count(text)
        case ValueType.RATE:
            value = _rate(text)
        case ValueType.YES_NO:
            word = library.layout.list_values[YES_NO_LIST].get(normal_label(text))
            value = {"yes": True, "no": False, "Có": True, "Không": False}.get(word or text)
        case ValueType.LIST:
            word = library.layout.list_values[column.list].get(normal_label(text))
            value = LIST_ENUMS[column.list](word) if word else None
        case _:
            if len(text) > _LONGEST_TEXT:
                raise ActRefusedError(Reason.TOO_LONG, seen=len(text), most=_LONGEST_TEXT)
            value = text
    if value is None:
        raise _refused(column, text, _FORMS.get(column.type, "text"))
    return value


_FORMS = {
    ValueType.DATE: "date",
    ValueType.TIME: "time",
    ValueType.COUNT: "number",
    ValueType.WHOLE: "number",
    ValueType.RATE: "rate",
    ValueType.YES_NO: "choice",
    ValueType.LIST: "choice",
}


def _refused(column: Column, seen: str, form: str) -> ActRefusedError:
    limit = {"most": _MOST_COUNT} if form == "number" else {}
    return ActRefusedError(
        Reason.BAD_VALUE, field=column.code, seen=seen[:LONGEST_SEEN], expected=f"expected_{form}", **limit
    )


def _pieces(text: str) -> list[str]:
    """What stands between semicolons."""
    return [piece for part in text.split(";") if (piece := clean_text(part))]


def _several(column: Column, typed: Sequence[str], library: Library) -> tuple[str, ...]:
    known = {topic.code for topic in library.required_topics.topics}
    for code in typed:
        if code not in known:
            raise _refused(column, code, "choice")
    return tuple(dict.fromkeys(typed))


def _date(text: str, month: Month | None) -> date | None:
    outcome = read_date(text)
    if isinstance(outcome, Repaired):
        return outcome.value  # type: ignore[no-any-return]
    if month is None:
        return None
    day = _in_year(text, month.year)
    return day if day is not None and abs(day - month.first_day) <= _HALF_A_YEAR else None


def _in_year(text: str, year: int) -> date | None:
    """The day that a day and a month without a year name in this year, None where there is none."""
    found = _DAY_AND_MONTH.match(plain_text(text))
    if found is None:
        return None
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _form_of_short_day(text: str) -> str:
    """What is expected instead of a day without a year: its year, or a day that any calendar has."""
    return "date_year" if _in_year(text, _A_LEAP_YEAR) else "date"


def _time(text: str) -> time | None:
    outcome = read_time(text)
    return outcome.value if isinstance(outcome, Repaired) else None


def _count(text: str) -> int | None:
    count = typed_whole(text)
    return count if count is not None and count <= _MOST_COUNT else None


def _rate(text: str) -> Fraction | None:
    digits = text.rstrip("% ").replace(",", ".")
    if not _RATE_FORM.fullmatch(digits):
        return None
    value = Fraction(digits)
    return value if value <= _MOST_RATE else None
