"""What differs between two books: by row keys and columns, as read. Moved rows and the look of a file do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import frozen

from chibo.comparing.matching import Matches, match_books
from chibo.comparing.rows import HEADING, Row, is_blank
from chibo.comparing.sheets import ROW_KINDS, RowKind, absent_row, heading_place, rows_by_kind
from chibo.model import CellBook, Place


class Change(StrEnum):
    """What happened to a value or to a whole row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@frozen(kw_only=True)
class Difference:
    """One difference. `column` is empty for a row that only one of the two books has.

    `row` is the row before, or the new one, `partner` the same row in the other book; a row of a grid may lack one
    without being a new row. A changed heading of a grid has neither; its column is `meeting_code`.
    """

    sheet: str
    change: Change
    column: str = ""
    before: Any = None
    after: Any = None
    place_before: Place | None = None
    place_after: Place | None = None
    row: Row | None = None
    partner: Row | None = None


def differences(before: CellBook, after: CellBook) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the workbook; empty exactly where the books hold the same rows."""
    rows = rows_by_kind(before), rows_by_kind(after)
    matches = match_books(*rows)
    found: list[Difference] = []
    for index, kind in enumerate(ROW_KINDS):
        compare = _grid_differences if kind.is_grid else _table_differences
        found += compare(_Pair(kind, before, after, rows[0][index], rows[1][index], matches.pairs[index], matches))
    return tuple(found)


@frozen
class _Pair:
    """The rows of one kind in two books, and which of them are the same."""

    kind: RowKind
    one: CellBook
    other: CellBook
    before: Sequence[Row]
    after: Sequence[Row]
    pairs: Mapping[int, int]
    matches: Matches


def _table_differences(pair: _Pair) -> Iterator[Difference]:
    sheet = pair.kind.sheet
    for number, row in enumerate(pair.before):
        if number in pair.pairs:
            partner = pair.after[pair.pairs[number]]
            columns = dict.fromkeys((*row.values, *partner.values))
            yield from (_changed(sheet, column, row, partner) for column in columns if _differs(column, row, partner))
        else:
            yield Difference(sheet=sheet, change=Change.REMOVED, row=row, place_before=row.place())
    partners = set(pair.pairs.values())
    for number, row in enumerate(pair.after):
        if number not in partners:
            yield Difference(sheet=sheet, change=Change.ADDED, row=row, place_after=row.place())


def _differs(column: str, row: Row, partner: Row) -> bool:
    return bool(row.values.get(column) != partner.values.get(column))


def _changed(sheet: str, column: str, row: Row, partner: Row, now: str = "") -> Difference:
    """A changed value; `now` is the column's heading in the other book where it has another one."""
    return Difference(
        sheet=sheet,
        change=Change.CHANGED,
        column=column,
        before=row.values.get(column),
        after=partner.values.get(now or column),
        place_before=row.place(column),
        place_after=partner.place(now or column),
        row=row,
        partner=partner,
    )


def _grid_differences(pair: _Pair) -> Iterator[Difference]:
    """Value by value: a row of a grid that came or went is the values that came or went."""
    sheet, key = pair.kind.sheet, pair.kind.key[0]
    old_headings = pair.matches.renames.headings(pair.before, pair.after)
    for new, old in old_headings.items():
        yield Difference(
            sheet=sheet,
            change=Change.CHANGED,
            column=HEADING,
            before=old,
            after=new,
            place_before=heading_place(pair.one, sheet, old),
            place_after=heading_place(pair.other, sheet, new),
        )
    now = {old: new for new, old in old_headings.items()}
    partners = {number: pair.after[other] for number, other in pair.pairs.items()}
    for number, row in enumerate(pair.before):
        partner = partners.get(number) or absent_row(pair.other, pair.kind, row)
        columns = dict.fromkeys((*row.values, *(old_headings.get(column, column) for column in partner.values)))
        for column in columns:
            if row.values.get(column) != partner.values.get(now.get(column, column)):
                yield _changed(sheet, column, row, partner, now.get(column, ""))
    known = set(pair.pairs.values())
    for number, row in enumerate(pair.after):
        if number not in known:
            absent = absent_row(pair.one, pair.kind, row)
            yield from (_came(sheet, column, absent, row, old_headings) for column in row.values if column != key)


def _came(sheet: str, column: str, absent: Row, row: Row, old_headings: Mapping[str, str]) -> Difference:
    old = old_headings.get(column, column)
    return _changed(sheet, old, absent, row, column if old != column else "")


def is_emptied(difference: Difference) -> bool:
    """Whether something that was recorded is gone: a row, or a value."""
    gone = difference.change is Change.CHANGED and is_blank(difference.after) and not is_blank(difference.before)
    return gone or difference.change is Change.REMOVED
