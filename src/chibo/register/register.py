"""The whole register: units, the other names they go by, and people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from chibo.definitions.wording import normal_label
from chibo.model import Origin
from chibo.register.people import Assignment, People, Person
from chibo.register.tree import UnitTree, unit_key
from chibo.register.units import UnitChange, Units


@frozen(kw_only=True)
class Alias:
    """Another name of a unit ("CB1", "Chi bộ 1") that somebody has confirmed to mean it."""

    alias: str
    unit_code: str
    origin: Origin | None = field(default=None, eq=False, repr=False)

    @property
    def key(self) -> tuple[str]:
        """What tells one alias from another."""
        return (normal_label(self.alias),)


Record = UnitChange | Alias | Person | Assignment
"""One row of the register."""


@frozen(slots=False)
class Register:
    """Everything that stands in the register, in any order."""

    changes: tuple[UnitChange, ...] = ()
    aliases: tuple[Alias, ...] = ()
    persons: tuple[Person, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    @cached_property
    def units(self) -> Units:
        """The units of all time."""
        return Units(self.changes)

    @cached_property
    def people(self) -> People:
        """The people and what is assigned to them."""
        return People(self.persons, self.assignments)

    @cached_property
    def _alias_codes(self) -> Mapping[str, str]:
        return {normal_label(alias.alias): alias.unit_code for alias in self.aliases}

    def known_code(self, text: str, tree: UnitTree) -> str | None:
        """The code of the unit that a code or a confirmed alias means on the day of `tree`; None where none does."""
        unit = tree.unit(text) or tree.unit(self._alias_codes.get(normal_label(text), ""))
        return unit.code if unit else None

    def likely(self, text: str, name: str, tree: UnitTree) -> tuple[str, ...]:
        """Codes of units that may be meant, to be confirmed by somebody: those of the same name or a similar code."""
        wanted = {normal_label(name), normal_label(text)} - {""}
        plain = _letters_and_digits(text)
        return tuple(
            unit.code
            for key, unit in sorted(tree.units.items())
            if normal_label(unit.name) in wanted or (plain and _letters_and_digits(key) == plain)
        )

    def record_groups(self) -> Mapping[str, tuple[Any, ...]]:
        """The records by the name of their attribute: what a workbook has a sheet for, and the store a table."""
        return {
            "changes": self.changes,
            "aliases": self.aliases,
            "persons": self.persons,
            "assignments": self.assignments,
        }


def _letters_and_digits(code: str) -> str:
    """A code without what people write differently: case, blanks, signs, zeros in front of a number."""
    runs = "".join(sign if sign.isalnum() else " " for sign in unit_key(code))
    found, digits = "", ""
    for sign in runs + " ":
        if sign.isdecimal():
            digits += sign
            continue
        found += (digits.lstrip("0") or "0") if digits else ""
        digits = ""
        found += sign.strip()
    return found
