"""How the rows of a return look, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chibo.definitions.returns.columns import Column, TotalKind
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.definitions.returns.fields import Holds
from chibo.returns.table import RowKind
from chibo.workbook.returns.cells import ColumnCells, RowLook
from chibo.workbook.returns.formats import DATE_FORMAT, Formats

_MEAN_FORMAT = "0.00"
"""How the mean of whole numbers is shown."""
_TITLE_COLUMNS = 2
"""A total's title stands across the first two columns, where neither holds a total."""


def row_looks(definition: ReturnDefinition, formats: Formats) -> Mapping[RowKind, RowLook]:
    """The look of the rows of each kind."""
    return {
        RowKind.GROUP: _group(definition, formats),
        RowKind.ROW: RowLook(tuple(_figures(column, formats) for column in definition.columns)),
        RowKind.SUBTOTAL: _total(definition, formats, italic=True),
        RowKind.TOTAL: _total(definition, formats, italic=False),
    }


def title_columns(definition: ReturnDefinition) -> int:
    """Across how many columns the title of a total stands."""
    held = [
        index for index, column in enumerate(definition.columns) if column.total is not TotalKind.NONE or column.percent
    ]
    return max(1, min([_TITLE_COLUMNS, *held]))


def _group(definition: ReturnDefinition, formats: Formats) -> RowLook:
    """The heading of a group: its number, then its name across the other columns."""
    others = len(definition.columns) - 1
    number = _plain(formats, bold=True, align="center", border=1)
    name = _plain(formats, bold=True, align="left", border=1, text_wrap=True)
    return RowLook((number, *[name] * others), _merged(1, others))


def _total(definition: ReturnDefinition, formats: Formats, *, italic: bool) -> RowLook:
    """A title across the first columns, then the totals."""
    width, look = title_columns(definition), {"bold": True, "italic": italic}
    title = _plain(formats, align="center", border=1, text_wrap=True, **look)
    nothing = _plain(formats, border=1, **look)
    totals = [
        _figures(column, formats, **look) if column.total is not TotalKind.NONE or column.percent else nothing
        for column in definition.columns[width:]
    ]
    return RowLook((*[title] * width, *totals), _merged(0, width - 1))


def _merged(first: int, last: int) -> tuple[int, int] | None:
    return (first, last) if first < last else None


def _plain(formats: Formats, **look: Any) -> ColumnCells:
    cell = formats.get(**look)
    quoted = formats.get(**look, quote_prefix=True)
    return ColumnCells(empty=cell, number=cell, day=cell, text=cell, formula_like=quoted, calculated=cell)


def _figures(column: Column, formats: Formats, **more: bool) -> ColumnCells:
    look: dict[str, Any] = {"align": column.align, "border": 1, **more}
    if column.format:
        look["num_format"] = column.format
    text = {**look, "text_wrap": column.holds is not Holds.MARK}
    return ColumnCells(
        empty=formats.get(**look),
        number=formats.get(**look),
        day=formats.get(**{"num_format": DATE_FORMAT, **look}),
        text=formats.get(**text),
        formula_like=formats.get(**text, quote_prefix=True),
        calculated=formats.get(**_calculated(column, look)),
    )


def _calculated(column: Column, look: dict[str, Any]) -> dict[str, Any]:
    # A count over marks or dates is a plain number, whatever the column's own format.
    if column.total is TotalKind.COUNT:
        return {**look, "num_format": "0"}
    return {"num_format": _MEAN_FORMAT, **look} if column.total is TotalKind.MEAN else look
