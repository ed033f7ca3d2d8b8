"""Who owes a report for a period: a list frozen when the period opens, and exceptions to it, each with a reason.

A merger or a renaming after the opening changes nothing in it, so that a rate of the past never changes by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from chibo.consolidation.duplicates import cell_key
from chibo.model import CellIdentity, Period
from chibo.register import UnitTree


@frozen(kw_only=True)
class Expected:
    """One cell that was there when the period opened, as it was called then."""

    unit_code: str
    unit_name: str
    committee_code: str = ""
    committee_name: str = ""

    def identity(self, year: int) -> CellIdentity:
        """Who it is, in the words of returns."""
        return CellIdentity(
            cell_code=self.unit_code,
            cell_name=self.unit_name,
            year=year,
            committee_code=self.committee_code,
            committee_name=self.committee_name,
        )


@frozen(kw_only=True)
class UnitException:
    """Something else holds for one unit: it owes nothing (`exempt`), or has more time, up to and with `until`."""

    unit_code: str
    exempt: bool = False
    until: date | None = None
    reason: str


@frozen(kw_only=True)
class Owed:
    """What one unit owes, its exception taken into account."""

    expected: Expected
    exception: UnitException | None = None

    @property
    def is_exempt(self) -> bool:
        """Whether the unit owes nothing."""
        return self.exception is not None and self.exception.exempt

    @property
    def until(self) -> date | None:
        """The last day of the time that was given on top."""
        return self.exception.until if self.exception else None

    @property
    def reason(self) -> str:
        """Why something else holds for it."""
        return self.exception.reason if self.exception else ""


def expected_units(tree: UnitTree, period: Period) -> tuple[Expected, ...]:
    """The cells of a day's units, by code."""
    found = []
    for cell in tree.cells:
        identity = tree.identity(cell, period.year)
        found.append(
            Expected(
                unit_code=cell.code,
                unit_name=cell.name,
                committee_code=identity.committee_code,
                committee_name=identity.committee_name,
            )
        )
    return tuple(found)


def owed_units(expected: Iterable[Expected], exceptions: Iterable[UnitException]) -> tuple[Owed, ...]:
    """What each expected unit owes; the last exception of a unit holds."""
    by_unit: Mapping[str, UnitException] = {cell_key(one.unit_code): one for one in exceptions}
    return tuple(Owed(expected=unit, exception=by_unit.get(cell_key(unit.unit_code))) for unit in expected)
