"""The memory of a sample office: its register, two months' periods, and what came in for them, in every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from chibo.definitions.library import Library
from chibo.model import Period
from chibo.office.demo.cells import DemoCell, Role
from chibo.office.demo.meetings import HELD_THROUGH
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.book_parts import LookedAt, look_at
from chibo.office.memory.periods import all_periods, open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import hand_in
from chibo.register import Assignment, ChangeOfUnit, Person, Register, UnitChange, UnitLevel
from chibo.register import Role as Duty
from chibo.register.revising import revisions
from chibo.store.register import read_register, save_revisions
from chibo.submissions import Reason, StepKind

BOARD, REVIEWER = "ban-to-chuc", "tham-dinh"
"""The accounts of a sample office beside those of its cells, which are called like their codes: cb01 …"""
_RETURNED = Reason(text="Ghi rõ thời gian thảo luận", sheet="Sinh hoạt")


class _DemoClock:
    """Stands at eight in the morning of a day, a second further each time: a sample office has no true moments."""

    def __init__(self, day: date) -> None:
        self.moment = datetime.combine(day, time(8), UTC)

    def set(self, day: date) -> None:
        self.moment = datetime.combine(day, time(8), UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def fill_memory(home: Path, cells: Sequence[DemoCell], books: Path, year: int) -> bool:
    """Let a sample office remember its last two months; False where it remembers something already.

    Every cell but the late one has handed in; the first month is verified, of the second one book is verified, one sent
    back. Nobody is administrator, so that whoever tries the office may do everything.
    """
    last = HELD_THROUGH
    clock = _DemoClock(date(year, last, 1))
    memory = open_memory(Library(home), BOARD, clock)
    try:
        if all_periods(memory):
            return False
        with memory.store.writing(BOARD) as writing:
            wanted = _register(cells, year)
            save_revisions(writing, revisions(read_register(writing), wanted), reason="văn phòng mẫu")
        looked = _looked_at(memory, cells, books, year)
        for month in (last - 1, last):
            period = Period(year, month, month)
            end = period.months[0].last_day
            clock.set(end - timedelta(days=5))
            open_period(memory, period)
            clock.set(end + timedelta(days=3))
            _hand_in_all(memory, looked, period)
            _review(memory, cells, looked, period, everything=month != last)
        return True
    finally:
        memory.close()


def _looked_at(memory: Memory, cells: Sequence[DemoCell], books: Path, year: int) -> dict[str, LookedAt]:
    """The books that are handed in, each read once."""
    found = {}
    for cell in cells:
        file = books / f"{cell.code}-{year}.xlsx"
        if cell.role is not Role.LATE and file.exists():
            found[cell.code] = look_at(file.read_bytes(), file.name, memory.library, date(year, HELD_THROUGH + 1, 3))
    return found


def _hand_in_all(memory: Memory, looked: dict[str, LookedAt], period: Period) -> None:
    for code, one in looked.items():
        hand_in(_as(memory, code.lower()), f"{code}.xlsx", one, period)


def _review(
    memory: Memory, cells: Sequence[DemoCell], looked: dict[str, LookedAt], period: Period, *, everything: bool
) -> None:
    reviewer = _as(memory, REVIEWER)
    for cell in cells:
        if cell.code not in looked:
            continue
        if everything or cell.role is Role.STRONG:
            decide(reviewer, StepKind.VERIFIED, cell.code, period)
        elif cell.role is Role.WEAK:
            send_back(reviewer, cell.code, period, reasons=[_RETURNED])


def _as(memory: Memory, user: str) -> Memory:
    return Memory(memory.library, memory.store, user)


def _register(cells: Sequence[DemoCell], year: int) -> Register:
    begin = date(year - 1, 1, 1)
    committees = {cell.committee.code: cell.committee for cell in cells if cell.committee}
    changes = [
        UnitChange(unit_code=one.code, day=begin, change=ChangeOfUnit.FOUNDED, name=one.name, level=UnitLevel.COMMITTEE)
        for one in committees.values()
    ]
    changes += [
        UnitChange(
            unit_code=cell.code,
            day=begin,
            change=ChangeOfUnit.FOUNDED,
            name=cell.name,
            level=UnitLevel.CELL if cell.committee else UnitLevel.GRASSROOTS_CELL,
            parent_code=cell.committee.code if cell.committee else "",
            kind=cell.kind,
        )
        for cell in cells
    ]
    people = [(cell.code.lower(), f"Thư ký {cell.name}", Duty.SUBMITTER, cell.code) for cell in cells]
    people += [(REVIEWER, "Cấp ủy viên thẩm định", Duty.REVIEWER, ""), (BOARD, "Ban Tổ chức", Duty.BOARD, "")]
    return Register(
        changes=tuple(changes),
        persons=tuple(Person(person_code=user.upper(), full_name=name, user=user) for user, name, _, _ in people),
        assignments=tuple(
            Assignment(person_code=user.upper(), role=role, unit_code=unit, since=begin)
            for user, _, role, unit in people
        ),
    )
