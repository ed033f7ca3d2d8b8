"""Playing a course of acts in an office, each through the use case that a command or page calls, and checking it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path
from random import Random

from attrs import define, field, frozen

from chibo.definitions.library import Library
from chibo.engine.sources import find_uploads
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.home import init_home
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.handing_in import HandedIn
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import close_period, except_unit, open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.status import PeriodStatus, period_status
from chibo.office.memory.submitting import submit
from chibo.office.memory.units import import_register
from chibo.periods import Completeness, UnitException
from chibo.register import ChangeOfUnit, Register
from chibo.submissions import GivenPoints, StepKind
from chibo.workbook.register.writing import write_register
from simulation.acts import Act, Course
from simulation.blocs import ADMINISTRATOR, BEGIN, BOARD, Bloc, a_bloc, assignment_of
from simulation.counted import Counts, counted, points_given, whole_tables

_Doer = Callable[["Office", Memory, Act], str]
"""Does an act; says why it was refused, "" where it was done."""
_SENT_WITH_MARKS = 20
"""Of so many books sent back one goes out as a marked copy; the others are decided about alone, which is quicker."""


class Days:
    """A clock that the course sets to a day; each time it is asked it is some milliseconds later."""

    def __init__(self) -> None:
        self.set(BEGIN)

    def set(self, day: date) -> None:
        self._moment = max(getattr(self, "_moment", datetime.min.replace(tzinfo=UTC)), _eight(day))

    def __call__(self) -> datetime:
        self._moment += timedelta(milliseconds=1)
        return self._moment


@frozen
class Played:
    """What came of a course: the figures of each period, how often each act was done, and the seconds it took."""

    periods: dict[str, Counts]
    acts: Counter[str]
    refused: int
    seconds: dict[str, float]
    rows: dict[str, int]


@define
class Office:
    """The office in which a course is played."""

    memory: Memory
    clock: Days
    bloc: Bloc
    given: Counter[str] = field(factory=Counter)
    returned: int = 0
    seconds: defaultdict[str, float] = field(factory=lambda: defaultdict(float))

    @property
    def database(self) -> Path:
        assert self.memory.library.office is not None
        return self.memory.library.office / ".chibo-data" / "office.db"

    def act_as(self, user: str) -> Memory:
        return Memory(self.memory.library, self.memory.store, user)

    def do(self, act: Act) -> str:
        """Do an act; why it was refused, "" where it was done."""
        self.clock.set(act.day)
        memory, begun = self.act_as(act.user), time.perf_counter()
        try:
            return _DOERS[act.kind](self, memory, act)
        except ChiboError as refusal:
            return str(refusal)
        finally:
            self.seconds[act.kind] += time.perf_counter() - begun


def play(
    home: Path, cells: int, periods: Sequence[Period], seed: int, say: Callable[[str], None] = lambda _: None
) -> Played:
    """Play these periods of a bloc of so many cells, and hold each against SQL when it closes and at the end."""
    chance = Random(seed)
    bloc = a_bloc(cells, [month for period in periods for month in period.months], chance)
    office = _new_office(home, bloc)
    course = Course(bloc, office.memory.library, chance)
    acts = course.acts(periods)
    done, refused, figures = Counter(), 0, {}
    for act in acts:
        refusal = office.do(act)
        assert bool(refusal) == act.refused, f"{act}: {refusal or 'was not refused'}"
        done[act.kind] += 1
        refused += act.refused
        if act.kind == "open" and act.period:
            assert_expected(office, course, act.period, act.day)
        if act.kind == "close" and act.period:
            figures[str(act.period)] = counts = check_period(office, act.period)
            say(line_of(str(act.period), counts))
    for period in periods:
        assert check_period(office, period) == figures[str(period)], "nothing changes in a period that was closed"
    assert check_log(office.memory).fault is None
    office.memory.close()
    return Played(figures, done, refused, dict(office.seconds), whole_tables(office.database))


def assert_expected(office: Office, course: Course, period: Period, day: date) -> None:
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


def _new_office(home: Path, bloc: Bloc) -> Office:
    init_home(home)
    clock = Days()
    memory = open_memory(Library(home), ADMINISTRATOR, clock)
    office = Office(memory, clock, bloc)
    _bring_in(memory, bloc.register)
    return office


def _bring_in(memory: Memory, register: Register) -> bool:
    data = write_register(register, memory.library.register_layout, memory.today)
    made = import_register(memory, data, "danh-ba.xlsx")
    assert not made.blocked, made.findings
    return made.done


def _import(office: Office, _memory: Memory, act: Act) -> str:
    changes = next(changes for day, changes in office.bloc.later if day == act.day and changes)
    founded = [one.unit_code for one in changes if one.change is ChangeOfUnit.FOUNDED]
    register = Register(changes=changes, assignments=tuple(map(assignment_of, founded)))
    return "" if _bring_in(office.act_as(ADMINISTRATOR), register) else "nothing was brought in"


def _open(_office: Office, memory: Memory, act: Act) -> str:
    open_period(memory, _period(act))
    return ""


def _open_again(_office: Office, memory: Memory, act: Act) -> str:
    open_period(memory, _period(act), reason="bổ sung")
    return ""


def _close(_office: Office, memory: Memory, act: Act) -> str:
    close_period(memory, _period(act))
    return ""


def _except(_office: Office, memory: Memory, act: Act) -> str:
    exception = UnitException(unit_code=act.cell, exempt=act.until is None, until=act.until, reason="bão")
    except_unit(memory, _period(act), exception)
    return ""


def _submit(_office: Office, memory: Memory, act: Act) -> str:
    assert act.book is not None
    assert act.saved_at is not None
    book = find_uploads([(f"{act.cell}.xlsx", act.book.workbook(act.saved_at))])
    (handing,) = submit(memory, book, act.period)
    return (handing.why or "refused") if handing.result is HandedIn.REFUSED else ""


def _decider(kind: StepKind, note: str = "") -> _Doer:
    def decided(_office: Office, memory: Memory, act: Act) -> str:
        decide(memory, kind, act.cell, _period(act), note=note)
        return ""

    return decided


def _score(office: Office, memory: Memory, act: Act) -> str:
    period = _period(act)
    meeting = f"{period.year}-{period.first:02d}"
    points = GivenPoints(meeting=meeting, criterion="4b", points=Decimal("7.5"), reason="biên bản sơ sài")
    decide(memory, StepKind.VERIFIED, act.cell, period, points=[points])
    office.given[str(act.period)] += 1
    return ""


def _return(office: Office, memory: Memory, act: Act) -> str:
    office.returned += 1
    if office.returned % _SENT_WITH_MARKS == 1:
        return "" if send_back(memory, act.cell, _period(act), note="ghi lại giờ").copy else "no copy was made"
    decide(memory, StepKind.RETURNED, act.cell, _period(act), note="ghi lại giờ")
    return ""


_DOERS: dict[str, _Doer] = {
    "import": _import,
    "open": _open,
    "open-again": _open_again,
    "close": _close,
    "except": _except,
    "submit": _submit,
    "verify": _decider(StepKind.VERIFIED),
    "score": _score,
    "return": _return,
    "accept": _decider(StepKind.ACCEPTED),
    "reopen": _decider(StepKind.REOPENED, "nhầm giờ"),
}


def _period(act: Act) -> Period:
    assert act.period is not None
    return act.period


def _eight(day: date) -> datetime:
    return datetime.combine(day, clock_time(8), UTC)


def line_of(period: str, counts: Counts) -> str:
    """A period in one line."""
    states = counts.states
    rate = f"{100 * counts.received / counts.expected:.1f} %" if counts.expected else "–"
    return (
        f"{period}: {counts.expected} owed, {states['exempt']} exempt; {counts.received} received ({rate}), "
        f"{states['missing']} missing, {states['empty']} empty, {states['partial']} partial, "
        f"{states['complete']} complete, {states['verified']} verified, {counts.late} late"
    )
