"""Messages between processes: values come back as they were, what recurs is held once, and nothing else is made."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.folding import unfolded
from chibo.engine.judging import judge_book
from chibo.engine.messages import dump_values, load_values
from chibo.model import MeetingFacts, Place
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


def test_what_recurs_in_the_answers_about_two_books_is_one_object() -> None:
    one, other = (there_and_back(outcome_of(1)) for _ in range(2))

    assert one is not other
    assert one.basis is not None
    assert other.basis is not None
    assert one.basis.rules is other.basis.rules
    assert all(
        here.meeting_code is there.meeting_code and here.held_on is there.held_on
        for here, there in zip(one.facts, other.facts, strict=True)
    )


class Lie:
    def __init__(self, *answer: object) -> None:
        self.answer = answer

    def __reduce__(self) -> tuple[object, ...]:
        return self.answer


@pytest.mark.parametrize(
    "lie",
    [
        Lie(unfolded, (BookOutcome, "so.xlsx")),
        Lie(unfolded, (Place, "so.xlsx")),
        Lie(unfolded, (Place, "so.xlsx", "", "", "")),
        Lie(eval, ("1",)),
    ],
    ids=["another kind", "too little", "too much", "a function"],
)
def test_nothing_else_can_be_made(lie: Lie) -> None:
    with pytest.raises((pickle.UnpicklingError, LookupError, ValueError)):
        load_values(pickle.dumps(lie))
