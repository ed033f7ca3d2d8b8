"""The canonical text of values, which kept digests are made of: the same by the compiled pass and by Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from builders import code
from chibo.definitions.library import Library
from chibo.model import Mark
from chibo.model.canonical import INSTALLED, canonical, canonical_by_python
from chibo.model.vocabulary import DuesMark, MeetingKind
from random_books import random_book

compiled = pytest.mark.skipif(not INSTALLED, reason="chibo_native is not compiled here")


@frozen
class Nothing:
    """A record of no values."""


@frozen
class One:
    """A record of one value, and of one that takes part in no comparison."""

    value: object
    place: object = field(default=None, eq=False)


@frozen
class Two:
    """A record of two values."""

    left: object
    right: object


class Pair(NamedTuple):
    """A tuple with names."""

    left: object
    right: object


CODES = st.sampled_from([code("2026-03"), code("2026-12"), code("2026-03-CĐ2"), code("2025-01-BT")])
TEXTS = st.text(max_size=9) | st.sampled_from(
    ["", "Họ và tên", "it's", 'a"b', "'\"", "\\", "\x00\n\x85", "%s", "\ud800"]
)
PLAIN = st.none() | st.booleans() | st.integers() | TEXTS
NUMBERS = st.decimals(-(10**9), 10**9) | st.fractions() | st.floats(allow_nan=False)
LABELS = st.sampled_from([*Mark, *DuesMark, *MeetingKind])
VALUES = st.recursive(
    PLAIN | NUMBERS | st.dates() | st.datetimes() | st.times() | LABELS | CODES,
    lambda values: st.one_of(
        st.lists(values, max_size=4).map(tuple),
        st.lists(values, max_size=2),
        st.dictionaries(TEXTS | st.integers() | CODES, values, max_size=5),
        st.dictionaries(TEXTS, values, max_size=3).map(MappingProxyType),
        st.builds(One, values, values),
        st.builds(Two, values, values),
        st.builds(Pair, values, values),
        st.just(Nothing()),
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("way", [canonical, canonical_by_python])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"10": Decimal("8.50"), "2%": Decimal(-1), "1": Mark.PRESENT}, "[('1', 'X'), ('10', '17/2'), ('2%', '-1/1')]"),
        ({10: "a", 9: None, 1: 5, 2: True}, "[('1', 5), ('10', 'a'), ('2', True), ('9', None)]"),
        ({"a": {"b'": Fraction(2, 4)}, "A": ()}, """[('A', []), ('a', [("b'", '1/2')])]"""),
        ({code("2026-03-CĐ"): {}}, "[('2026-03-CĐ', [])]"),
        ((date(2026, 3, 5), time(7, 30), MeetingKind.COMBINED, None), "['2026-03-05', '07:30:00', 'Kết hợp', None]"),
        ((datetime(2026, 3, 5, 7, tzinfo=UTC), 0.5, [1]), "['2026-03-05 07:00:00+00:00', '0.5', '[1]']"),
        ((One(1, 2), Two(0, "'"), Pair(1, ""), Nothing()), """[['One', 1], ['Two', 0, "'"], [1, ''], ['Nothing']]"""),
        (code("2026-03-CĐ2"), "['MeetingCode', ['Month', 2026, 3], 'CĐ', 2]"),
        ("Nguyễn \ud800", "'Nguyễn \\ud800'"),
    ],
)
def test_values_are_written_in_one_form(way: object, value: object, text: str) -> None:
    assert callable(way)
    assert way(value) == text.encode()
    assert way(value) == text.encode()


@pytest.mark.parametrize(("value", "text"), [(7, "'7'"), (None, "'None'"), (True, "'True'"), ("7", "'7'")])
def test_a_plain_value_alone_is_written_as_a_text(value: object, text: str) -> None:
    assert canonical(value) == text.encode()


@compiled
@given(VALUES.map(One))
def test_both_ways_write_the_same(value: object) -> None:
    assert canonical(value) == canonical_by_python(value)


@compiled
@pytest.mark.parametrize("seed", range(12))
def test_both_ways_write_the_same_of_a_book(seed: int) -> None:
    book = random_book(seed, Library(), 2026)

    assert canonical(book) == canonical_by_python(book)


@compiled
def test_more_values_than_are_remembered_and_a_long_text_are_written_whole() -> None:
    many = (tuple(range(9_000)), "ữ" * 40_000)

    assert canonical(many) == canonical_by_python(many) == repr([list(many[0]), many[1]]).encode()
