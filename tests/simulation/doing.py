"""The office of a simulation, and each kind of act done in it through the use case that a command or page calls."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path

from attrs import define, field

from chibo.definitions.library import Library
from chibo.engine.sources import find_uploads
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.home import init_home
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.handed import HandedIn
from chibo.office.memory.periods import close_period, except_unit, open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import submit
from chibo.office.memory.units import import_register
from chibo.periods import UnitException
from chibo.register import ChangeOfUnit, Register
from chibo.submissions import GivenPoints, StepKind
from chibo.workbook.register.writing import write_register
from simulation.acts import Act
from simulation.blocs import ADMINISTRATOR, BEGIN, Bloc, assignment_of

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


@define
class Office:
    """The office in which a course is played; `given` counts the official points of each period."""

    memory: Memory
    clock: Days
    bloc: Bloc
    given: Counter[str] = field(factory=Counter)
    returned: int = 0
    seconds: defaultdict[str, float] = field(factory=lambda: defaultdict(float))

    @property
    def database(self) -> Path:
        """The file of its database."""
        assert self.memory.library.office is not None
        return self.memory.library.office / ".chibo-data" / "office.db"

    def act_as(self, user: str) -> Memory:
        """Its memory in the hands of somebody."""
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


def new_office(home: Path, bloc: Bloc) -> Office:
    """A new office with the register of the bloc's beginning."""
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
