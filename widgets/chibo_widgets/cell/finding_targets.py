"""Where on the page something is mended: from its place in the workbook to a meeting, a field, a criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chibo.findings import Finding
from chibo.model import CellBook, Meeting, MeetingCode


def target_of(finding: Finding, book: CellBook) -> dict[str, Any] | None:
    """The step that leads there, None for what is mended in the workbook itself."""
    place = finding.place
    for meeting in book.meetings:
        origin = meeting.origin
        if origin is not None and origin.table.sheet == place.sheet:
            for column in origin.table.columns:
                if origin.place(column).address == place.address:
                    return _to(meeting, field=column)
    meeting_there = book.meeting(finding.meeting) if finding.meeting else None
    if meeting_there is None:
        return None
    scores = book.self_scores.origin
    if scores is not None and scores.sheet == place.sheet:
        return _to(meeting_there, step=3, field=criterion_at(finding, book))
    return _to(meeting_there)


def target_of_value(sheet: str, row: Mapping[str, Any], column: str, book: CellBook) -> dict[str, Any] | None:
    """The step that leads to where the value of a row is recorded; None for what no form of the page holds."""
    if sheet in {"roll_call", "self_scores"}:
        code, step, field = MeetingCode.parse(column), 2 + (sheet == "self_scores"), row.get("criterion", "")
    elif sheet in {"meetings", "explanations"}:
        code = row.get("meeting_code")
        step, field = (2, column) if sheet == "meetings" else (3, row.get("criterion", ""))
    else:
        return None
    meeting = book.meeting(code) if code is not None else None
    return _to(meeting, step, str(field or "")) if meeting is not None else None


def criterion_at(finding: Finding, book: CellBook) -> str:
    """The criterion whose self-points a finding stands on, empty where it stands anywhere else."""
    scores, place = book.self_scores.origin, finding.place
    if scores is None or scores.sheet != place.sheet or finding.meeting is None:
        return ""
    here = (row for row in scores.rows if scores.place(row, str(finding.meeting)).address == place.address)
    return next(here, "")


def _to(meeting: Meeting, step: int = 2, field: str = "") -> dict[str, Any]:
    return {"go": "meeting", "meeting": str(meeting.meeting_code), "step": step, "field": field}
