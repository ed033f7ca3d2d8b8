"""A day that notices what is asked of it, so that one knows on which other days the answers would be the same.

Most of what is found in a book does not change overnight: "is this day over?" has the same answer today and tomorrow,
unless the day asked for lies between. An outcome that is kept can thus serve on every day of its span.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Self


class WatchedDay(date):
    """A date like any other. From `first` to `last` (at least the day itself) all that was asked has one answer.

    Comparisons with other days and the year narrow the span as far as they must; whatever else is asked, such as the
    date as text or the days between it and another, has this answer on this day only.
    """

    _first: int
    _last: int

    def __new__(cls, day: date) -> Self:
        """The same day, watched from now on."""
        watched = super().__new__(cls, day.year, day.month, day.day)
        watched._first, watched._last = date.min.toordinal(), date.max.toordinal()
        return watched

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_"):
            return super().__getattribute__(name)
        if name == "year":
            year = date.fromordinal(self._ordinal()).year
            self._narrow(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
            return year
        return getattr(self._on_this_day_only(), name)

    def __lt__(self, other: date) -> bool:
        return self._compared(date.__lt__(self, other), other, 0)

    def __ge__(self, other: date) -> bool:
        return self._compared(date.__ge__(self, other), other, 0)

    def __le__(self, other: date) -> bool:
        return self._compared(date.__le__(self, other), other, 1)

    def __gt__(self, other: date) -> bool:
        return self._compared(date.__gt__(self, other), other, 1)

    def _compared(self, answer: bool, other: date, offset: int) -> bool:
        """The answer is one for the days before `other` + `offset`, another from then on."""
        if answer is not NotImplemented:
            turn = date.toordinal(other) + offset
            if self._ordinal() < turn:
                self._narrow(self._first, turn - 1)
            else:
                self._narrow(turn, self._last)
        return answer

    def __reduce_ex__(self, _protocol: object) -> tuple[type[date], tuple[int, int, int]]:
        """What is kept or sent is a plain date."""
        day = self._on_this_day_only()
        return date, (day.year, day.month, day.day)

    def _ordinal(self) -> int:
        return date.toordinal(self)

    def _on_this_day_only(self) -> date:
        """The plain date; whoever is given that may ask anything of it."""
        self._narrow(self._ordinal(), self._ordinal())
        return date.fromordinal(self._ordinal())

    def _narrow(self, first: int, last: int) -> None:
        self._first, self._last = max(self._first, first), min(self._last, last)


def span_of(day: WatchedDay) -> tuple[date, date]:
    """The first and the last day on which all that `day` was asked until now has the same answers."""
    return date.fromordinal(day._first), date.fromordinal(day._last)


def _answered_by_the_date(name: str) -> Callable[..., Any]:
    def answer(self: WatchedDay, *arguments: Any) -> Any:
        return getattr(self._on_this_day_only(), name)(*arguments)

    return answer


for _name in ("eq", "ne", "hash", "str", "repr", "format", "add", "radd", "sub", "rsub"):
    # Python finds these on the class, past __getattribute__.
    setattr(WatchedDay, f"__{_name}__", _answered_by_the_date(f"__{_name}__"))
