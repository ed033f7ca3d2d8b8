"""What differs between two frames, in the words of their workbook: table, row, column, what was and what will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from chibo.definitions.frames.frame import Frame
from chibo.workbook.frames import tables as shape
from chibo.workbook.frames.rows import Row, rows_of
from chibo.workbook.frames.tables import Column, TableShape
from chibo.workbook.frames.values import CellValue

_TABLES = (
    shape.SOURCES,
    shape.CRITERIA,
    shape.GRADES,
    shape.GATES,
    shape.YEARLY,
    *shape.OTHER_SHEETS.values(),
)
_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "sources": ("number",),
    "criteria": ("code",),
    "grades": ("grade",),
    "gates": ("grade",),
    "yearly": ("grade",),
    "levels": ("criterion",),
    "facts": ("criterion",),
    "bands": ("criterion",),
    "sentences": ("criterion", "outcome"),
}
"""By which columns the row of a table is known; rows of one name are counted."""
_INFO = "Thông tin khung"
_NEW, _GONE, _ORDER = "dòng mới", "bỏ dòng", "thứ tự dòng"


@frozen(kw_only=True)
class FrameChange:
    """One thing that differs; `before` and `after` are what the cells hold, "" for an empty one."""

    table: str
    row: str
    column: str
    before: str
    after: str


def frame_changes(before: Frame | None, after: Frame) -> tuple[FrameChange, ...]:
    """What differs, table by table; everything where there was no frame. Equal frames have no change."""
    old = rows_of(before.model_dump(by_alias=True, exclude_none=True)) if before else None
    new = rows_of(after.model_dump(by_alias=True, exclude_none=True))
    found = list(_cells(_INFO, "", shape.INFO, old.info if old else {}, new.info))
    for table in _TABLES:
        found += _table(table, old.tables[table.key] if old else [], new.tables[table.key])
    return tuple(found)


def _table(table: TableShape, old: list[Row], new: list[Row]) -> Iterator[FrameChange]:
    before, after = _named(table, old), _named(table, new)
    for name in [*after, *(name for name in before if name not in after)]:
        was, will = before.get(name), after.get(name)
        if was is None or will is None:
            column = _NEW if was is None else _GONE
            yield FrameChange(
                table=table.heading, row=name, column=column, before=_whole(table, was), after=_whole(table, will)
            )
        else:
            yield from _cells(table.heading, name, table.columns, was, will)
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if kept != order:
        yield FrameChange(table=table.heading, row="", column=_ORDER, before=", ".join(kept), after=", ".join(order))


def _cells(table: str, name: str, columns: tuple[Column, ...], old: Row, new: Row) -> Iterator[FrameChange]:
    for column in columns:
        was, will = _said(column, old), _said(column, new)
        if was != will:
            yield FrameChange(table=table, row=name, column=column.label, before=was, after=will)


def _named(table: TableShape, rows: list[Row]) -> dict[str, Row]:
    """The rows by name; the second of a name is «4a (2)»."""
    columns = [column for key in _NAMED_BY[table.key] for column in table.columns if column.key == key]
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        name = " · ".join(_said(column, row) for column in columns)
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})"] = row
    return found


def _whole(table: TableShape, row: Row | None) -> str:
    """A row in one line, without the columns in English."""
    shown = [column for column in table.columns if "tiếng Anh" not in column.label.casefold()]
    return " · ".join(filter(None, (_said(column, row) for column in shown))) if row else ""


def _said(column: Column, row: Row) -> str:
    return _text(column.kind.to_cell(row[column.key])) if column.key in row else ""


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
