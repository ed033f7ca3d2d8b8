"""Table sheets: title, labels, headings in bands, the records and the spare rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from math import ceil

from chibo.definitions.layouts import LayoutField, ValueType
from chibo.workbook.reading.headers import VERDICT_LABEL
from chibo.workbook.writing.cells import FORMATS, cell_value, write_cell
from chibo.workbook.writing.geometry import HELP_ROW, TITLE_ROW, VERDICT, SheetPlan, local
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.printing import page_breaks, repeated_columns
from chibo.workbook.writing.records import label_holder, value_of
from chibo.workbook.writing.styles import BANDS
from chibo.workbook.writing.validations import validate

_LINE_HEIGHT, _TITLE_HEIGHT, ROW_HEIGHT = 15, 26, 18
_SIZE = 11
"""Points of the usual text."""
_TALLEST = 409
"""Points of the tallest row that Excel allows."""
_LEGEND_SEPARATOR, _LEGEND_WIDTH = " · ", 120
_LETTER, _BOLD_LETTER = 0.9, 1.1
"""Width of a usual and of a bold letter, in those of the column."""

CellWriter = Callable[[int, int, object], bool]
"""Writes one cell of a record its own way (row, column, record or None for a spare row) and says whether it did."""


def write_table(
    pen: Pen, records: Sequence[object], special: dict[str, CellWriter] | None = None
) -> Mapping[int, float]:
    """Write a table sheet with its records; the heights that their rows need.

    `special` holds writers for columns with formulas of their own.
    """
    plan = pen.plan
    heights = {}
    write_heading(pen)
    write_header_row(pen)
    for index in range(plan.last - plan.first + 1):
        record = records[index] if index < len(records) else None
        _write_record(pen, plan.first + index, record, special or {})
        if record is not None:
            heights[plan.first + index] = _height(plan, record)
    for column in plan.layout.columns:
        if column.type is not ValueType.SHOWN:
            at = plan.columns[column.code]
            validate(pen.sheet, (plan.first, at, plan.last, at), column, pen.form.lists)
    _mark_missing(pen)
    return heights


def write_heading(pen: Pen) -> None:
    """Column widths, the title, what the sheet is for, and the labels above the table."""
    plan, sheet = pen.plan, pen.sheet
    for column, width in plan.widths.items():
        sheet.set_column(column, column, width)
    sheet.set_row(TITLE_ROW, _TITLE_HEIGHT)
    pen.write(TITLE_ROW, 0, plan.layout.title, "title")
    pen.write(HELP_ROW, 0, plan.layout.help, "subtitle")
    holder = label_holder(pen.form.book, plan.layout)
    for label in plan.layout.labels:
        row, column = plan.labels[label.code]
        pen.write(row, column - 1, label.label, "plain", "right")
        write_label_value(pen, label, getattr(holder, label.code))


def write_label_value(pen: Pen, label: LayoutField, value: object) -> None:
    """Write the value of a label into its input cell."""
    row, column = pen.plan.labels[label.code]
    style = pen.style("grid", *FORMATS[label.type], "input", align="left", indent=1)
    write_cell(pen.sheet, row, column, cell_value(value), style)
    validate(pen.sheet, (row, column, row, column), label, pen.form.lists)


def write_header_row(pen: Pen) -> None:
    """The bands of merged headings, and the heading of every column; a required one carries a star."""
    plan = pen.plan
    fills = {band.code: BANDS[index % len(BANDS)] for index, band in enumerate(plan.layout.bands)}
    for column in plan.layout.columns:
        traits = ("grid", "heading", "required") if column.required else ("grid", "heading")
        fill = {"bg_color": fills[column.band]} if column.band else {}
        text = f"{column.label} *" if column.required else column.label
        pen.sheet.write_string(plan.header, plan.columns[column.code], text, pen.style(*traits, **fill))
    if VERDICT in plan.columns:
        pen.write(plan.header, plan.columns[VERDICT], VERDICT_LABEL, "grid", "heading")
    _write_bands(pen, fills)
    pen.sheet.set_row(plan.header, _header_height(plan))


def _write_bands(pen: Pen, fills: dict[str, str]) -> None:
    """The headings of the bands; one that goes on over the next page of a print stands there again."""
    plan = pen.plan
    ends = [repeated_columns(plan), *page_breaks(plan)] if plan.layout.bands else []
    for band in plan.layout.bands:
        columns = [plan.columns[column.code] for column in plan.layout.columns if column.band == band.code]
        style = pen.style("grid", "heading", bg_color=fills[band.code])
        pieces = _pieces(range(min(columns), max(columns) + 1), ends) if columns else []
        for first, last in pieces:
            # The columns that stand on every page have the colour of their band; its name stands beside them.
            text = "" if last < ends[0] and len(pieces) > 1 else band.label
            if first == last:
                pen.sheet.write(plan.header - 1, first, text, style)
            else:
                pen.sheet.merge_range(plan.header - 1, first, plan.header - 1, last, text, style)


def _pieces(columns: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last columns of a band on each page that it stands on. `ends` are the columns that begin a page."""
    pages = groupby(columns, key=lambda column: bisect_right(ends, column))
    return [(found[0], found[-1]) for _, page in pages if (found := list(page))]


def _header_height(plan: SheetPlan) -> float:
    widths = {column.label: plan.widths[plan.columns[column.code]] for column in plan.layout.columns}
    return _LINE_HEIGHT * max(2, *(_lines(f"{label} *", width, _BOLD_LETTER) for label, width in widths.items())) + 4


def row_height(text: str, width: float, size: float = _SIZE) -> float:
    """Height of a row whose text of `size` points wraps in a column of this width (in characters)."""
    scale = size / _SIZE
    return min(_TALLEST, max(ROW_HEIGHT, _LINE_HEIGHT * scale * _lines(text, width, _LETTER * scale) + 3))


def _lines(text: str, width: float, letter: float) -> int:
    """Lines that a text needs in a column, breaking between words."""
    lines, used = 1, 0.0
    for word in text.split():
        length = len(word) * letter
        if used and used + 1 + length > width - 1:
            lines, used = lines + 1, length
        else:
            used += length + (1 if used else 0)
    longest = max((len(word) for word in text.split()), default=0)
    return max(lines, ceil(longest * letter / max(width, 1)))


def _write_record(pen: Pen, row: int, record: object, special: dict[str, CellWriter]) -> None:
    for column in pen.plan.layout.columns:
        at = pen.plan.columns[column.code]
        writer = special.get(column.code)
        if writer is not None and writer(row, at, record):
            continue
        if column.type is ValueType.SHOWN:
            write_number(pen, row, filled=record is not None)
        else:
            value = cell_value(value_of(record, column)) if record is not None else None
            pen.write(row, at, value, "grid", *FORMATS[column.type], "input")


def _height(plan: SheetPlan, record: object) -> float:
    """The height that the longest text of a record needs: not every program finds it on opening a file."""
    texts = {column.code: cell_value(value_of(record, column)) for column in plan.layout.columns}
    heights = (
        row_height(text, plan.widths[plan.columns[code]]) for code, text in texts.items() if isinstance(text, str)
    )
    return max(heights, default=ROW_HEIGHT)


def write_number(pen: Pen, row: int, *, filled: bool) -> None:
    """The running number of a row, which appears once the row's key does; nothing where the sheet has none."""
    plan = pen.plan
    shown = [column.code for column in plan.layout.columns if column.type is ValueType.SHOWN]
    if not shown:
        return
    key, number = local(row, plan.columns[plan.layout.key], fixed_column=True), row - plan.first + 1
    formula = f'IF({key}="","",{number})'
    pen.formula(row, plan.columns[shown[0]], formula, number if filled else "", "grid", "center", "computed", "muted")


def write_legend(pen: Pen, row: int) -> int:
    """Write the legend of the sheet from a row on, a few marks to a line; its last row."""
    lines = [""]
    for part in pen.plan.layout.legend.split(_LEGEND_SEPARATOR):
        if lines[-1] and len(lines[-1]) + len(part) > _LEGEND_WIDTH:
            lines.append("")
        lines[-1] += (_LEGEND_SEPARATOR if lines[-1] else "") + part
    for offset, line in enumerate(lines):
        pen.write(row + offset, 0, line, "plain", "italic", "muted")
    return row + len(lines) - 1


def _mark_missing(pen: Pen) -> None:
    """Tint the empty required cells of every row that was begun, and dates and times that Excel holds as text."""
    plan = pen.plan
    inputs = [plan.columns[column.code] for column in plan.layout.columns if column.type is not ValueType.SHOWN]
    # Not COUNTA: it counts formulas that show nothing.
    ends = (local(plan.first, column, fixed_column=True) for column in (min(inputs), max(inputs)))
    begun = f'SUMPRODUCT(--({":".join(ends)}<>""))'
    for column in plan.layout.columns:
        at = plan.columns[column.code]
        area, cell = (plan.first, at, plan.last, at), local(plan.first, at)
        if column.required:
            pen.mark(area, f'AND({cell}="",{begun}>0)', "doubt")
        if column.type in {ValueType.DATE, ValueType.TIME}:
            pen.mark(area, f"ISTEXT({cell})", "doubt")
