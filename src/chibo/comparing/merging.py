"""Merging three books: what MINE and THEIRS each changed of a common BASE, joined value by value; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, frozen

from chibo.comparing.differences import Difference, differences
from chibo.comparing.lining_up import Line, line_up, shared_headings
from chibo.comparing.matching import match_books
from chibo.comparing.rows import HEADING, Row, is_blank
from chibo.comparing.sheets import MEMBERS, ROW_KINDS, RowKind, absent_row, heading_place, rows_by_kind, with_rows
from chibo.model import CellBook, Place


class Clash(StrEnum):
    """Why a change of THEIRS could not be taken."""

    BOTH_CHANGED = "both-changed"
    """Both changed the value, each to another one."""
    MINE_REMOVED = "mine-removed"
    """MINE removed the row, THEIRS changed it."""
    THEIRS_REMOVED = "theirs-removed"
    """THEIRS removed the row, MINE changed it."""


class Side(StrEnum):
    """Who made a change."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@frozen(kw_only=True)
class Conflict:
    """A change of THEIRS that was not taken; the merged book has what MINE has. `column` is empty for a whole row."""

    sheet: str
    clash: Clash
    line: Line
    column: str = ""
    base: Any = None
    mine: Any = None
    theirs: Any = None
    place_mine: Place | None = None
    place_theirs: Place | None = None


@frozen(kw_only=True)
class Removal:
    """Something of the base that the merged book has no more: a value, or with an empty `column` a whole row.

    `row` is that of the base, `line` the row in all three books: a cell that was emptied has its place there as well.
    """

    sheet: str
    by: Side
    row: Row
    line: Line
    column: str = ""

    @property
    def value(self) -> Any:
        """What the base has; None for a whole row."""
        return self.row.values.get(self.column)


@frozen(kw_only=True)
class Merge:
    """The merged book and the account of it: what MINE got from THEIRS, what could not be joined, what is gone."""

    book: CellBook
    taken: tuple[Difference, ...]
    conflicts: tuple[Conflict, ...]
    removals: tuple[Removal, ...]


def merge_books(base: CellBook, mine: CellBook, theirs: CellBook) -> Merge:
    """MINE with the changes that THEIRS made of BASE.

    Changes at different places are joined, equal ones count once. Where both changed the same value, MINE's stays and
    a conflict names the other one. A row that one side removed goes where the other left it as it was.
    """
    rows = rows_by_kind(base), rows_by_kind(mine), rows_by_kind(theirs)
    matches = match_books(rows[0], rows[1]), match_books(rows[0], rows[2])
    merged: list[list[Row]] = []
    conflicts: list[Conflict] = []
    removals: list[Removal] = []
    for index, kind in enumerate(ROW_KINDS):
        of_base, of_mine, of_theirs = (book[index] for book in rows)
        heads = _Headings()
        if kind.is_grid:
            heads = _Headings(*shared_headings(of_base, of_mine, of_theirs, (matches[0].renames, matches[1].renames)))
            of_mine, of_theirs = heads.old_rows(of_mine, heads.mine), heads.old_rows(of_theirs, heads.theirs)
        merging = _Merging(kind, heads, (mine, theirs), _names_by_code(merged))
        lines = line_up(kind, of_base, of_mine, of_theirs, matches)
        kept = [row for line in lines if (row := merging.row(line)) is not None]
        merged.append(heads.new_rows(kept))
        conflicts += (*heads.conflicts(kind, mine, theirs), *merging.conflicts)
        removals += merging.removals
    taken = differences(mine, with_rows(mine, merged))
    book = with_rows(mine, [_of_mine(rows) for rows in merged])
    return Merge(book=book, taken=taken, conflicts=tuple(conflicts), removals=tuple(removals))


def _names_by_code(merged: Sequence[Sequence[Row]]) -> Mapping[Any, Any]:
    """The members' names in the merged book by their codes, empty as long as its members are not merged."""
    index = ROW_KINDS.index(MEMBERS)
    rows = merged[index] if index < len(merged) else ()
    return {row.values["member_code"]: row.values["full_name"] for row in rows}


def _of_mine(rows: Iterable[Row]) -> list[Row]:
    """The rows of the merged book; one that came from THEIRS stands nowhere in the file of MINE yet."""
    return [evolve(row, record=evolve(row.record, origin=None)) if row.is_strange else row for row in rows]


@frozen
class _Headings:
    """The headings of a grid that changed, the old one by the new one. Values are compared under the old headings."""

    mine: Mapping[str, str] = field(factory=dict)
    theirs: Mapping[str, str] = field(factory=dict)

    @staticmethod
    def old_rows(rows: Iterable[Row], old: Mapping[str, str]) -> tuple[Row, ...]:
        """The rows with their values under the old headings; they are still found where they stand."""
        return tuple(_under(row, old) for row in rows)

    def new_rows(self, rows: Iterable[Row]) -> list[Row]:
        """The merged rows under the new headings; MINE's where both changed one."""
        new = {old: now for side in (self.theirs, self.mine) for now, old in side.items()}
        return [
            evolve(row, values={new.get(column, column): value for column, value in row.values.items()}) for row in rows
        ]

    def conflicts(self, kind: RowKind, mine: CellBook, theirs: CellBook) -> Iterator[Conflict]:
        """The headings that both changed, each to another code."""
        theirs_now = {old: new for new, old in self.theirs.items()}
        for new, old in self.mine.items():
            other = theirs_now.get(old, new)
            if other != new:
                yield Conflict(
                    sheet=kind.sheet,
                    clash=Clash.BOTH_CHANGED,
                    line=Line(),
                    column=HEADING,
                    base=old,
                    mine=new,
                    theirs=other,
                    place_mine=heading_place(mine, kind.sheet, new),
                    place_theirs=heading_place(theirs, kind.sheet, other),
                )


def _under(row: Row, old: Mapping[str, str]) -> Row:
    if not old:
        return row
    now = {before: after for after, before in old.items()}
    values = {old.get(column, column): value for column, value in row.values.items()}
    return evolve(row, values=values, locate=lambda column: row.locate(now.get(column, column)))


@define(slots=False)
class _Merging:
    """Merges the lines of one kind, and keeps the account of it.

    `books` are MINE and THEIRS, `names` the members' names in the merged book.
    """

    kind: RowKind
    heads: _Headings
    books: tuple[CellBook, CellBook]
    names: Mapping[Any, Any]
    conflicts: list[Conflict] = field(factory=list)
    removals: list[Removal] = field(factory=list)

    def row(self, line: Line) -> Row | None:
        """The merged row of a line, None where it is gone."""
        if self.kind.is_grid:
            return self._joined(self._filled_up(line))
        base, mine, theirs = line.base, line.mine, line.theirs
        if mine is None or theirs is None:
            return self._one_sided(line) if base is not None else mine or _strange(theirs)
        return self._joined(line)

    def _filled_up(self, line: Line) -> Line:
        """The line of a grid, where a row without values is as good as none."""
        some = line.base or line.mine or line.theirs
        assert some is not None, "a line has a row in some book"  # noqa: S101
        key = self.kind.key[0]
        named = evolve(some, values={key: (line.base or some).values[key]}, locate=lambda _column: None)
        mine, theirs = (absent_row(book, self.kind, named) for book in self.books)
        return Line(
            line.base or named,
            line.mine or _under(mine, self.heads.mine),
            line.theirs or _under(theirs, self.heads.theirs),
        )

    def _one_sided(self, line: Line) -> Row | None:
        """A row of the base that MINE or THEIRS, or both, removed."""
        base, mine, theirs = line.base, line.mine, line.theirs
        assert base is not None, "new rows are not removed ones"  # noqa: S101
        left = mine or theirs
        if left is None:
            self._removed(line, base, Side.BOTH)
            return None
        if _same(base, left):
            self._removed(line, base, Side.THEIRS if theirs is None else Side.MINE)
            return None
        clash = Clash.THEIRS_REMOVED if theirs is None else Clash.MINE_REMOVED
        self.conflicts.append(
            Conflict(
                sheet=self.kind.sheet,
                clash=clash,
                line=line,
                place_mine=mine.place() if mine else None,
                place_theirs=theirs.place() if theirs else None,
            )
        )
        return mine

    def _removed(self, line: Line, base: Row, by: Side, column: str = "") -> None:
        self.removals.append(Removal(sheet=self.kind.sheet, by=by, row=base, line=line, column=column))

    def _joined(self, line: Line) -> Row:
        """A row that both have, joined column by column; what it is made from is MINE's."""
        mine, theirs = line.mine, line.theirs
        assert mine is not None, "both sides have the row"  # noqa: S101
        assert theirs is not None, "both sides have the row"  # noqa: S101
        columns = dict.fromkeys((*mine.values, *theirs.values, *(line.base.values if line.base else ())))
        return evolve(mine, values={column: self._value(line, column) for column in columns})

    def _value(self, line: Line, column: str) -> Any:
        base, mine, theirs = (row.values.get(column) if row else None for row in (line.base, line.mine, line.theirs))
        is_new = line.base is None
        if theirs in (mine, base) or (is_new and is_blank(theirs)):
            taken = mine
        elif mine == base or (is_new and is_blank(mine)):
            taken = theirs
        elif self._repeats_names(line, column):
            return self.names.get(line.mine.values["member_code"], mine) if line.mine else mine
        else:
            self._clashed(line, column, base, mine, theirs)
            return mine
        if line.base is not None and is_blank(taken) and not is_blank(base):
            by = Side.BOTH if mine == theirs else Side.THEIRS if mine == base else Side.MINE
            self._removed(line, line.base, by, column)
        return taken

    def _repeats_names(self, line: Line, column: str) -> bool:
        """Whether both books only repeat here how they name a member: they clash where the member is listed."""
        if column != self.kind.member_name:
            return False
        return all(
            row is not None and row.values[column] == listed.get(row.values["member_code"])
            for row, listed in zip((line.mine, line.theirs), self._listed_names, strict=True)
        )

    @cached_property
    def _listed_names(self) -> tuple[Mapping[str, str], ...]:
        """The names of the members by code in each of the books; of two with one code the first."""
        return tuple({one.member_code: one.full_name for one in reversed(book.members)} for book in self.books)

    def _clashed(self, line: Line, column: str, base: Any, mine: Any, theirs: Any) -> None:
        self.conflicts.append(
            Conflict(
                sheet=self.kind.sheet,
                clash=Clash.BOTH_CHANGED,
                line=line,
                column=column,
                base=base,
                mine=mine,
                theirs=theirs,
                place_mine=line.mine.place(column) if line.mine else None,
                place_theirs=line.theirs.place(column) if line.theirs else None,
            )
        )


def _strange(row: Row | None) -> Row | None:
    return evolve(row, is_strange=True) if row else None


def _same(one: Row, other: Row) -> bool:
    return all(one.values.get(column) == other.values.get(column) for column in {*one.values, *other.values})
