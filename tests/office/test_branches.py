"""What a book grew from, and the newest book that two versions both grew from, by the names of kept copies alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chibo.office.lineage.branches import common_bases, grew_from, parents_of, with_parent
from chibo.office.lineage.keeping import KeptCopy
from chibo.submissions import Edition


def digest(letter: str) -> str:
    return letter * 64


def name(letter: str) -> str:
    return letter * 24


def copies(*pairs: str) -> list[KeptCopy]:
    """Copies written as `ba`: b was made from a; `a` alone is a new book."""
    return [KeptCopy(Path(pair), name(pair[0]), name(pair[1]) if pair[1:] else "new") for pair in pairs]


def edition(values: str, grown_from: str = "") -> Edition:
    day = date(2026, 4, 3)
    return Edition(
        content_hash=digest(values),
        file_name="so.xlsx",
        part=digest(values),
        values=digest(values),
        grown_from=digest(grown_from) if grown_from else "",
        submitted_by="nop1",
        submitted_on=day,
        at=datetime(2026, 4, 3, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("line", "mine", "theirs", "bases"),
    [
        (["a", "ba", "ca"], "b", "c", ["a"]),
        (["a", "ba", "cb", "da"], "c", "d", ["a"]),
        (["a", "ba", "cb", "db"], "c", "d", ["b", "a"]),
        (["a", "ba", "cb"], "c", "b", []),
        (["a", "ba", "cb"], "a", "c", []),
        (["a", "ba", "d", "cd"], "b", "c", []),
        (["a", "ba", "ca", "db", "dc", "eb", "ed"], "e", "c", []),
        (["a", "ba", "ab", "cb", "da"], "c", "d", ["a", "b"]),
        ([], "b", "c", []),
    ],
    ids=["two", "longer", "nearest", "mine-newer", "theirs-newer", "apart", "merged", "said-again", "unknown"],
)
def test_the_newest_book_that_both_grew_from(line: list[str], mine: str, theirs: str, bases: list[str]) -> None:
    found = common_bases(parents_of(copies(*line), []), digest(mine), digest(theirs))
    assert sorted(found) == sorted(map(name, bases))
    assert found[:1] == tuple(map(name, bases[:1])) or line[2:3] == ["ab"]


def test_what_came_in_tells_of_the_line_too() -> None:
    parents = parents_of(copies("a"), [edition("b", "a"), edition("c")])
    assert grew_from(parents, digest("b")) == {name("b"): 0, name("a"): 1}
    assert common_bases(parents, digest("b"), digest("c")) == ()
    joined = with_parent(parents, digest("c"), digest("a"))
    assert common_bases(joined, digest("b"), digest("c")) == (name("a"),)
    assert with_parent(parents, digest("c"), "") == parents
