"""Whether an office keeps somebody who administers it: without one every account may do everything, or nobody may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chibo.findings import Finding
from chibo.model import Place
from chibo.register import kinds
from chibo.register.people import Assignment, People, Role


def check_administration(before: People, after: People, day: date) -> Iterator[Finding]:
    """What would become of the administration on a day and later, were `after` to take the place of `before`."""
    named = [one for one in after.assignments if one.role is Role.ADMINISTRATOR]
    today = [one for one in named if one.holds_on(day)]
    if not today:
        if before.has(Role.ADMINISTRATOR, day):
            yield kinds.ADMINISTRATOR_LAST_GONE.at(_place(named[-1:]))
        return
    if not any(_has_account(after, one) for one in today):
        yield kinds.ADMINISTRATOR_WITHOUT_ACCOUNT.at(_place(today), seen=today[0].person_code)
    end = _end(named, day)
    if end is not None:
        yield kinds.ADMINISTRATOR_ENDS.at(_place(today), seen=f"{end:%d/%m/%Y}")


def _has_account(people: People, one: Assignment) -> bool:
    person = people.person(one.person_code)
    return person is not None and bool(person.user)


def _end(named: Sequence[Assignment], day: date) -> date | None:
    """The last day of the unbroken run that holds on `day`; None where it never ends."""
    end = day
    while following := [one for one in named if one.holds_on(end + timedelta(days=1))]:
        days = [one.until for one in following if one.until is not None]
        if len(days) < len(following):
            return None
        end = max(days)
    return end


def _place(named: Sequence[Assignment]) -> Place:
    origin = next((one.origin for one in named if one.origin is not None), None)
    return origin.place("role") if origin else Place("")
