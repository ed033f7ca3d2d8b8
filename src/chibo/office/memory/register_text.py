"""How a change of the register is told: the sheet and the row it belongs to, what was and what will be."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.definitions.layouts import SheetLayout
from chibo.definitions.register_layout import RegisterLayout
from chibo.model.row_text import Row
from chibo.register.revising import RecordRevision, Revision

_WORDS = {Revision.ADDED: "thêm", Revision.CHANGED: "sửa", Revision.REMOVED: "bỏ"}


def revision_row(revision: RecordRevision, layout: RegisterLayout) -> Row:
    """One revision as a row: what happens, on which sheet, to which record, and the values that differ."""
    of = next(sheet for sheet in layout.sheets if sheet.code == revision.group)
    return {
        "revision": _WORDS[revision.revision],
        "sheet": of.name,
        "record": _named(revision.record, of),
        "values": _values(revision, of),
    }


def _named(record: Any, of: SheetLayout) -> str:
    values = (_shown(getattr(record, column.code)) for column in of.columns if column.required)
    return " · ".join(value for value in values if value)


def _values(revision: RecordRevision, of: SheetLayout) -> str:
    said = []
    for column in of.columns:
        if column.required and revision.revision is not Revision.CHANGED:
            continue
        before = _shown(getattr(revision.before, column.code)) if revision.before else ""
        after = _shown(getattr(revision.after, column.code)) if revision.after else ""
        if revision.revision is Revision.CHANGED and before != after:
            said.append(f"{column.label}: {before or '(trống)'} → {after or '(trống)'}")
        elif revision.revision is not Revision.CHANGED and (before or after):
            said.append(f"{column.label}: {before or after}")
    return "; ".join(said)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
