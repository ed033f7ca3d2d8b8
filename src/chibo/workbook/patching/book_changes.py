"""From two states of one book to the spreadsheet cells that differ: what was recorded since its file was read.

The values of the model know their places, so a change is written where its value stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from chibo.definitions.layouts import Layout, SheetLayout
from chibo.model import CellBook, Place
from chibo.workbook.patching.cell_changes import BookChanges, NoPlace, address_of
from chibo.workbook.patching.grid_changes import change_grid
from chibo.workbook.patching.row_changes import RowChanges
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.writing.records import label_holder, records_of

_GRIDS = ("roll_call", "self_scores", "official_scores")


def changes_between(
    before: CellBook, after: CellBook, layout: Layout, sheets: Mapping[str, Sheet], *, head_all: bool = False
) -> BookChanges:
    """What must be written so that the file of `before` holds `after`; `sheets` are its sheets by the layout's codes.

    `head_all`: as in our own form, every new meeting gets its column in each grid, also before anything stands there.
    """
    added = {row.meeting_code for row in after.meetings} - {row.meeting_code for row in before.meetings}
    headed = sorted(added) if head_all else []
    found = BookChanges()
    for of in layout.sheets:
        _labels(found, of, before, after)
        if of.code in _GRIDS:
            change_grid(found, of, (before, after), sheets.get(of.code), headed)
        elif of.code == "dues":
            _dues(found, of, before, after)
        elif of.columns:
            old, new = records_of(before).get(of.code, ()), records_of(after).get(of.code, ())
            table, sheet = before.tables.get(of.code), sheets.get(of.code)
            if tuple(old) == tuple(new):
                continue
            if table is None or sheet is None:
                found.without_place.append(NoPlace(of.name, of.title))
            else:
                RowChanges(found, of, table, sheet).write(old, new)
    return found


def _labels(found: BookChanges, of: SheetLayout, before: CellBook, after: CellBook) -> None:
    old, new = label_holder(before, of), label_holder(after, of)
    places: Mapping[str, Place] = getattr(old, "places", {})
    for label in of.labels:
        value = getattr(new, label.code, None)
        if getattr(old, label.code, None) == value:
            continue
        place = places.get(label.code)
        address = address_of(place) if place else None
        if place is None or address is None:
            found.without_place.append(NoPlace(of.name, label.label))
        else:
            found.put(place.sheet, address, value)


def _dues(found: BookChanges, of: SheetLayout, before: CellBook, after: CellBook) -> None:
    old = {row.member_code: row for row in before.dues}
    for row in after.dues:
        known = old.get(row.member_code)
        if known is not None and known.months == row.months:
            continue
        origin = known.origin if known else None
        for month in {**(known.months if known else {}), **row.months}:
            column = origin.table.columns.get(f"T{month}") if origin else None
            if origin is None or column is None:
                found.without_place.append(NoPlace(of.name, f"{row.member_code} T{month}"))
            elif known is None or known.months.get(month) != row.months.get(month):
                found.put(origin.table.sheet, (origin.row, column), row.months.get(month))
