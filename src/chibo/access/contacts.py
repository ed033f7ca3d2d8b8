"""Whose phone or address somebody sees: those he has to remind, or has to ask, and nobody else's.

How to reach a person is personal data. What each role needs it for is one table, beside that of the acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from chibo.access.rights import Actor
from chibo.register import Assignment, Person, Register, Role, UnitTree

WITHHELD = "(không hiển thị)"
"""What stands in the register's workbook for what its reader does not see; brought in again it changes nothing."""
CONTACTS_FOR: Mapping[Role, frozenset[Role]] = {
    Role.SUBMITTER: frozenset({Role.REVIEWER, Role.BOARD}),
    Role.REVIEWER: frozenset({Role.SUBMITTER, Role.REVIEWER, Role.BOARD}),
    Role.BOARD: frozenset(Role),
    Role.ADMINISTRATOR: frozenset(Role),
    Role.ANALYST: frozenset(),
}
"""Whom each role may reach, among those who work for the same units or for some above or under them.

A cell asks its reviewer and the board; a reviewer reminds the cells under him and asks the board; an analyst, who works
with figures, reminds nobody.
"""


def sees_contact(actor: Actor, person: Person, register: Register, tree: UnitTree, day: date) -> bool:
    """Whether the actor sees how to reach a person; `tree` are the units of the day."""
    if actor.at_the_machine or (person.user and person.user.casefold() == actor.user.casefold()):
        return True
    if any(not own.unit_code and CONTACTS_FOR[own.role] == frozenset(Role) for own in actor.assignments):
        return True
    held = register.people.assignments_of(person, day)
    return any(_needs(own, one, tree) for own in actor.assignments for one in held)


def withheld(register: Register, actor: Actor, tree: UnitTree, day: date) -> tuple[Person, ...]:
    """The people of whom there is something to reach them by that the actor does not see."""
    return tuple(
        person
        for person in register.people.persons
        if (person.contact or person.note) and not sees_contact(actor, person, register, tree, day)
    )


def without_contacts(register: Register, people: tuple[Person, ...]) -> Register:
    """The register with `WITHHELD` where these people could be reached: their contact, and the note beside it."""
    keys = {person.key for person in people}
    persons = tuple(_veiled(one) if one.key in keys else one for one in register.persons)
    return evolve(register, persons=persons)


def with_what_was_withheld(wanted: Register, present: Register) -> Register:
    """A register that comes back with what it says of people, where that was withheld from it, as the office has it."""
    known = {person.key: person for person in present.persons}
    return evolve(wanted, persons=tuple(_unveiled(one, known.get(one.key)) for one in wanted.persons))


def _needs(own: Assignment, other: Assignment, tree: UnitTree) -> bool:
    """Whether somebody with one assignment needs to reach somebody with the other."""
    if other.role not in CONTACTS_FOR[own.role]:
        return False
    return tree.is_under(other.unit_code, own.unit_code) or tree.is_under(own.unit_code, other.unit_code)


def _veiled(person: Person) -> Person:
    return evolve(person, contact=person.contact and WITHHELD, note=person.note and WITHHELD)


def _unveiled(person: Person, known: Person | None) -> Person:
    contact, note = (known.contact, known.note) if known else ("", "")
    return evolve(
        person,
        contact=contact if person.contact == WITHHELD else person.contact,
        note=note if person.note == WITHHELD else person.note,
    )
