"""Answers as bytes: they come back as they were, what recurs is held once, and nothing else is read."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count, product
from operator import attrgetter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, msgpack
from zlib_ng import zlib_ng as zlib

from answer_trees import is_of, paths, told, with_one_changed
from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine import kept_outcomes
from chibo.engine.answer_bytes import OUTCOMES, READY, answers_of
from chibo.engine.answers import ANSWERS
from chibo.engine.book_source import BookSource
from chibo.engine.errands import Errand, Work
from chibo.engine.held_once import numbers
from chibo.engine.judging import judge_book, sound
from chibo.engine.kept_outcomes import PackedRecords, packed, unpacked
from chibo.engine.messages import Broken, Ready
from chibo.engine.single_files import done
from chibo.errors import ChiboError
from chibo.findings import Finding, FindingKind, Severity, all_kinds
from chibo.model import MeetingCode, MeetingFacts, Month, Period, Place
from chibo.model.vocabulary import DuesMark
from chibo.register.register import Register
from chibo.register.units import ChangeOfUnit, UnitChange
from chibo.scoring.fact_places import FactPlaces, Grid
from chibo.workbook import write_book
from chibo.workbook.frames.sheet import write_frame
from chibo.workbook.register.writing import write_register
from random_books import random_book
from tables import a_workbook

LIBRARY = Library()
TODAY = date(2026, 11, 1)


def outcome_of(seed: int) -> BookOutcome:
    name = f"so{seed}.xlsx"
    data = write_book(random_book(seed, LIBRARY, 2026), LIBRARY)
    return judge_book(BookSource(label=name, name=name, data=data), data, LIBRARY, TODAY)


def there_and_back(outcome: BookOutcome) -> BookOutcome:
    found = OUTCOMES.load(OUTCOMES.dump(outcome))
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
    assert is_of(found, BookOutcome)
    assert found.basis == outcome.basis
    assert list(map(places_of, found.facts)) == list(map(places_of, outcome.facts))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_of_an_outcome_comes_back_with_all_its_places(seed: int) -> None:
    outcome = outcome_of(seed)
    found = unpacked(packed(outcome), outcome.file)

    assert found == outcome
    assert found.meeting_codes == outcome.meeting_codes
    assert found.records[-1] == outcome.records[-1]
    assert list(map(places_of, found.facts)) == list(map(places_of, outcome.facts))


# Whoever knows the secret of the file can write what he likes into it.


def kept(outcome: BookOutcome, **changes: Any) -> bytes:
    return packed(evolve(outcome, records=evolve(PackedRecords.of(outcome.records), **changes)))


@pytest.mark.parametrize("body", [b"", b"x" * 40, zlib.compress(b""), zlib.compress(b"\xff" * 2000)])
def test_records_that_are_none_are_told_in_words(body: bytes) -> None:
    outcome = outcome_of(1)
    found = unpacked(kept(outcome, body=body), outcome.file)
    assert found.meeting_codes == outcome.meeting_codes
    with pytest.raises(ChiboError, match="--clear-cache"):
        found.records_within(Period(2026, 1, 12))


@pytest.mark.parametrize("changes", [{"csv": "x"}, {"line_lengths": ()}, {"codes": ()}])
def test_lines_that_are_not_one_to_a_meeting_are_no_outcome(changes: dict[str, Any]) -> None:
    outcome = outcome_of(1)
    with pytest.raises(ValueError, match="no line for each meeting"):
        unpacked(kept(outcome, **changes), outcome.file)


def test_nothing_is_unpacked_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = outcome_of(1)
    data = packed(outcome)
    monkeypatch.setattr(kept_outcomes, "_MOST_BYTES", 1000)
    with pytest.raises(ValueError, match="too long"):
        unpacked(data, outcome.file)


def a_register_workbook() -> bytes:
    change = UnitChange(unit_code="DB-01", day=date(2026, 1, 5), change=ChangeOfUnit.FOUNDED, name="Đảng bộ Một")
    return write_register(Register(changes=(change,)), LIBRARY.register_layout, TODAY)


def a_frame_workbook() -> bytes:
    return write_frame(next(iter(LIBRARY.frames.values())))


@pytest.mark.parametrize("work", Work)
def test_the_answer_to_every_errand_comes_back_as_it_was(work: Work) -> None:
    data = {Work.REGISTER: a_register_workbook, Work.FRAME: a_frame_workbook}.get(work, a_workbook)()
    errand = Errand(work, data, "so.xlsx", place=Place("so.xlsx", "Sinh hoạt", "B4"))
    answer = done(errand, LIBRARY, TODAY)
    found = answers_of(ANSWERS[work]).load(answers_of(ANSWERS[work]).dump(answer))

    assert not isinstance(answer, Finding)
    assert found == answer
    assert repr(found) == repr(answer)
    assert is_of(found, ANSWERS[work])


def test_texts_that_have_no_bytes_in_utf_8_come_back_too() -> None:
    name = b"s\xf4.xlsx".decode("utf-8", "surrogateescape")
    data = a_workbook()
    outcome = judge_book(BookSource(label=name, name=name, data=data), data, LIBRARY, TODAY)
    found = there_and_back(outcome)

    assert outcome.records
    assert found == outcome
    assert is_of(found, BookOutcome)
    assert list(map(places_of, found.facts)) == list(map(places_of, outcome.facts))


@pytest.mark.parametrize("seen", ["\x1a", "\x1a001a", "\ud800\x1a\udfff", "😀\x00\udcf4", "ｘ\n\x1a"])
def test_whatever_texts_there_are_beside_those_come_back(seen: str) -> None:
    finding = a_finding(seen=seen, expected="\ud800", **{"\x1a\ud801": seen})
    assert OUTCOMES.load(OUTCOMES.dump(finding)) == finding


def a_finding(**more: Any) -> Finding:
    kind = FindingKind("TEST_OF_MESSAGES", Severity.WARN, clause="3")
    return kind.at(Place("a.xlsx", "Sinh hoạt", "B2"), **more)


def undeclared(code: str) -> Finding:
    return evolve(a_finding(), kind=FindingKind.undeclared(code, Severity.NOTE, "7"))


def test_a_finding_comes_back_with_its_kind_and_declares_none() -> None:
    meeting = MeetingCode(Month(2026, 3))
    found = a_finding(seen="x", expected="y", meeting=meeting, other_places=[Place("a.xlsx")], of_book=True, number=3)
    data = OUTCOMES.dump(found)
    assert OUTCOMES.load(data) == found
    known = all_kinds()
    foreign = OUTCOMES.load(data.replace(b"TEST_OF_MESSAGES", b"TEST_OF_STRANGER"))
    assert isinstance(foreign, Finding)
    assert (foreign.code, foreign.severity, foreign.place) == ("TEST_OF_STRANGER", Severity.WARN, found.place)
    assert all_kinds() == known


def test_a_worker_may_say_that_a_definition_is_wrong_or_that_it_is_ready() -> None:
    broken = Broken.by(ChiboError("khung sai", english="a wrong frame"))
    found = OUTCOMES.load(OUTCOMES.dump(broken))
    assert found == broken
    assert found.error.words == ("khung sai", "a wrong frame")
    assert READY.load(READY.dump(Ready(frozenset()))) == Ready(frozenset())


# What recurs is held once.


def test_what_recurs_in_the_answers_about_two_books_is_one_object() -> None:
    outcome = outcome_of(1)
    one, other = there_and_back(outcome), there_and_back(outcome)

    assert one is not other
    assert one.basis is not None
    assert other.basis is not None
    assert one.basis.rules is other.basis.rules
    assert all(
        here.meeting_code is there.meeting_code and here.held_on is there.held_on
        for here, there in zip(one.facts, other.facts, strict=True)
    )


SHARED_BY_RECORDS = (
    "facts.year",
    "facts.cell_code",
    "facts.cell_name",
    "facts.frame",
    "facts.committee_code",
    "facts.source",
    "plan_topics",
    "state_reason",
)
SHARED_BY_PLACES = (
    "book.grids",
    "frame",
    "from_marks",
    "columns",
    "book.file",
    "book.sheet",
    "book.columns",
    "book.info",
)
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
    outcome = outcome_of(seed)
    one, other = there_and_back(outcome), there_and_back(outcome)
    both = list(zip(what_is_shared(one), what_is_shared(other), strict=True))
    assert len(both) > 100
    assert [name for (name, here), (_, there) in both if here is not there and not is_long(here)] == []
    first, last = (facts.places for facts in (one.facts[0], one.facts[-1]))
    assert isinstance(first, FactPlaces)
    assert isinstance(last, FactPlaces)
    assert first.book is last.book
    assert one.facts[0].source is first.book.file is one.file


# Nothing is read that is of another type.

HONEST = outcome_of(1)
TREE = msgpack.decode(OUTCOMES.dump(HONEST)[1:])
"""An honest answer as the plain values that are written of it."""


lies = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    st.sampled_from(["", "x", "2026-13", "2026-03-CĐ", "1E+999999999", "NaN", "sNaN", "1/0", "9" * 5000, "2026-02-30"]),
    st.binary(max_size=4),
    st.lists(st.integers(0, 3) | st.text(max_size=3), max_size=4),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@given(st.sampled_from([*paths(TREE)]), lies)
def test_an_answer_is_of_its_type_all_the_way_down_or_is_none(path: tuple[Any, ...], lie: Any) -> None:
    answer = told(with_one_changed(TREE, path, lie))
    assert isinstance(answer, Exception) or is_of(answer, BookOutcome) or is_of(answer, Finding | Broken)


def test_where_something_is_left_out_it_is_none_or_says_so_where_it_is_looked_for() -> None:
    taken = [told(with_one_changed(TREE, path, lie)) for path in paths(TREE) for lie in ([], [0], [None])]
    outcomes = [answer for answer in taken if isinstance(answer, BookOutcome)]
    assert outcomes
    assert all(is_of(outcome, BookOutcome) for outcome in outcomes)


@given(st.integers(1, len(OUTCOMES.dump(HONEST)) - 1), st.binary(max_size=6), st.integers(0, 6))
def test_whatever_bytes_are_read_as_an_answer_or_as_none(at: int, lie: bytes, instead: int) -> None:
    data = OUTCOMES.dump(HONEST)
    for first in (b"\x00", b"\x01", b"\x02"):
        try:
            answer = OUTCOMES.load(first + data[1:at] + lie + data[at + instead :])
        except Exception:
            continue
        assert is_of(answer, BookOutcome | Finding | Broken)


@pytest.mark.parametrize("length", [0, 1, 2, 4])
def test_an_answer_of_another_length_is_none(length: int) -> None:
    assert isinstance(told((TREE * 2)[:length]), Exception)


def test_an_answer_that_answers_nothing_is_none() -> None:
    assert isinstance(told([None, None, None]), ValueError)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x93", b"\x00\xdd\xff\xff\xff\xff", b"\x01\xc7\x04\x05abcd"])
def test_bytes_that_stand_for_nothing_are_no_answer(data: bytes) -> None:
    with pytest.raises(Exception, match=r"(?s)."):
        OUTCOMES.load(data)


def test_texts_with_surrogates_do_not_make_an_answer_of_anything() -> None:
    with pytest.raises(ValidationError):  # none of the arrays within is looked at
        OUTCOMES.load(b"\x01" + b"\x91" * 100_000)
    with pytest.raises(ValueError, match="base 16"):
        answers_of(str).load(b"\x01" + msgpack.encode(["\x1axyz!", None, None]))


def of_one_hash(many: int) -> list[tuple[int, int]]:
    """Tuples of numbers which end with one hash in CPython, whatever stands before."""
    wide, first, second = 2**64, 11400714785074694791, 14029467366897019727
    undone = pow(second, -1, wide)
    found: list[tuple[int, int]] = []
    for step in count(1):
        pair = step * undone % wide, -(step << 31) * first * undone % wide
        here, there = (number - wide if number >> 63 else number for number in pair)
        if max(abs(here), abs(there)) < 2**61 - 1:
            found.append((here, there))
        if len(found) == many:
            return found
    raise AssertionError


def test_numbers_that_have_one_hash_are_held_as_any_others() -> None:
    """Compared with each other, these would take minutes."""
    tuples = of_one_hash(40_000)
    assert len({hash(pair) for pair in tuples[:100]}) == 1
    assert [numbers(pair) for pair in tuples] == tuples


@pytest.mark.parametrize(
    ("kind", "lie"),
    [
        (Grid, ["Chấm điểm", 2**60, -(2**60)]),
        (frozenset[int], [2**60]),
        (Mapping[int, DuesMark], {2**60: DuesMark.PAID}),
    ],
)
def test_numbers_by_which_something_is_found_are_those_of_a_workbook(kind: Any, lie: Any) -> None:
    with pytest.raises(ValidationError):
        answers_of(tuple[kind, ...]).load(b"\x00" + msgpack.encode([[lie], None, None]))


def test_nothing_that_others_hold_is_changed_by_code_in_an_answer() -> None:
    class Lie:
        def __reduce__(self) -> tuple[Any, ...]:
            return setattr, (Place, "told", True)

    with pytest.raises(Exception, match=r"(?s)."):
        OUTCOMES.load(b"\x00" + pickle.dumps(Lie()))
    assert not hasattr(Place, "told")


@pytest.mark.parametrize(
    ("kind", "lie"),
    [
        (int, 2026.0),
        (int, True),
        (bool, 1),
        (MeetingCode, "2026-3"),
        (MeetingCode, "2026-03-cđ"),
        (date, "2026-03-05T00:00:00Z"),
    ],
)
def test_what_equals_an_honest_value_is_not_taken_for_it(kind: Any, lie: Any) -> None:
    answers = answers_of(tuple[kind, ...])
    with pytest.raises(Exception, match=r"(?s)."):
        answers.load(b"\x00" + msgpack.encode([[lie], None, None]))


# What is taken as the outcome of a book.


def test_an_outcome_of_this_book_is_taken_as_it_is() -> None:
    assert sound(HONEST, HONEST.file, LIBRARY) is HONEST


OF_NO_WORDS = evolve(HONEST, file="khác.xlsx", findings=(undeclared("TEST_OF_STRANGER"),))


@pytest.mark.parametrize("answer", [HONEST, OF_NO_WORDS, a_finding(), None, "xin chào"])
def test_anything_else_refuses_its_book_alone(answer: object) -> None:
    refused = sound(answer, "khác.xlsx", LIBRARY)
    assert (refused.file, [finding.code for finding in refused.findings]) == ("khác.xlsx", ["READER_CRASH"])


def test_what_another_process_declared_is_taken_where_there_are_words_for_it() -> None:
    told_by_it = evolve(HONEST, findings=(undeclared("CELL_TWICE"),))
    assert sound(told_by_it, HONEST.file, LIBRARY) is told_by_it
