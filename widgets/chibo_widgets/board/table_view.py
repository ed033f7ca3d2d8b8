"""The table of the board as plain data: a line of values for each unit, and what stands around the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chibo.consolidation import unexpected_cells
from chibo.model import CellIdentity
from chibo.office.board.board import Board, Unit, UnitState
from chibo_widgets.board.wording import PART_OF_GRADE, Tongue, show_day

View = dict[str, Any]

_STATE_RANK = {state: rank for rank, state in enumerate(UnitState)}
_GRADE_RANK = {grade: rank for rank, grade in enumerate(PART_OF_GRADE)}
_NAMED = 12
"""How many cells outside the list are named."""
_FIGURES = (
    "day",
    "day_key",
    "attendance",
    "present",
    "rate",
    "rate_text",
    "score",
    "score_text",
    "score_mark",
    "grade",
    "grade_text",
    "grade_rank",
)


def table_lines(board: Board, tongue: Tongue) -> View:
    """The rows of the table, one line of values for each unit, beside the names of the columns."""
    mixed = any(unit.meeting and unit.meeting.is_official for unit in board.units)
    rows = [_row(unit, tongue, mark_self=mixed) for unit in board.units]
    columns = list(rows[0]) if rows else []
    return {"columns": columns, "values": [[row[column] for column in columns] for row in rows]}


def table_view(board: Board, tongue: Tongue) -> View:
    """What stands around the rows: the title, counts by state, a remark on where the points come from."""
    counts = {"all": len(board.units), **{state.value: count for state, count in board.counts.items()}}
    title = tongue("table_of", month=board.month.number, year=board.month.year)
    scored = [unit.meeting for unit in board.units if unit.meeting and unit.meeting.score is not None]
    all_self = scored and not any(meeting.is_official for meeting in scored)
    return {"title": title, "counts": counts, "remark": tongue("all_self_scored") if all_self else ""}


def outside_list(board: Board, expected: Sequence[CellIdentity], tongue: Tongue) -> str:
    """Which cells have reported that the list of those who owe does not name; empty without such, or without a list."""
    outside = unexpected_cells(board.table, expected) if expected else ()
    if not outside:
        return ""
    codes = [cell.identity.cell_code for cell in outside]
    names = ", ".join(codes[:_NAMED]) + ("…" if len(codes) > _NAMED else "")
    return tongue("expected_outside", n=len(codes), names=names)


def _row(unit: Unit, tongue: Tongue, *, mark_self: bool) -> View:
    return {
        "key": unit.key,
        "state": unit.state.value,
        "state_rank": _STATE_RANK[unit.state],
        "code": unit.identity.cell_code if unit.identity else "",
        "name": tongue.unit_name(unit),
        "committee": tongue.unit_committee(unit),
        "file": " ".join(unit.files),
        "warnings": unit.weighty,
        "note": tongue.note(unit),
        **_figures(unit, tongue, mark_self=mark_self),
    }


def _figures(unit: Unit, tongue: Tongue, *, mark_self: bool) -> View:
    """Texts and sorting values of the meeting's figures; empty where nothing was held."""
    meeting = unit.meeting if unit.meeting and unit.meeting.is_held else None
    if meeting is None:
        return dict.fromkeys(_FIGURES, "")
    facts = meeting.facts
    owed = facts.membership if meeting.owed is None else meeting.owed
    known = facts.present is not None or owed is not None
    grade = meeting.grade
    return {
        "day": show_day(facts.held_on),
        "day_key": facts.held_on.isoformat() if facts.held_on else "",
        "attendance": f"{tongue.number(facts.present) or '?'}/{tongue.number(owed) or '?'}" if known else "",
        "present": facts.present,
        "rate": None if facts.attendance_rate is None else float(facts.attendance_rate),
        "rate_text": tongue.number(facts.attendance_rate),
        "score": None if meeting.score is None else float(meeting.score),
        "score_text": tongue.number(meeting.score),
        "score_mark": tongue("self_scored")
        if mark_self and meeting.score is not None and not meeting.is_official
        else "",
        "grade": PART_OF_GRADE[grade].value if grade else "",
        "grade_text": grade.value if grade else "",
        "grade_rank": _GRADE_RANK[grade] if grade else None,
    }
