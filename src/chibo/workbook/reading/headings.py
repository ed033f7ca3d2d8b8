"""The open-ended columns of a grid: headings that are meeting codes, or the months T1 to T12."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from chibo.definitions.layouts import SheetLayout
from chibo.model import MeetingCode, MeetingSeries
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import read_meeting_code
from chibo.workbook.reading.converters import ReadingContext, meeting_keys
from chibo.workbook.reading.headers import Header, known_label
from chibo.workbook.reading.outcomes import Closer, Repaired, Unreadable
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.showing import show


def meeting_columns(
    of: SheetLayout, header: Header, context: ReadingContext, report: SheetReport
) -> Mapping[MeetingCode, int]:
    """The column of each meeting; of two columns with the same heading the first, with a finding."""
    alike = (meeting_columns, context.year)
    if alike in header.alike:
        known: Mapping[MeetingCode, int] = header.alike[alike]
        return known
    columns: dict[MeetingCode, int] = {}
    codes = meeting_keys(context)
    is_plain = True
    for row, column, raw in _headings(report.sheet, of, header):
        try:
            code = codes[raw]
        except KeyError:  # repaired, unreadable or broken
            is_plain = False
            code = _meeting_of(raw, Spot(row, column, show(raw)), header, context, report)
        if code is None:
            continue
        if code in columns:
            is_plain = False
            others = (report.sheet.place(row, column),)
            report.add(kinds.HEADING_TWICE, Spot(row, columns[code], str(code), code), seen=code, others=others)
        else:
            columns[code] = column
    if is_plain:
        header.alike[alike] = columns
    return columns


def month_columns(of: SheetLayout, header: Header, context: ReadingContext, report: SheetReport) -> Mapping[int, int]:
    """The column of each month, by its number; of two columns for one month the first, with a finding."""
    alike = (month_columns, context.year)
    if alike in header.alike:
        known: Mapping[int, int] = header.alike[alike]
        return known
    columns: dict[int, int] = {}
    before = len(report.findings)
    for row, column, raw in _headings(report.sheet, of, header):
        outcome = read_meeting_code(raw, context.year or 2000) if raw.__class__ is not BrokenCell else None
        code = outcome.value if isinstance(outcome, Repaired) else outcome
        if not isinstance(code, MeetingCode) or code.series is not MeetingSeries.REGULAR:
            continue
        month = code.month.number
        if isinstance(raw, date):
            report.add(kinds.VALUE_REPAIRED, Spot(row, column, f"T{month}"), seen=show(raw), expected=f"T{month}")
        if month in columns:
            others = (report.sheet.place(row, column),)
            report.add(kinds.HEADING_TWICE, Spot(row, columns[month], f"T{month}"), seen=show(raw), others=others)
        else:
            columns[month] = column
    if len(report.findings) == before:
        header.alike[alike] = columns
    return columns


def _headings(sheet: Sheet, of: SheetLayout, header: Header) -> Iterator[tuple[int, int, Raw]]:
    """Every cell of the header that heads no column of the layout."""
    taken = set(header.columns.values())
    for row in range(header.first, header.last + 1):
        for column, raw in enumerate(sheet.rows.get(row, ()), start=1):
            if raw != "" and column not in taken and known_label(raw, of) is None:
                yield row, column, raw


def _meeting_of(
    raw: Raw, spot: Spot, header: Header, context: ReadingContext, report: SheetReport
) -> MeetingCode | None:
    if isinstance(raw, BrokenCell):
        if header.cells_below(report.sheet, spot.column):
            report.broken(raw, spot)
        return None
    outcome = read_meeting_code(raw, context.year)
    if isinstance(outcome, Closer):
        outcome = outcome.look(report.sheet, spot.row, spot.column)
    if isinstance(outcome, Unreadable):  # over an empty column it is nobody's loss
        if header.cells_below(report.sheet, spot.column):
            report.add(kinds.HEADING_UNREADABLE, spot, seen=show(raw), expected=outcome.expected)
        return None
    if isinstance(outcome, Repaired):
        code = outcome.value
        spot = Spot(spot.row, spot.column, str(code), code)
        report.add(kinds.VALUE_REPAIRED, spot, seen=show(raw), expected=code)
        outcome = code
    return outcome if isinstance(outcome, MeetingCode) else None
