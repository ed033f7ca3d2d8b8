"""The charts of the board as plain data, and which units a part of a bar stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chibo.model import CellInPeriod
from chibo.office.board.board import Board
from chibo.office.board.figures import (
    AttendanceBar,
    GradeBar,
    Part,
    attendance_bars,
    grade_bars,
    whole_attendance,
)
from chibo_widgets.board.wording import PART_OF_GRADE, Tongue

View = dict[str, Any]

STRAIGHT = "-"
"""The key of the bar that holds the cells straight under the bloc."""


def grades_view(board: Board, tongue: Tongue) -> View:
    """The bars of grades, and the whole of each part as the legend."""
    bars = grade_bars(board)
    legend = [
        {"key": part.value, "name": tongue(f"part_{part.value}"), "text": str(count), "units": count}
        for part in Part
        if (count := sum(len(bar.parts.get(part, ())) for bar in bars)) or part in PART_OF_GRADE.values()
    ]
    return {"kind": "grades", "groups": [_grade_group(bar, tongue) for bar in bars], "legend": legend if bars else []}


def _grade_group(bar: GradeBar, tongue: Tongue) -> View:
    name = tongue.committee(bar)
    parts = [
        {
            "key": part.value,
            "share": float(bar.share(part)),
            "text": str(len(cells)),
            "units": len(cells),
            "label": f"{name}, {tongue(f'part_{part.value}')}: {tongue('units', n=len(cells))}",
        }
        for part, cells in bar.parts.items()
    ]
    return {
        "key": bar.committee_code or STRAIGHT,
        "name": name,
        "label": tongue("bar_grades", graded=bar.graded, units=len(bar.cells)),
        "value": tongue("units", n=len(bar.cells)),
        "units": len(bar.cells),
        "rank": float(bar.share(Part.GOOD)),
        "parts": parts,
    }


def attendance_view(board: Board, tongue: Tongue) -> View:
    """The bars of attendance; the legend is the whole bloc's rate."""
    bars = attendance_bars(board)
    whole = whole_attendance(bars)
    entry = {"key": "rate", "name": tongue("whole"), "text": _percent(whole, tongue), "units": len(whole.cells)}
    return {
        "kind": "attendance",
        "groups": [_attendance_group(bar, tongue) for bar in bars],
        "legend": [entry] if whole.rate is not None else [],
    }


def _attendance_group(bar: AttendanceBar, tongue: Tongue) -> View:
    name = tongue.committee(bar)
    label = tongue("bar_attendance_none", units=len(bar.cells))
    if bar.rate is not None:
        label = tongue("bar_attendance", present=bar.present, owed=bar.owed, units=len(bar.cells))
    part = {
        "key": "rate",
        "share": float(bar.rate or 0),
        "text": "",
        "units": len(bar.cells),
        "label": f"{name}: {label}",
    }
    return {
        "key": bar.committee_code or STRAIGHT,
        "name": name,
        "label": label,
        "value": _percent(bar, tongue),
        "units": len(bar.cells),
        "rank": float(bar.rate) if bar.rate is not None else -1.0,
        "parts": [part] if bar.rate is not None else [],
    }


def _percent(bar: AttendanceBar, tongue: Tongue) -> str:
    return tongue.rate(bar.rate) if bar.rate is not None else "–"


def chosen_units(board: Board, tongue: Tongue, chart: str, group: str, part: str) -> tuple[str, tuple[str, ...]]:
    """What one part of a chart opens: a title and the keys of the units; an empty word stands for "all".

    Both are empty where the chart has no such part, whatever the browser asked for.
    """
    bars: Sequence[GradeBar | AttendanceBar] = grade_bars(board) if chart == "grades" else attendance_bars(board)
    chosen = [bar for bar in bars if group in {"", bar.committee_code or STRAIGHT}]
    wanted = Part(part) if part in {known.value for known in Part} else None
    cells: list[CellInPeriod] = []
    for bar in chosen:
        cells.extend(bar.parts.get(wanted, ()) if isinstance(bar, GradeBar) and wanted else bar.cells)
    if not cells:
        return "", ()
    names = [tongue.committee(chosen[0])] if group else []
    if wanted and chart == "grades":
        names.append(tongue(f"part_{wanted.value}"))
    return " · ".join(names) or tongue("whole"), board.units_of(cells)
