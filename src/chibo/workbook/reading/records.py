"""Which class of the model a sheet's rows and labels become; the layout's codes are the names of its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from chibo.definitions.layouts import Layout, SheetLayout, ValueType
from chibo.errors import DefinitionError
from chibo.model import (
    Assessment,
    AssessmentEntry,
    CellBook,
    CellInfo,
    CommitteePost,
    Dissemination,
    DuesRow,
    Explanation,
    Inspection,
    Meeting,
    Member,
    MembershipChange,
    PlanTopic,
    RollCall,
    ScoreSheet,
    Task,
    ThematicPlan,
)

RECORDS: Mapping[str, type[Any]] = {
    "members": Member,
    "changes": MembershipChange,
    "committee": CommitteePost,
    "plan": PlanTopic,
    "meetings": Meeting,
    "tasks": Task,
    "explanations": Explanation,
    "dues": DuesRow,
    "inspections": Inspection,
    "disseminations": Dissemination,
    "assessment": AssessmentEntry,
}
"""What a row becomes, by the code of its sheet."""

LABEL_OWNERS: Mapping[str, type[Any]] = {
    "info": CellInfo,
    "committee": CellBook,
    "plan": ThematicPlan,
    "assessment": Assessment,
}
"""What the labels of a sheet belong to."""

GRIDS: Mapping[str, type[Any]] = {"roll_call": RollCall, "self_scores": ScoreSheet, "official_scores": ScoreSheet}
"""What a grid becomes."""

_GRID_COLUMNS = {
    "roll_call": {"member_code", "full_name"},
    "self_scores": {"criterion", "maximum"},
    "official_scores": {"criterion", "maximum"},
}


def mandatory(record: type[Any]) -> frozenset[str]:
    """The attributes that a record cannot be made without."""
    return frozenset(attribute.name for attribute in attrs.fields(record) if attribute.default is attrs.NOTHING)


def check_codes(layout: Layout) -> None:
    """Raise DefinitionError unless every code of the layout is an attribute of the model, and every sheet is there."""
    known = {*RECORDS, *LABEL_OWNERS, *GRIDS}
    for sheet in layout.sheets:
        if sheet.code not in known:
            raise _wrong(layout, sheet, f"mã trang không có trong mô hình; có: {', '.join(sorted(known))}")
        _check_fields(layout, sheet)
    missing = {"info", "members", "meetings"} - {sheet.code for sheet in layout.sheets}
    if missing:
        raise DefinitionError(Path(f"{layout.id}.toml"), "sheets", f"thiếu trang {', '.join(sorted(missing))}")


def _check_fields(layout: Layout, sheet: SheetLayout) -> None:
    columns = {column.code for column in sheet.columns if column.type is not ValueType.SHOWN}
    record = RECORDS.get(sheet.code)
    allowed = _attributes(record) if record else _GRID_COLUMNS.get(sheet.code, set())
    owner = LABEL_OWNERS.get(sheet.code)
    unknown = (columns - allowed) | ({field.code for field in sheet.labels} - (_attributes(owner) if owner else set()))
    if unknown:
        raise _wrong(layout, sheet, f"mã không phải thuộc tính của mô hình: {', '.join(sorted(unknown))}")
    needed = mandatory(record) if record else _GRID_COLUMNS.get(sheet.code, set()) - {"full_name", "maximum"}
    required = {column.code for column in sheet.columns if column.required}
    if needed - required:
        raise _wrong(layout, sheet, f"thiếu cột bắt buộc: {', '.join(sorted(needed - required))}")
    if sheet.code == "info" and mandatory(CellInfo) - {field.code for field in sheet.labels if field.required}:
        raise _wrong(layout, sheet, f"thiếu nhãn bắt buộc trong: {', '.join(sorted(mandatory(CellInfo)))}")


def _attributes(record: type[Any]) -> set[str]:
    return {attribute.name for attribute in attrs.fields(record)}


def _wrong(layout: Layout, sheet: SheetLayout, problem: str) -> DefinitionError:
    return DefinitionError(Path(f"{layout.id}.toml"), f"sheets.{sheet.code}", problem)
