"""Months, meeting codes and reporting periods, and how each is written."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from threading import RLock
from typing import ClassVar, final
from weakref import WeakValueDictionary

from attrs import field, frozen

_MEETING_CODE = re.compile(r"^(\d{4})-(\d{1,2})(?:-(CĐ|BT)(\d{1,2})?)?$")
_PERIOD = re.compile(r"^(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?$")


@frozen(order=True, cache_hash=True)
class Month:
    """One month of one year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def quarter(self) -> int:
        """1 to 4."""
        return (self.number + 2) // 3

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return _last_day(self.year, self.number)


@lru_cache(maxsize=4096)
def _last_day(year: int, month: int) -> date:
    """The last day of a month: the same few dozen are asked for in every book."""
    return date(year, month, monthrange(year, month)[1])


class MeetingSeries(StrEnum):
    """The series a meeting code belongs to; the value is what stands in the code, empty for regular or combined."""

    REGULAR = ""
    THEMATIC = "CĐ"
    EXTRAORDINARY = "BT"


_SERIES_ORDER = {series: index for index, series in enumerate(MeetingSeries)}


class _OneOfEach(type):
    """Makes one object of each meeting code, for as long as somebody holds it.

    Rows, marks and points of every table are found by codes, a thousand times in each book: an object is found by what
    it is at once, by its values only after Python has asked it for them.
    """

    _made: ClassVar[WeakValueDictionary[tuple[int, int, str, int], MeetingCode]] = WeakValueDictionary()
    _making: ClassVar[AbstractContextManager[object]] = RLock()  # whatever is collected meanwhile may make a code too

    def __call__(cls, month: Month, series: MeetingSeries = MeetingSeries.REGULAR, ordinal: int = 0) -> MeetingCode:
        key = (month.year, month.number, series, ordinal)
        code = cls._made.get(key)
        if code is None:
            with cls._making:
                code = cls._made.get(key) or cls._made.setdefault(key, cls._new(*key))
        return code

    def _new(cls, year: int, number: int, series: str, ordinal: int) -> MeetingCode:
        """A code of values that are what they equal: `True` is 1, and a text is the series that it names."""
        code: MeetingCode = super().__call__(Month(int(year), int(number)), MeetingSeries(series), int(ordinal))
        return code

    @classmethod
    def unlock(cls) -> None:
        """In a copy of this process: whoever was making a code is not in it."""
        cls._making = RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_OneOfEach.unlock)


@final
@frozen(eq=False, getstate_setstate=False)  # nobody changes what all hold
class MeetingCode(metaclass=_OneOfEach):
    """The code of one meeting: `2026-03`, `2026-03-CĐ`, `2026-03-CĐ2`, `2026-03-BT1`.

    A meeting belongs to the month of its code, whenever it was held. `ordinal` 0 means that none is written. Equal
    codes are one object.
    """

    month: Month
    series: MeetingSeries = MeetingSeries.REGULAR
    ordinal: int = 0
    sort_key: tuple[int, int, int, int] = field(init=False, eq=False, repr=False)
    """Order of the year: by month, regular first."""
    _text: str = field(init=False, eq=False, repr=False)

    @sort_key.default
    def _order(self) -> tuple[int, int, int, int]:
        return (self.month.year, self.month.number, _SERIES_ORDER[self.series], self.ordinal)

    @_text.default
    def _written(self) -> str:
        tail = "" if self.series is MeetingSeries.REGULAR else f"-{self.series}{self.ordinal or ''}"
        return f"{self.month}{tail}"

    def __str__(self) -> str:
        return self._text

    def __reduce__(self) -> tuple[type[MeetingCode], tuple[Month, MeetingSeries, int]]:
        return MeetingCode, (self.month, self.series, self.ordinal)

    def __lt__(self, other: MeetingCode) -> bool:
        return self.sort_key < other.sort_key

    @classmethod
    def parse(cls, text: str) -> MeetingCode | None:
        """The code written as `text` in its plain form, None when it is not one (repairs are the reader's work)."""
        return _parsed(text.strip().upper())


@lru_cache(maxsize=4096)
def _parsed(text: str) -> MeetingCode | None:
    """The code of a text; the same few hundred codes come again and again, in every book."""
    match = _MEETING_CODE.match(text)
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1900:
        return None
    month = Month(int(match[1]), int(match[2]))
    return MeetingCode(month, MeetingSeries(match[3] or ""), int(match[4] or 0))


class PeriodKind(StrEnum):
    """Kinds of reporting period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


@frozen(order=True)
class Period:
    """A reporting period, written `2026-03`, `2026-Q1`, `2026-H1` or `2026`: the months `first` to `last`."""

    year: int
    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """The period written as `text`, None when it is not one."""
        match = _PERIOD.match(text.strip().upper())
        if not match or int(match[1]) < 1900:
            return None
        year = int(match[1])
        if match[2]:
            month = int(match[2])
            return cls(year, month, month) if 1 <= month <= 12 else None
        if match[3]:
            last = int(match[3]) * 3
            return cls(year, last - 2, last)
        if match[4]:
            last = int(match[4]) * 6
            return cls(year, last - 5, last)
        return cls(year, 1, 12)

    @property
    def kind(self) -> PeriodKind:
        """Month, quarter, half-year or year."""
        lengths = {0: PeriodKind.MONTH, 2: PeriodKind.QUARTER, 5: PeriodKind.HALF_YEAR, 11: PeriodKind.YEAR}
        return lengths[self.last - self.first]

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year:04d}-{self.first:02d}"
            case PeriodKind.QUARTER:
                return f"{self.year:04d}-Q{self.last // 3}"
            case PeriodKind.HALF_YEAR:
                return f"{self.year:04d}-H{self.last // 6}"
            case PeriodKind.YEAR:
                return f"{self.year:04d}"

    def __contains__(self, moment: Month | MeetingCode) -> bool:
        month = moment.month if isinstance(moment, MeetingCode) else moment
        return month.year == self.year and self.first <= month.number <= self.last

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months of the period, in order."""
        return tuple(Month(self.year, number) for number in range(self.first, self.last + 1))
