"""The office's memory in the hands of somebody: the store, who asks, and what day it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from attrs import define, evolve, frozen

from chibo.access import Act, Actor, Ruling, actor_of, allowed, require
from chibo.access.contacts import sees_contact, withheld
from chibo.definitions.copies import COPIES_RECORD
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.office.memory.pending import finish_if_possible
from chibo.register import Person, Register, UnitTree
from chibo.store import Reading, Store, Writing, open_store
from chibo.store.places import OfficeData
from chibo.store.register import read_register
from chibo.store.sessions import Clock, now


@frozen
class Standing:
    """What an actor stands on: the register as it is, the units of the day, and what is assigned to him."""

    actor: Actor
    register: Register
    tree: UnitTree
    day: date

    def may(self, act: Act, unit: str = "") -> bool:
        """Whether the actor may do something for a unit."""
        return allowed(self.actor, act, unit, self._tree_of(unit)).allowed

    def require(self, act: Act, unit: str = "") -> Ruling:
        """The ruling that allows an act for a unit ("" for the whole bloc). Raises NotAllowedError."""
        return require(self.actor, act, unit, self._tree_of(unit))

    def _tree_of(self, unit: str) -> UnitTree:
        """The units among which a unit stands, or stood last: one that was merged away still owes what it owed."""
        if not unit or self.tree.unit(unit) is not None:
            return self.tree
        return self.register.units.when_last_there(unit, self.day)

    def reachable(self, person: Person) -> Person:
        """The person, with how to reach him where the actor needs that."""
        seen = sees_contact(self.actor, person, self.register, self.tree, self.day)
        return person if seen else evolve(person, contact="", note="")

    @property
    def withheld(self) -> tuple[Person, ...]:
        """The people of whom the actor does not see how to reach them."""
        return withheld(self.register, self.actor, self.tree, self.day)

    def require_somewhere(self, act: Act) -> None:
        """Do nothing where the actor may do something for the whole bloc or for any unit that is his.

        Raises NotAllowedError elsewhere.
        """
        units = [one.unit_code for one in self.actor.assignments]
        if not any(self.may(act, unit) for unit in ("", *units)):
            self.require(act)


@define(eq=False)
class Memory:
    """The memory of one office for one user. Use cases are functions over it."""

    library: Library
    store: Store
    user: str

    @property
    def today(self) -> date:
        """The day, where the office is."""
        return self.store.clock().astimezone().date()

    @contextmanager
    def reading(self) -> Iterator[tuple[Reading, Standing]]:
        """Look at the office."""
        with self.store.reading() as reading:
            yield reading, self._standing(reading)

    @contextmanager
    def writing(self) -> Iterator[tuple[Writing, Standing]]:
        """Change the office: all of it or nothing, each change with its word in the log."""
        with self.store.writing(self.user) as writing:
            yield writing, self._standing(writing)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _standing(self, reading: Reading) -> Standing:
        register, day = read_register(reading), self.today
        return Standing(actor_of(self.user, register, day), register, register.units.on(day), day)


def open_memory(library: Library, user: str, clock: Clock | None = None) -> Memory:
    """The memory of the library's office for a user, made where the office has none yet.

    Raises ChiboError where no office folder is named, or the folder named is none.
    """
    home = library.office
    if home is None:
        raise ChiboError(
            "Chưa biết văn phòng nào: việc này làm trong một thư mục văn phòng. Nhờ người quản trị máy mở Chibo từ đó.",
            command="--home THƯ_MỤC nêu thư mục văn phòng; chibo init THƯ_MỤC tạo mới.",
        )
    if not is_office(home):
        raise ChiboError(f"«{home}» chưa phải thư mục văn phòng.", command=f"chibo init {home} (tạo mới)")
    store = open_store(home, user, clock or now)
    finish_if_possible(store, home, user)
    return Memory(library, store, user)


def is_office(home: Path) -> bool:
    """Whether a folder is an office: `chibo init` was there, or a memory is."""
    return (home / COPIES_RECORD).is_file() or has_memory(home)


def has_memory(home: Path) -> bool:
    """Whether a folder holds a memory already."""
    return OfficeData(home).folder.is_dir()
