"""Hidden rows, columns and sheets are read like the others; one note per sheet says which they were."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chibo.model import column_letters
from chibo.workbook.reading import kinds
from chibo.workbook.reading.reporting import SheetReport, Spot


def report_hidden(report: SheetReport, rows: Collection[int], columns: Iterable[int]) -> None:
    """Note which of the rows and columns that were read are hidden."""
    marks = report.sheet.marks
    if not marks.hidden_rows and not marks.hidden_columns:
        return
    hidden_rows = sorted(marks.hidden_rows.intersection(rows))
    if hidden_rows:
        report.add(kinds.HIDDEN_ROWS, Spot(hidden_rows[0], 1), seen=_ranges(hidden_rows))
    hidden_columns = sorted(
        column for column in columns if any(first <= column <= last for first, last in marks.hidden_columns)
    )
    if hidden_columns:
        seen = ", ".join(column_letters(column) for column in hidden_columns)
        report.add(kinds.HIDDEN_COLUMNS, Spot(1, hidden_columns[0]), seen=seen)


def _ranges(numbers: list[int]) -> str:
    """5, 7–9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
