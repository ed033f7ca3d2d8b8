"""Where everything stands in the workbook to be written: rows and columns of every label, table and grid, 0-based.

All sheets are placed before any is written, because formulas on one sheet speak of places on another.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen
from xlsxwriter.utility import xl_rowcol_to_cell

from chibo.definitions.layouts import SheetLayout

TITLE_ROW, HELP_ROW = 0, 1
LABELS_FROM = 3
FORM_LABELS_FROM = 9
"""Where the labels begin on a sheet without a table; what to do stands above them."""
LABEL_COLUMN = 1
"""Column of the labels on a sheet without a table; their values stand in the next one."""

_NEWCOMERS = 12
"""Spare rows for people who join a cell during the year."""

VERDICT = "_verdict"
"""The code of our own column `Kiểm tra`, which no layout names: readers pass over it as an extra column."""
VERDICT_WIDTH = 30


@frozen
class SheetPlan:
    """The places of one sheet. `rows` are the rows of a grid by key; `spread` the first and last column of its spread.

    `first`–`last` are the rows of the table's data, spare ones among them.
    """

    layout: SheetLayout
    columns: Mapping[str, int] = field(factory=dict)
    widths: Mapping[int, float] = field(factory=dict)
    labels: Mapping[str, tuple[int, int]] = field(factory=dict)
    header: int = 0
    first: int = 0
    last: int = 0
    spread: tuple[int, int] = (0, -1)
    rows: Mapping[str, int] = field(factory=dict)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.layout.name

    @property
    def spread_columns(self) -> range:
        """The columns of the spread."""
        return range(self.spread[0], self.spread[1] + 1)

    @property
    def last_column(self) -> int:
        """The last column in use."""
        return max(self.widths, default=0)

    def ref(self, row: int, column: int, *, fixed_row: bool = True, fixed_column: bool = True) -> str:
        """The reference to a cell of this sheet from any other: 'Sinh hoạt'!$B$8."""
        return f"{quoted(self.name)}!{xl_rowcol_to_cell(row, column, fixed_row, fixed_column)}"

    def block(self, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
        """The reference to a block of cells of this sheet, fixed."""
        ends = (
            xl_rowcol_to_cell(first_row, first_column, True, True),
            xl_rowcol_to_cell(last_row, last_column, True, True),
        )
        return f"{quoted(self.name)}!{':'.join(ends)}"

    def column_block(self, code: str) -> str:
        """The reference to a column's data, spare rows among them."""
        column = self.columns[code]
        return self.block(self.first, column, self.last, column)

    def row_block(self, row: int) -> str:
        """The reference to one row across the spread."""
        return self.block(row, self.spread[0], row, self.spread[1])

    def label_ref(self, code: str) -> str:
        """The reference to the value of a label."""
        return self.ref(*self.labels[code])


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a formula."""
    return "'" + sheet.replace("'", "''") + "'"


def local(row: int, column: int, *, fixed_row: bool = False, fixed_column: bool = False) -> str:
    """The reference to a cell from its own sheet."""
    return str(xl_rowcol_to_cell(row, column, fixed_row, fixed_column))


def plan_form(layout: SheetLayout) -> SheetPlan:
    """A sheet of label/value pairs alone: margin, label, value, and what to write there."""
    rows = {label.code: (FORM_LABELS_FROM + index, LABEL_COLUMN + 1) for index, label in enumerate(layout.labels)}
    last = FORM_LABELS_FROM + len(layout.labels) - 1
    return SheetPlan(layout, widths={0: 2, 1: 46, 2: 42, 3: 58, 4: 30}, labels=rows, first=FORM_LABELS_FROM, last=last)


def plan_table(
    layout: SheetLayout,
    records: int,
    *,
    verdict_after: str | None = None,
    spread: int = 0,
    head_rows: int = 0,
    is_people: bool = False,
    own: Mapping[str, float] | None = None,
) -> SheetPlan:
    """A table or a grid with room for `records` and the spare rows that the layout offers.

    `verdict_after` is the column that our column `Kiểm tra` follows ("" stands for the last). `spread` is the number
    of open-ended columns; `head_rows` are kept free between the header and the data. `is_people` says that the records
    are the members. `own` are columns (and their widths) that the form needs also where the layout does without them.
    """
    placed: list[tuple[str, float]] = []
    for column in layout.columns:
        placed.append((column.code, column.width))
        if column.code == verdict_after:
            placed.append((VERDICT, VERDICT_WIDTH))
    known = {code for code, _ in placed}
    placed += [(code, width) for code, width in (own or {}).items() if code not in known]
    columns, start = {code: at for at, (code, _) in enumerate(placed)}, len(placed)
    widths = [width for _, width in placed] + [layout.spread.width if layout.spread else 9] * spread
    if verdict_after == "":
        columns[VERDICT] = len(widths)
        widths.append(VERDICT_WIDTH)
    header = LABELS_FROM + (len(layout.labels) + 1 if layout.labels else 0) + (1 if layout.bands else 0)
    first = header + 1 + head_rows
    by_column: dict[int, float] = dict(enumerate(widths))
    return SheetPlan(
        layout,
        columns=columns,
        widths=by_column,
        labels=_label_places(layout, by_column, LABELS_FROM),
        header=header,
        first=first,
        last=first + (room_for_people if is_people else room)(layout, records) - 1,
        spread=(start, start + spread - 1),
    )


def room(layout: SheetLayout, records: int) -> int:
    """Rows to offer: those of the layout; where a book already fills most of them, a quarter more than it holds."""
    return max(layout.rows, records + max(3, records // 4)) if records else max(layout.rows, 1)


def room_for_people(layout: SheetLayout, people: int) -> int:
    """Rows to offer where people are listed: once they are known, a dozen more or half as many, not pages of them."""
    return min(room(layout, people), people + max(_NEWCOMERS, people // 2)) if people else room(layout, 0)


def _label_places(layout: SheetLayout, widths: Mapping[int, float], first_row: int) -> dict[str, tuple[int, int]]:
    """Value cells of the labels above a table: the label ends where the columns to its left can hold it."""
    if not layout.labels:
        return {}
    needed = max(len(label.label) for label in layout.labels) + 3
    held, column = widths[0], 0
    while held < needed or widths.get(column + 1, 12) < 12:
        column += 1
        held += widths.get(column, 12)
    return {label.code: (first_row + index, column + 1) for index, label in enumerate(layout.labels)}
