"""The people of an office and what is assigned to them, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from chibo.model import Origin


class Role(StrEnum):
    """Vai trò: what somebody does for a unit and all that stands under it."""

    SUBMITTER = "Nộp sổ"
    REVIEWER = "Thẩm định"
    BOARD = "Ban Tổ chức"
    ADMINISTRATOR = "Quản trị"
    ANALYST = "Phân tích"


@frozen(kw_only=True)
class Person:
    """Somebody of the office. `user` is the name of the account; `contact` is how to reach him, in words."""

    person_code: str
    full_name: str
    user: str = ""
    contact: str = ""
    note: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)

    @property
    def key(self) -> tuple[str]:
        """What tells one person from another."""
        return (self.person_code.casefold(),)


@frozen(kw_only=True)
class Assignment:
    """A role of a person for a unit ("" for the whole bloc), from `since` to the last day `until`."""

    person_code: str
    role: Role
    unit_code: str = ""
    since: date
    until: date | None = None
    decision: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)

    @property
    def key(self) -> tuple[str, Role, str, date]:
        """What tells one assignment from another."""
        return (self.person_code.casefold(), self.role, self.unit_code.casefold(), self.since)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@frozen(slots=False)
class People:
    """Everybody, and all that was ever assigned."""

    persons: tuple[Person, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    @cached_property
    def _by_user(self) -> Mapping[str, Person]:
        return {person.user.casefold(): person for person in self.persons if person.user}

    @cached_property
    def _by_code(self) -> Mapping[str, Person]:
        return {person.person_code.casefold(): person for person in self.persons}

    def of_user(self, user: str) -> Person | None:
        """The person with this account."""
        return self._by_user.get(user.casefold())

    def person(self, code: str) -> Person | None:
        """The person of this code."""
        return self._by_code.get(code.casefold())

    def assignments_of(self, person: Person, day: date) -> tuple[Assignment, ...]:
        """What is assigned to a person on a day."""
        return tuple(one for one in self.assignments if self._is(one, person) and one.holds_on(day))

    def assigned(self, role: Role, unit_code: str, day: date) -> tuple[Person, ...]:
        """Who has a role for exactly this unit on a day."""
        codes = [
            one.person_code
            for one in self.assignments
            if one.role is role and one.unit_code.casefold() == unit_code.casefold() and one.holds_on(day)
        ]
        return tuple(person for code in dict.fromkeys(codes) if (person := self.person(code)) is not None)

    def has(self, role: Role, day: date) -> bool:
        """Whether anybody has a role on a day."""
        return any(one.role is role and one.holds_on(day) for one in self.assignments)

    @staticmethod
    def _is(assignment: Assignment, person: Person) -> bool:
        return assignment.person_code.casefold() == person.person_code.casefold()
