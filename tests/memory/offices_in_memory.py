"""An office with a memory for tests: its folder, a register, and a clock that the test sets."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from chibo.definitions.library import Library
from chibo.office.home import init_home
from chibo.office.memory import Memory, open_memory
from chibo.register import Assignment, ChangeOfUnit, Person, Register, Role, UnitChange, UnitLevel
from chibo.register.revising import revisions
from chibo.store.places import OfficeData
from chibo.store.register import read_register, save_revisions


class Noon:
    """A clock that stands at noon of a day, some microseconds further each time; the test sets the day."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._asked = 0

    def __call__(self) -> datetime:
        self._asked += 1
        return datetime.combine(self.day, time(12), UTC) + timedelta(microseconds=self._asked)


def a_register(
    cells: Iterable[str] = ("CB01", "CB02", "CB03"), people: Iterable[tuple[str, Role, str]] = ()
) -> Register:
    """Cells under DB01, and people with one role each: account, role, unit."""
    begin = date(2025, 1, 1)
    committee = UnitChange(
        unit_code="DB01",
        day=begin,
        change=ChangeOfUnit.FOUNDED,
        name="Đảng bộ Sở Thử nghiệm",
        level=UnitLevel.COMMITTEE,
    )
    founded = [
        UnitChange(
            unit_code=code,
            day=begin,
            change=ChangeOfUnit.FOUNDED,
            name=f"Chi bộ Phòng số {int(code[2:])}",
            level=UnitLevel.CELL,
            parent_code="DB01",
        )
        for code in cells
    ]
    listed = list(people)
    return Register(
        changes=(committee, *founded),
        persons=tuple(
            Person(person_code=f"N-{user}", full_name=f"Đồng chí {user}", user=user, contact=f"số máy của {user}")
            for user, _, _ in listed
        ),
        assignments=tuple(
            Assignment(person_code=f"N-{user}", role=role, unit_code=unit, since=begin) for user, role, unit in listed
        ),
    )


def an_office(home: Path, day: date, register: Register | None = None, address: str = "") -> tuple[Memory, Noon]:
    """The memory of a new office with a register, in the hands of the one at the machine; and its clock.

    `address` names another database than the file in the office folder.
    """
    clock = Noon(day)
    shutil.copytree(_new_office(), home)
    if address:
        data = OfficeData(home)
        shutil.rmtree(data.folder)
        data.folder.mkdir()
        data.write_address(address)
    memory = open_memory(Library(home), "van-phong", clock)
    bring_in(memory, a_register() if register is None else register)
    return memory, clock


@cache
def _new_office() -> Path:
    """An office with an empty memory, made once in a process and copied for each test."""
    home = Path(tempfile.mkdtemp(prefix="chibo-vp-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    init_home(home)
    open_memory(Library(home), "van-phong", Noon(date(2025, 1, 1))).close()
    return home


def bring_in(memory: Memory, register: Register) -> None:
    """Let the register be this one."""
    with memory.store.writing("van-phong") as writing:
        changes = revisions(read_register(writing), register)
        save_revisions(writing, changes)


def as_user(memory: Memory, user: str) -> Memory:
    """The same memory in the hands of somebody else."""
    return Memory(memory.library, memory.store, user)
