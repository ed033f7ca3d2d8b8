"""Points and marks of a grid under a heading that names no meeting or month."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from chibo.model import GridOrigin, Meeting, MeetingCode, TableOrigin
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import read_meeting_code
from chibo.workbook.reading.headers import Header
from chibo.workbook.reading.outcomes import Closer
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.renamed import said_heading
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Sheet

_ANY_YEAR = 2000


def report_marked(
    header: Header, columns: Mapping[Any, int], marks: PlainValues, expected: str, report: SheetReport
) -> None:
    """Say of a heading that names no meeting or month, to the right of some that do, that marks stand under it.

    Where none does, it is said of those to the right of the columns of the layout.
    """
    first = min(columns.values(), default=max(header.columns.values()))
    headed = {*columns.values(), *header.columns.values()}
    cells = report.sheet.rows.get(header.row, ())
    for index in range(first + 1, len(cells) + 1):
        if index in headed or not _is_no_meeting(report.sheet, header.row, index):
            continue
        below = header.cells_below(report.sheet, index)
        if 2 * sum(_is_value(raw, marks) for raw in below) > len(below):
            seen = said_heading(cells[index - 1])
            report.add(kinds.HEADING_UNREADABLE, Spot(header.row, index, seen), seen=seen, expected=expected)


def report_unheaded(
    table: TableOrigin, grid: GridOrigin, plain: PlainValues, meetings: Iterable[Meeting], report: SheetReport
) -> None:
    """Say of a heading that values of the grid (`plain`) stand under it which belong to no meeting.

    It is told where the year has a held meeting without a column at just this place, and most rows of the grid have a
    value that was typed: then it is no column of sums or remarks that somebody added.
    """
    absent = sorted(one.meeting_code for one in meetings if str(one.meeting_code) not in grid.columns and one.is_held)
    if not absent:
        return
    columns = {code: index for name, index in grid.columns.items() if (code := MeetingCode.parse(name)) is not None}
    order = _YearOrder(columns)
    for index in _strangers(table, columns, report.sheet):
        meeting = order.first_between(absent, index)
        if meeting is not None and _is_filled(index, grid, plain, report.sheet):
            seen = said_heading(report.sheet.value(table.header_row, index))
            spot = Spot(table.header_row, index, seen, meeting)
            report.add(kinds.HEADING_UNREADABLE, spot, seen=seen, expected=str(meeting))


class _YearOrder:
    """Where the column of a meeting would stand among those of others, in the order of the year."""

    def __init__(self, columns: Mapping[MeetingCode, int]) -> None:
        ordered = sorted(columns, key=columns.__getitem__)
        self._columns = [columns[code] for code in ordered]
        self._latest = list(accumulate(ordered, max))
        self._earliest = list(accumulate(reversed(ordered), min))[::-1]

    def first_between(self, meetings: Sequence[MeetingCode], index: int) -> MeetingCode | None:
        """The first of these meetings (in order) after all whose columns stand before it, and before the others."""
        before = bisect_left(self._columns, index)
        first = bisect_right(meetings, self._latest[before - 1]) if before else 0
        meeting = meetings[first] if first < len(meetings) else None
        is_before = meeting is not None and (before == len(self._columns) or meeting < self._earliest[before])
        return meeting if is_before else None


def _strangers(table: TableOrigin, columns: Mapping[MeetingCode, int], sheet: Sheet) -> Iterator[int]:
    """The columns beside those of the meetings whose headings are nothing like the code of one."""
    headed = {*columns.values(), *table.columns.values()}
    last = max(headed) + 1 if columns else len(sheet.rows.get(table.header_row, ()))
    for index in range(max(table.columns.values()) + 1, last + 1):
        if index not in headed and _is_no_meeting(sheet, table.header_row, index):
            yield index


def _is_no_meeting(sheet: Sheet, row: int, index: int) -> bool:
    """Whether a heading is nothing like the code of a meeting: what is, and cannot be read, was told."""
    heading = sheet.value(row, index)
    if isinstance(heading, BrokenCell):
        return False
    outcome = read_meeting_code(heading, _ANY_YEAR)
    if isinstance(outcome, Closer):
        outcome = outcome.look(sheet, row, index)
    return outcome is None


def _is_filled(index: int, grid: GridOrigin, plain: PlainValues, sheet: Sheet) -> bool:
    """Whether most rows of the grid have a value that was typed in this column."""
    computed = sheet.details.formula_cells()
    typed = (sheet.value(row, index) for row in grid.rows.values() if (row, index) not in computed)
    return 2 * sum(_is_value(raw, plain) for raw in typed) > len(grid.rows)


def _is_value(raw: Raw, plain: PlainValues) -> bool:
    try:
        return plain[raw] is not None
    except KeyError:
        return False
