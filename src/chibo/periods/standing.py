"""How far each unit has come with a period: by what its book says, not by what somebody claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from chibo.consolidation.duplicates import cell_key
from chibo.model import MeetingRecord, MonthStatus, Period
from chibo.model.units import CellInPeriod
from chibo.periods.expectation import Owed
from chibo.periods.schedule import ReportingPeriod


class Content(StrEnum):
    """What a book says of a period."""

    EMPTY = "empty"
    """Nothing of any month."""
    PARTIAL = "partial"
    """Something, but a month is missing, or a meeting that was held has no complete score."""
    COMPLETE = "complete"


class UnitState(StrEnum):
    """How far a unit has come."""

    EXEMPT = "exempt"
    MISSING = "missing"
    EMPTY = "empty"
    PARTIAL = "partial"
    COMPLETE = "complete"
    VERIFIED = "verified"

    @property
    def is_received(self) -> bool:
        """Whether a book came in."""
        return self not in {UnitState.EXEMPT, UnitState.MISSING}


@frozen(kw_only=True)
class Arrival:
    """What came in of a unit: what the book in use says, the day something first came, whether it is verified."""

    content: Content
    first_on: date
    verified: bool = False


@frozen(kw_only=True)
class UnitStanding:
    """How far one unit has come. `due_on` is its own day: the period's, or the last of the time that was given on top.

    `in_time_until` is that day with the period's grace. `days_late` counts from it; 0 where nothing came in. Once
    somebody closed the period, on `closed_on`, what is left of a unit's time counts no more.
    """

    owed: Owed
    state: UnitState
    due_on: date
    in_time_until: date
    first_on: date | None = None
    days_late: int = 0
    closed_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether it came in, too late."""
        return self.days_late > 0

    @property
    def is_silent(self) -> bool:
        """Whether the unit owes and has told nothing yet."""
        return self.state in {UnitState.MISSING, UnitState.EMPTY}

    def days_overdue(self, day: date) -> int:
        """Days since the last day in time on which the unit has told nothing; 0 for one that has, or owes nothing."""
        return max(0, (day - self.in_time_until).days) if self.is_silent else 0


def content_of(cell: CellInPeriod, period: Period) -> Content:
    """What a cell's book says of a period."""
    said = [cell.status(month) for month in period.months]
    if all(status is MonthStatus.UNREPORTED for status in said) and not any(one.is_held for one in cell.records):
        return Content.EMPTY
    whole = all(status is not MonthStatus.UNREPORTED for status in said)
    return Content.COMPLETE if whole and all(map(_is_scored, cell.records)) else Content.PARTIAL


def standings(
    period: ReportingPeriod, owed: Iterable[Owed], arrivals: Mapping[str, Arrival]
) -> tuple[UnitStanding, ...]:
    """How far each unit has come, in the order of `owed`; `arrivals` is by the key of the unit's code."""
    return tuple(_standing(period, one, arrivals.get(cell_key(one.expected.unit_code))) for one in owed)


def _standing(period: ReportingPeriod, owed: Owed, arrival: Arrival | None) -> UnitStanding:
    due = max(owed.until or period.due_on, period.due_on)
    in_time = max(due, period.grace_until)
    silent = UnitStanding(
        owed=owed, state=UnitState.MISSING, due_on=due, in_time_until=in_time, closed_on=period.closed_on
    )
    if owed.is_exempt:
        return evolve(silent, state=UnitState.EXEMPT)
    if arrival is None:
        return silent
    state = UnitState.VERIFIED if arrival.verified else UnitState(arrival.content.value)
    late = max(0, (arrival.first_on - in_time).days)
    return evolve(silent, state=state, first_on=arrival.first_on, days_late=late)


def _is_scored(record: MeetingRecord) -> bool:
    """Whether a meeting that owes a score has one; a meeting without a frame owes none."""
    return not record.is_held or not record.facts.frame or record.score is not None
