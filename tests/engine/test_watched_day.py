"""A watched day answers like a date, and knows on which other days the answers would be the same."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from chibo.checks import look_over
from chibo.engine.watched_day import WatchedDay, span_of
from chibo.scoring.records import records_of
from random_books import random_book
from scored import LIBRARY

DAY = date(2026, 3, 15)
BEFORE, AFTER = date(2026, 3, 10), date(2026, 3, 20)
ALWAYS = (date.min, date.max)
ONLY_THEN = (DAY, DAY)


@pytest.mark.parametrize(
    ("ask", "span"),
    [
        (lambda day: isinstance(day, date), ALWAYS),
        (lambda day: day < AFTER, (date.min, date(2026, 3, 19))),
        (lambda day: day <= AFTER, (date.min, AFTER)),
        (lambda day: day > BEFORE, (date(2026, 3, 11), date.max)),
        (lambda day: day >= BEFORE, (BEFORE, date.max)),
        (lambda day: sorted([AFTER, day])[1] is AFTER, (date.min, date(2026, 3, 19))),
        (lambda day: BEFORE < day < AFTER, (date(2026, 3, 11), date(2026, 3, 19))),
        (lambda day: day > date.max, ALWAYS),
        (lambda day: day < date.min, ALWAYS),
        (lambda day: min(day, AFTER) <= BEFORE, (date(2026, 3, 11), AFTER)),
        (lambda day: day.year, (date(2026, 1, 1), date(2026, 12, 31))),
        (lambda day: day.month, ONLY_THEN),
        (lambda day: day - BEFORE, ONLY_THEN),
        (lambda day: AFTER - day, ONLY_THEN),
        (lambda day: day + timedelta(days=1), ONLY_THEN),
        (lambda day: day == AFTER, ONLY_THEN),
        ({DAY: 1}.get, ONLY_THEN),
        (str, ONLY_THEN),
        (lambda day: f"{day:%d/%m}", ONLY_THEN),
        (lambda day: day.isoformat(), ONLY_THEN),
        (lambda day: day.replace(day=1), ONLY_THEN),
    ],
)
def test_it_answers_like_the_date_and_knows_how_long_the_answer_holds(
    ask: Callable[[date], object], span: tuple[date, date]
) -> None:
    watched = WatchedDay(DAY)
    assert ask(watched) == ask(DAY)
    assert span_of(watched) == span


def test_what_is_kept_of_it_is_a_plain_date() -> None:
    kept = pickle.loads(pickle.dumps(WatchedDay(DAY)))
    assert (type(kept), kept) == (date, DAY)


def judged(seed: int, day: date) -> object:
    book = random_book(seed, LIBRARY, 2026)
    checked = look_over(book, LIBRARY, day)
    return checked.findings, records_of(book, LIBRARY, checked.findings, day)


def test_books_are_judged_alike_on_every_day_of_the_span() -> None:
    random = Random(7)
    lengths = []
    for seed in range(40):
        day = date(2026, 1, 1) + timedelta(days=random.randrange(500))
        watched = WatchedDay(day)
        here = judged(seed, watched)
        first, last = span_of(watched)
        lengths.append((last - first).days)
        others = {max(first, date(2025, 1, 1)), min(last, date(2029, 1, 1))} - {day}
        assert all(judged(seed, other) == here for other in others), (seed, day)
    assert max(lengths) > 20, "no outcome could serve on another day"
