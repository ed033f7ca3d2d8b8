"""Properties that hold for every pair and every three of books."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random
from typing import Any

from attrs import evolve, fields
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.comparing import Change, Difference, differences, merge_books
from chibo.comparing.rows import GRID_KEY, Row
from chibo.comparing.sheets import ROW_KINDS, rows_by_kind
from chibo.definitions.library import Library
from chibo.model import CellBook, RollCall
from random_books import random_book
from strategies import books

TABLES = ("members", "meetings", "tasks", "explanations", "dues", "inspections", "disseminations", "committee")
OTHERS = ("info", "plan", "roll_call", "self_scores", "official_scores", "assessment")
YEAR = 2026

many = settings(max_examples=40)
few = settings(max_examples=8, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 1_000_000)


@cache
def library() -> Library:
    return Library()


def edited(book: CellBook, random: Random) -> CellBook:
    """The book after rows of its sheets were moved, left out, changed or added."""
    other = random_book(random.randrange(1_000_000), library(), YEAR)
    changes: dict[str, Any] = {}
    for name in TABLES:
        rows, strange = list(getattr(book, name)), list(getattr(other, name))
        match random.choice(["same", "moved", "fewer", "more", "changed", "others"]):
            case "moved":
                random.shuffle(rows)
            case "fewer":
                rows = [row for row in rows if random.random() < 0.7]
            case "more":
                rows += strange
            case "changed":
                rows = [_changed(row, random.choice(strange), random) if strange else row for row in rows]
            case "others":
                rows = strange
        changes[name] = tuple(rows)
    for name in OTHERS:
        changes[name] = getattr(random.choice([book, book, other]), name)
    return evolve(book, **changes)


def _changed(row: Any, strange: Any, random: Random) -> Any:
    """The row with some values of another one."""
    columns = [attribute.name for attribute in fields(type(row)) if attribute.eq]
    return evolve(row, **{column: getattr(strange, column) for column in columns if random.random() < 0.1})


def three(seed: int) -> tuple[CellBook, CellBook, CellBook]:
    """A base, and two books made from it."""
    random = Random(seed)
    base = random_book(seed, library(), YEAR)
    return base, edited(base, random), edited(base, random)


Held = dict[str, Counter[frozenset[tuple[str, Any]]]]


def held(book: CellBook) -> Held:
    """What each sheet of a book holds, whatever the order of its rows."""
    return _counted({sheet: [dict(row.values) for row in rows] for sheet, rows in _rows(book).items()})


def applied(before: CellBook, found: tuple[Difference, ...]) -> Held:
    """What `before` holds once the differences are carried out one by one."""
    sheets = {}
    for sheet, rows in _rows(before).items():
        own = {_name(sheet, row): dict(row.values) for row in rows}
        of_sheet = [difference for difference in found if difference.sheet == sheet]
        for difference in of_sheet:
            if difference.row is not None:
                _carry_out(difference, difference.row, own)
        headings = {difference.before: difference.after for difference in of_sheet if difference.row is None}
        sheets[sheet] = [{headings.get(column, column): v for column, v in row.items()} for row in own.values()]
    return _counted(sheets)


def _carry_out(difference: Difference, row: Row, own: dict[object, dict[str, Any]]) -> None:
    name = _name(difference.sheet, row)
    if difference.change is Change.REMOVED:
        del own[name]
    elif difference.change is Change.ADDED:
        own[name] = dict(row.values)
    else:
        values = own.setdefault(name, dict(row.values))
        assert values.get(difference.column) == difference.before
        values[difference.column] = difference.after


def _rows(book: CellBook) -> dict[str, list[Row]]:
    sheets: dict[str, list[Row]] = {}
    for kind, rows in zip(ROW_KINDS, rows_by_kind(book), strict=True):
        sheets.setdefault(kind.sheet, []).extend(rows)
    return sheets


def _name(sheet: str, row: Row) -> object:
    """By what a row is told from the others: the code in a grid, else the very record that it was made from."""
    return row.values[GRID_KEY[sheet]] if sheet in GRID_KEY else id(row.record)


def _counted(sheets: dict[str, list[dict[str, Any]]]) -> Held:
    counted: Held = {}
    for sheet, rows in sheets.items():
        contents = [frozenset((c, value) for c, value in row.items() if value is not None) for row in rows]
        counted[sheet] = Counter(content for content in contents if sheet not in GRID_KEY or len(content) > 1)
    return counted


@few
@given(books(), books())
def test_any_two_books(one, other):
    assert differences(one, one) == ()
    assert applied(one, differences(one, other)) == held(other)
    assert merge_books(one, one, other).book == other
    assert merge_books(one, other, one).book == other


@many
@given(seeds)
def test_moved_rows_are_no_difference(seed):
    random, book = Random(seed), random_book(seed, library(), YEAR)
    moved = {name: tuple(random.sample(rows := getattr(book, name), len(rows))) for name in TABLES}
    marks = dict(reversed(book.roll_call.marks.items()))
    assert differences(book, evolve(book, **moved, roll_call=RollCall(marks))) == ()


@many
@given(seeds)
def test_the_differences_carried_out_give_the_other_book(seed):
    before, after, _ = three(seed)
    assert applied(before, differences(before, after)) == held(after)


@many
@given(seeds)
def test_books_differ_exactly_where_they_hold_something_else(seed):
    before, after, _ = three(seed)
    assert (differences(before, after) == ()) == (held(before) == held(after))


@many
@given(seeds)
def test_who_changed_nothing_gets_the_changes_of_the_other(seed):
    base, _, theirs = three(seed)
    merge = merge_books(base, base, theirs)
    assert merge.book == theirs
    assert not merge.conflicts
    assert merge_books(base, theirs, base).book == theirs


@many
@given(seeds)
def test_equal_changes_count_once(seed):
    base, mine, _ = three(seed)
    merge = merge_books(base, mine, mine)
    assert merge.book == mine
    assert not merge.conflicts
    assert not merge.taken


@many
@given(seeds)
def test_without_conflicts_it_does_not_matter_who_merges(seed):
    base, mine, theirs = three(seed)
    one, other = merge_books(base, mine, theirs), merge_books(base, theirs, mine)
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert held(one.book) == held(other.book)


@many
@given(seeds)
def test_what_was_taken_is_what_changed_in_mine(seed):
    base, mine, theirs = three(seed)
    merge = merge_books(base, mine, theirs)
    assert applied(mine, merge.taken) == held(merge.book)


@many
@given(seeds)
def test_no_value_of_theirs_is_lost_silently(seed):
    """Every value that THEIRS changed is in the merged book, or a conflict names it."""
    base, mine, theirs = three(seed)
    merge = merge_books(base, mine, theirs)
    told = Counter[object]()
    for conflict in merge.conflicts:
        if conflict.column:
            told[str(conflict.theirs)] += 1
        elif conflict.line.theirs is not None:
            told.update(str(value) for value in conflict.line.theirs.values.values())
    merged = Counter(str(v) for rows in _rows(merge.book).values() for row in rows for v in row.values.values())
    for difference in differences(base, theirs):
        new = [difference.after] if difference.change is Change.CHANGED else []
        if difference.change is Change.ADDED and difference.row is not None:
            new = list(difference.row.values.values())
        for value in map(str, new):
            assert merged[value] or told[value], difference
