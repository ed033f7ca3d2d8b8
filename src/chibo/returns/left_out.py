"""The note on meetings that are not counted, for returns that have no remarks to say so in the rows."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import CellInPeriod, LeftOut, PeriodTable
from chibo.returns.subjects import SERIES

_MOST_CELLS = 10
"""Cells that the note names."""


def left_out_note(definition: ReturnDefinition, table: PeriodTable) -> str:
    """Which meetings of the return's kinds are left out, and where their faults stand; empty where none is."""
    if _told_in_rows(definition):
        return ""
    found = [(cell, faults) for cell in table.cells if (faults := list(_left_out(cell, definition)))]
    if not found:
        return ""
    told = "; ".join(_of_cell(cell, faults) for cell, faults in found[:_MOST_CELLS])
    others = len(found) - _MOST_CELLS
    rest = f"; và {others} chi bộ khác" if others > 0 else ""
    count = sum(len(faults) for _, faults in found)
    return f"Chưa tính {count} buổi vì sổ có lỗi phải sửa ở buổi ấy: {told}{rest}."


def _told_in_rows(definition: ReturnDefinition) -> bool:
    shown = any(column.figure == "remarks" for column in definition.columns)
    return definition.rows == "cell" and shown and "state" in definition.remarks


def _left_out(cell: CellInPeriod, definition: ReturnDefinition) -> Iterator[LeftOut]:
    series = {SERIES[kind] for kind in definition.meetings.kinds}
    return (fault for fault in cell.left_out if fault.meeting_code.series in series)


def _of_cell(cell: CellInPeriod, faults: list[LeftOut]) -> str:
    where = ", ".join(
        f"{fault.meeting_code} (trang «{fault.place.sheet}», ô {fault.place.address})" for fault in faults
    )
    return f"{cell.identity.cell_name} ({cell.identity.cell_code}) {where}"
