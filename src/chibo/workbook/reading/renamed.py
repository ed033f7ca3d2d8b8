"""Columns under another heading: data in the place of a column of the form, or marks beside those of the meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import read_meeting_code
from chibo.workbook.reading.headers import Header, known_label
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw
from chibo.workbook.reading.showing import show

_ANY_YEAR = 2000


def report_renamed(of: SheetLayout, header: Header, report: SheetReport) -> None:
    """Say of each column that lacks its heading, and stands where the layout has it, that it was not read.

    Columns that somebody added, or put in another order, are left in peace: nobody knows what they are.
    """
    unheaded: list[tuple[Column, int]] | None = header.alike.get(report_renamed)
    if unheaded is None:
        unheaded = header.alike[report_renamed] = list(_unheaded(of, header))
    for column, index in unheaded:
        heading = report.sheet.value(header.row, index)
        if known_label(heading, of) is None and header.cells_below(report.sheet, index):
            report.add(kinds.COLUMN_RENAMED, Spot(header.row, index, column.label), seen=_said(heading))


def _unheaded(of: SheetLayout, header: Header) -> Iterator[tuple[Column, int]]:
    """The columns without their heading between two that have it, where these stand as far apart as in the layout."""
    there = [(number, header.columns[one.code]) for number, one in enumerate(of.columns) if one.code in header.columns]
    for (number, index), (next_number, next_index) in pairwise(there):
        if next_number - number == next_index - index:
            for step in range(1, next_number - number):
                if of.columns[number + step].type is not ValueType.SHOWN:
                    yield of.columns[number + step], index + step


def report_marked(
    header: Header, columns: Mapping[Any, int], marks: PlainValues, expected: str, report: SheetReport
) -> None:
    """Say of a heading that names no meeting or month, to the right of some that do, that marks stand under it."""
    first = min(columns.values(), default=0)
    headed = {*columns.values(), *header.columns.values()}
    cells = report.sheet.rows.get(header.row, ())
    for index in range(first + 1, len(cells) + 1) if first else ():
        if index in headed or not _is_no_meeting(cells[index - 1]):
            continue
        below = header.cells_below(report.sheet, index)
        if 2 * sum(_is_mark(raw, marks) for raw in below) > len(below):
            seen = _said(cells[index - 1])
            report.add(kinds.HEADING_UNREADABLE, Spot(header.row, index, seen), seen=seen, expected=expected)


def _is_no_meeting(raw: Raw) -> bool:
    """Whether a heading is nothing like the code of a meeting or month: what is, and cannot be read, was told."""
    return isinstance(raw, str) and read_meeting_code(raw, _ANY_YEAR) is None


def _is_mark(raw: Raw, marks: PlainValues) -> bool:
    try:
        return marks[raw] is not None
    except KeyError:
        return False


def _said(heading: Raw) -> str:
    return "–" if isinstance(heading, BrokenCell) else show(heading) or "–"
