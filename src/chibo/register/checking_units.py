"""Whether the changes of the units make sense: each unit's own course, and its parents on every day of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chibo.findings import Finding, FindingKind
from chibo.model import Place
from chibo.register import kinds
from chibo.register.tree import unit_key
from chibo.register.units import ChangeOfUnit, UnitChange, Units


def check_units(units: Units) -> Iterator[Finding]:
    """What is wrong or odd with the units."""
    for changes in units.by_unit.values():
        yield from _check_course(changes)
    for changes in units.by_unit.values():
        for change in changes:
            yield from _check_parent(change, units)
    yield from _orphans(units)


def _check_course(changes: Sequence[UnitChange]) -> Iterator[Finding]:
    """One unit: founded first and once, nothing after its end."""
    first = changes[0]
    if first.change is not ChangeOfUnit.FOUNDED:
        yield _of(kinds.UNIT_NOT_FOUNDED, first, "change", first.unit_code)
    ended = False
    for change in changes:
        founds = change.change is ChangeOfUnit.FOUNDED
        if founds and change is not first and not ended:
            yield _of(kinds.UNIT_FOUNDED_TWICE, change, "change", change.unit_code)
        if ended and not founds:
            yield _of(kinds.UNIT_CHANGED_AFTER_END, change, "change", change.unit_code)
        if founds and change.level is None:
            yield _of(kinds.UNIT_LEVEL_MISSING, change, "level", change.unit_code)
        if not change.name and change.change in {ChangeOfUnit.FOUNDED, ChangeOfUnit.RENAMED}:
            yield _of(kinds.UNIT_NAME_MISSING, change, "name", change.unit_code)
        ended = change.change.ends or (ended and not founds)


def _check_parent(change: UnitChange, units: Units) -> Iterator[Finding]:
    """One change: the unit that it names as its parent, or as what it becomes part of, is there that day."""
    tree = units.on(change.day)
    if change.change is ChangeOfUnit.MERGED:
        target = tree.unit(change.merged_into)
        if target is None or unit_key(change.merged_into) == unit_key(change.unit_code):
            yield _of(kinds.MERGED_INTO_UNKNOWN, change, "merged_into", change.merged_into)
    if change.change not in {ChangeOfUnit.FOUNDED, ChangeOfUnit.MOVED} or not change.parent_code:
        return
    parent = tree.unit(change.parent_code)
    if parent is None:
        yield _of(kinds.PARENT_UNKNOWN, change, "parent_code", change.parent_code)
    elif parent.level.is_cell:
        yield _of(kinds.PARENT_IS_CELL, change, "parent_code", change.parent_code)
    elif tree.is_under(change.parent_code, change.unit_code):
        yield _of(kinds.PARENT_IN_CIRCLE, change, "parent_code", change.parent_code)


def _orphans(units: Units) -> Iterator[Finding]:
    """Units that a parent leaves behind when it ends: to be moved on the same day."""
    for changes in units.by_unit.values():
        for change in changes:
            if change.change.ends:
                for child in units.on(change.day).children(change.unit_code):
                    yield _of(kinds.PARENT_ENDED, change, "unit_code", child.code)


def _of(kind: FindingKind, change: UnitChange, column: str, seen: str) -> Finding:
    place = change.origin.place(column) if change.origin else Place("")
    return kind.at(place, seen=seen, unit=change.unit_code, day=f"{change.day:%d/%m/%Y}")
