"""The records of a book by the layout's code of their sheet: what each table's rows are written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.model import CellBook, Meeting

GRIDS = frozenset({"roll_call", "self_scores", "official_scores", "dues"})
"""Sheets whose rows are crossed by open-ended columns; they are written by modules of their own."""


def records_of(book: CellBook) -> Mapping[str, Sequence[object]]:
    """The records of every table sheet, in the book's order."""
    return {
        "members": book.members,
        "changes": book.changes,
        "committee": book.committee,
        "plan": book.plan.topics,
        "meetings": book.meetings,
        "tasks": book.tasks,
        "explanations": book.explanations,
        "inspections": book.inspections,
        "disseminations": book.disseminations,
        "assessment": book.assessment.entries,
    }


def label_holder(book: CellBook, sheet: SheetLayout) -> object:
    """What holds the values of the labels of a sheet: its attributes are the labels' codes."""
    return {"info": book.info, "plan": book.plan, "assessment": book.assessment}.get(sheet.code, book)


def value_of(record: object, column: Column) -> object:
    """What the cell of a column holds; nothing where it is only shown, or was left empty though that has a meaning."""
    if column.type is ValueType.SHOWN or (isinstance(record, Meeting) and record.is_left_empty(column.code)):
        return None
    return getattr(record, column.code, None)
