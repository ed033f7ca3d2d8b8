"""Values of merged cells in a table: Excel keeps them in the first cell alone, so the others have none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping

from attrs import Factory, frozen

from chibo.model import column_letters
from chibo.workbook.intake.marks import BrokenCell, Merge
from chibo.workbook.reading import kinds
from chibo.workbook.reading.outcomes import Unreadable
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.showing import show


@frozen
class ReadColumn:
    """What heads a column whose cells are read, and what these mean."""

    label: str
    values: PlainValues


def report_merged(report: SheetReport, rows: Collection[int], columns: Mapping[int, ReadColumn]) -> None:
    """Tell each merged range whose value a data row holds in one of the columns and other cells of it lack.

    They may stand in further data rows, in further columns of the same row, or both.
    """
    gaps = _Gaps(report.sheet, frozenset(rows))
    for merge in report.sheet.marks.merges:
        column = columns.get(merge.left) if merge.top in gaps.rows else None
        if column is None:
            continue
        below, beside = gaps.has_below(merge), _lacking_beside(merge, columns, report.sheet)
        raw = report.sheet.value(merge.top, merge.left) if below or beside else ""
        if not _is_value(raw, column.values):
            continue
        spot, seen, cells = Spot(merge.top, merge.left, column.label), show(raw), _address(merge)
        if below:
            report.add(kinds.MERGED_DOWN, spot, seen=seen, cells=cells, row=merge.top)
        if beside:
            report.add(kinds.MERGED_ACROSS, spot, seen=seen, cells=cells, lacking=", ".join(beside))


@frozen
class _Gaps:
    """The data rows that hold nothing in a column: looked for once, since the ranges of a column may be many."""

    sheet: Sheet
    rows: frozenset[int]
    _known: dict[int, list[int]] = Factory(dict)

    def has_below(self, merge: Merge) -> bool:
        """Whether one of the rows under the first one of the range holds nothing in its first column."""
        if merge.bottom == merge.top:
            return False
        gaps = self._of(merge.left)
        following = bisect_right(gaps, merge.top)
        return following < len(gaps) and gaps[following] <= merge.bottom

    def _of(self, column: int) -> list[int]:
        if column not in self._known:
            self._known[column] = sorted(row for row in self.rows if self.sheet.value(row, column) == "")
        return self._known[column]


def _lacking_beside(merge: Merge, columns: Mapping[int, ReadColumn], sheet: Sheet) -> list[str]:
    """The headings, from left to right, of the other columns that hold nothing in the first row of the range."""
    others = (index for index in sorted(columns) if merge.left < index <= merge.right)
    return [f"«{columns[index].label}»" for index in others if sheet.value(merge.top, index) == ""]


def _is_value(raw: Raw, values: PlainValues) -> bool:
    """Whether a cell holds a value of its column; what cannot be read is told anyway."""
    outcome = None if raw == "" or isinstance(raw, BrokenCell) else values.convert(raw)
    return outcome is not None and not isinstance(outcome, Unreadable)


def _address(merge: Merge) -> str:
    return f"{column_letters(merge.left)}{merge.top}:{column_letters(merge.right)}{merge.bottom}"
