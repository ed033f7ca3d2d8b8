"""Whether a register holds together: every unit founded once, every parent there, every name one meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from chibo.findings import Finding, FindingKind
from chibo.model import Origin, Place
from chibo.register import kinds
from chibo.register.checking_units import check_units
from chibo.register.register import Register


def check_register(register: Register) -> tuple[Finding, ...]:
    """Everything that is wrong or odd, group by group. An empty register has nothing wrong."""
    return (*check_units(register.units), *_check_aliases(register), *_check_people(register))


def _place(origin: Origin | None, column: str) -> Place:
    return origin.place(column) if origin else Place("")


def check_repeated(register: Register) -> Iterator[Finding]:
    """Records with one key: of a workbook, before it meets the office's own, where the later one would win unseen."""
    for records in register.record_groups().values():
        by_key: defaultdict[Hashable, list[Any]] = defaultdict(list)
        for record in records:
            by_key[record.key].append(record)
        for same in by_key.values():
            for record in same[1:]:
                first = _place(same[0].origin, "")
                yield kinds.RECORD_TWICE.at(_place(record.origin, ""), other_places=[first], seen=first.address)


def _check_aliases(register: Register) -> Iterator[Finding]:
    units = register.units.by_unit
    for alias in register.aliases:
        if alias.unit_code.casefold() not in units:
            yield kinds.ALIAS_OF_UNKNOWN_UNIT.at(_place(alias.origin, "unit_code"), seen=alias.unit_code)
        if alias.alias.casefold() in units and alias.alias.casefold() != alias.unit_code.casefold():
            yield kinds.ALIAS_IS_CODE.at(_place(alias.origin, "alias"), seen=alias.alias)


def _check_people(register: Register) -> Iterator[Finding]:
    yield from _users_twice(register)
    codes = {person.person_code.casefold() for person in register.persons}
    for one in register.assignments:
        if one.person_code.casefold() not in codes:
            yield _of(kinds.ASSIGNMENT_OF_UNKNOWN_PERSON, one, "person_code", one.person_code)
        if one.unit_code and one.unit_code.casefold() not in register.units.by_unit:
            yield _of(kinds.ASSIGNMENT_OF_UNKNOWN_UNIT, one, "unit_code", one.unit_code)
        if one.until is not None and one.until < one.since - timedelta(days=1):
            yield _of(kinds.ASSIGNMENT_ENDS_FIRST, one, "until", f"{one.until:%d/%m/%Y}")


def _users_twice(register: Register) -> Iterable[Finding]:
    seen: dict[str, str] = {}
    for person in register.persons:
        user = person.user.casefold()
        if user and seen.setdefault(user, person.person_code) != person.person_code:
            yield _of(kinds.USER_TWICE, person, "user", person.user)


def _of(kind: FindingKind, record: Any, column: str, seen: str) -> Finding:
    return kind.at(_place(record.origin, column), seen=seen)
