"""What is held against what: the figures of a period against SQL, its list against a naive replay of the register."""

from __future__ import annotations

import time
from datetime import date

from chibo.model import Period
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.status import PeriodStatus, period_status
from chibo.periods import Completeness
from simulation.acts import Course
from simulation.blocs import BOARD
from simulation.counted import Counts, counted, points_given
from simulation.doing import Office


def check_expected(office: Office, course: Course, period: Period, day: date) -> None:
    """The frozen list is what a naive replay of everything known on the day says."""
    listed = {
        unit.standing.owed.expected.unit_code: unit.standing.owed.expected.committee_code
        for unit in _status(office, period).units
    }
    assert listed == course.owing(period, day)


def check_period(office: Office, period: Period) -> Counts:
    """The figures of a period, held against SQL: unit by unit, altogether, by base organisation, and its rates."""
    begun = time.perf_counter()
    status = _status(office, period)
    office.seconds["status"] += time.perf_counter() - begun
    sql = counted(office.database, str(period))
    ours = {
        one.standing.owed.expected.unit_code: (one.standing.state.value, one.standing.days_late) for one in status.units
    }
    assert ours == sql.units
    _assert_same(status.total, sql.total)
    assert list(status.by_committee) == sorted(sql.by_committee, key=lambda code: (not code, code))
    for code, part in status.by_committee.items():
        _assert_same(part, sql.by_committee[code])
    assert points_given(office.database, str(period)) == office.given[str(period)]
    _check_consolidated(office, period, status)
    return sql.total


def _assert_same(ours: Completeness, sql: Counts) -> None:
    states = {name: getattr(ours, name) for name in ("exempt", "missing", "empty", "partial", "complete", "verified")}
    assert states == {name: sql.states[name] for name in states}
    assert (ours.expected, ours.received, ours.late) == (sql.expected, sql.received, sql.late)
    assert ours.missing + ours.received == ours.expected
    rates = (ours.received_rate, ours.complete_rate, ours.verified_rate, ours.on_time_rate)
    for rate, part in zip(rates, _parts(sql), strict=True):
        assert rate is None if not sql.expected else (0 <= rate <= 100 and rate * sql.expected == 100 * part)


def _parts(sql: Counts) -> tuple[int, int, int, int]:
    done = sql.states["complete"] + sql.states["verified"]
    return sql.received, done, sql.states["verified"], sql.received - sql.late


def _check_consolidated(office: Office, period: Period, status: PeriodStatus) -> None:
    """A return of the period has the books of all who handed in, and official scores where points hold."""
    begun = time.perf_counter()
    found = from_office(office.act_as(BOARD), period)
    office.seconds["consolidate"] += time.perf_counter() - begun
    came = {one.submission.unit_code: one.submission for one in status.units if one.submission.editions}
    owing = {one.cell_code for one in found.expected}
    assert {one.identity.cell_code for one in found.consolidation.accepted} == set(came) & owing
    official = {row.cell_code for row in found.consolidation.facts if row.official_total is not None}
    assert official == {code for code, one in came.items() if one.official and code in owing}


def _status(office: Office, period: Period) -> PeriodStatus:
    return period_status(office.act_as(BOARD), period)
