"""Periods in the database: given back as they were opened, exceptions in their order."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from attrs import evolve

from chibo.model import Period
from chibo.periods import Expected, UnitException, scheduled
from chibo.store import Store
from chibo.store.periods import (
    add_exception,
    add_period,
    change_period,
    read_exceptions,
    read_expected,
    read_period,
    read_periods,
)
from scored import LIBRARY

MARCH, QUARTER = Period(2026, 3, 3), Period(2026, 1, 3)
UNITS = (
    Expected(unit_code="CB01", unit_name="Chi bộ Một", committee_code="DB01", committee_name="Đảng bộ Sở"),
    Expected(unit_code="CB02", unit_name="Chi bộ Hai"),
)


def test_periods_are_given_back_as_they_were_opened(store: Store) -> None:
    opened = [scheduled(period, LIBRARY.calendar, date(2026, 3, 25)) for period in (QUARTER, MARCH)]
    with store.writing("an") as writing:
        for one in opened:
            add_period(writing, one, UNITS)
    closed = evolve(opened[1], closed_on=date(2026, 5, 1))
    with store.writing("an") as writing:
        change_period(writing, opened[1], closed, "xong")
    with store.reading() as reading:
        assert read_periods(reading) == (opened[0], closed)
        assert read_period(reading, MARCH) == closed
        assert read_period(reading, Period(2026, 4, 4)) is None
        assert read_expected(reading, MARCH) == UNITS


def test_exceptions_are_kept_in_the_order_in_which_they_were_made(store: Store) -> None:
    made = tuple(UnitException(unit_code="CB01", exempt=number % 2 == 0, reason=str(number)) for number in range(3))
    with store.writing("an") as writing:
        add_period(writing, scheduled(MARCH, LIBRARY.calendar, date(2026, 3, 25)), UNITS)
        for one in made:
            add_exception(writing, MARCH, one)
    with store.reading() as reading:
        assert read_exceptions(reading, MARCH) == made


def test_a_period_is_opened_once(store: Store) -> None:
    opened = scheduled(MARCH, LIBRARY.calendar, date(2026, 3, 25))
    with store.writing("an") as writing:
        add_period(writing, opened, UNITS)
    with pytest.raises(sa.exc.IntegrityError), store.writing("an") as writing:
        add_period(writing, opened, UNITS)
