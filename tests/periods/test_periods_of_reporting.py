"""Periods: their days, the frozen list with its exceptions, and rates that never leave 0 to 100 per cent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import a_meeting
from chibo.consolidation import consolidate, period_table
from chibo.definitions.calendar import Calendar
from chibo.definitions.loading import parse_definition
from chibo.errors import DefinitionError
from chibo.model import MeetingState, Period, ScoreSheet
from chibo.model.periods import PeriodKind
from chibo.periods import (
    Arrival,
    Content,
    Expected,
    PeriodState,
    UnitException,
    UnitState,
    completeness,
    completeness_by_committee,
    content_of,
    owed_units,
    scheduled,
    standings,
)
from chibo.periods.schedule import opens_on, register_day
from offices import a_cell, an_office, outcome
from scored import LIBRARY

MARCH = Period(2026, 3, 3)
OPENED = date(2026, 3, 25)


def test_a_months_days_follow_from_the_calendar() -> None:
    period = scheduled(MARCH, LIBRARY.calendar, OPENED)
    rule = LIBRARY.calendar.rule(MARCH)
    assert period.due_on == date(2026, 3, 31) + timedelta(days=rule.due)
    assert period.due_on < period.grace_until < period.locks_on
    assert opens_on(MARCH, LIBRARY.calendar) < period.due_on


def test_a_period_is_open_until_its_day_then_locked_and_closed_for_good() -> None:
    period = scheduled(MARCH, LIBRARY.calendar, OPENED)
    assert period.state(period.locks_on) is PeriodState.OPEN
    assert period.state(period.locks_on + timedelta(days=1)) is PeriodState.LOCKED
    assert evolve(period, closed_on=OPENED).state(OPENED) is PeriodState.CLOSED


@pytest.mark.parametrize(
    ("opened", "day"),
    [
        (date(2026, 2, 20), date(2026, 3, 1)),
        (date(2026, 3, 25), date(2026, 3, 25)),
        (date(2026, 4, 8), date(2026, 3, 31)),
    ],
)
def test_the_units_expected_are_those_of_the_opening_within_the_period(opened: date, day: date) -> None:
    assert register_day(MARCH, opened) == day


def a_calendar(*rules: tuple[str, int]) -> Calendar:
    """A calendar in which month periods are due so many days after their end, by the first day of each rule."""
    others = [
        {"kind": kind, "from": date(2018, 1, 1), **NUMBERS} for kind in PeriodKind if kind is not PeriodKind.MONTH
    ]
    months = [{"kind": "month", "from": date.fromisoformat(day), **NUMBERS, "due": due} for day, due in rules]
    return parse_definition(Calendar, {"schema": 1, "source": "thử", "rules": others + months}, Path("calendar.toml"))


NUMBERS = {"opens": 0, "due": 5, "grace": 1, "locks": 9}


def test_a_new_rule_holds_for_periods_that_begin_after_it() -> None:
    calendar = a_calendar(("2018-01-01", 5), ("2026-03-02", 9))
    assert calendar.rule(MARCH).due == 5
    assert calendar.rule(Period(2026, 4, 4)).due == 9
    assert calendar.rule(Period(2010, 1, 1)).due == 5


@pytest.mark.parametrize("rules", [(), (("2018-01-01", 5), ("2018-01-01", 6)), (("2018-01-01", -1),)])
def test_a_calendar_that_does_not_hold_together_is_refused(rules: tuple[tuple[str, int], ...]) -> None:
    with pytest.raises(DefinitionError):
        a_calendar(*rules)


def contents() -> dict[str, Content]:
    table = period_table(consolidate(outcome(book) for book in an_office()), MARCH)
    return {cell.identity.cell_code: content_of(cell, MARCH) for cell in table.cells}


def test_what_a_book_says_of_a_month() -> None:
    found = contents()
    assert found["CB01"] is Content.COMPLETE
    assert found["CB03"] is Content.PARTIAL, "held, the score not complete"
    assert found["CB04"] is Content.COMPLETE, "postponed, and said so"
    assert found["CB06"] is Content.EMPTY, "only February was held"


def test_a_quarter_lacks_its_silent_months() -> None:
    cell = period_table(consolidate([outcome(a_cell(1))]), Period(2026, 1, 3)).cells[0]
    assert content_of(cell, Period(2026, 1, 3)) is Content.PARTIAL
    silent = a_cell(1, meetings=(a_meeting(state=MeetingState.REGISTERED, held_on=None),), self_scores=ScoreSheet())
    assert content_of(period_table(consolidate([outcome(silent)]), MARCH).cells[0], MARCH) is Content.EMPTY


UNITS = [Expected(unit_code=f"CB{n:02d}", unit_name=f"Chi bộ {n}", committee_code=f"DB{n % 3}") for n in range(1, 9)]
CODES = st.sampled_from([unit.unit_code for unit in UNITS] + ["CB99"])


@st.composite
def arrivals(draw: st.DrawFn) -> dict[str, Arrival]:
    return {
        code.casefold(): Arrival(
            content=draw(st.sampled_from(list(Content))),
            first_on=OPENED + timedelta(days=draw(st.integers(-5, 60))),
            verified=draw(st.booleans()),
        )
        for code in draw(st.lists(CODES, unique=True))
    }


EXCEPTIONS = st.lists(
    st.builds(
        UnitException,
        unit_code=CODES,
        exempt=st.booleans(),
        until=st.none() | st.dates(date(2026, 4, 1), date(2026, 6, 1)),
        reason=st.just("vì thế"),
    )
)


@given(arrived=arrivals(), exceptions=EXCEPTIONS)
def test_missing_and_received_are_the_expected_and_no_rate_leaves_its_bounds(
    arrived: dict[str, Arrival], exceptions: list[UnitException]
) -> None:
    period = scheduled(MARCH, LIBRARY.calendar, OPENED)
    listed = standings(period, owed_units(UNITS, exceptions), arrived)
    groups = completeness_by_committee(listed)
    for part in (completeness(listed), *groups.values()):
        assert part.missing + part.received == part.expected
        assert part.empty + part.partial + part.complete + part.verified == part.received
        rates = (part.received_rate, part.complete_rate, part.verified_rate, part.on_time_rate)
        assert all(rate is None or 0 <= rate <= 100 for rate in rates)
    assert sum(part.expected for part in groups.values()) == completeness(listed).expected
    assert len(listed) == len(UNITS), "nobody outside the list is counted"


def a_standing(arrival: Arrival | None, *exceptions: UnitException):
    period = scheduled(MARCH, LIBRARY.calendar, OPENED)
    arrived = {"cb01": arrival} if arrival else {}
    return standings(period, owed_units(UNITS[:1], exceptions), arrived)[0]


def test_what_comes_within_the_grace_is_in_time() -> None:
    grace = scheduled(MARCH, LIBRARY.calendar, OPENED).grace_until
    assert not a_standing(Arrival(content=Content.COMPLETE, first_on=grace)).is_late
    late = a_standing(Arrival(content=Content.COMPLETE, first_on=grace + timedelta(days=3)))
    assert (late.state, late.days_late) == (UnitState.COMPLETE, 3)
    more = UnitException(unit_code="cb01", until=grace + timedelta(days=3), reason="mất điện")
    assert not a_standing(Arrival(content=Content.COMPLETE, first_on=grace + timedelta(days=3)), more).is_late


def test_the_last_exception_holds_and_an_exempt_unit_owes_nothing() -> None:
    exempt = UnitException(unit_code="CB01", exempt=True, reason="đi làm nhiệm vụ")
    back = UnitException(unit_code="CB01", until=date(2026, 5, 1), reason="đã về")
    assert a_standing(None, back, exempt).state is UnitState.EXEMPT
    assert a_standing(None, exempt, back).state is UnitState.MISSING


def test_days_overdue_are_told_of_whoever_told_nothing() -> None:
    missing = a_standing(None)
    assert missing.due_on < missing.in_time_until
    assert missing.days_overdue(missing.in_time_until) == 0
    assert missing.days_overdue(missing.in_time_until + timedelta(days=4)) == 4
    empty = a_standing(Arrival(content=Content.EMPTY, first_on=OPENED))
    assert empty.days_overdue(missing.in_time_until + timedelta(days=2)) == 2
    assert a_standing(Arrival(content=Content.PARTIAL, first_on=OPENED)).days_overdue(date(2027, 1, 1)) == 0
