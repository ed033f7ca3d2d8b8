"""The units of one day, and who stands under whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from chibo.model import CellIdentity


class UnitLevel(StrEnum):
    """Cấp: what a unit is. Only cells meet and report."""

    BLOC = "Đảng bộ Khối"
    COMMITTEE = "Đảng bộ cơ sở"
    SECTION = "Đảng bộ bộ phận"
    GRASSROOTS_CELL = "Chi bộ cơ sở"
    CELL = "Chi bộ trực thuộc"

    @property
    def is_cell(self) -> bool:
        """Whether such a unit is a cell."""
        return self in {UnitLevel.GRASSROOTS_CELL, UnitLevel.CELL}


def unit_key(code: str) -> str:
    """What tells one unit from another: its code without regard to letter case."""
    return code.casefold()


@frozen(kw_only=True)
class Unit:
    """A unit as it is on some day. An empty parent is the bloc itself."""

    code: str
    name: str
    level: UnitLevel
    parent_code: str = ""
    kind: str = ""


@frozen(slots=False)
class UnitTree:
    """The units of a day by their keys."""

    units: Mapping[str, Unit] = field(factory=dict)

    def unit(self, code: str) -> Unit | None:
        """The unit of this code, None where there was none on the day."""
        return self.units.get(unit_key(code))

    @cached_property
    def _children(self) -> Mapping[str, tuple[Unit, ...]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            found[unit_key(unit.parent_code)].append(unit)
        return {parent: tuple(sorted(units, key=lambda unit: unit.code)) for parent, units in found.items()}

    def children(self, code: str) -> tuple[Unit, ...]:
        """The units straight under one, by code; those straight under the bloc for ""."""
        return self._children.get(unit_key(code), ())

    def above(self, code: str) -> Iterator[Unit]:
        """The unit and those above it, upwards; a circle ends where it closes."""
        seen: set[str] = set()
        unit = self.unit(code)
        while unit is not None and unit_key(unit.code) not in seen:
            seen.add(unit_key(unit.code))
            yield unit
            unit = self.unit(unit.parent_code) if unit.parent_code else None

    def is_under(self, code: str, top: str) -> bool:
        """Whether a unit is `top` or stands under it; everything stands under ""."""
        return not top or any(unit_key(unit.code) == unit_key(top) for unit in self.above(code))

    def committee_of(self, code: str) -> Unit | None:
        """The base organisation that a cell belongs to; None for a cell straight under the bloc."""
        return next((unit for unit in self.above(code) if unit.level is UnitLevel.COMMITTEE), None)

    @cached_property
    def cells(self) -> tuple[Unit, ...]:
        """The cells of the day, by code."""
        return tuple(sorted((unit for unit in self.units.values() if unit.level.is_cell), key=lambda unit: unit.code))

    def identity(self, cell: Unit, year: int) -> CellIdentity:
        """Who a cell is, in the words of returns."""
        committee = self.committee_of(cell.code)
        return CellIdentity(
            cell_code=cell.code,
            cell_name=cell.name,
            year=year,
            committee_code=committee.code if committee else "",
            committee_name=committee.name if committee else "",
        )

    @classmethod
    def of(cls, units: Iterable[Unit]) -> UnitTree:
        """The tree of these units."""
        return cls({unit_key(unit.code): unit for unit in units})
