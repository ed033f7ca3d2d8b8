"""Rows of marks in a grid of members whose code is on no list: they are read for nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from chibo.findings import FindingKind
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.near_rows import is_blank
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.reporting import Spot
from chibo.workbook.reading.row_forms import RowForms
from chibo.workbook.reading.sheet import Raw, Row
from chibo.workbook.reading.showing import show


def report_nobodys_rows(
    kind: FindingKind, columns: Collection[int], marks: PlainValues, forms: RowForms, read: Iterable[int]
) -> None:
    """Say of each row with marks, and a code or name before them, that no member of the list has that code.

    `columns` are those of the meetings or months. Where anything else stands in them, the row is no row of marks; where
    no members are listed at all, that is what has to be told. `read` are the rows that were read.
    """
    for row, cells in _unread(forms, frozenset(read)) if forms.context.members else ():
        raw = cells[forms.key_column - 1]
        held = [cells[column - 1] for column in columns if column <= len(cells) and cells[column - 1] != ""]
        if held and all(_is_mark(mark, marks) for mark in held) and (_has_digit(raw) or forms.is_named(cells)):
            forms.report.add(kind, Spot(row, forms.key_column, show(raw)), seen=show(raw))


def _unread(forms: RowForms, read: Collection[int]) -> Iterator[tuple[int, Row]]:
    """The rows below the header with something that is no code of a member where the code belongs."""
    column = forms.key_column
    for row, cells in forms.sheet.rows.items():
        if row in read or row <= forms.header.last or column > len(cells) or is_blank(cells[column - 1]):
            continue
        raw = cells[column - 1]
        if raw.__class__ is not BrokenCell and forms.keys.convert(raw) is None and (row, column) not in forms.merged:
            yield row, cells


def _has_digit(raw: Raw) -> bool:
    return any(map(str.isdigit, show(raw)))


def _is_mark(raw: Raw, marks: PlainValues) -> bool:
    try:
        return marks[raw] is not None
    except KeyError:
        return False
