"""Grids: the roll call and the scores, whose columns are meetings, and the dues, whose columns are months."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define, field, frozen

from chibo.definitions.layouts import SheetLayout
from chibo.definitions.wording import normal_label
from chibo.model import DuesRow, GridOrigin, MeetingCode, Origin, Place, RollCall, ScoreSheet, TableOrigin
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.converters import ReadingContext, mark_converter, read_text
from chibo.workbook.reading.headers import Header, find_header
from chibo.workbook.reading.headings import meeting_columns, month_columns
from chibo.workbook.reading.hidden import report_hidden
from chibo.workbook.reading.numbers import read_points
from chibo.workbook.reading.outcomes import OUTCOMES, Converter
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.row_forms import RowForms
from chibo.workbook.reading.sheet import Raw, Row, Sheet

H = TypeVar("H")

_PLAIN = frozenset({str, float})
"""Contents of cells of which one can stand for another: true is not 1."""


@define(eq=False)
class _Grid:
    """A grid while it is read: its header, the columns of its spread, and the row of each key."""

    of: SheetLayout
    header: Header
    origin: TableOrigin
    report: SheetReport
    forms: RowForms
    rows: dict[str, int] = field(factory=dict)

    def data_rows(self) -> list[tuple[str, int, Row]]:
        """Key, row and cells of each data row; of two rows with the same key the first, with a finding."""
        found = []
        for row, cells in self.report.sheet.rows.items():
            key = self.forms.key_of(row, cells) if row > self.header.last else None
            if key is None:
                continue
            if key in self.rows:
                others = (self.report.sheet.place(row, self.forms.key_column),)
                self.report.add(
                    kinds.GRID_ROW_TWICE, Spot(self.rows[key], self.forms.key_column, key), seen=key, others=others
                )
                continue
            self.rows[key] = row
            found.append((key, row, cells))
        return found

    def cell(self, cells: Row, code: str) -> Any:
        """What a row holds in a column of the layout."""
        column = self.header.columns.get(code, 0)
        return cells[column - 1] if 0 < column <= len(cells) else ""

    def values(self, columns: Mapping[H, int], convert: Converter) -> dict[H, dict[str, Any]]:
        """The value of every cell of the spread that has one, by what heads its column and by its row's key."""
        spread = [(head, column, dict[str, Any]()) for head, column in columns.items()]
        label = self.of.column(self.of.key).label
        known: dict[Raw, Any] = {}  # the same few marks or points fill a grid
        for key, row, cells in self.data_rows():
            width = len(cells)
            for head, column, values in spread:
                raw = cells[column - 1] if column <= width else ""
                if raw == "":
                    continue
                is_plain = raw.__class__ in _PLAIN
                value = known.get(raw) if is_plain else None
                if value is None:
                    value = None if raw.__class__ is BrokenCell else convert(raw)
                    if value is None or value.__class__ in OUTCOMES:
                        meeting = head if isinstance(head, MeetingCode) else None
                        value = self.report.value(convert, raw, Spot(row, column, f"{label} {key}", meeting))
                    elif is_plain:
                        known[raw] = value
                if value is not None:
                    values[key] = value
        report_hidden(self.report, self.rows.values(), (*self.header.columns.values(), *columns.values()))
        return {head: values for head, _, values in spread}

    def grid_origin(self, columns: Mapping[MeetingCode, int]) -> GridOrigin:
        """Where each row and each meeting's column stands."""
        by_name = {str(code): column for code, column in columns.items()}
        return GridOrigin(self.origin.file, self.origin.sheet, self.header.row, self.rows, by_name)


def _open(sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport) -> _Grid | None:
    header = find_header(sheet, of, report)
    if header is None:
        return None
    return _Grid(of, header, header.origin(sheet), report, RowForms(sheet, of, header, context, report))


@frozen
class ReadGrid:
    """A grid and where it stands; `origin` is None where the sheet holds none."""

    value: Any
    origin: TableOrigin | None = None


def read_roll_call(sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport) -> ReadGrid:
    """The roll call: marks by meeting and listed member, and the names beside the codes."""
    grid = _open(sheet, of, context, report)
    if grid is None:
        return ReadGrid(RollCall())
    columns = meeting_columns(of, grid.header, context, report)
    marks = grid.values(columns, mark_converter(context, "mark"))
    names = {
        member: name for member, row in grid.rows.items() if (name := _name(grid.cell(sheet.rows[row], "full_name")))
    }
    return ReadGrid(RollCall(marks, names, grid.grid_origin(columns)), grid.origin)


def read_dues(sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport) -> ReadGrid:
    """The dues: one record per listed member with the mark of each month; its places go by T1 … T12."""
    grid = _open(sheet, of, context, report)
    if grid is None:
        return ReadGrid(())
    columns = month_columns(of, grid.header, context, report)
    marks = grid.values(columns, mark_converter(context, "dues_mark"))
    places = {**grid.origin.columns, **{f"T{month}": column for month, column in columns.items()}}
    origin = TableOrigin(sheet.file, sheet.name, grid.origin.header_row, places)
    records = tuple(
        DuesRow(
            member_code=member,
            full_name=_name(grid.cell(sheet.rows[row], "full_name")),
            months={month: by_member[member] for month, by_member in marks.items() if member in by_member},
            origin=Origin(origin, row),
        )
        for member, row in grid.rows.items()
    )
    return ReadGrid(records, origin)


def read_scores(sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport) -> ReadGrid:
    """The points by meeting and criterion, the printed maxima, and the totals and grades that were typed below."""
    grid = _open(sheet, of, context, report)
    if grid is None:
        return ReadGrid(ScoreSheet())
    columns = meeting_columns(of, grid.header, context, report)
    points = grid.values(columns, read_points)
    maxima = {}
    for criterion, row in grid.rows.items():
        raw = grid.cell(sheet.rows[row], "maximum")
        column = grid.header.columns.get("maximum", 1)
        value = report.value(read_points, raw, Spot(row, column, of.column("maximum").label))
        if value is not None:
            maxima[criterion] = value
    typed = _typed_results(grid, columns, points)
    scores = ScoreSheet(points, maxima, typed.totals, typed.grades, typed.places, grid.grid_origin(columns))
    return ReadGrid(scores, grid.origin)


@frozen
class _Typed:
    """Totals and grades typed under the points, with their places."""

    totals: dict[MeetingCode, Decimal] = field(factory=dict)
    grades: dict[MeetingCode, str] = field(factory=dict)
    places: dict[str, Place] = field(factory=dict)


def _typed_results(
    grid: _Grid, columns: Mapping[MeetingCode, int], points: Mapping[MeetingCode, Mapping[str, Decimal]]
) -> _Typed:
    """What stands in the rows that begin with "Tổng điểm" or "Xếp loại", above or below the points.

    A formula without a value loses nothing: totals and grades are computed anyway.
    """
    typed = _Typed()
    spread = grid.of.spread
    first = min(columns.values(), default=1)
    total_labels = tuple(normal_label(label) for label in spread.total_labels) if spread else ()
    grade_labels = tuple(normal_label(label) for label in spread.grade_labels) if spread else ()
    labels = total_labels + grade_labels
    report = grid.report
    for row, cells in report.sheet.rows.items():
        if grid.header.first <= row <= grid.header.last:
            continue
        heads = [normal_label(raw) for raw in cells[: first - 1] if isinstance(raw, str) and raw]
        if not any([head.startswith(labels) for head in heads]):  # noqa: C419 - a list is quicker for so few
            continue
        is_total = any(head.startswith(total_labels) for head in heads)
        for code, column in columns.items():
            raw = cells[column - 1] if column <= len(cells) else ""
            spot = Spot(row, column, heads[0], code)
            if isinstance(raw, BrokenCell):
                if points[code]:
                    report.broken(raw, spot, computed=True)
            elif is_total and code not in typed.totals:
                value = report.value(read_points, raw, spot)
                if value is not None:
                    typed.totals[code] = value
                    typed.places[f"total:{code}"] = report.sheet.place(row, column)
            elif not is_total and code not in typed.grades and raw != "" and (grade := read_text(raw)):
                typed.grades[code] = grade
                typed.places[f"grade:{code}"] = report.sheet.place(row, column)
    return typed


def _name(raw: Any) -> str:
    return read_text(raw) or "" if raw != "" and raw.__class__ is not BrokenCell else ""
