"""A look at one place of a workbook: the rows around it, in text as the workbook shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from attrs import frozen

from chibo.definitions.library import Library
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.intake.marks import BrokenCell, Merge
from chibo.workbook.reading.headers import Header, find_header
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.matching import match_sheets
from chibo.workbook.reading.opening import open_book
from chibo.workbook.reading.reporting import SheetReport
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.showing import show_number, show_whole
from chibo.workbook.reading.versions import settle_version

ROWS_AROUND = 12
"""Rows that are shown above the place, and as many below it."""
MOST_COLUMNS = 120
"""Columns that are shown; a sheet that uses more is shown around the place."""
LONGEST = 4_000
"""Characters of the text of the place itself …"""
LONGEST_AROUND = 160
"""… and of any other cell."""


class CellKind(StrEnum):
    """How a cell is set: text to the left, numbers and days to the right, an error or a formula without a value."""

    TEXT = "text"
    NUMBER = "number"
    BROKEN = "broken"


@frozen
class ShownCell:
    """One cell: its text, and over how many columns and rows it is merged within what is shown."""

    column: int
    text: str = ""
    kind: CellKind = CellKind.TEXT
    wide: int = 1
    tall: int = 1


@frozen
class ShownRow:
    """One row by its number in Excel; a cell that another one is merged over is left out."""

    number: int
    hidden: bool
    cells: tuple[ShownCell, ...]


@frozen(kw_only=True)
class Excerpt:
    """The rows around a place. Rows and columns are 1-based, `columns` the first and the last one shown.

    `heading` holds the labels of the table where they stand above the rows shown. `here` is the row and column of the
    place, of a merged range its first cell, None for a whole sheet; `text` is all that stands there.
    """

    sheet: str
    hidden: bool
    columns: tuple[int, int]
    hidden_columns: frozenset[int] = frozenset()
    heading: ShownRow | None = None
    rows: tuple[ShownRow, ...] = ()
    here: tuple[int, int] | None = None
    text: str = ""


def excerpt_of(data: bytes, place: Place, library: Library, answer: Answer | None = None) -> Excerpt | None:
    """The excerpt around `place` of the workbook held by `data`; None where it has no such sheet.

    It is read as any book is: by the same reader within the same limits, its text from before Unicode converted as
    `answer` says. Raises RefusedError where the workbook cannot be read.
    """
    opened = open_book(data, place.file, library.intake)
    part = next((part for part in opened.sheets if part.name == place.sheet), None)
    if part is None:
        return None
    matching = match_sheets(opened.sheets, library)
    sheets = opened.read({one.name: one for one in (*matching.parts.values(), part)}.values())
    convert_old_text(sheets, answer)
    sheet = sheets[part.name]
    by_code = {code: sheets[one.name] for code, one in matching.parts.items()}
    code = next((code for code, one in by_code.items() if one is sheet), "")
    of = settle_version(matching, by_code, library).layout.sheet(code) if code else None
    header = find_header(sheet, of, SheetReport(sheet)) if of is not None and of.required_columns else None
    return _Window.around(split_address(place.address.partition(":")[0]), sheet, header).excerpt()


@frozen
class _Window:
    """What is shown of a sheet: rows and columns from the first to the last, below a heading or without one."""

    sheet: Sheet
    header: Header | None
    here: tuple[int, int] | None
    rows: range
    columns: range
    merged: Mapping[tuple[int, int], Merge]
    percents: frozenset[tuple[int, int]]

    @classmethod
    def around(cls, here: tuple[int, int] | None, sheet: Sheet, header: Header | None) -> _Window:
        """The window around a place, from the top of the sheet where there is none."""
        row, column = here or (1, 1)
        below = header if header is not None and here is not None and header.last < row else None
        first = max(below.last + 1 if below else 1, row - ROWS_AROUND)
        reach = ROWS_AROUND if here is not None else 2 * ROWS_AROUND
        last = min(row + reach, max(row, max(sheet.rows, default=1)))
        shown = [*range(first, last + 1), *([below.row] if below else [])]
        used = max([column, *(_width(sheet, number) for number in shown)])
        left = max(1, min(column - MOST_COLUMNS // 2, used - MOST_COLUMNS + 1))
        columns = range(left, min(used, left + MOST_COLUMNS - 1) + 1)
        places = [(number, c) for number in shown for c in columns if _is_number(sheet.value(number, c))]
        percents = sheet.details.percents(places)
        return cls(sheet, below, here, range(first, last + 1), columns, _merged(sheet, shown, columns), percents)

    def excerpt(self) -> Excerpt:
        """The excerpt that shows this window."""
        sheet = self.sheet
        hidden = {c for left, right in sheet.marks.hidden_columns for c in self.columns if left <= c <= right}
        return Excerpt(
            sheet=sheet.name,
            hidden=sheet.hidden,
            columns=(self.columns[0], self.columns[-1]),
            hidden_columns=frozenset(hidden),
            heading=self._heading(),
            rows=tuple(self._row(number, tuple(self._cells(number))) for number in self.rows),
            here=self._origin(*self.here) if self.here else None,
            text=_cut(self._text(*self.here), LONGEST) if self.here else "",
        )

    def _row(self, number: int, cells: tuple[ShownCell, ...]) -> ShownRow:
        return ShownRow(number, number in self.sheet.marks.hidden_rows, cells)

    def _heading(self) -> ShownRow | None:
        """The labels of the table, each over its own column, whatever they are merged over."""
        if self.header is None:
            return None
        row = self.header.row
        return self._row(row, tuple(ShownCell(c, _cut(self._text(row, c), LONGEST_AROUND)) for c in self.columns))

    def _cells(self, row: int) -> Iterator[ShownCell]:
        for column in self.columns:
            if self._origin(row, column) == (row, column):
                merge = self.merged.get((row, column))
                right = min(merge.right, self.columns[-1]) if merge else column
                bottom = min(merge.bottom, self.rows[-1]) if merge else row
                longest = LONGEST if self.here and self._origin(*self.here) == (row, column) else LONGEST_AROUND
                text = _cut(self._text(row, column), longest)
                yield ShownCell(column, text, self._kind(row, column), right - column + 1, bottom - row + 1)

    def _origin(self, row: int, column: int) -> tuple[int, int]:
        """The first cell shown of the merged range that a cell belongs to; without one, the cell itself."""
        merge = self.merged.get((row, column))
        return (max(merge.top, self.rows[0]), max(merge.left, self.columns[0])) if merge else (row, column)

    def _held_at(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what is shown here: of a merged range the first one."""
        merge = self.merged.get((row, column))
        return (merge.top, merge.left) if merge else (row, column)

    def _kind(self, row: int, column: int) -> CellKind:
        value = self.sheet.value(*self._held_at(row, column))
        if isinstance(value, BrokenCell):
            return CellKind.BROKEN
        return CellKind.TEXT if isinstance(value, str | bool) else CellKind.NUMBER

    def _text(self, row: int, column: int) -> str:
        at = self._held_at(row, column)
        value = self.sheet.value(*at)
        if at in self.percents and isinstance(value, int | float):
            return f"{show_number(round(100 * value, 10))}%"
        return show_whole(value)


def _width(sheet: Sheet, row: int) -> int:
    """The last column of a row that holds something, merged ranges that reach further among them."""
    cells = sheet.rows.get(row, ())
    filled = next((column for column in range(len(cells), 0, -1) if cells[column - 1] != ""), 0)
    merge = sheet.merge_at(row, filled) if filled else None
    return merge.right if merge else filled


def _merged(sheet: Sheet, rows: Collection[int], columns: range) -> dict[tuple[int, int], Merge]:
    """The merged range that each of these cells belongs to."""
    found: dict[tuple[int, int], Merge] = {}
    for merge in sheet.marks.merges:
        across = range(max(merge.left, columns[0]), min(merge.right, columns[-1]) + 1)
        for row in (row for row in rows if merge.top <= row <= merge.bottom):
            found.update(((row, column), merge) for column in across)
    return found


def _is_number(value: Raw) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
