"""Lining up the rows of three books: the base, and two that were made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from chibo.comparing.matching import Matches, Renames, match_rows
from chibo.comparing.rows import Row
from chibo.comparing.sheets import ROW_KINDS, RowKind

_Name = tuple[str, int]
"""What a row is called in all three books: its number in the first of base, mine and theirs that has it."""

_NEW = -1


@frozen
class Line:
    """One row in three books; None where a book has it not."""

    base: Row | None = None
    mine: Row | None = None
    theirs: Row | None = None


@frozen(slots=False)
class _Side:
    """The rows of one of the two younger books, and its row of each row of the base."""

    rows: Sequence[Row]
    pairs: Mapping[int, int]

    @cached_property
    def base_of(self) -> dict[int, int]:
        """The row of the base that each row was; new rows were none."""
        return {own: base for base, own in self.pairs.items()}

    def names(self, book: str) -> list[_Name]:
        """What each row is called in all three books."""
        base_of = self.base_of
        return [("base", base_of[n]) if n in base_of else (book, n) for n in range(len(self.rows))]


def line_up(
    kind: RowKind, base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], matches: tuple[Matches, Matches]
) -> tuple[Line, ...]:
    """The rows of one kind side by side, in the order in which the merged book has them.

    The order is that of THEIRS where MINE left the rows of the base in their order, else that of MINE; what only the
    other one has follows the row that it follows there.
    """
    index = ROW_KINDS.index(kind)
    sides = _Side(mine, matches[0].pairs[index]), _Side(theirs, matches[1].pairs[index])
    ours, others = _without_taken_keys(kind, base, *sides), _without_taken_keys(kind, base, *sides[::-1])
    both_new = _both_new(kind, ours, others)
    names = [("base", number) for number in range(len(base))]
    of_mine = ours.names("mine")
    of_theirs = [
        ("mine", both_new[number]) if number in both_new else name for number, name in enumerate(others.names("theirs"))
    ]
    by_base = dict(zip(names, base, strict=True))
    by_mine, by_theirs = dict(zip(of_mine, mine, strict=True)), dict(zip(of_theirs, theirs, strict=True))
    kept = [name for name in of_mine if name in by_base]
    moved = kept != sorted(kept)
    order = _joined(of_mine, of_theirs) if moved else _joined(of_theirs, of_mine)
    gone = [name for name in names if name not in by_mine and name not in by_theirs]
    return tuple(Line(by_base.get(name), by_mine.get(name), by_theirs.get(name)) for name in (*order, *gone))


def shared_headings(
    base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], renames: tuple[Renames, Renames]
) -> tuple[dict[str, str], dict[str, str]]:
    """The headings of a grid that changed in MINE and in THEIRS, the old one by the new one.

    A new heading that the other book has too, for another column, is no change of the old one.
    """
    ours, others = renames[0].headings(base, mine), renames[1].headings(base, theirs)
    in_mine, in_theirs = ({column for row in rows for column in row.values} for rows in (mine, theirs))
    return (
        {new: old for new, old in ours.items() if new not in in_theirs or others.get(new) == old},
        {new: old for new, old in others.items() if new not in in_mine or ours.get(new) == old},
    )


def _without_taken_keys(kind: RowKind, base: Sequence[Row], own: _Side, other: _Side) -> _Side:
    """The side without its pairs whose changed key names another row on the other side.

    Such a row counts as removed and added, so that it meets the other one instead of standing beside it.
    """

    def key(row: Row) -> tuple[object, ...]:
        return tuple(row.values[column] for column in kind.key)

    holders: defaultdict[object, set[int]] = defaultdict(set)
    base_of_other = other.base_of
    for number, row in enumerate(other.rows):
        holders[key(row)].add(base_of_other.get(number, _NEW))
    pairs = {
        number: partner
        for number, partner in own.pairs.items()
        if key(base[number]) == key(own.rows[partner]) or holders[key(own.rows[partner])] <= {number}
    }
    return _Side(own.rows, pairs)


def _both_new(kind: RowKind, ours: _Side, others: _Side) -> dict[int, int]:
    """The new rows that both books have, by equal values or keys: the number in MINE by the number in THEIRS."""
    new_ours, new_others = (
        [number for number in range(len(side.rows)) if number not in side.base_of] for side in (ours, others)
    )
    by_key = RowKind(sheet=kind.sheet, rows=kind.rows, put=kind.put, key=kind.key)
    pairs = match_rows(by_key, [ours.rows[n] for n in new_ours], [others.rows[n] for n in new_others], Renames({}))
    return {new_others[theirs]: new_ours[mine] for mine, theirs in pairs.items()}


def _joined(order: Sequence[_Name], others: Iterable[_Name]) -> list[_Name]:
    """The first order, and what only the second has behind the name that stands before it there."""
    known, behind = {*order}, dict[_Name | None, _Name]()
    before: _Name | None = None
    for name in others:
        if name not in known:
            known.add(name)
            behind[before] = name
        before = name
    return [name for place in (None, *order) for name in _chain(place, behind) if name is not None]


def _chain(name: _Name | None, behind: Mapping[_Name | None, _Name]) -> Iterator[_Name | None]:
    """A name, the one behind it, the one behind that, and so on."""
    yield name
    while (name := behind.get(name)) is not None:
        yield name
