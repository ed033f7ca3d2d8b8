"""Whatever a worker that was taken over tells of its book, of values that an answer can hold: the run goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from answer_trees import paths, told, with_one_changed
from chibo.consolidation import BookOutcome, period_table
from chibo.definitions.library import Library
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.book_source import BookSource
from chibo.engine.judging import judge_book, sound
from chibo.engine.ports import Brief, Deliver
from chibo.engine.running import run_books
from chibo.engine.sources import Sources
from chibo.model import Period
from chibo.reports import return_workbook
from golden_office import golden_office

LIBRARY = Library()
TODAY = date(2026, 4, 10)
MARCH = Period(2026, 3, 3)
BOOKS = tuple(BookSource(name, name, data=data) for name, data in sorted(golden_office().items())[:3])
HONEST = [judge_book(book, book.data or b"", LIBRARY, TODAY) for book in BOOKS]
TREES = [msgpack.decode(OUTCOMES.dump(outcome)[1:]) for outcome in HONEST]

LIES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**63 - 1, -(2**63)),
    *("", "x", "=1+1", "A" * 40_000, "\x00\ufffe", "ZZZ99999999", "B2:", "block", "Tốt", "Thường kỳ"),
    *("1900-01", "9999-12-BT99", "0001-01-01", "9999-12-31", "1E+99", "1E-99", "-5", "1/3"),
    *([], ["x"], {}, {"a": "b"}),
]


@frozen
class Answering:
    """An engine whose workers have answered so."""

    answers: Sequence[object]

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        for index, (book, answer) in enumerate(zip(books, self.answers, strict=True)):
            deliver(index, sound(answer, book.label, brief.library))


def test_some_lies_are_taken_for_an_outcome() -> None:
    """Else the other test would say nothing."""
    taken = [told(with_one_changed(TREES[0], path, lie)) for path in [*paths(TREES[0])][::12] for lie in LIES]
    assert sum(isinstance(answer, BookOutcome) for answer in taken) > 20


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0), st.sampled_from(LIES)), min_size=1, max_size=9))
def test_the_run_and_its_return_come_about_whatever_is_told(lies: list[tuple[int, int, Any]]) -> None:
    trees = list(TREES)
    for book, number, lie in lies:
        places = [*paths(trees[book])]
        trees[book] = with_one_changed(trees[book], places[number % len(places)], lie)
    run = run_books(Sources(BOOKS), LIBRARY, today=TODAY, engine=Answering([*map(told, trees)]), alone=True)
    assert [*run.consolidation.facts_csv()] or not run.consolidation.accepted
    table = period_table(run.consolidation, MARCH)
    assert return_workbook(LIBRARY.returns["thang"], table, LIBRARY.issuer, TODAY)
    findings = [finding for outcome in run.consolidation.outcomes for finding in outcome.findings]
    assert all(str(LIBRARY.catalogue.message(finding)) for finding in findings)
