"""Who may do what: a role holds for its unit and all under it, on its days."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.access import Act, NotAllowedError, actor_of, allowed, require
from chibo.access.rights import ACTS_OF
from chibo.register import Assignment, ChangeOfUnit, Person, Register, Role, UnitChange, UnitLevel

DAY = date(2026, 3, 1)


def founded(code: str, level: UnitLevel, parent: str = "") -> UnitChange:
    return UnitChange(
        unit_code=code, day=date(2025, 1, 1), change=ChangeOfUnit.FOUNDED, name=code, level=level, parent_code=parent
    )


def a_register(*roles: tuple[str, Role, str], until: date | None = None) -> Register:
    return Register(
        changes=(
            founded("DB01", UnitLevel.COMMITTEE),
            founded("DB02", UnitLevel.COMMITTEE),
            founded("CB01", UnitLevel.CELL, "DB01"),
            founded("CB02", UnitLevel.CELL, "DB02"),
        ),
        persons=tuple(Person(person_code=f"N-{user}", full_name=user.title(), user=user) for user, _, _ in roles),
        assignments=tuple(
            Assignment(person_code=f"N-{user}", role=role, unit_code=unit, since=date(2026, 1, 1), until=until)
            for user, role, unit in roles
        ),
    )


def may(register: Register, user: str, act: Act, unit: str, day: date = DAY) -> bool:
    return allowed(actor_of(user, register, day), act, unit, register.units.on(day)).allowed


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(Act))
def test_a_role_for_the_whole_bloc_may_what_it_may_everywhere(role: Role, act: Act) -> None:
    register = a_register(("an", role, ""))
    expected = act in ACTS_OF[role]
    assert may(register, "AN", act, "CB01") == expected
    assert may(register, "an", act, "") == expected


def test_a_role_for_a_base_organisation_reaches_its_cells_and_no_others() -> None:
    register = a_register(("an", Role.REVIEWER, "DB01"))
    assert may(register, "an", Act.VERIFY, "cb01")
    assert not may(register, "an", Act.VERIFY, "CB02")
    assert not may(register, "an", Act.VERIFY, "")
    assert not may(register, "an", Act.VERIFY, "không có")


def test_nobody_verifies_what_he_may_only_hand_in() -> None:
    register = a_register(("an", Role.SUBMITTER, "CB01"), ("ba", Role.BOARD, ""))
    assert not may(register, "an", Act.VERIFY, "CB01")
    assert not may(register, "ba", Act.VERIFY, "CB01")


def test_a_role_holds_on_its_days_alone() -> None:
    register = a_register(("an", Role.SUBMITTER, "CB01"), ("quan", Role.ADMINISTRATOR, ""), until=date(2026, 3, 31))
    assert not may(register, "an", Act.SUBMIT, "CB01", date(2025, 12, 31))
    assert may(register, "an", Act.SUBMIT, "CB01", date(2026, 1, 1))
    assert may(register, "an", Act.SUBMIT, "CB01", date(2026, 3, 31))
    assert not may(register, "an", Act.SUBMIT, "CB01", date(2026, 4, 1))


def test_who_sits_at_the_machine_may_everything_until_there_is_an_administrator() -> None:
    assert may(a_register(("an", Role.SUBMITTER, "CB01")), "root", Act.KEEP_REGISTER, "")
    assert not may(a_register(("an", Role.ADMINISTRATOR, "")), "root", Act.SEE_STATUS, "")


def test_a_known_person_without_a_role_may_nothing() -> None:
    register = Register(persons=(Person(person_code="N1", full_name="An", user="an"),))
    assert not may(register, "an", Act.SEE_STATUS, "")


def test_a_refusal_says_who_what_and_why() -> None:
    register = a_register(("an", Role.SUBMITTER, "CB01"))
    with pytest.raises(NotAllowedError, match=r"«an» không được thẩm định sổ của CB01.*Nộp sổ"):
        require(actor_of("an", register, DAY), Act.VERIFY, "CB01", register.units.on(DAY))
    with pytest.raises(NotAllowedError, match="chỉ được làm việc này cho CB01"):
        require(actor_of("an", register, DAY), Act.SUBMIT, "CB02", register.units.on(DAY))
