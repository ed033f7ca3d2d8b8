"""An answer about a book is taken as an outcome only where it has all that an outcome has."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

from chibo.consolidation import BookOutcome
from chibo.engine.judging import judge_book, sound
from chibo.engine.plain_values import dump_values, load_values
from chibo.engine.sources import find_uploads
from scored import LIBRARY
from tables import a_workbook

TODAY = date(2026, 4, 10)
LABEL = "so.xlsx"
WHOLE: dict[str, Any] = {
    "file": LABEL,
    "accepted": False,
    "identity": None,
    "records": (),
    "findings": (),
    "digest": "",
    "basis": None,
}


class Answer:
    """An outcome with attributes of somebody's choice, as a worker that was taken over may send it."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state

    def __reduce__(self):
        return BookOutcome, (), self.state


def taken(state: dict[str, Any]) -> BookOutcome:
    return sound(load_values(pickle.dumps(Answer(state))), LABEL)


def test_an_honest_outcome_is_taken_as_it_is():
    (book,) = find_uploads([(LABEL, a_workbook())]).books
    outcome = judge_book(book, a_workbook(), LIBRARY, TODAY)

    assert outcome.accepted
    assert sound(load_values(dump_values(outcome)), LABEL) == outcome


def test_an_outcome_of_every_attribute_is_taken():
    assert taken(WHOLE).findings == ()


@pytest.mark.parametrize("name", [*WHOLE])
def test_one_that_lacks_an_attribute_refuses_its_book_alone(name):
    lacking = {key: value for key, value in WHOLE.items() if key != name}
    assert [finding.code for finding in taken(lacking).findings] == ["READER_CRASH"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accepted", 1),
        ("identity", "CB01"),
        ("records", 5),
        ("records", ("x",)),
        ("findings", ("x",)),
        ("findings", []),
        ("digest", None),
        ("basis", "x"),
    ],
)
def test_one_with_an_attribute_of_another_kind_does_too(name, value):
    refused = taken({**WHOLE, name: value})
    assert (refused.file, [finding.code for finding in refused.findings]) == (LABEL, ["READER_CRASH"])
