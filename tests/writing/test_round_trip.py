"""What is written reads back as it was: any valid book, as often as one likes, also through LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from builders import a_book
from chibo.definitions.library import Library
from chibo.findings import Severity
from chibo.model import CellBook
from chibo.workbook import read_book, write_book
from random_books import random_book
from recalculation import recalculated
from strategies import books

LIBRARY = Library()
TODAY = date(2026, 6, 15)


def assert_same(found: CellBook | None, expected: CellBook) -> None:
    """Compare value by value, so that a failure shows the one value that differs."""
    assert found is not None
    assert list(_differences("", found, expected)) == []
    assert found == expected


def _differences(where: str, found: Any, expected: Any) -> Iterator[tuple[str, object, object]]:
    if isinstance(expected, tuple) and len(found) == len(expected):
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from _differences(f"{where}[{index}]", one, other)
    elif attrs.has(type(expected)) and type(found) is type(expected):
        for part in attrs.fields(type(expected)):
            if part.eq:
                yield from _differences(f"{where}.{part.name}", getattr(found, part.name), getattr(expected, part.name))
    elif found != expected:
        yield where, found, expected


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(book=books())
def test_any_valid_book_reads_back_equal(book: CellBook) -> None:
    assert_same(read_book(write_book(book, LIBRARY, TODAY), "so.xlsx", LIBRARY).book, book)


@pytest.mark.parametrize("seed", range(6))
def test_a_book_with_lapses_reads_back_equal_and_nothing_blocks_its_reading(seed: int) -> None:
    book = random_book(seed, LIBRARY, 2026)
    reading = read_book(write_book(book, LIBRARY, TODAY), "so.xlsx", LIBRARY)
    assert_same(reading.book, book)
    assert [finding for finding in reading.findings if finding.severity is Severity.BLOCK] == []


def test_an_ordinary_book_is_read_without_any_finding() -> None:
    reading = read_book(write_book(a_book(), LIBRARY, TODAY), "so.xlsx", LIBRARY)
    assert [(finding.code, str(finding.place)) for finding in reading.findings] == []


def test_the_same_book_on_the_same_day_gives_the_same_bytes() -> None:
    book = random_book(3, LIBRARY, 2026)
    once, again = write_book(book, LIBRARY, TODAY), write_book(book, Library(), TODAY)
    assert once == again
    read_back = read_book(once, "so.xlsx", LIBRARY).book
    assert read_back is not None
    assert write_book(read_back, LIBRARY, TODAY) == once


@pytest.mark.libreoffice
def test_a_book_saved_by_libreoffice_reads_back_equal(tmp_path: Path) -> None:
    given = {f"so-{seed}": random_book(seed, LIBRARY, date.today().year) for seed in (11, 12, 13)}
    saved = recalculated({name: write_book(book, LIBRARY) for name, book in given.items()}, tmp_path)
    for name, book in given.items():
        assert_same(read_book(saved[name], f"{name}.xlsx", LIBRARY).book, book)
