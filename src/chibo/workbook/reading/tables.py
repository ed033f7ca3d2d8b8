"""Tables of records: one row, one record of the model, with the place it was read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, evolve, frozen

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.model import MeetingCode, Origin, TableOrigin
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.converters import ReadingContext, depends_on_members, plain_values
from chibo.workbook.reading.headers import Header, find_header
from chibo.workbook.reading.hidden import report_hidden
from chibo.workbook.reading.merged_values import ReadColumn, report_merged
from chibo.workbook.reading.outcomes import OUTCOMES, Closer, Pair, Unreadable
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.records import RECORDS, mandatory
from chibo.workbook.reading.renamed import report_renamed
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.row_forms import EXAMPLES, RowForms
from chibo.workbook.reading.sheet import Raw, Row, Sheet
from chibo.workbook.reading.showing import show, what_to_write

NothingLost = Callable[[str, Mapping[str, Any]], bool]
"""Whether a formula without a value loses nothing: by the column's code and the row's other values."""


@frozen
class Table:
    """What was read of a table: its records, where it stands, and the rows that are its header and data."""

    records: tuple[Any, ...] = ()
    origin: TableOrigin | None = None
    rows: frozenset[int] = frozenset()


@frozen
class _ColumnReader:
    """A column that the sheet has: where it stands and what its cells mean."""

    of: Column
    index: int
    values: PlainValues


class _Columns:
    """The columns of the layout that a sheet has besides its key, and what its records need of them."""

    def __init__(self, of: SheetLayout, header: Header, context: ReadingContext) -> None:
        there = [
            column
            for column in of.columns
            if column.code in header.columns and column.type is not ValueType.SHOWN and column.code != of.key
        ]
        self.record_class = RECORDS[of.code]
        self.mandatory = mandatory(self.record_class)
        self.readers = [_ColumnReader(one, header.columns[one.code], plain_values(one, context)) for one in there]
        self.plain = [(reader.of.code, reader.index - 1, reader.values) for reader in self.readers]
        self.required = frozenset(one.code for one in there if one.required)
        self.answered = [reader for reader in self.readers if reader.of.empty_when_held is not None]
        self.depend_on_members = any(map(depends_on_members, there))


def _columns(of: SheetLayout, header: Header, context: ReadingContext) -> _Columns:
    """The columns of a sheet: made once for all that are headed alike, unless they depend on a book's members."""
    key = (_Columns, context.year)
    columns: _Columns | None = header.alike.get(key)
    if columns is None:
        columns = _Columns(of, header, context)
        if not columns.depend_on_members:
            header.alike[key] = columns
    return columns


def read_table(
    sheet: Sheet,
    of: SheetLayout,
    context: ReadingContext,
    report: SheetReport,
    nothing_lost: NothingLost = lambda _code, _values: False,
) -> Table:
    """The records of a table. Rows that are none by the layout's rules are text outside the table and left alone."""
    header = find_header(sheet, of, report)
    if header is None:
        return Table()
    report_renamed(of, header, context, report)
    reader = _RowReader(of, header.origin(sheet), _columns(of, header, context), report, nothing_lost)
    forms = RowForms(sheet, of, header, context, report)
    records, data_rows = [], []
    for row, cells, key in forms.data_rows():
        data_rows.append(row)
        record = reader.record(row, cells, key)
        if record is not None:
            records.append(record)
    report_hidden(report, data_rows, header.columns.values())
    if sheet.marks.merges:
        read = {column.index: ReadColumn(column.of.label, column.values) for column in reader.columns.readers}
        report_merged(report, data_rows, read)
    rows = frozenset(data_rows).union(range(header.first, header.last + 1))
    return Table(tuple(records), reader.origin, rows)


@define(eq=False)
class _RowReader:
    """Makes records of rows."""

    of: SheetLayout
    origin: TableOrigin
    columns: _Columns
    report: SheetReport
    nothing_lost: NothingLost

    def record(self, row: int, cells: Row, key: Any) -> Any:
        """The record of a data row, None where a value is missing without which there is none."""
        try:
            values: dict[str, Any] = {
                code: value
                for code, index, plain in self.columns.plain
                if (raw := cells[index]) != "" and (value := plain[raw]) is not None
            }
        except LookupError:  # a cell that is not plain, or beyond the end of its row
            return self._looked_over(row, cells, key)
        if not self.columns.required <= values.keys():
            return self._looked_over(row, cells, key)
        if self.of.key:
            values[self.of.key] = key
        record = self.columns.record_class(**values, origin=Origin(self.origin, row))
        return self._with_empty_answers(record, values, cells)

    def _looked_over(self, row: int, cells: Row, key: Any) -> Any:
        """The record of a row that is not plain, cell by cell: whatever is not is reported."""
        meeting = key if isinstance(key, MeetingCode) else None
        values: dict[str, Any] = {self.of.key: key} if self.of.key else {}
        pairs: list[tuple[_ColumnReader, Pair]] = []
        broken: list[tuple[_ColumnReader, BrokenCell]] = []
        width = len(cells)
        for column in self.columns.readers:
            index = column.index
            raw = cells[index - 1] if index <= width else ""
            if raw == "":
                continue
            if isinstance(raw, BrokenCell):
                broken.append((column, raw))
                continue
            value = column.values.convert(raw)
            if value.__class__ in OUTCOMES:
                value = self._settled(value, raw, column, Spot(row, index, column.of.label, meeting))
            if value.__class__ is Pair:
                pairs.append((column, value))
            elif value is not None:
                values[column.of.code] = value
        for column, pair in pairs:
            own = (column.of.pair or ("",)).index(column.of.code)
            values[column.of.code] = (pair.first, pair.second)[own]
        for column, pair in pairs:
            self._share_out(values, column, pair, Spot(row, column.index, column.of.label, meeting))
        if not self._is_complete(values, row, cells, meeting):
            return None
        record = self.columns.record_class(**values, origin=Origin(self.origin, row))
        for column, cell in broken:
            computed = self.nothing_lost(column.of.code, values)
            self.report.broken(cell, Spot(row, column.index, column.of.label, meeting), computed)
        return self._with_empty_answers(record, values, cells)

    def _settled(self, outcome: Any, raw: Raw, column: _ColumnReader, spot: Spot) -> Any:
        if outcome.__class__ is Closer:
            outcome = outcome.look(self.report.sheet, spot.row, spot.column)
        if outcome.__class__ is Unreadable and column.of.code in self.columns.mandatory:
            return None  # said once, when the row is found incomplete
        return self.report.settle(outcome, raw, spot)

    def _share_out(self, values: dict[str, Any], column: _ColumnReader, pair: Pair, spot: Spot) -> None:
        """Give the two counts of a cell such as 17/18 to their columns; a count typed in its own column holds."""
        for code, number in zip(column.of.pair or (), (pair.first, pair.second), strict=True):
            if values.setdefault(code, number) != number:
                place = self.report.sheet.place(spot.row, self.origin.columns[code])
                label = self.of.column(code).label
                self.report.add(
                    kinds.COUNTS_DIFFER, spot, seen=pair, expected=values[code], others=(place,), other_label=label
                )

    def _is_complete(self, values: dict[str, Any], row: int, cells: Row, meeting: MeetingCode | None) -> bool:
        """Report the required cells without a value; without a mandatory one the row is taken out."""
        complete = True
        for column in self.columns.readers:
            code = column.of.code
            if code in values or not column.of.required:
                continue
            raw = cells[column.index - 1] if column.index <= len(cells) else ""
            spot = Spot(row, column.index, column.of.label, meeting)
            if code in self.columns.mandatory:
                complete = False
                seen, expected = show(raw), self._expected(column, raw, spot)
                hint = what_to_write(expected)
                self.report.add(kinds.ROW_INCOMPLETE, spot, seen=seen, expected=expected, shown=seen or "–", hint=hint)
            elif _is_blank(raw):
                self.report.add(kinds.REQUIRED_EMPTY, spot)
        return complete

    def _expected(self, column: _ColumnReader, raw: Raw, spot: Spot) -> str:
        outcome = None if raw.__class__ is BrokenCell else column.values.convert("?" if _is_blank(raw) else raw)
        if outcome.__class__ is Closer:
            outcome = outcome.look(self.report.sheet, spot.row, spot.column)
        return outcome.expected if isinstance(outcome, Unreadable) else EXAMPLES.get(column.of.type, "")

    def _with_empty_answers(self, record: Any, values: dict[str, Any], cells: Row) -> Any:
        """Of a meeting that was held, an empty yes/no cell is an answer where the layout says so."""
        if not self.columns.answered or not getattr(record, "is_held", False):
            return record
        answers = {
            column.of.code: column.of.empty_when_held
            for column in self.columns.answered
            if column.of.code not in values and _is_blank(cells[column.index - 1] if column.index <= len(cells) else "")
        }
        return evolve(record, **answers, left_empty=answers) if answers else record


def _is_blank(raw: Raw) -> bool:
    return isinstance(raw, str) and not raw.strip()
