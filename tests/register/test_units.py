"""Units as of a day: what the spans say is what a naive replay of the changes says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chibo.register import Alias, ChangeOfUnit, Register, Unit, UnitChange, UnitLevel, Units, UnitTree

FOUNDED, RENAMED, MOVED, MERGED, CLOSED = ChangeOfUnit
BEGIN = date(2025, 1, 1)


def change(code: str, day: date, what: ChangeOfUnit = FOUNDED, **more: object) -> UnitChange:
    return UnitChange(unit_code=code, day=day, change=what, **more)


@st.composite
def histories(draw: st.DrawFn) -> tuple[UnitChange, ...]:
    """Any changes of a few units, sensible or not, in any order."""
    made = []
    for code in draw(st.lists(st.sampled_from(["A", "B", "C"]), max_size=10)):
        made.append(
            change(
                code,
                BEGIN + timedelta(days=draw(st.integers(0, 12))),
                draw(st.sampled_from(list(ChangeOfUnit))),
                name=draw(st.sampled_from(["", "Một", "Hai"])),
                level=draw(st.sampled_from([None, UnitLevel.CELL, UnitLevel.COMMITTEE])),
                parent_code=draw(st.sampled_from(["", "A", "B"])),
            )
        )
    unique = {one.key: one for one in made}
    return tuple(draw(st.permutations(list(unique.values()))))


def replayed(changes: tuple[UnitChange, ...], day: date) -> dict[str, Unit]:
    """The units of a day, by going through every change from the first day on."""
    units: dict[str, Unit] = {}
    for one in sorted(changes, key=lambda one: (one.day, list(ChangeOfUnit).index(one.change), one.unit_code)):
        if one.day > day:
            continue
        here = units.get(one.unit_code)
        if here is None and one.change is FOUNDED:
            level = one.level or UnitLevel.CELL
            units[one.unit_code] = Unit(
                code=one.unit_code, name=one.name or one.unit_code, level=level, parent_code=one.parent_code
            )
        elif here is not None and one.change in {MERGED, CLOSED}:
            del units[one.unit_code]
        elif here is not None and one.change in {RENAMED, MOVED}:
            parent = one.parent_code if one.change is MOVED else here.parent_code
            units[one.unit_code] = Unit(
                code=here.code, name=one.name or here.name, level=one.level or here.level, parent_code=parent
            )
    return {unit.code.casefold(): unit for unit in units.values()}


@given(changes=histories(), offset=st.integers(-2, 14))
def test_units_of_a_day_are_those_of_a_naive_replay(changes: tuple[UnitChange, ...], offset: int) -> None:
    day = BEGIN + timedelta(days=offset)
    assert Units(changes).on(day).units == replayed(changes, day)


@given(changes=histories())
def test_spans_of_a_unit_follow_each_other(changes: tuple[UnitChange, ...]) -> None:
    for spans in Units(changes).spans.values():
        for earlier, later in pairwise(spans):
            assert earlier.until is not None
            assert earlier.since < earlier.until <= later.since


def a_bloc() -> Units:
    return Units(
        (
            change("DB01", BEGIN, name="Đảng bộ Sở Một", level=UnitLevel.COMMITTEE),
            change("BP01", BEGIN, name="Đảng bộ bộ phận", level=UnitLevel.SECTION, parent_code="DB01"),
            change("CB01", BEGIN, name="Chi bộ Một", level=UnitLevel.CELL, parent_code="BP01"),
            change("CB02", BEGIN, name="Chi bộ Hai", level=UnitLevel.CELL, parent_code="DB01"),
            change("CB09", BEGIN, name="Chi bộ thẳng", level=UnitLevel.GRASSROOTS_CELL),
            change("CB02", date(2025, 7, 1), MERGED, merged_into="cb01"),
            change("CB01", date(2025, 9, 1), MOVED),
        )
    )


def test_a_cell_belongs_to_the_base_organisation_above_its_section_until_it_moves() -> None:
    units = a_bloc()
    spring, autumn = units.on(date(2025, 3, 1)), units.on(date(2025, 9, 1))
    before, after = spring.committee_of("cb01"), autumn.committee_of("CB01")
    assert before is not None
    assert before.code == "DB01"
    assert after is None
    assert spring.is_under("CB01", "DB01")
    assert not autumn.is_under("CB01", "DB01")
    assert autumn.is_under("CB01", "")


def test_a_merged_cell_is_gone_from_the_day_on_and_has_a_successor() -> None:
    units = a_bloc()
    assert [cell.code for cell in units.on(date(2025, 6, 30)).cells] == ["CB01", "CB02", "CB09"]
    assert [cell.code for cell in units.on(date(2025, 7, 1)).cells] == ["CB01", "CB09"]
    assert units.successor("CB02", date(2025, 6, 30)) == "CB02"
    assert units.successor("CB02", date(2025, 7, 1)) == "cb01"


def test_a_unit_that_is_gone_stands_where_it_stood_last() -> None:
    units = a_bloc()
    tree = units.when_last_there("cb02", date(2026, 1, 1))
    assert tree.is_under("CB02", "DB01")
    assert tree == units.on(date(2025, 6, 30))
    assert units.when_last_there("CB01", date(2026, 1, 1)) == units.on(date(2026, 1, 1))
    assert units.when_last_there("CB02", date(2025, 3, 1)) == units.on(date(2025, 3, 1))
    assert units.when_last_there("XX", date(2025, 3, 1)) == units.on(date(2025, 3, 1))


def test_a_circle_of_parents_or_of_mergers_ends() -> None:
    circle = (change("A", BEGIN, parent_code="B", level=UnitLevel.SECTION), change("B", BEGIN, parent_code="A"))
    assert [unit.code for unit in Units(circle).on(BEGIN).above("A")] == ["A", "B"]
    merged = (change("A", BEGIN, MERGED, merged_into="B"), change("B", BEGIN, MERGED, merged_into="A"))
    assert Units(merged).successor("A", BEGIN) in {"A", "B"}


def test_a_spelling_is_known_by_its_code_or_by_what_somebody_confirmed() -> None:
    register = Register(changes=a_bloc().changes, aliases=(Alias(alias="Chi  bộ số 1", unit_code="CB01"),))
    tree = register.units.on(date(2025, 3, 1))
    assert register.known_code("cb02", tree) == "CB02"
    assert register.known_code("chi bộ số 1", tree) == "CB01"
    assert register.known_code("CB 1", tree) is None


def test_likely_units_have_the_same_name_or_nearly_the_same_code() -> None:
    tree = a_bloc().on(date(2025, 3, 1))
    register = Register()
    assert register.likely("CB 1", "", tree) == ("CB01",)
    assert register.likely("X", "chi bộ hai", tree) == ("CB02",)
    assert register.likely("CB10", "", tree) == ()
    assert register.likely("", "", UnitTree()) == ()
