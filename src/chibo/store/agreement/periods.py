"""Periods, the units that they expect, and the exceptions made, against the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, zip_longest
from typing import Any

from attrs import evolve, fields

from chibo.audit import Disagreement, Entry, How, Matter, Replay
from chibo.model.digest import canonical_digest
from chibo.periods import Expected, ReportingPeriod, UnitException
from chibo.store.periods import EXCEPTIONS, EXPECTED, PERIODS
from chibo.store.rows import raw_rows, typed_row
from chibo.store.sessions import Reading

_OF_EXCEPTION = ("until", "exempt", "reason")
"""What is told of an exception that is not as it was logged."""


def wrong_periods(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Periods whose days, or whose list of expected units, are not those that were logged."""
    left, periods = dict(replay.opened), {str(row.period): row for row in raw_rows(reading.connection, PERIODS)}
    expecting_nobody = [(code, tuple[Expected]()) for code in periods]  # unless it has come before with its units
    for code, listed in chain(_expected(reading), expecting_nobody):
        row = periods.pop(code, None)
        if row is None and listed:
            yield Disagreement(matter=Matter.EXPECTED, how=How.UNTOLD, subject=code)
        elif row is not None:
            yield from _wrong_period(row, listed, left.pop(code, None), replay.changed.get(code))
    for code, entry in left.items():
        yield Disagreement(matter=Matter.PERIOD, how=How.MISSING, subject=code, entry=entry)


def _wrong_period(
    row: Any, listed: Sequence[Expected], entry: Entry | None, changed: Entry | None
) -> Iterator[Disagreement]:
    """What is wrong with the row of a period, or with its list of units; `entry` opened it, `changed` came last."""
    code, typed = str(row.period), typed_row(PERIODS, row)
    period = _record(ReportingPeriod, typed) if typed and typed["period"] else None
    found = {"due_on": str(row.due_on), "closed_on": str(row.closed_on or "")}
    if entry is None:
        yield Disagreement(matter=Matter.PERIOD, how=How.UNTOLD, subject=code, found=found)
    elif period is None or not _has_days_of(period, entry, changed):
        said = changed or entry
        yield Disagreement(matter=Matter.PERIOD, how=How.DIFFERENT, subject=code, found=found, entry=said)
    elif canonical_digest((evolve(period, closed_on=None), listed)) != entry.after:
        count = {"units": str(len(listed))}
        yield Disagreement(matter=Matter.EXPECTED, how=How.DIFFERENT, subject=code, found=count, entry=entry)


def _expected(reading: Reading) -> Iterator[tuple[str, tuple[Expected, ...]]]:
    """Periods in turn, each with the units that are expected of it; none without any."""
    for period, rows in groupby(raw_rows(reading.connection, EXPECTED, "period"), lambda row: row.period):
        units = (
            Expected(
                unit_code=row.unit_code,
                unit_name=row.unit_name,
                committee_code=row.committee_code,
                committee_name=row.committee_name,
            )
            for row in rows
        )
        yield str(period), tuple(sorted(units, key=lambda unit: unit.unit_code))


def _has_days_of(period: ReportingPeriod, opened: Entry, changed: Entry | None) -> bool:
    """Whether the days are those logged; of an old entry alone the days cannot be told from the list of units."""
    if changed is not None:
        return canonical_digest(period) == changed.after
    return period.closed_on is None and (not opened.record or canonical_digest(period) == opened.record)


def wrong_exceptions(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Exceptions, in the order in which they were made, that are not those that were logged."""
    made: defaultdict[str, list[Any]] = defaultdict(list)
    for row in raw_rows(reading.connection, EXCEPTIONS, "number"):
        made[f"{row.period} · {row.unit_code}"].append(row)
    for subject in sorted(made.keys() | replay.exceptions.keys()):
        for row, entry in zip_longest(made.get(subject, ()), replay.exceptions.get(subject, ())):
            found = {} if row is None else {name: str(getattr(row, name) or "") for name in _OF_EXCEPTION}
            typed = None if row is None else typed_row(EXCEPTIONS, row)
            digest = "" if typed is None else canonical_digest(_record(UnitException, typed))
            if entry is None or digest != entry.after:
                how = How.UNTOLD if entry is None else How.MISSING if row is None else How.DIFFERENT
                yield Disagreement(matter=Matter.EXCEPTION, how=how, subject=subject, found=found, entry=entry)


def _record(kind: type[Any], row: Mapping[str, Any]) -> Any:
    return kind(**{one.name: row[one.name] for one in fields(kind)})
