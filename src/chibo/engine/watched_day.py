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

    _span: list[int]
    """The first and the last day of the span as ordinals, and the day's own: read past `__getattribute__`."""

    def __new__(cls, day: date) -> Self:
        """The same day, watched from now on."""
        watched = super().__new__(cls, day.year, day.month, day.day)
        watched._span = [date.min.toordinal(), date.max.toordinal(), date.toordinal(day)]
        return watched

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_"):
            return super().__getattribute__(name)
        if name == "year":
            year = date.fromordinal(_span(self)[2]).year
            self._narrow(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
            return year
        return getattr(self._on_this_day_only(), name)

    def __lt__(self, other: date) -> bool:
        return _compared(self, date.__lt__(self, other), other, 0)

    def __ge__(self, other: date) -> bool:
        return _compared(self, date.__ge__(self, other), other, 0)

    def __le__(self, other: date) -> bool:
        return _compared(self, date.__le__(self, other), other, 1)

    def __gt__(self, other: date) -> bool:
        return _compared(self, date.__gt__(self, other), other, 1)

    def __reduce_ex__(self, _protocol: object) -> tuple[type[date], tuple[int, int, int]]:
        """What is kept or sent is a plain date."""
        day = self._on_this_day_only()
        return date, (day.year, day.month, day.day)

    def _on_this_day_only(self) -> date:
        """The plain date; whoever is given that may ask anything of it."""
        day = _span(self)[2]
        self._narrow(day, day)
        return date.fromordinal(day)

    def _narrow(self, first: int, last: int) -> None:
        span = _span(self)
        span[0], span[1] = max(span[0], first), min(span[1], last)


def span_of(day: WatchedDay) -> tuple[date, date]:
    """The first and the last day on which all that `day` was asked until now has the same answers."""
    first, last, _ = _span(day)
    return date.fromordinal(first), date.fromordinal(last)


def _span(day: WatchedDay) -> list[int]:
    span: list[int] = object.__getattribute__(day, "_span")
    return span


def _compared(day: WatchedDay, answer: bool, other: date, offset: int) -> bool:
    """The answer is one for the days before `other` + `offset`, another from then on."""
    if answer is not NotImplemented:
        turn = date.toordinal(other) + offset
        span = _span(day)
        if span[2] >= turn:
            span[0] = max(span[0], turn)
        elif span[1] >= turn:
            span[1] = turn - 1
    return answer


def _answered_by_the_date(name: str) -> Callable[..., Any]:
    def answer(self: WatchedDay, *arguments: Any) -> Any:
        return getattr(self._on_this_day_only(), name)(*arguments)

    return answer


for _name in ("eq", "ne", "hash", "str", "repr", "format", "add", "radd", "sub", "rsub"):
    # Python finds these on the class, past __getattribute__.
    setattr(WatchedDay, f"__{_name}__", _answered_by_the_date(f"__{_name}__"))
