"""Lines of what is `uncounted` are not traced, and those after it are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

import chibo.workbook
import uncounted
from builders import a_book
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


@pytest.mark.parametrize("way", [chibo.workbook.write_book, own_results.write_book])
def test_new_workbooks_are_written_uncounted_in_the_tests_of_other_things(way: Callable[..., bytes]) -> None:
    book, definitions, traced, before = a_book(), library(), [], sys.gettrace()
    sys.settrace(lambda frame, _event, _value: traced.append(frame.f_globals["__name__"]))
    try:
        way(book, definitions)
    finally:
        sys.settrace(before)
    assert not [name for name in traced if name.startswith("chibo.")]


def first() -> str:
    return "first"


def second() -> None:
    pass


def failing() -> None:
    raise ZeroDivisionError
