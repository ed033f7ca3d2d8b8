"""Codes as people type them, and as Excel disfigures them: meeting codes, criterion codes, member codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from chibo.definitions.wording import seen_text
from chibo.model import MeetingCode, MeetingSeries, Month
from chibo.model.grouping import group_by
from chibo.workbook.reading import kinds
from chibo.workbook.reading.dates import date_of_serial, date_of_text
from chibo.workbook.reading.numbers import number_of_float
from chibo.workbook.reading.outcomes import Closer, Repaired, Unreadable
from chibo.workbook.reading.plain import plain_text
from chibo.workbook.reading.sheet import Raw

_HEADING_TAIL = re.compile(r"(?: |\*|\(BẮT BUỘC\))+$")
_DASHES = re.compile(r" ?- ?")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:-?(CĐ|BT)(\d{1,2})?)?$")
_MONTH_FIRST = re.compile(
    r"^(?:(?P<word>THÁNG|T\.?) ?)?(?P<month>\d{1,2})(?:[-/.](?P<year>\d{4}|\d{2}))?"
    r"(?:[- ]?(?P<series>CĐ|BT)(?P<nth>\d{1,2})?)?$"
)
_ALMOST = re.compile(r"^(?:\d{4}[-/.]\d{1,2}(?:[-/. ]*\w{1,4})?|(?:THÁNG|T\.?) ?\d{1,2}(?:[-/]\d{2,4})?)$")
_CRITERION = re.compile(r"^(?:\d{1,2}(?:[a-zđ]{1,2}|(?:\.\d{1,2}){0,2})|[a-zđ]{1,4}\.?\d{1,2}[a-zđ]?)$")
_MEMBER_CODE = re.compile(r"^(?=.*\d)[^\s()]{1,40}$")

_WHOLE_AS_DECIMAL = re.compile(r"^(\d{1,3})[.,]0+$")

_LONGEST_CODE = 40
"""A longer text is not worth being remembered."""

BAD_MEETING_CODE = Unreadable(kinds.MEETING_CODE_UNREADABLE, "2026-03, 2026-03-CĐ, 2026-03-BT1")
BAD_CODE = Unreadable(kinds.CODE_UNREADABLE)


def read_meeting_code(raw: Raw, year: int | None) -> Any:
    """A meeting code in its plain form or repaired with the book's year; None for what is no code at all.

    Excel turns `2026-03` and `3/2026` into the first of March 2026; people write `T3` and `Tháng 3`. Text that looks
    like a code but is none (`2026-13`, `2026-03-CD`) is unreadable: it must not pass for a remark.
    """
    if isinstance(raw, str):
        return _code_of_typed(raw, year) if len(raw) <= _LONGEST_CODE else _code_of_typed.__wrapped__(raw, year)
    if isinstance(raw, date):
        return Repaired(MeetingCode(Month(raw.year, raw.month)))
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        number = float(raw)
        return Closer(lambda sheet, _row, _column: _code_of_serial(number, sheet.details.is_1904, year))
    return None


def read_code(raw: Raw, numeric: bool) -> Any:
    """A code, exactly as written; digits that were typed as a number are repaired unless that is ordinary there.

    Where numbers are ordinary, the `.0` that other programs leave behind them as text is no part of the code.
    """
    if isinstance(raw, str):
        text = seen_text(raw)
        whole = _WHOLE_AS_DECIMAL.match(text) if numeric else None
        return Repaired(whole[1]) if whole else text or None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        number = number_of_float(raw)
        if number is not None:
            text = f"{number:f}"
            return text if numeric else Repaired(text)
    return BAD_CODE


def read_criterion(raw: Raw, known: Mapping[str, str]) -> Any:
    """The code of a criterion: of a loaded frame (`known`, by its folded form) or of the form of one; else None."""
    if isinstance(raw, str):
        text = plain_text(raw)
        folded = text.casefold()
        whole = _WHOLE_AS_DECIMAL.match(folded)
        if whole and folded not in known and whole[1] in known:
            return Repaired(known[whole[1]])
        return known.get(folded) or (text if _CRITERION.match(folded) else None)
    if isinstance(raw, date):
        # Where the decimal sign is a comma, Excel takes 3.1 for the third of January.
        meant = known.get(f"{raw.day}.{raw.month}")
        return Repaired(meant) if meant else None
    code = read_code(raw, numeric=False)
    if isinstance(code, Repaired):
        return Repaired(known.get(code.value, code.value)) if _CRITERION.match(code.value) else None
    return None


def read_member_code(raw: Raw, known: ListedCodes) -> Any:
    """The code of a listed member (`known`, by its case-folded form), None for anything else."""
    code = read_code(raw, numeric=False)
    if isinstance(code, Repaired):
        found = known.get(code.value.casefold()) or known.with_lost_zeros(code.value)
        return Repaired(found) if found else None
    if not isinstance(code, str):
        return None
    found = known.get(code.casefold())
    if found is None and code.isdigit():
        # Either side may have lost them: the list of members, or this cell.
        found = known.with_lost_zeros(code)
        return Repaired(found) if found else None
    return found


class ListedCodes(dict[str, str]):
    """The codes of the listed members by their folded form."""

    def with_lost_zeros(self, digits: str) -> str | None:
        """The one code that differs only by zeros at its beginning, which a number cannot keep."""
        found = self._without_zeros.get(digits.lstrip("0"), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _without_zeros(self) -> Mapping[str, list[str]]:
        """The codes of nothing but digits by what is left of them without those zeros."""
        numbers = [folded for folded in self if folded.isdigit()]
        return group_by(map(self.__getitem__, numbers), lambda code: code.casefold().lstrip("0"))


def is_member_code(code: str) -> bool:
    """Whether a text has the form of a member's code: one word with a digit in it."""
    return bool(_MEMBER_CODE.match(code))


@lru_cache(maxsize=4096)
def _code_of_typed(typed: str, year: int | None) -> Any:
    """The code of a cell's text; the same few hundred headings and keys come again and again, in every book."""
    text = _DASHES.sub("-", _HEADING_TAIL.sub("", plain_text(typed).upper()))
    return _code_of_text(text, year) if text else None


def _code_of_text(text: str, year: int | None) -> Any:
    code = MeetingCode.parse(text) or _year_first(text) or _month_first(text, year)
    if code is not None:
        return code if str(code) == text else Repaired(code)
    day = date_of_text(text.removesuffix(" 00:00:00"))
    if day is not None and day.day == 1:
        return Repaired(MeetingCode(Month(day.year, day.month)))
    return BAD_MEETING_CODE if _ALMOST.match(text) else None


def _year_first(text: str) -> MeetingCode | None:
    found = _YEAR_FIRST.match(text)
    return _meeting_code(int(found[1]), int(found[2]), found[3], found[4]) if found else None


def _month_first(text: str, year: int | None) -> MeetingCode | None:
    found = _MONTH_FIRST.match(text)
    if not found or not (found["word"] or found["year"]):
        return None
    written = found["year"]
    if written is None:
        in_year = year
    elif len(written) == 4:
        in_year = int(written)
    else:
        in_year = year if year is not None and year % 100 == int(written) else None
    if in_year is None:
        return None
    return _meeting_code(in_year, int(found["month"]), found["series"], found["nth"])


def _meeting_code(year: int, month: int, series: str | None, ordinal: str | None) -> MeetingCode | None:
    if not (1 <= month <= 12 and year >= 1900):
        return None
    return MeetingCode(Month(year, month), MeetingSeries(series or ""), int(ordinal or 0))


def _code_of_serial(number: float, is_1904: bool, year: int | None) -> Any:
    """A date whose format was lost: only the first of a month near the book's year is taken for a code."""
    day = date_of_serial(number, is_1904)
    if day is None or day.day != 1 or year is None or abs(day.year - year) > 1:
        return None
    return Repaired(MeetingCode(Month(day.year, day.month)))
