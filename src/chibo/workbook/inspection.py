"""What the reader alone says of any workbook: accepted or refused, its sheets, and the counts that it vouches for.

With a layout, the tables that it names are read by its rules as well: every value must be what its column holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from numbers import Rational
from typing import Any

from attrs import frozen

from chibo.definitions.inspection_layout import InspectedColumn, InspectedSheet, parse_inspection_layout
from chibo.definitions.layout_fields import ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import normal_label
from chibo.findings import Finding, Severity
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook.intake.marks import BrokenCell, SheetCounts
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import read_code
from chibo.workbook.reading.converters import read_text
from chibo.workbook.reading.dates import read_date, read_time
from chibo.workbook.reading.headers import Header, find_header
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.lost_text import find_lost_text
from chibo.workbook.reading.numbers import read_points, read_rate, read_whole
from chibo.workbook.reading.opening import open_book
from chibo.workbook.reading.outcomes import Converter
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Row, Sheet

_REFUSING = frozenset(
    {
        kinds.CELL_ERROR,
        kinds.CELL_NO_VALUE,
        kinds.CODE_UNREADABLE,
        kinds.DATE_UNREADABLE,
        kinds.NUMBER_UNREADABLE,
        kinds.RATE_OUT_OF_RANGE,
        kinds.SHEET_AMBIGUOUS,
        kinds.TABLE_UNREADABLE,
        kinds.TEXT_LOST,
        kinds.TIME_UNREADABLE,
    }
)
"""In a cell's book these take out one value; a table of unknown purpose is not taken in with holes."""

_CODES = {
    **dict.fromkeys(
        (
            kinds.CODE_UNREADABLE,
            kinds.DATE_UNREADABLE,
            kinds.NUMBER_UNREADABLE,
            kinds.RATE_OUT_OF_RANGE,
            kinds.TIME_UNREADABLE,
            kinds.VALUE_OUT_OF_BOUNDS,
        ),
        "CELL_BAD",
    ),
    kinds.TABLE_EMPTY: "EMPTY",
    kinds.TABLE_UNREADABLE: "HEADER",
}
"""The code of a refusal for what its finding tells more closely: one for any bad value, whatever its column holds."""

_CONVERTERS: Mapping[ValueType, Converter] = {
    ValueType.CODE: lambda raw: read_code(raw, numeric=True),
    ValueType.WHOLE: read_whole,
    ValueType.COUNT: read_whole,
    ValueType.POINTS: read_points,
    ValueType.RATE: read_rate,
    ValueType.DATE: read_date,
    ValueType.TIME: read_time,
}


@frozen
class SheetFigures:
    """One sheet: its name, whether it is hidden, and how many cells hold a value, an error, a formula without value."""

    name: str
    hidden: bool
    counts: SheetCounts


@frozen(kw_only=True)
class Inspection:
    """What was found of a file. `has_macros` where it brings macros, which are never run."""

    file: str
    sheets: tuple[SheetFigures, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_macros: bool = False

    @property
    def refusal(self) -> Finding | None:
        """The finding that refuses the file, None where it is accepted."""
        return next((finding for finding in self.findings if _refuses(finding)), None)

    @property
    def code(self) -> str:
        """The code of the refusal, "" where the file is accepted; the finding may have a closer one."""
        refusal = self.refusal
        return _CODES.get(refusal.kind, refusal.code) if refusal else ""

    @property
    def counts(self) -> SheetCounts:
        """The counts of all sheets together."""
        counts = [sheet.counts for sheet in self.sheets]
        return SheetCounts(*(sum(getattr(one, name) for one in counts) for name in ("values", "errors", "valueless")))


def inspect_book(
    data: bytes, file: str, library: Library, layout: str = "", answer: Answer | None = None
) -> Inspection:
    """Inspect the workbook held by `data`, called `file` (a base name); `layout` is the text of a layout, if any.

    `answer` says what text is that may or may not be in an old encoding. Raises DefinitionError where the layout is
    wrong; whatever is wrong with the file becomes a finding.
    """
    tables = parse_inspection_layout(layout).sheets if layout else ()
    try:
        opened = open_book(data, file, library.intake)
        sheets = opened.read(opened.sheets)
        of_text = (*convert_old_text(sheets, answer), *find_lost_text(sheets.values()))
    except RefusedError as refusal:
        return Inspection(file=file, findings=(refusal.finding(file),))
    of_tables = [finding for table in tables for finding in _of_table(table, tables, sheets, file)]
    if tables and not of_tables and not any(_sheet_of(table, sheets) for table in tables):
        names = ", ".join(table.name for table in tables)
        of_tables.append(kinds.NO_SHEET_OF_LAYOUT.at(Place(file), seen=", ".join(sheets), expected=names))
    return Inspection(
        file=file,
        sheets=tuple(SheetFigures(sheet.name, sheet.hidden, sheet.marks.counts) for sheet in sheets.values()),
        findings=(*of_text, *of_tables),
        has_macros=opened.has_macros,
    )


def _refuses(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCK or finding.kind in _REFUSING


def _sheet_of(table: InspectedSheet, sheets: Mapping[str, Sheet]) -> Sheet | None:
    names = {normal_label(name) for name in table.names}
    return next((sheet for sheet in sheets.values() if normal_label(sheet.name) in names), None)


def _of_table(
    of: InspectedSheet, tables: Iterable[InspectedSheet], sheets: Mapping[str, Sheet], file: str
) -> Iterator[Finding]:
    """What is to be said of one of the `tables` of the layout."""
    sheet = _sheet_of(of, sheets)
    if sheet is None:
        if of.required:
            seen = ", ".join(sheets)
            yield kinds.SHEET_MISSING.at(Place(file), seen=seen, expected=of.name, of_book=True, label=of.name)
        return
    report = SheetReport(sheet)
    header = find_header(sheet, of, report)
    rows = _data_rows(sheet, of, header) if header else {}
    if header is not None:
        if not rows:
            report.add(kinds.TABLE_EMPTY)
        named = {normal_label(name) for table in tables for name in table.names}
        unnamed = (other for other in sheets.values() if normal_label(other.name) not in named)
        others = _alike(rows, of, unnamed)
        if others:
            report.add(kinds.SHEET_AMBIGUOUS, seen=sheet.name, names=", ".join(others))
        for row, cells in rows.items():
            _check_row(row, cells, of.columns, header, report)
    elif not sheet.rows:
        report.findings.clear()
        report.add(kinds.TABLE_EMPTY)
    elif not report.findings:
        missing = "; ".join(column.label for column in of.columns if column.required)
        report.add(kinds.TABLE_UNREADABLE, seen=sheet.name, expected=missing, label=missing)
    yield from report.findings


def _data_rows(sheet: Sheet, of: InspectedSheet, header: Header) -> dict[int, Row]:
    """The rows below the header in which every required cell holds something."""
    required = [header.columns[code] for code in of.required_columns]
    return {
        row: cells
        for row, cells in sheet.rows.items()
        if row > header.last and all(index <= len(cells) and cells[index - 1] != "" for index in required)
    }


def _alike(rows: Mapping[int, Row], of: InspectedSheet, others: Iterable[Sheet]) -> list[str]:
    """Sheets that the layout does not name, with the same table and other rows: which is meant cannot be told."""
    found = []
    for other in others:
        header = None if other.hidden else find_header(other, of, SheetReport(other))
        if header is not None and list(_data_rows(other, of, header).values()) != list(rows.values()):
            found.append(other.name)
    return found


def _check_row(row: int, cells: Row, columns: Iterable[InspectedColumn], header: Header, report: SheetReport) -> None:
    values: dict[str, Any] = {}
    checked = [column for column in columns if column.code in header.columns and column.type is not ValueType.SHOWN]
    for column in checked:
        index = header.columns[column.code]
        raw = cells[index - 1] if index <= len(cells) else ""
        spot = Spot(row, index, column.label)
        if isinstance(raw, BrokenCell):
            report.broken(raw, spot)
            continue
        values[column.code] = report.value(_CONVERTERS.get(column.type, read_text), raw, spot)
    for column in checked:
        _check_bounds(column, values, Spot(row, header.columns[column.code], column.label), report)


def _check_bounds(column: InspectedColumn, values: Mapping[str, Any], spot: Spot, report: SheetReport) -> None:
    number = values.get(column.code)
    if not isinstance(number, Decimal | Rational) or isinstance(number, bool):
        return
    least, most = column.bounds()
    limit = values.get(column.most_of)
    if isinstance(limit, Decimal | Rational):
        most = limit if most is None else min(most, limit)  # type: ignore[assignment]
    if (least is not None and number < least) or (most is not None and number > most):
        expected = f"{'…' if least is None else least} – {'…' if most is None else most}"
        report.add(kinds.VALUE_OUT_OF_BOUNDS, spot, seen=number, expected=expected)
