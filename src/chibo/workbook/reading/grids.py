"""Grids: the roll call and the scores, whose columns are meetings, and the dues, whose columns are months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from attrs import define, field, frozen

from chibo.checks.dues import DUES_OF_UNKNOWN_MEMBER
from chibo.checks.roll_call import ROLL_CALL_OF_UNKNOWN_MEMBER
from chibo.definitions.layouts import SheetLayout
from chibo.model import DuesRow, GridOrigin, MeetingCode, Origin, RollCall, ScoreSheet, TableOrigin
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import BAD_MEETING_CODE
from chibo.workbook.reading.converters import POINTS, TEXTS, ReadingContext, marks
from chibo.workbook.reading.headers import Header, find_header
from chibo.workbook.reading.headings import meeting_columns, month_columns
from chibo.workbook.reading.hidden import report_hidden
from chibo.workbook.reading.merged_values import ReadColumn, report_merged
from chibo.workbook.reading.nobodys_rows import report_nobodys_rows
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.renamed import said_heading
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.row_forms import RowForms
from chibo.workbook.reading.sheet import Raw, Row, Sheet, picker
from chibo.workbook.reading.typed_results import typed_results
from chibo.workbook.reading.unheaded import report_marked

H = TypeVar("H")

_MONTHS = "T1, T2, T3 … T12"


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
        for row, cells, key in self.forms.data_rows():
            if key in self.rows:
                first, column = self.rows[key], self.forms.key_column
                others = (self.report.sheet.place(row, column),)
                self.report.add(kinds.GRID_ROW_TWICE, Spot(first, column, key), seen=key, others=others)
            else:
                self.rows[key] = row
                found.append((key, row, cells))
        return found

    def beside(self, code: str) -> Iterator[tuple[str, int, Raw]]:
        """Key and row of each data row, and what it holds in a column of the layout."""
        index = self.header.columns.get(code, 0) - 1
        for key, row in self.rows.items():
            cells = self.report.sheet.rows[row]
            yield key, row, cells[index] if 0 <= index < len(cells) else ""

    def names(self, listed: Mapping[str, str]) -> dict[str, str]:
        """The full name beside each key that has one; of a formula that was never calculated, the one listed."""
        named = {key: _name(key, raw, listed) for key, _, raw in self.beside("full_name")}
        return {key: name for key, name in named.items() if name}

    def values(self, columns: Mapping[H, int], plain: PlainValues) -> dict[str, Sequence[Any]]:
        """By the key of each row its values, one for each column of the spread, None where there is none."""
        pick = picker(columns.values())
        values: dict[str, Sequence[Any]] = {}
        for key, row, cells in self.data_rows():
            try:
                values[key] = [*map(plain.__getitem__, pick(cells))]
            except LookupError:  # a cell that is not plain, or beyond the end of its row
                values[key] = self._looked_over(columns, plain, key, row, cells)
        report_hidden(self.report, self.rows.values(), (*self.header.columns.values(), *columns.values()))
        self._report_merged(columns.values(), plain)
        return values

    def _report_merged(self, columns: Iterable[int], plain: PlainValues) -> None:
        sheet = self.report.sheet
        if sheet.marks.merges:
            headings = {column: said_heading(sheet.value(self.header.row, column)) for column in columns}
            read = {column: ReadColumn(heading, plain) for column, heading in headings.items()}
            report_merged(self.report, self.rows.values(), read)

    def _looked_over(self, columns: Mapping[H, int], plain: PlainValues, key: str, row: int, cells: Row) -> list[Any]:
        """The values of a row that is not plain, cell by cell: whatever is not is reported."""
        label = self.of.column(self.of.key).label
        values = []
        for head, column in columns.items():
            raw = cells[column - 1] if column <= len(cells) else ""
            meeting = head if isinstance(head, MeetingCode) else None
            values.append(self.report.read(plain, raw, (row, column), f"{label} {key}", meeting))
        return values

    def grid_origin(self, columns: Mapping[MeetingCode, int]) -> GridOrigin:
        """Where each row and each meeting's column stands."""
        by_name = {str(code): column for code, column in columns.items()}
        return GridOrigin(self.origin.file, self.origin.sheet, self.header.row, self.rows, by_name)


def _name(member: str, raw: Raw, listed: Mapping[str, str]) -> str | None:
    if isinstance(raw, BrokenCell):
        return None if raw.error else listed.get(member)
    name: str | None = TEXTS[raw]
    return name


def _by_head(columns: Iterable[H], values: Mapping[str, Sequence[Any]]) -> dict[H, dict[str, Any]]:
    """The values of the rows by what heads their column and by key, those alone that there are."""
    return {
        head: {key: value for key, value in zip(values, column, strict=True) if value is not None}
        for head, column in zip(columns, zip(*values.values(), strict=True), strict=False)
    }


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


def read_roll_call(
    sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport, listed: Mapping[str, str]
) -> ReadGrid:
    """The roll call: marks by meeting and listed member, and the names beside the codes (`listed` has those listed)."""
    grid = _open(sheet, of, context, report)
    if grid is None:
        return ReadGrid(RollCall())
    plain = marks("mark", context)
    columns = meeting_columns(of, grid.header, context, report)
    report_marked(grid.header, columns, plain, BAD_MEETING_CODE.expected, report)
    by_member = grid.values(columns, plain)
    report_nobodys_rows(ROLL_CALL_OF_UNKNOWN_MEMBER, columns.values(), plain, grid.forms, grid.rows.values())
    return ReadGrid(RollCall(_by_head(columns, by_member), grid.names(listed), grid.grid_origin(columns)), grid.origin)


def read_dues(
    sheet: Sheet, of: SheetLayout, context: ReadingContext, report: SheetReport, listed: Mapping[str, str]
) -> ReadGrid:
    """The dues: one record per listed member with the mark of each month; its places go by T1 … T12."""
    grid = _open(sheet, of, context, report)
    if grid is None:
        return ReadGrid(())
    plain = marks("dues_mark", context)
    columns = month_columns(of, grid.header, context, report)
    report_marked(grid.header, columns, plain, _MONTHS, report)
    by_member = grid.values(columns, plain)
    report_nobodys_rows(DUES_OF_UNKNOWN_MEMBER, columns.values(), plain, grid.forms, grid.rows.values())
    places = {**grid.origin.columns, **{f"T{month}": column for month, column in columns.items()}}
    origin = TableOrigin(sheet.file, sheet.name, grid.origin.header_row, places)
    names = grid.names(listed)
    records = tuple(
        DuesRow(
            member_code=member,
            full_name=names.get(member, ""),
            months={month: mark for month, mark in zip(columns, by_member[member], strict=True) if mark is not None},
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
    points = _by_head(columns, grid.values(columns, POINTS))
    column, label = grid.header.columns.get("maximum", 1), of.column("maximum").label
    maxima = {
        criterion: value
        for criterion, row, raw in grid.beside("maximum")
        if (value := report.read(POINTS, raw, (row, column), label)) is not None
    }
    typed = typed_results(of, grid.header, columns, points, report)
    scores = ScoreSheet(
        points, maxima, typed.totals, typed.grades, sheet.places(typed.places), grid.grid_origin(columns)
    )
    return ReadGrid(scores, grid.origin)
