"""Reading the register's workbook: bytes in, the register and all findings out. Nothing is ever raised."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from attrs import define, field, frozen

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.definitions.library import Library
from chibo.definitions.register_layout import RegisterLayout
from chibo.definitions.wording import normal_label
from chibo.findings import Finding
from chibo.model import Origin, Place
from chibo.register import Register
from chibo.register.checking import check_repeated
from chibo.register.kinds import REGISTER_SHEET_MISSING
from chibo.workbook.intake.package import SheetPart
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import read_code
from chibo.workbook.reading.converters import read_text
from chibo.workbook.reading.dates import read_date
from chibo.workbook.reading.headers import Header, find_header
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.opening import open_book
from chibo.workbook.reading.outcomes import Converter, Unreadable
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Row, Sheet
from chibo.workbook.reading.showing import show, what_to_write
from chibo.workbook.register.records import LISTS, RECORDS, check_layout


@frozen(kw_only=True)
class RegisterReading:
    """What was read of one file, without the rows that could not be."""

    file: str
    register: Register = field(factory=Register)
    findings: tuple[Finding, ...] = ()


def read_register(data: bytes, file: str, library: Library) -> RegisterReading:
    """The register held by the workbook `data`, called `file`, with what was found while reading it.

    Whether it holds together is not asked here: the workbook may only add to what the office has.
    Trouble with the file becomes a finding; DefinitionError is raised where the layout is wrong.
    """
    layout = library.register_layout
    check_layout(layout)
    try:
        sheets = _sheets(data, file, library, layout)
    except RefusedError as refusal:
        return RegisterReading(file=file, findings=(refusal.finding(file),))
    findings = convert_old_text(sheets)
    groups: dict[str, tuple[Any, ...]] = {}
    for of in layout.sheets:
        sheet = sheets.get(of.code)
        if sheet is None:
            if of.required:
                findings.append(REGISTER_SHEET_MISSING.at(Place(file), expected=of.name, of_book=True))
            continue
        report = SheetReport(sheet)
        header = find_header(sheet, of, report)
        if header is not None:
            groups[of.code] = tuple(_SheetReader(sheet, of, header, layout, report).records())
        findings += report.findings
    register = Register(**groups)
    return RegisterReading(file=file, register=register, findings=(*findings, *check_repeated(register)))


def _sheets(data: bytes, file: str, library: Library, layout: RegisterLayout) -> dict[str, Sheet]:
    """The sheets of the layout that the workbook has, by their codes."""
    opened = open_book(data, file, library.intake)
    parts: dict[str, SheetPart] = {}
    for part in opened.sheets:
        of = layout.sheets_by_name.get(normal_label(part.name))
        if of is not None:
            parts.setdefault(of.code, part)
    by_name = opened.read(parts.values())
    return {code: by_name[part.name] for code, part in parts.items()}


@define(eq=False)
class _SheetReader:
    """Reads the rows of one sheet under its header."""

    sheet: Sheet
    of: SheetLayout
    header: Header
    layout: RegisterLayout
    report: SheetReport
    readers: list[tuple[Column, int, Converter]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.readers = [
            (column, self.header.columns[column.code], _converter(column, self.layout))
            for column in self.of.columns
            if column.code in self.header.columns
        ]

    def records(self) -> Iterator[Any]:
        """The records of all rows that are complete."""
        origin = self.header.origin(self.sheet)
        for row, cells in self.sheet.rows.items():
            if row > self.header.last and self._is_data(cells):
                values = self._values(row, cells)
                if values is not None:
                    yield RECORDS[self.of.code](**values, origin=Origin(origin, row))

    def _is_data(self, cells: Row) -> bool:
        """Whether a row under the header holds the key, or so much else that only the key can be missing."""
        filled = [code for code in self.of.required_columns if not _is_blank(cells, self.header.columns[code])]
        return self.of.key in filled or len(filled) == len(self.of.required_columns) - 1 > 0

    def _values(self, row: int, cells: Row) -> dict[str, Any] | None:
        """The values of a row; None, with a finding, where one is missing that the record cannot be without."""
        values: dict[str, Any] = {}
        complete = True
        for column, index, convert in self.readers:
            raw = cells[index - 1] if index <= len(cells) else ""
            spot = Spot(row, index, column.label)
            value = self.report.value(convert, raw, spot)
            if value is not None:
                values[column.code] = value
            elif column.required:
                complete = False
                expected = _expected(convert)
                hint = what_to_write(expected)
                shown = show(raw) or "–"
                self.report.add(kinds.ROW_INCOMPLETE, spot, seen=show(raw), expected=expected, shown=shown, hint=hint)
        return values if complete else None


def _converter(column: Column, layout: RegisterLayout) -> Converter:
    match column.type:
        case ValueType.CODE:
            return partial(read_code, numeric=True)
        case ValueType.DATE:
            return read_date
        case ValueType.LIST:
            values = {text: LISTS[column.list](value) for text, value in layout.list_values[column.list].items()}
            unknown = Unreadable(kinds.LIST_UNKNOWN, "; ".join(entry.value for entry in layout.lists[column.list]))

            def of_list(raw: Raw) -> Any:
                label = normal_label(raw if isinstance(raw, str) else show(raw))
                return values.get(label, unknown) if label else None

            return of_list
        case _:
            return read_text


def _expected(convert: Converter) -> str:
    """What a column wants, as its converter says of a value that it does not know."""
    outcome = convert("?")
    return outcome.expected if isinstance(outcome, Unreadable) else ""


def _is_blank(cells: Row, index: int) -> bool:
    raw = cells[index - 1] if index <= len(cells) else ""
    return isinstance(raw, str) and not raw.strip()
