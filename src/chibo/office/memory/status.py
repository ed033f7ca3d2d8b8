"""How a period stands: each unit's state and who holds it, the rates, and who is missing with whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from chibo.access import Act
from chibo.model import Period
from chibo.office.memory.not_taken import locked, not_taking
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Memory, Standing
from chibo.office.memory.reviewing import open_criteria
from chibo.periods import (
    Arrival,
    Completeness,
    Expected,
    PeriodState,
    ReportingPeriod,
    UnitStanding,
    UnitState,
    completeness,
    completeness_by_committee,
    owed_units,
    standings,
)
from chibo.register import Person, Role
from chibo.store import Reading
from chibo.store.periods import read_exceptions, read_expected
from chibo.store.submissions import read_submission, read_submissions
from chibo.submissions import ROLE_AT_WORK, State, Submission


@frozen(kw_only=True)
class UnitStatus:
    """One unit in a period; `open_criteria` are those touched since it was verified."""

    standing: UnitStanding
    submission: Submission
    open_criteria: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether a book came in that says nothing of the period: nothing waits for a review."""
        waits = self.submission.state in {State.SUBMITTED, State.RESUBMITTED}
        return waits and self.standing.state is UnitState.EMPTY

    @property
    def is_locked_unverified(self) -> bool:
        """Whether it was locked before anybody verified it: locked, yet not done."""
        return self.submission.state is State.LOCKED and not self.submission.is_verified

    @property
    def is_shut_out(self) -> bool:
        """Whether the period was closed before anything came in: nobody can do anything."""
        return self.standing.closed_on is not None and self.submission.state is State.DRAFT

    @property
    def at_work(self) -> Role | None:
        """Who has to do the next thing; None where nobody can."""
        return Role.SUBMITTER if self.says_nothing else ROLE_AT_WORK[self.submission.state]


@frozen(kw_only=True)
class PeriodStatus:
    """A whole period: its units by code, and how complete it is, altogether and by base organisation."""

    period: ReportingPeriod
    units: tuple[UnitStatus, ...]
    total: Completeness
    by_committee: Mapping[str, Completeness]


@frozen(kw_only=True)
class Missing:
    """A unit that has sent nothing, or nothing that tells of the period, and whom to ask.

    Where it cannot hand in any more, `shut` says why and what helps; `openers` are the people who can give that.
    """

    standing: UnitStanding
    days_overdue: int
    contacts: tuple[Person, ...]
    shut: str = ""
    openers: tuple[Person, ...] = ()


def period_status(memory: Memory, period: Period) -> PeriodStatus:
    """How a period stands, for the units that the actor may see. Raises ChiboError where it was never opened."""
    with memory.reading() as (reading, standing):
        opened, units = _units(reading, standing, period)
        listed = [unit.standing for unit in units]
        return PeriodStatus(
            period=opened, units=units, total=completeness(listed), by_committee=completeness_by_committee(listed)
        )


def unit_status(reading: Reading, period: ReportingPeriod, unit: Expected) -> UnitStatus:
    """How one of the expected units stands in a period that was opened."""
    owed = owed_units([unit], read_exceptions(reading, period.period))
    submission = read_submission(reading, unit.unit_code, period.period)
    arrival = _arrival(submission)
    (standing,) = standings(period, owed, {unit.unit_code.casefold(): arrival} if arrival else {})
    return UnitStatus(standing=standing, submission=submission, open_criteria=open_criteria(reading, submission))


def holders_of(unit: UnitStatus, standing: Standing) -> tuple[Person, ...]:
    """Who has to do the next thing with a unit's submission; nobody where it is done or nobody is registered."""
    people, day = standing.register.people, standing.day
    role = unit.at_work
    if role is None or unit.is_shut_out:
        return ()
    expected = unit.standing.owed.expected
    codes = {Role.SUBMITTER: (expected.unit_code,), Role.REVIEWER: (expected.committee_code, "")}.get(role, ("",))
    assigned = (people.assigned(role, code, day) for code in codes)
    return _reachable(next((found for found in assigned if found), ()), standing)


def who_is_missing(memory: Memory, period: Period) -> tuple[Missing, ...]:
    """The units that still owe something for a period, the longest overdue first."""
    with memory.reading() as (reading, standing):
        opened, units = _units(reading, standing, period)
        found = [_missing(unit, opened, standing) for unit in units if unit.standing.is_silent]
    return tuple(sorted(found, key=lambda one: -one.days_overdue))


def _missing(unit: UnitStatus, period: ReportingPeriod, standing: Standing) -> Missing:
    owed, day = unit.standing.owed, standing.day
    shut = not_taking(period, unit.submission, owed.until, day)
    if shut and period.state(day) is not PeriodState.OPEN:
        shut = locked(period, owed.expected.unit_code)  # an empty book went the way of the whole period
    return Missing(
        standing=unit.standing,
        days_overdue=unit.standing.days_overdue(day),
        contacts=_contacts(unit, standing),
        shut=str(shut) if shut else "",
        openers=_reachable(standing.register.people.assigned(Role.BOARD, "", day), standing) if shut else (),
    )


def _units(reading: Reading, standing: Standing, period: Period) -> tuple[ReportingPeriod, tuple[UnitStatus, ...]]:
    opened = opened_period(reading, period)
    owed = owed_units(read_expected(reading, period), read_exceptions(reading, period))
    seen = [one for one in owed if standing.may(Act.SEE_STATUS, one.expected.unit_code)]
    if not seen:
        standing.require(Act.SEE_STATUS)
    submissions = read_submissions(reading, period)
    arrivals = {code.casefold(): arrival for code, one in submissions.items() if (arrival := _arrival(one))}
    units = []
    for unit in standings(opened, seen, arrivals):
        code = unit.owed.expected.unit_code
        submission = submissions.get(code) or Submission(unit_code=code, period=period)
        units.append(UnitStatus(standing=unit, submission=submission, open_criteria=open_criteria(reading, submission)))
    return opened, tuple(units)


def _arrival(submission: Submission) -> Arrival | None:
    current, first = submission.current, submission.first_on
    if current is None or first is None:
        return None
    return Arrival(content=current.content, first_on=first, verified=submission.is_verified)


def _contacts(unit: UnitStatus, standing: Standing) -> tuple[Person, ...]:
    """Who hands in for the unit, else who reviews its base organisation."""
    expected, people = unit.standing.owed.expected, standing.register.people
    own = people.assigned(Role.SUBMITTER, expected.unit_code, standing.day)
    return _reachable(own or people.assigned(Role.REVIEWER, expected.committee_code, standing.day), standing)


def _reachable(people: Iterable[Person], standing: Standing) -> tuple[Person, ...]:
    return tuple(map(standing.reachable, people))
