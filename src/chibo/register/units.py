"""The units of all time: what happened to each, and from that what each was on any day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from operator import attrgetter

from attrs import evolve, field, frozen

from chibo.model import Origin
from chibo.register.tree import Unit, UnitLevel, UnitTree, unit_key

__all__ = ["ChangeOfUnit", "UnitChange", "UnitLevel", "UnitSpan", "Units"]


class ChangeOfUnit(StrEnum):
    """Việc: what can happen to a unit, in the order that holds on one day."""

    FOUNDED = "Thành lập"
    RENAMED = "Đổi tên"
    MOVED = "Chuyển"
    MERGED = "Sáp nhập"
    CLOSED = "Giải thể"

    @property
    def ends(self) -> bool:
        """Whether the unit is no more from that day on."""
        return self in {ChangeOfUnit.MERGED, ChangeOfUnit.CLOSED}


_ORDER = {change: index for index, change in enumerate(ChangeOfUnit)}


@frozen(kw_only=True)
class UnitChange:
    """One change of one unit, from its day on. What is empty stays as it was; a move says the new place, "" the bloc.

    `decision` is the paper that decided it. A unit has at most one change of a kind on a day.
    """

    unit_code: str
    day: date
    change: ChangeOfUnit
    name: str = ""
    level: UnitLevel | None = None
    parent_code: str = ""
    kind: str = ""
    merged_into: str = ""
    decision: str = ""
    note: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)

    @property
    def key(self) -> tuple[str, date, int]:
        """What tells one change from another, and their order."""
        return (unit_key(self.unit_code), self.day, _ORDER[self.change])


@frozen
class UnitSpan:
    """A unit as it was from one day on, up to (not with) another; None as the end means until now."""

    unit: Unit
    since: date
    until: date | None = None


@frozen(slots=False)
class Units:
    """All changes of all units, in any order."""

    changes: tuple[UnitChange, ...] = ()

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[UnitChange, ...]]:
        """The changes of each unit in their order."""
        found: defaultdict[str, list[UnitChange]] = defaultdict(list)
        for change in sorted(self.changes, key=attrgetter("key")):
            found[unit_key(change.unit_code)].append(change)
        return {key: tuple(changes) for key, changes in found.items()}

    @cached_property
    def spans(self) -> Mapping[str, tuple[UnitSpan, ...]]:
        """What each unit was, from when to when."""
        return {key: tuple(_spans(changes)) for key, changes in self.by_unit.items()}

    def on(self, day: date) -> UnitTree:
        """The units of a day."""
        return UnitTree.of(span.unit for spans in self.spans.values() if (span := _span_on(spans, day)) is not None)

    def when_last_there(self, code: str, day: date) -> UnitTree:
        """The units of the last day, up to a day, on which a unit was there; of the day itself where it never was."""
        spans = [span for span in self.spans.get(unit_key(code), ()) if span.since <= day]
        until = spans[-1].until if spans else None
        return self.on(day if until is None or day < until else until - timedelta(days=1))

    def successor(self, code: str, day: date) -> str:
        """The code of the unit that a unit had become by a day: itself, or the one it was merged into, and so on."""
        seen: set[str] = set()
        while unit_key(code) not in seen:
            seen.add(unit_key(code))
            merged = [change for change in self.by_unit.get(unit_key(code), ()) if change.merged_into]
            if not merged or merged[-1].day > day:
                return code
            code = merged[-1].merged_into
        return code


def _spans(changes: Sequence[UnitChange]) -> Iterable[UnitSpan]:
    """The spans of one unit. Changes before the founding, or after the end, change nothing."""
    unit: Unit | None = None
    since = date.min
    for change in changes:
        after = _after(unit, change)
        if after == unit:
            continue
        if unit is not None and since < change.day:
            yield UnitSpan(unit, since, change.day)
        unit, since = after, change.day
    if unit is not None:
        yield UnitSpan(unit, since)


def _after(unit: Unit | None, change: UnitChange) -> Unit | None:
    if unit is None:
        if change.change is not ChangeOfUnit.FOUNDED:
            return None
        return Unit(
            code=change.unit_code,
            name=change.name or change.unit_code,
            level=change.level or UnitLevel.CELL,
            parent_code=change.parent_code,
            kind=change.kind,
        )
    if change.change.ends:
        return None
    if change.change is ChangeOfUnit.FOUNDED:
        return unit
    moved = change.change is ChangeOfUnit.MOVED
    return evolve(
        unit,
        name=change.name or unit.name,
        level=change.level or unit.level,
        parent_code=change.parent_code if moved else unit.parent_code,
        kind=change.kind or unit.kind,
    )


def _span_on(spans: Sequence[UnitSpan], day: date) -> UnitSpan | None:
    index = bisect_right(spans, day, key=attrgetter("since")) - 1
    if index < 0:
        return None
    span = spans[index]
    return span if span.until is None or day < span.until else None
