"""Periods, the units that they expect, and the exceptions made, against the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from attrs import evolve, fields

from chibo.audit import Disagreement, Entry, How, Matter, Replay
from chibo.model.digest import canonical_digest
from chibo.periods import Expected, ReportingPeriod, UnitException
from chibo.store.periods import EXCEPTIONS, EXPECTED, PERIODS
from chibo.store.rows import raw_rows, typed_row
from chibo.store.sessions import Reading


def wrong_periods(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Periods whose days, or whose list of expected units, are not those that were logged."""
    expected: defaultdict[str, list[Expected]] = defaultdict(list)
    for row in raw_rows(reading.connection, EXPECTED, ["period"]):
        expected[str(row["period"])].append(_record(Expected, row))
    left = dict(replay.opened)
    for row in raw_rows(reading.connection, PERIODS, ["period"]):
        code = str(row["period"])
        entry, changed = left.pop(code, None), replay.changed.get(code)
        typed = typed_row(PERIODS, row)
        period = _record(ReportingPeriod, typed) if typed and typed["period"] else None
        found = {"due_on": str(row["due_on"]), "closed_on": str(row["closed_on"] or "")}
        listed = tuple(sorted(expected.pop(code, ()), key=lambda one: one.unit_code))
        if entry is None:
            yield Disagreement(matter=Matter.PERIOD, how=How.UNTOLD, subject=code, found=found)
        elif period is None or not _has_days_of(period, entry, changed):
            said = changed or entry
            yield Disagreement(matter=Matter.PERIOD, how=How.DIFFERENT, subject=code, found=found, entry=said)
        elif canonical_digest((evolve(period, closed_on=None), listed)) != entry.after:
            count = {"units": str(len(listed))}
            yield Disagreement(matter=Matter.EXPECTED, how=How.DIFFERENT, subject=code, found=count, entry=entry)
    for code, entry in left.items():
        yield Disagreement(matter=Matter.PERIOD, how=How.MISSING, subject=code, entry=entry)
    for code in expected:
        yield Disagreement(matter=Matter.EXPECTED, how=How.UNTOLD, subject=code)


def _has_days_of(period: ReportingPeriod, opened: Entry, changed: Entry | None) -> bool:
    """Whether the days are those logged; of an old entry alone the days cannot be told from the list of units."""
    if changed is not None:
        return canonical_digest(period) == changed.after
    return period.closed_on is None and (not opened.record or canonical_digest(period) == opened.record)


def wrong_exceptions(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Exceptions, in the order in which they were made, that are not those that were logged."""
    made: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in raw_rows(reading.connection, EXCEPTIONS, ["number"]):
        made[f"{row['period']} · {row['unit_code']}"].append(row)
    for subject in sorted(made.keys() | replay.exceptions.keys()):
        for row, entry in zip_longest(made.get(subject, ()), replay.exceptions.get(subject, ())):
            found = {} if row is None else {name: str(row[name] or "") for name in ("until", "exempt", "reason")}
            typed = None if row is None else typed_row(EXCEPTIONS, row)
            digest = "" if typed is None else canonical_digest(_record(UnitException, typed))
            if entry is None or digest != entry.after:
                how = How.UNTOLD if entry is None else How.MISSING if row is None else How.DIFFERENT
                yield Disagreement(matter=Matter.EXCEPTION, how=how, subject=subject, found=found, entry=entry)


def _record(kind: type[Any], row: Mapping[str, Any]) -> Any:
    return kind(**{one.name: row[one.name] for one in fields(kind)})
