"""Whose phone somebody sees: whom he has to remind or to ask, and nobody else's."""

from __future__ import annotations

from datetime import date

import pytest

from access.test_rights import founded
from chibo.access import actor_of
from chibo.access.contacts import CONTACTS_FOR, WITHHELD, with_what_was_withheld, withheld, without_contacts
from chibo.register import Assignment, Person, Register, Role, UnitLevel

DAY = date(2026, 3, 1)
PEOPLE = (
    ("nop1", Role.SUBMITTER, "CB01"),
    ("nop2", Role.SUBMITTER, "CB02"),
    ("xem1", Role.REVIEWER, "DB01"),
    ("xem2", Role.REVIEWER, "DB02"),
    ("xem", Role.REVIEWER, ""),
    ("ban", Role.BOARD, ""),
    ("quan", Role.ADMINISTRATOR, ""),
    ("tinh", Role.ANALYST, ""),
)
EVERYBODY = {user for user, _, _ in PEOPLE} | {"cu"}
REGISTER = Register(
    changes=(
        founded("DB01", UnitLevel.COMMITTEE),
        founded("DB02", UnitLevel.COMMITTEE),
        founded("CB01", UnitLevel.CELL, "DB01"),
        founded("CB02", UnitLevel.CELL, "DB02"),
    ),
    persons=tuple(
        Person(person_code=user, full_name=user, user=user, contact=f"0900 {user}") for user in sorted(EVERYBODY)
    ),
    assignments=tuple(
        Assignment(person_code=user, role=role, unit_code=unit, since=date(2026, 1, 1)) for user, role, unit in PEOPLE
    ),
)
TREE = REGISTER.units.on(DAY)


def seen_by(user: str, register: Register = REGISTER) -> set[str]:
    hidden = {person.user for person in withheld(register, actor_of(user, register, DAY), TREE, DAY)}
    return EVERYBODY - hidden


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("nop1", {"nop1", "xem1", "xem", "ban"}),
        ("xem1", {"nop1", "xem1", "xem", "ban"}),
        ("xem", {"nop1", "nop2", "xem1", "xem2", "xem", "ban"}),
        ("tinh", {"tinh"}),
        ("ban", EVERYBODY),
        ("quan", EVERYBODY),
        ("la", set()),
    ],
)
def test_each_sees_whom_he_has_to_remind_or_to_ask(user: str, seen: set[str]) -> None:
    assert seen_by(user) == seen


def test_the_table_names_every_role() -> None:
    assert set(CONTACTS_FOR) == set(Role)


def test_a_board_of_one_base_organisation_reaches_its_own_people_alone() -> None:
    held = Assignment(person_code="cu", role=Role.BOARD, unit_code="DB02", since=date(2026, 1, 1))
    register = Register(REGISTER.changes, (), REGISTER.persons, (*REGISTER.assignments, held))
    assert "nop2" in seen_by("cu", register)
    assert "nop1" not in seen_by("cu", register)


def test_what_was_withheld_comes_back_as_it_was_and_what_was_typed_counts() -> None:
    people = withheld(REGISTER, actor_of("tinh", REGISTER, DAY), TREE, DAY)
    given = without_contacts(REGISTER, people)
    assert {one.contact for one in given.persons} == {WITHHELD, "0900 tinh"}
    assert with_what_was_withheld(given, REGISTER) == REGISTER
    typed = Person(person_code="nop1", full_name="nop1", user="nop1", contact="0911")
    stranger = Person(person_code="moi", full_name="mới", contact=WITHHELD)
    back = with_what_was_withheld(Register(persons=(typed, stranger)), REGISTER)
    assert [one.contact for one in back.persons] == ["0911", ""]
