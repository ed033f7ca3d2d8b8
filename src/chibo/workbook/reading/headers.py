"""Finding the header row of a table by the labels it must hold, wherever it stands and however its cells are merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from attrs import field, frozen

from chibo.definitions.layouts import Column, SheetLayout
from chibo.definitions.wording import normal_label
from chibo.model import MeetingCode, TableOrigin
from chibo.workbook.intake.marks import BrokenCell, Merge
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import read_meeting_code
from chibo.workbook.reading.outcomes import Repaired
from chibo.workbook.reading.remembered import Remembered
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Row, Sheet

VERDICT_LABEL = "Kiểm tra"
"""Heads the column of our form in which formulas say what is wrong with a row; nothing is read from it."""
_LONGEST_LABEL = 120
_MOST_ROWS = 1000
"""Rows (that hold something) in which a header is looked for."""
_MOST_HEADERS = 256
_LONGEST_HEADER = 4000
"""Headers, and titles over them, that are remembered of one sheet of the layout; the characters of the longest."""
_FILLED_CELLS, _FILLED_ROWS = 3, 2
"""So many rows with so many cells are no labels with their values, nor a title with the names of those who sign."""
_ANY_YEAR = 2000
"""A year for headings such as T3: here it only matters that they are months."""


@frozen
class Header:
    """A header: its first and last row, the row of its labels, and the 1-based column of each column code.

    `alike` holds what was worked out for the headers of one sheet of the layout that say the same, in any book.
    """

    first: int
    last: int
    row: int
    columns: Mapping[str, int]
    alike: dict[object, Any] = field(factory=dict, eq=False, repr=False)

    def origin(self, sheet: Sheet) -> TableOrigin:
        """Where the table stands."""
        return TableOrigin(sheet.file, sheet.name, self.row, self.columns)

    def cells_below(self, sheet: Sheet, column: int) -> list[Raw]:
        """What the cells of a column hold below the header."""
        rows = sheet.rows.items()
        below = (cells[column - 1] for row, cells in rows if row > self.last and column <= len(cells))
        return [raw for raw in below if raw != ""]


@frozen(slots=False)
class _RowLabels:
    """The columns headed in one row, by their codes: own names before aliases."""

    places: Mapping[str, Sequence[int]]
    alike: dict[object, Any] = field(factory=dict)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The column of each code."""
        return {code: places[0] for code, places in self.places.items()}

    @cached_property
    def twice(self) -> Mapping[str, Sequence[int]]:
        """The codes that several columns are headed by."""
        return {code: places for code, places in self.places.items() if len(places) > 1}


def find_header(sheet: Sheet, of: SheetLayout, report: SheetReport) -> Header | None:
    """The header of a table: the first row that holds at least the required labels.

    Without one the sheet is reported: it refuses the book where the layout requires the sheet. Labels merged over
    several rows belong to each of them; where the required ones are, the labels of the rows below count as well.
    """
    tall = _tall_labels(sheet, of)
    for row, cells in islice(sheet.rows.items(), _MOST_ROWS):
        if tall or len(cells) - cells.count("") >= len(of.required_columns):
            labels = _labels(of, row, cells, tall)
            if of.required_columns <= labels.places.keys():
                return _whole_header(row, labels, tall, of, report)
    _report_missing(of, _most_labels(sheet, of, tall), report)
    return None


def _most_labels(sheet: Sheet, of: SheetLayout, tall: list[tuple[Merge, str]]) -> frozenset[str]:
    """The required columns that are headed in the row that heads most of them."""
    rows = islice(sheet.rows.items(), _MOST_ROWS)
    known = (of.required_columns & _labels(of, row, cells, tall).places.keys() for row, cells in rows)
    return max(known, key=len, default=frozenset())


def known_label(raw: Raw, of: SheetLayout) -> Column | None:
    """The column that a cell heads, None where it heads none."""
    if isinstance(raw, str) and raw and len(raw) <= _LONGEST_LABEL:
        return of.columns_by_label.get(normal_label(raw))
    return None


def _labels(of: SheetLayout, row: int, cells: Row, tall: list[tuple[Merge, str]]) -> _RowLabels:
    """The columns headed in one row; labels merged down from above are among them."""
    from_above = [(code, merge.left) for merge, code in tall if merge.top < row <= merge.bottom] if tall else []
    return _RowLabels(_headed(of, cells, from_above)) if from_above else _remembered(of, tuple(cells))


def _remembered(of: SheetLayout, cells: tuple[Raw, ...]) -> _RowLabels:
    """The columns headed in a row of its own: the books of an office bear the same titles and headings."""
    if find_header not in of.worked_out:
        of.worked_out[find_header] = Remembered(_MOST_HEADERS)
    headers: Remembered[tuple[Raw, ...], _RowLabels] = of.worked_out[find_header]
    labels = headers.get(cells)
    if labels is None:
        labels = _RowLabels(_headed(of, cells))
        if all(isinstance(raw, str) for raw in cells) and sum(map(len, map(str, cells))) <= _LONGEST_HEADER:
            headers.keep(cells, labels)
    return labels


def _headed(of: SheetLayout, cells: Row, from_above: Iterable[tuple[str, int]] = ()) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, raw in enumerate(cells, start=1):
        if raw and (column := known_label(raw, of)) is not None:
            found.setdefault(column.code, []).append(index)
    for code, index in from_above:
        found.setdefault(code, []).append(index)
    for code, places in found.items():
        if len(places) > 1:
            own_name = normal_label(of.column(code).label)
            by_name = {place: place <= len(cells) and _says(cells[place - 1], own_name) for place in places}
            places.sort(key=by_name.__getitem__, reverse=True)
    return found


def _says(raw: Raw, label: str) -> bool:
    return isinstance(raw, str) and normal_label(raw) == label


def _tall_labels(sheet: Sheet, of: SheetLayout) -> list[tuple[Merge, str]]:
    """The labels merged over several rows, with the code of the column that they head."""
    tall = []
    for merge in sheet.marks.merges:
        column = known_label(sheet.value(merge.top, merge.left), of) if merge.bottom > merge.top else None
        if column is not None:
            tall.append((merge, column.code))
    return tall


def _whole_header(
    row: int, labels: _RowLabels, tall: list[tuple[Merge, str]], of: SheetLayout, report: SheetReport
) -> Header:
    """The header that begins in `row`, taken down to where its merged labels end."""
    last = max((merge.bottom for merge, _ in tall if merge.top <= row <= merge.bottom), default=row) if tall else row
    label_row = row
    if last > row:
        label_row, labels = _with_rows_below(range(row, last + 1), labels, tall, of, report.sheet)
    for code, places in labels.twice.items():
        others = tuple(report.sheet.place(label_row, place) for place in places[1:])
        report.add(kinds.COLUMN_TWICE, Spot(label_row, places[0], of.column(code).label), others=others)
    return Header(row, last, label_row, labels.columns, labels.alike)


def _with_rows_below(
    rows: range, labels: _RowLabels, tall: list[tuple[Merge, str]], of: SheetLayout, sheet: Sheet
) -> tuple[int, _RowLabels]:
    """The labels of a header of several rows, and the row of the lowest of them."""
    found = {code: [*places] for code, places in labels.places.items()}
    label_row = rows[0]
    for below in rows[1:]:
        if below in sheet.rows:
            for code, places in _labels(of, below, sheet.rows[below], tall).places.items():
                fresh = [place for place in places if place not in found.get(code, ())]
                found.setdefault(code, []).extend(fresh)
                label_row = below if fresh else label_row
    return label_row, _RowLabels(found)


def _report_missing(of: SheetLayout, found: frozenset[str], report: SheetReport) -> None:
    """Say which required labels no row holds; an empty optional sheet, or one of labels alone, is left in peace."""
    if not of.required and not found and not _holds_table(report.sheet, of):
        return
    missing = [column.label for column in of.columns if column.code in of.required_columns - found]
    if not missing:
        missing = [column.label for column in of.columns if column.required]
    kind = kinds.COLUMN_MISSING if of.required else kinds.TABLE_UNREADABLE
    report.add(kind, seen=report.sheet.name, expected="; ".join(missing), of_book=of.required, label=", ".join(missing))


def _holds_table(sheet: Sheet, of: SheetLayout) -> bool:
    """Whether several rows are filled like those of a table, or one is headed like it and something stands below it.

    Headed so it may be without its required labels; filled so, the whole row of labels is gone.
    """
    rows = list(islice(sheet.rows.items(), _MOST_ROWS))
    if sum(len(cells) - cells.count("") >= _FILLED_CELLS for _, cells in rows) >= _FILLED_ROWS:
        return True
    begin = next((row for row, cells in rows if sum(_heads(raw, of) for raw in cells) > 1), None)
    return begin is not None and any(
        raw != "" and not isinstance(raw, BrokenCell) for row, cells in rows if row > begin for raw in cells
    )


def _heads(raw: Raw, of: SheetLayout) -> bool:
    """Whether a cell says what the head of a column of the table says; in a grid that is a meeting or month as well."""
    if not isinstance(raw, str) or not raw:
        return False
    meeting = read_meeting_code(raw, _ANY_YEAR) if of.spread and len(raw) <= _LONGEST_LABEL else None
    return known_label(raw, of) is not None or isinstance(meeting, MeetingCode | Repaired)
