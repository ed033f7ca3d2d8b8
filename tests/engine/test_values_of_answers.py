"""Plain values as bytes: they come back as they were, what recurs is held once, and nothing else is made or changed."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from fractions import Fraction
from itertools import product
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.folding import book_places, finding, meeting_code, unfolded
from chibo.engine.judging import judge_book
from chibo.engine.plain_values import dump_apart, dump_values, load_apart, load_values
from chibo.findings import FindingKind, Severity, all_kinds
from chibo.model import MeetingCode, MeetingFacts, Month, Place
from chibo.workbook import write_book
from random_books import random_book

LIBRARY = Library()


def outcome_of(seed: int) -> BookOutcome:
    name = f"so{seed}.xlsx"
    data = write_book(random_book(seed, LIBRARY, 2026), LIBRARY)
    return judge_book(BookSource(label=name, name=name, data=data), data, LIBRARY, date(2026, 11, 1))


def there_and_back(outcome: BookOutcome) -> BookOutcome:
    found = load_values(dump_values(outcome))
    assert isinstance(found, BookOutcome)
    return found


def places_of(facts: MeetingFacts) -> dict[str, Place]:
    return dict(facts.places)


@pytest.mark.parametrize("seed", range(4))
def test_an_outcome_comes_back_with_all_its_places(seed: int) -> None:
    outcome = outcome_of(seed)
    found = there_and_back(outcome)

    assert outcome.records
    assert found == outcome
    assert found.basis == outcome.basis
    assert list(map(places_of, found.facts)) == list(map(places_of, outcome.facts))


plain = st.one_of(st.text(), st.integers(), st.dates(), st.decimals(allow_nan=False), st.none(), st.binary())
some_values = st.lists(st.recursive(plain, lambda inner: st.tuples(inner, inner, inner)), min_size=1)


@given(some_values, st.data())
def test_values_dumped_apart_come_back_in_any_selection(values, data):
    doubled = [(value, values[0], value) for value in values]
    parts = dump_apart(doubled)
    others = st.integers(1, len(values) - 1) if len(values) > 1 else st.nothing()
    numbers = data.draw(st.lists(others))
    asked = [0, *numbers]
    assert load_apart([parts[number] for number in asked]) == [doubled[number] for number in asked]


@pytest.mark.parametrize("seed", range(4))
def test_each_record_comes_back_alone_with_its_places(seed: int) -> None:
    records = outcome_of(seed).records
    parts = dump_apart(records)
    assert len(parts) > 1
    for record, part in zip(records[1:], parts[1:], strict=True):
        first, found = load_apart([parts[0], part])
        assert (first, found) == (records[0], record)
        assert places_of(first.facts) == places_of(records[0].facts)
        assert places_of(found.facts) == places_of(record.facts)


def test_a_finding_comes_back_with_its_kind_and_declares_none() -> None:
    kind = FindingKind("TEST_OF_MESSAGES", Severity.WARN, clause="3")
    found = kind.at(
        Place("a.xlsx", "Sinh hoạt", "B2"),
        seen="x",
        expected="y",
        meeting=MeetingCode(Month(2026, 3)),
        other_places=[Place("a.xlsx")],
        of_book=True,
        number=3,
    )
    data = dump_values(found)
    assert load_values(data) == found
    known = all_kinds()
    foreign = load_values(data.replace(b"TEST_OF_MESSAGES", b"TEST_OF_STRANGER"))
    assert (foreign.code, foreign.severity, foreign.place) == ("TEST_OF_STRANGER", Severity.WARN, found.place)
    assert all_kinds() == known


def test_what_is_no_value_is_not_made_from_parts_either() -> None:
    parts = [dump_values("một"), pickle.dumps(print, protocol=3)]
    with pytest.raises(pickle.UnpicklingError):
        load_apart(parts)


def test_what_recurs_in_the_answers_about_two_books_is_one_object() -> None:
    data = dump_values(outcome_of(1))
    one, other = load_values(data), load_values(data)

    assert one is not other
    assert one.basis is not None
    assert other.basis is not None
    assert one.basis.rules is other.basis.rules
    assert all(
        here.meeting_code is there.meeting_code and here.held_on is there.held_on
        for here, there in zip(one.facts, other.facts, strict=True)
    )


SHARED_BY_RECORDS = ("facts.year", "facts.frame", "facts.committee_code", "facts.source", "plan_topics", "state_reason")
SHARED_BY_PLACES = ("frame", "from_marks", "columns", "book.file", "book.sheet", "book.columns", "book.info")
SHARED_BY_FINDINGS = ("kind", "seen", "expected", "values", "place.file", "place.sheet", "place.address")


def what_is_shared(outcome: BookOutcome) -> Iterator[tuple[str, object]]:
    yield "file", outcome.file
    explanations = [one for record in outcome.records for one in record.explanations]
    for owners, names in (
        (outcome.records, SHARED_BY_RECORDS),
        ([facts.places for facts in outcome.facts], SHARED_BY_PLACES),
        (outcome.findings, SHARED_BY_FINDINGS),
        (explanations, ("criterion",)),
    ):
        for owner, name in product(owners, names):
            yield name, attrgetter(name)(owner)


def is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > 64


@pytest.mark.parametrize("seed", range(4))
def test_what_takes_room_in_thousands_of_answers_is_held_once(seed: int) -> None:
    data = dump_values(outcome_of(seed))
    one, other = load_values(data), load_values(data)
    both = list(zip(what_is_shared(one), what_is_shared(other), strict=True))
    assert len(both) > 100
    assert [name for (name, here), (_, there) in both if here is not there and not is_long(here)] == []
    assert one.facts[0].source is one.facts[0].places.book.file is one.file


class Lie:
    def __init__(self, *answer: object) -> None:
        self.answer = answer

    def __reduce__(self) -> tuple[object, ...]:
        return self.answer


HELD_ONCE = {
    "a grid": (
        book_places,
        ((("Tên lạ", 5.0, True),), "a.xlsx", "", (), "", ()),
        ((("Tên lạ", 5, 1),), "a.xlsx", "", (), "", ()),
    ),
    "columns": (
        unfolded,
        ("BookPlaces", "a.xlsx", "", (7003.0, True), "", (), ()),
        ("BookPlaces", "a.xlsx", "", (7003, 1), "", (), ()),
    ),
    "a number": (
        unfolded,
        ("FactPlaces", None, 1, "", 7005.0, ()),
        ("FactPlaces", None, 1, "", 7005, ()),
    ),
    "a meeting code": (meeting_code, (2031, 3, "CĐ", True), (2031, 3, "CĐ", 1)),
}
"""By what may be held once: how it is made, of what a worker tells lies with that equals the truth, of the truth."""


@pytest.mark.parametrize("kind", HELD_ONCE)
def test_what_equals_an_honest_value_never_takes_its_place(kind: str) -> None:
    maker, lie, truth = HELD_ONCE[kind]
    with suppress(TypeError):
        told = load_values(pickle.dumps(Lie(maker, lie)))
        assert re.search(r"True|\.0", repr(told))
    found = load_values(pickle.dumps(Lie(maker, truth)))
    assert not re.search(r"True|\.0", repr(found))


@pytest.mark.parametrize(
    "lie",
    [
        Lie(unfolded, ("Finding", "so.xlsx")),
        Lie(unfolded, ("Place", "so.xlsx")),
        Lie(unfolded, ("Place", "so.xlsx", "", "", "")),
        Lie(finding, (("A", "warn", ""), ("a.xlsx", "", ""), "", "", "no values", None, (), False)),
        Lie(eval, ("1",)),
        Lie(getattr, (Severity, "mro")),
        Lie(getattr, (Place, "file")),
        Lie(getattr, (Severity, ("WARN",))),
    ],
    ids=[
        "another kind",
        "too little",
        "too much",
        "no mapping",
        "a function",
        "no member",
        "no enumeration",
        "no name",
    ],
)
def test_nothing_else_can_be_made(lie: Lie) -> None:
    with pytest.raises((pickle.UnpicklingError, LookupError, ValueError, AttributeError)):
        load_values(pickle.dumps(lie))


MARCH = meeting_code(2026, 3, "", 0)
OF_ALL = {
    "a class": (Place, (None, {"__doc__": "told"}), lambda: Place.__doc__),
    "a class of Python's": (Fraction, (None, {"__doc__": "told"}), lambda: Fraction.__doc__),
    "an enumeration": (Severity, (None, {"told": "told"}), lambda: hasattr(Severity, "told")),
    "a member": (Severity.WARN, {"_value_": "block"}, lambda: Severity.WARN.value),
    "a member's slots": (Severity.WARN, (None, {"_value_": "block"}), lambda: Severity.WARN.value),
    "a function": (finding, (None, {"__name__": "told"}), lambda: finding.__name__),
    "what remembers": (meeting_code, (None, {"__name__": "told"}), lambda: meeting_code.__name__),
    "a meeting code": (MARCH, {"_text": "told"}, lambda: str(MARCH)),
    "a meeting code's slots": (MARCH, (None, {"_text": "told"}), lambda: str(MARCH)),
}
"""By what others hold as well: itself, what an answer says that it is like, and how it shows."""


@pytest.mark.parametrize("kind", OF_ALL)
def test_an_answer_changes_nothing_that_others_hold(kind: str) -> None:
    held, told, shown = OF_ALL[kind]
    before = shown()
    lie = dump_values(held)[:-1] + dump_values(told)[2:-1] + pickle.BUILD + pickle.STOP
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        load_values(lie)
    assert shown() == before


def test_an_answer_declares_no_kind_of_finding() -> None:
    known = all_kinds()
    with suppress(pickle.UnpicklingError):
        load_values(pickle.dumps(Lie(FindingKind, ("TOLD", Severity.WARN, "9"))))
    assert all_kinds() == known


def test_an_answer_makes_no_class() -> None:
    with pytest.raises(pickle.UnpicklingError):
        load_values(pickle.dumps(Lie(type(MeetingCode), ("Told", (), {}))))


def test_a_fraction_and_an_empty_value_come_as_they_are() -> None:
    values = [Fraction(1, 3), FindingKind("TEST_OF_MESSAGES", Severity.WARN, clause="3"), {Severity.NOTE}]
    assert load_values(dump_values(values)) == values


def test_a_member_is_known_as_python_before_3_11_4_writes_it() -> None:
    assert load_values(pickle.dumps(Lie(getattr, (Severity, "WARN")))) is Severity.WARN
