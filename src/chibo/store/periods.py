"""Periods in the database: each with its days, the units that were expected, and the exceptions made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from attrs import fields

from chibo.audit import AuditAct
from chibo.model import Period
from chibo.model.digest import canonical_digest
from chibo.periods import Expected, ReportingPeriod, UnitException
from chibo.store.columns import Day, Flag, Line, PeriodCode, Text, Whole
from chibo.store.schema import METADATA, row_of
from chibo.store.sessions import Reading, Writing


def _period(**more: Any) -> sa.Column[Period]:
    return sa.Column("period", PeriodCode, sa.ForeignKey("periods.period"), **more)


PERIODS = sa.Table(
    "periods",
    METADATA,
    sa.Column("period", PeriodCode, primary_key=True),
    sa.Column("opened_on", Day(), nullable=False),
    sa.Column("due_on", Day(), nullable=False),
    sa.Column("grace_until", Day(), nullable=False),
    sa.Column("locks_on", Day(), nullable=False),
    sa.Column("closed_on", Day()),
)
EXPECTED = sa.Table(
    "expected_units",
    METADATA,
    _period(primary_key=True),
    sa.Column("unit_code", Line(64), primary_key=True),
    sa.Column("unit_name", Text(), nullable=False),
    sa.Column("committee_code", Text(), nullable=False),
    sa.Column("committee_name", Text(), nullable=False),
)
EXCEPTIONS = sa.Table(
    "unit_exceptions",
    METADATA,
    sa.Column("number", Whole(), primary_key=True),
    _period(nullable=False, index=True),
    sa.Column("unit_code", Line(64), nullable=False),
    sa.Column("exempt", Flag(), nullable=False),
    sa.Column("until", Day()),
    sa.Column("reason", Text(), nullable=False),
)


def read_periods(reading: Reading) -> tuple[ReportingPeriod, ...]:
    """Every period that was opened, in order."""
    rows = reading.connection.execute(sa.select(PERIODS))
    return tuple(sorted((ReportingPeriod(**row._mapping) for row in rows), key=lambda one: one.period))


def read_period(reading: Reading, period: Period) -> ReportingPeriod | None:
    """The period, None where it was never opened."""
    row = reading.connection.execute(sa.select(PERIODS).where(PERIODS.c.period == period)).first()
    return ReportingPeriod(**row._mapping) if row else None


def read_expected(reading: Reading, period: Period) -> tuple[Expected, ...]:
    """The units that were expected when the period opened, by code."""
    wanted = _columns(EXPECTED, Expected).where(EXPECTED.c.period == period).order_by(EXPECTED.c.unit_code)
    return tuple(Expected(**row._mapping) for row in reading.connection.execute(wanted))


def read_exceptions(reading: Reading, period: Period) -> tuple[UnitException, ...]:
    """The exceptions of a period in the order in which they were made."""
    wanted = _columns(EXCEPTIONS, UnitException).where(EXCEPTIONS.c.period == period).order_by(EXCEPTIONS.c.number)
    return tuple(UnitException(**row._mapping) for row in reading.connection.execute(wanted))


def add_period(writing: Writing, period: ReportingPeriod, expected: Iterable[Expected]) -> None:
    """Open a period with the units that it expects, for good."""
    listed = list(expected)
    writing.connection.execute(PERIODS.insert(), row_of(period, PERIODS))
    rows = [{"period": period.period, **row_of(unit, EXPECTED)} for unit in listed]
    if rows:
        writing.connection.execute(EXPECTED.insert(), rows)
    whole, days = canonical_digest((period, tuple(listed))), canonical_digest(period)
    writing.note(AuditAct.PERIOD_OPENED, str(period.period), after=whole, record=days)


def change_period(writing: Writing, before: ReportingPeriod, after: ReportingPeriod, reason: str) -> None:
    """Close a period or open it again."""
    row = row_of(after, PERIODS)
    writing.connection.execute(PERIODS.update().where(PERIODS.c.period == before.period), row)
    act = AuditAct.PERIOD_CLOSED if after.closed_on else AuditAct.PERIOD_REOPENED
    digests = {"before": canonical_digest(before), "after": canonical_digest(after)}
    writing.note(act, str(before.period), reason=reason, **digests)


def add_exception(writing: Writing, period: Period, exception: UnitException) -> None:
    """Make an exception for a unit; it takes the place of the unit's earlier ones, which are kept."""
    writing.connection.execute(EXCEPTIONS.insert(), {"period": period, **row_of(exception, EXCEPTIONS)})
    subject = f"{period} · {exception.unit_code}"
    writing.note(AuditAct.UNIT_EXCEPTED, subject, after=canonical_digest(exception), reason=exception.reason)


def _columns(table: sa.Table, record: type[Any]) -> sa.Select[Any]:
    return sa.select(*(table.c[field.name] for field in fields(record)))
