"""An invented bloc over some months: its cells, what happens to them, and a naive word on who was there on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from attrs import define, field, frozen

from chibo.model.periods import Month
from chibo.register import Assignment, ChangeOfUnit, Person, Register, Role, UnitChange, UnitLevel

BEGIN = date(2024, 6, 1)
BOARD, ADMINISTRATOR = "ban-to-chuc", "quan-tri"
_CELLS_OF_A_COMMITTEE = 8
_STRAIGHT = 32
"""One cell in so many stands straight under the bloc."""
_CHANGES_A_YEAR = 8
"""Of so many cells one is merged, closed, founded, renamed or moved in a year, each."""


@frozen(kw_only=True)
class Bloc:
    """Its register at the beginning, and what was brought in later: the day, and the changes."""

    register: Register
    later: tuple[tuple[date, tuple[UnitChange, ...]], ...]

    def known(self, day: date) -> list[UnitChange]:
        """Every change that had been brought in by the end of a day."""
        return [*self.register.changes, *(change for at, changes in self.later if at <= day for change in changes)]

    def committee_of(self, cell: str, day: date) -> str:
        """The base organisation under which a cell stands on a day, or stood last ("" for none)."""
        placed = {ChangeOfUnit.FOUNDED, ChangeOfUnit.MOVED}
        own = [one for one in self.known(day) if one.unit_code == cell and one.day <= day and one.change in placed]
        return max(own, key=lambda one: one.day).parent_code


def cells_on(changes: Iterable[UnitChange], day: date) -> dict[str, str]:
    """The cells of a day with the base organisation of each ("" for none), by going through every change."""
    cells: dict[str, str] = {}
    for change in sorted(changes, key=lambda one: (one.day, list(ChangeOfUnit).index(one.change))):
        if change.day > day or change.unit_code.startswith("DB"):
            continue
        if change.change in {ChangeOfUnit.FOUNDED, ChangeOfUnit.MOVED}:
            cells[change.unit_code] = change.parent_code
        elif change.change.ends:
            cells.pop(change.unit_code, None)
    return cells


def account_of(cell: str) -> str:
    """Who hands in for a cell."""
    return cell.lower()


def reviewer_of(committee: str) -> str:
    """Who reviews the cells of a base organisation; those straight under the bloc have one of their own."""
    return f"tham-dinh-{committee.lower() or 'khoi'}"


def a_bloc(cells: int, months: Iterable[Month], chance: Random) -> Bloc:
    """A bloc of so many cells, and what happens to them in these months."""
    committees = [f"DB{number:02d}" for number in range(1, 2 + cells // _CELLS_OF_A_COMMITTEE)]
    codes = [f"CB{number:04d}" for number in range(1, cells + 1)]
    founded = [_founded(code, BEGIN, UnitLevel.COMMITTEE) for code in committees]
    for number, code in enumerate(codes):
        parent = "" if number % _STRAIGHT == _STRAIGHT - 1 else committees[number % len(committees)]
        founded.append(_cell(code, BEGIN, parent))
    growing = _Growing(committees, {one.unit_code: one.parent_code for one in founded[len(committees) :]}, chance)
    later = tuple(growing.month(month) for month in months)
    return Bloc(register=_with_people(founded, committees, growing.ever), later=later)


@define
class _Growing:
    """The bloc as it changes, month after month."""

    committees: list[str]
    there: dict[str, str]
    chance: Random
    ever: list[str] = field(init=False)
    _settled: dict[str, date] = field(factory=dict, init=False)
    """From which day on something more may happen to a cell: long after what happened to it last."""

    def __attrs_post_init__(self) -> None:
        self.ever = list(self.there)

    def month(self, month: Month) -> tuple[date, tuple[UnitChange, ...]]:
        """What is brought in on some day of a month; some of it holds from a day before, some from one to come."""
        first = month.first_day
        wanted = len(self.there) / _CHANGES_A_YEAR / 12
        count = int(wanted) + (self.chance.random() < wanted % 1)
        changes = []
        for _ in range(count):
            day = first + timedelta(days=self.chance.randint(-3, 33))
            changes += self._change(self.chance.choice(list(ChangeOfUnit)), day)
        return first + timedelta(days=self.chance.randint(0, 27)), tuple(changes)

    def _change(self, kind: ChangeOfUnit, day: date) -> list[UnitChange]:
        free = [code for code in self.there if self._settled.get(code, day) <= day]
        settled = day + timedelta(days=70)
        if kind is ChangeOfUnit.FOUNDED:
            code, parent = f"CB{len(self.ever) + 1:04d}", self.chance.choice(self.committees)
            self.ever.append(code)
            self.there[code] = parent
            self._settled[code] = settled
            return [_cell(code, day, parent)]
        if len(free) < 3:
            return []
        code, other = self.chance.sample(free, 2)
        self._settled |= {code: settled, other: settled}
        if kind is ChangeOfUnit.RENAMED:
            return [UnitChange(unit_code=code, day=day, change=kind, name=f"Chi bộ đổi tên {day:%m-%Y} {code}")]
        if kind is ChangeOfUnit.MOVED:
            self.there[code] = parent = self.chance.choice(self.committees)
            return [UnitChange(unit_code=code, day=day, change=kind, parent_code=parent)]
        del self.there[code]
        merged = other if kind is ChangeOfUnit.MERGED else ""
        return [UnitChange(unit_code=code, day=day, change=kind, merged_into=merged, decision="QĐ số 1")]


def _cell(code: str, day: date, parent: str) -> UnitChange:
    return _founded(code, day, UnitLevel.CELL if parent else UnitLevel.GRASSROOTS_CELL, parent)


def _founded(code: str, day: date, level: UnitLevel, parent: str = "") -> UnitChange:
    kind = "Đảng bộ" if level is UnitLevel.COMMITTEE else "Chi bộ"
    return UnitChange(
        unit_code=code, day=day, change=ChangeOfUnit.FOUNDED, name=f"{kind} {code}", level=level, parent_code=parent
    )


def _with_people(founded: list[UnitChange], committees: list[str], cells: list[str]) -> Register:
    """The register of the beginning, with an account for every cell that will ever be."""
    people = [(account_of(cell), Role.SUBMITTER, cell) for cell in cells]
    people += [(reviewer_of(code), Role.REVIEWER, code) for code in (*committees, "")]
    people += [(BOARD, Role.BOARD, ""), (ADMINISTRATOR, Role.ADMINISTRATOR, "")]
    known = {change.unit_code for change in founded} | {""}
    return Register(
        changes=tuple(founded),
        persons=tuple(Person(person_code=user.upper(), full_name=f"Người {user}", user=user) for user, _, _ in people),
        assignments=tuple(
            Assignment(person_code=user.upper(), role=role, unit_code=unit, since=BEGIN)
            for user, role, unit in people
            if unit in known
        ),
    )


def assignment_of(cell: str) -> Assignment:
    """The assignment of a cell's account, brought in with the cell."""
    return Assignment(person_code=account_of(cell).upper(), role=Role.SUBMITTER, unit_code=cell, since=BEGIN)
