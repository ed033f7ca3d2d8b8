"""Spellings that were confirmed to mean one unit and would mean another: books that bear them would change hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from chibo.register.register import Register
from chibo.register.revising import RecordRevision, Revision, revised
from chibo.register.tree import unit_key


@frozen
class MovedAlias:
    """A spelling that goes from one unit to another, each with its code and name."""

    alias: str
    holder: str
    taker: str


def moved_aliases(present: Register, changes: tuple[RecordRevision, ...], day: date) -> tuple[MovedAlias, ...]:
    """The spellings that these revisions take from their unit, in the order of the revisions."""
    after = revised(present, changes)
    return tuple(
        MovedAlias(one.after.alias, _named(present, one.before.unit_code, day), _named(after, one.after.unit_code, day))
        for one in _of_aliases(changes)
        if unit_key(one.before.unit_code) != unit_key(one.after.unit_code)
    )


def _of_aliases(changes: Iterable[RecordRevision]) -> Iterator[RecordRevision]:
    return (one for one in changes if one.group == "aliases" and one.revision is Revision.CHANGED)


def _named(register: Register, code: str, day: date) -> str:
    """A unit by code and the name it has, or had last; the code alone where the register does not know it."""
    unit = register.units.when_last_there(code, day).unit(code)
    return f"{unit.code} {unit.name}" if unit else code
