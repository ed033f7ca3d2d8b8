"""Which row of one book is which row of another: by keys first, then by what a row with a changed key still shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from attrs import define, field, frozen

from chibo.comparing.rows import Row, is_blank
from chibo.comparing.sheets import MEETINGS, MEMBERS, ROW_KINDS, RowKind

_SAME_TEXT = 0.6
"""From this likeness on (0 to 1) a text counts as the same one reworded."""
_MOST_ABOUT = 24
"""So many rows a reworded one is held against: far more than people reword within one meeting, plan or assessment."""

_CODES = {"member_code": MEMBERS, "meeting_code": MEETINGS}
"""The columns that name a row of another sheet."""


@frozen
class Renames:
    """Codes that changed between two books: the old code by the new one, by column."""

    old: Mapping[str, Mapping[Any, Any]]

    def headings(self, before: Iterable[Row], after: Iterable[Row]) -> dict[str, str]:
        """The columns of a grid that are headed by another meeting code now: the old heading by the new one."""
        had = {column for row in before for column in row.values}
        has = {column for row in after for column in row.values}
        changed = ((str(new), str(old)) for new, old in self.old.get("meeting_code", {}).items())
        return {new: old for new, old in changed if new in has - had and old in had - has}


@frozen
class Matches:
    """The pairs of rows (their numbers before and after) for each of `ROW_KINDS`, and the codes that changed."""

    pairs: tuple[dict[int, int], ...]
    renames: Renames


AllRows = Sequence[Sequence[Row]]


def match_books(before: AllRows, after: AllRows) -> Matches:
    """Match the rows of two books. A code that changed where it is listed is followed through the other sheets."""
    renames = Renames({})
    listed = {}
    for column, kind in _CODES.items():
        index = ROW_KINDS.index(kind)
        listed[index] = match_rows(kind, before[index], after[index], renames)
        renames = Renames({**renames.old, column: renamed(column, before[index], after[index], listed[index])})
    pairs = tuple(
        listed[index] if index in listed else match_rows(kind, before[index], after[index], renames)
        for index, kind in enumerate(ROW_KINDS)
    )
    return Matches(pairs, renames)


def renamed(column: str, before: Sequence[Row], after: Sequence[Row], pairs: Mapping[int, int]) -> dict[Any, Any]:
    """The codes of matched rows that changed, the old one by the new one; none that both books know."""
    had, has = ({row.values[column] for row in rows} for rows in (before, after))
    changed = ((after[new].values[column], before[old].values[column]) for old, new in pairs.items())
    return {new: old for new, old in changed if new not in had and old not in has}


def match_rows(kind: RowKind, before: Sequence[Row], after: Sequence[Row], renames: Renames) -> dict[int, int]:
    """The pairs of rows of one kind: the number of the row after by that of the row before."""
    matching = _Matching(before, after)
    matching.by(_everything, _everything)
    matching.by(_values(kind.key), _values(kind.key))
    if any(column in renames.old for column in kind.key):
        matching.by(_values(kind.key), _values(kind.key, renames))
    for columns in kind.alike:
        matching.by(_filled(columns), _filled(columns), only_ones=True)
    if kind.wording:
        matching.by_wording(kind.wording, _values(kind.within))
    return matching.pairs


@define
class _Matching:
    """Pairs found so far; each step looks only at rows that have no partner yet."""

    before: Sequence[Row]
    after: Sequence[Row]
    pairs: dict[int, int] = field(factory=dict)

    def by(self, one: _Sign, other: _Sign, *, only_ones: bool = False) -> None:
        """Pair the rows whose signs are equal, in their order; `only_ones`: where either side has just one such row."""
        left, right = self._open()
        here, there = _grouped(self.before, left, one), _grouped(self.after, right, other)
        for sign, rows in here.items():
            partners = there.get(sign, [])
            if not only_ones or len(rows) == len(partners) == 1:
                self.pairs.update(zip(rows, partners, strict=False))

    def by_wording(self, column: str, within: _Sign) -> None:
        """Pair the rows whose texts are most alike, the most alike first."""
        left, right = self._open()
        here, there = _grouped(self.before, left, within), _grouped(self.after, right, within)
        ranked = sorted(
            found for sign, others in there.items() for found in self._likenesses(column, here.get(sign, ()), others)
        )
        taken: set[int] = set()
        for _, one, other in ranked:
            if one not in self.pairs and other not in taken:
                self.pairs[one] = other
                taken.add(other)

    def _likenesses(self, column: str, ones: Sequence[int], others: Sequence[int]) -> Iterator[tuple[float, int, int]]:
        """How much the texts of rows are alike, as a number below zero, of those that are alike at all.

        Of very many rows each is held against those about its place alone: who rewords a row leaves it where it is.
        """
        matcher = SequenceMatcher(autojunk=False)
        for number, other in enumerate(others):
            matcher.set_seq2(self.after[other].values[column].casefold())
            for one in _about(number * len(ones) // len(others), ones):
                matcher.set_seq1(self.before[one].values[column].casefold())
                likeness = matcher.ratio() if matcher.quick_ratio() >= _SAME_TEXT else 0.0
                if likeness >= _SAME_TEXT:
                    yield -likeness, one, other

    def _open(self) -> tuple[list[int], list[int]]:
        taken = set(self.pairs.values())
        return (
            [number for number in range(len(self.before)) if number not in self.pairs],
            [number for number in range(len(self.after)) if number not in taken],
        )


_Sign = Callable[[Row], Hashable]


def _grouped(rows: Sequence[Row], numbers: Iterable[int], sign: _Sign) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        found = sign(rows[number])
        if found is not None:
            groups[found].append(number)
    return groups


def _everything(row: Row) -> Hashable:
    return frozenset((column, value) for column, value in row.values.items() if not is_blank(value))


def _values(columns: tuple[str, ...], renames: Renames | None = None) -> _Sign:
    """The values of some columns, texts without regard to letter case; codes as they were before they changed."""

    def sign(row: Row) -> Hashable:
        found = [row.values[column] for column in columns]
        if renames is not None:
            found = [
                renames.old.get(column, {}).get(value, value) for column, value in zip(columns, found, strict=True)
            ]
        return tuple(value.casefold() if isinstance(value, str) else value for value in found)

    return sign


def _filled(columns: tuple[str, ...]) -> _Sign:
    """The values of some columns, None where one of them is blank: blanks tell nothing."""
    values = _values(columns)
    return lambda row: None if any(is_blank(row.values[column]) for column in columns) else values(row)


def _about(place: int, rows: Sequence[int]) -> Sequence[int]:
    """The rows about a place among them; all where they are not very many."""
    first = max(min(place - _MOST_ABOUT // 2, len(rows) - _MOST_ABOUT), 0)
    return rows[first : first + _MOST_ABOUT]
