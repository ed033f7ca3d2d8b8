"""Lines of what is `uncounted` are not traced, and those after it are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

import pytest
from attrs import evolve

import chibo.workbook
import uncounted
from builders import a_book
from chibo.workbook import read_book
from chibo.workbook.patching import own_results
from desks import library


@pytest.fixture
def called() -> Iterator[list[str]]:
    """The names of the functions at the end of this file that were traced."""
    names: list[str] = []

    def trace(frame: FrameType, _event: str, _value: Any) -> None:
        if frame.f_globals.get(frame.f_code.co_name) in (first, second, failing):
            names.append(frame.f_code.co_name)

    before = sys.gettrace()
    sys.settrace(trace)
    yield names
    sys.settrace(before)


def test_what_is_uncounted_is_not_traced_and_what_follows_is(called: list[str]) -> None:
    assert uncounted.uncounted(first)() == "first"
    second()
    assert called == ["second"]


def test_an_exception_passes_and_what_follows_is_traced(called: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        uncounted.uncounted(failing)()
    second()
    assert called == ["second"]


def test_where_it_is_to_count_it_is_traced(called: list[str]) -> None:
    assert uncounted.uncounted(first, unless=lambda: True)() == "first"
    assert called == ["first"]


def a_new_book(write: Callable[..., bytes]) -> Callable[[], object]:
    return partial(write, a_book(), library())


def one_written_into() -> Callable[[], object]:
    before = read_book(chibo.workbook.write_book(a_book(), library()), "so.xlsx", library()).book
    assert before is not None
    after = evolve(before, meetings=(evolve(before.meetings[0], venue="Phòng họp"),))
    return partial(chibo.workbook.write_back, chibo.workbook.write_book(a_book(), library()), before, after, library())


@pytest.mark.parametrize(
    "act", [a_new_book(chibo.workbook.write_book), a_new_book(own_results.write_book), one_written_into()]
)
def test_workbooks_are_written_uncounted_in_the_tests_of_other_things(act: Callable[[], object]) -> None:
    traced, before = [], sys.gettrace()
    sys.settrace(lambda frame, _event, _value: traced.append(frame.f_globals.get("__name__", "")))
    try:
        act()
    finally:
        sys.settrace(before)
    assert not [name for name in traced if name.startswith("chibo.")]


def first() -> str:
    return "first"


def second() -> None:
    pass


def failing() -> None:
    raise ZeroDivisionError
