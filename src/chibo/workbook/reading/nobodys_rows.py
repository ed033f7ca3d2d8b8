"""Rows of marks in a grid of members that have no code, or one that is on no list: they are read for nobody."""

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
    """Say of each row with marks that it has no code, or, with a code or name before them, one that is on no list.

    `columns` are those of the meetings or months. Where anything else stands in them, the row is no row of marks; where
    no members are listed at all, that is what has to be told. `read` are the rows that were read.
    """
    for row, cells in _unread(forms, frozenset(read)) if forms.context.members else ():
        raw = cells[forms.key_column - 1]
        held = [cells[column - 1] for column in columns if column <= len(cells) and cells[column - 1] != ""]
        if not held or not all(_is_mark(mark, marks) for mark in held):
            continue
        if is_blank(raw):
            forms.report_no_key(row, cells)
        elif _has_digit(raw) or forms.is_named(cells):
            forms.report.add(kind, Spot(row, forms.key_column, show(raw)), seen=show(raw))


def _unread(forms: RowForms, read: Collection[int]) -> Iterator[tuple[int, Row]]:
    """The rows below the header with no code of a member where it belongs: nothing, or something else."""
    column = forms.key_column
    for row, cells in forms.sheet.rows.items():
        if row in read or row <= forms.header.last or column > len(cells) or (row, column) in forms.merged:
            continue
        raw = cells[column - 1]
        if raw.__class__ is not BrokenCell and (is_blank(raw) or forms.keys.convert(raw) is None):
            yield row, cells


def _has_digit(raw: Raw) -> bool:
    return any(map(str.isdigit, show(raw)))


def _is_mark(raw: Raw, marks: PlainValues) -> bool:
    try:
        return marks[raw] is not None
    except KeyError:
        return False
