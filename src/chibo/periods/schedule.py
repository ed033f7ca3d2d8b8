"""A reporting period of an office: its days, settled once when it opens, and whether it takes anything in."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from attrs import frozen

from chibo.definitions.calendar import Calendar
from chibo.model import Period


class PeriodState(StrEnum):
    """Whether a period takes anything in."""

    OPEN = "open"
    LOCKED = "locked"
    """Past the day of its locking: only units with more time may still hand in."""
    CLOSED = "closed"
    """Somebody closed it: everything in it is locked."""


@frozen(kw_only=True)
class ReportingPeriod:
    """A period that was opened. All days are the last ones on which something is still so.

    What comes in by `grace_until` is in time; after `locks_on` only a unit with more time may hand in.
    """

    period: Period
    opened_on: date
    due_on: date
    grace_until: date
    locks_on: date
    closed_on: date | None = None

    def state(self, day: date) -> PeriodState:
        """Whether the period takes anything in on a day."""
        if self.closed_on is not None:
            return PeriodState.CLOSED
        return PeriodState.OPEN if day <= self.locks_on else PeriodState.LOCKED


def scheduled(period: Period, calendar: Calendar, opened_on: date, due_on: date | None = None) -> ReportingPeriod:
    """The period with the days that the calendar gives it, counted from `due_on` where it is due on another day."""
    rule = calendar.rule(period)
    due = due_on or period.months[-1].last_day + timedelta(days=rule.due)
    return ReportingPeriod(
        period=period,
        opened_on=opened_on,
        due_on=due,
        grace_until=due + timedelta(days=rule.grace),
        locks_on=due + timedelta(days=rule.locks),
    )


def opens_on(period: Period, calendar: Calendar) -> date:
    """The day from which the period may be opened."""
    return period.months[-1].last_day + timedelta(days=calendar.rule(period).opens)


def earliest_due(period: Period, calendar: Calendar, day: date) -> date:
    """The earliest day on which the period may be due and still take something in on a day."""
    return day - timedelta(days=calendar.rule(period).locks)


def latest_due(period: Period, day: date) -> date:
    """The last day on which the period may be due, as of a day: a later one is a slip in typing its year."""
    return date(max(period.year, day.year) + 1, 12, 31)


def register_day(period: Period, opened_on: date) -> date:
    """The day of the register by which the expected units are settled: that of the opening, within the period."""
    first, last = period.months[0].first_day, period.months[-1].last_day
    return min(max(opened_on, first), last)
