"""Values of cells merged down over several rows: Excel keeps them in the first row alone, so the others have none."""

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


def report_merged_down(
    report: SheetReport,
    rows: Collection[int],
    columns: Mapping[int, ReadColumn],
    remarks: Collection[tuple[int, int]],
) -> None:
    """Tell each merged range whose value a data row holds in one of the columns and further data rows lack.

    `remarks` are the first cells of ranges that are text and no data.
    """
    gaps = _Gaps(report.sheet, frozenset(rows))
    for merge in report.sheet.marks.merges:
        first = (merge.top, merge.left)
        column = columns.get(merge.left) if merge.bottom > merge.top and first not in remarks else None
        if column is not None and merge.top in gaps.rows and gaps.has_below(merge):
            raw = report.sheet.value(*first)
            if _is_value(raw, column.values):
                spot = Spot(*first, column.label)
                report.add(kinds.MERGED_DOWN, spot, seen=show(raw), cells=_address(merge), row=merge.top)


@frozen
class _Gaps:
    """The data rows that hold nothing in a column: looked for once, since the ranges of a column may be many."""

    sheet: Sheet
    rows: frozenset[int]
    _known: dict[int, list[int]] = Factory(dict)

    def has_below(self, merge: Merge) -> bool:
        """Whether one of the rows under the first one of the range holds nothing in its first column."""
        gaps = self._of(merge.left)
        following = bisect_right(gaps, merge.top)
        return following < len(gaps) and gaps[following] <= merge.bottom

    def _of(self, column: int) -> list[int]:
        if column not in self._known:
            self._known[column] = sorted(row for row in self.rows if self.sheet.value(row, column) == "")
        return self._known[column]


def _is_value(raw: Raw, values: PlainValues) -> bool:
    """Whether a cell holds a value of its column; what cannot be read is told anyway."""
    outcome = None if raw == "" or isinstance(raw, BrokenCell) else values.convert(raw)
    return outcome is not None and not isinstance(outcome, Unreadable)


def _address(merge: Merge) -> str:
    return f"{column_letters(merge.left)}{merge.top}:{column_letters(merge.right)}{merge.bottom}"
