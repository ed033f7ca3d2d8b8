"""Where on the page something is mended: from its place in the workbook to a meeting, a field, a criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chibo.findings import Finding
from chibo.model import CellBook, Meeting, MeetingCode, Origin, Place
from chibo.office.desk.roll_call import members_at
from chibo_widgets.cell.form_columns import is_on_form


def target_of(finding: Finding, book: CellBook) -> dict[str, Any] | None:
    """The step that leads there, None for what is mended in the workbook itself."""
    place = finding.place
    row = _meetings_by_row(book).get((place.sheet, place.row_and_column[0]))
    column = _column_at(row.origin, place) if row is not None and row.origin is not None else ""
    if row is not None and column:
        return _to(row, field=column)
    meeting_there = book.meeting(finding.meeting) if finding.meeting else None
    if meeting_there is None:
        return None
    scores = book.self_scores.origin
    if scores is not None and scores.sheet == place.sheet:
        return _to(meeting_there, step=3, field=criterion_at(finding, book))
    return _to(meeting_there)


def target_of_value(sheet: str, row: Mapping[str, Any], column: str, book: CellBook) -> dict[str, Any] | None:
    """The step that leads to where the value of a row is recorded, with an empty `column` to the row as a whole.

    None for what no form of the page holds: people, tasks, official points and the other tables are kept in Excel.
    """
    if sheet in {"roll_call", "self_scores"}:
        meeting = _meeting(MeetingCode.parse(column), book)
        key = str(row.get("member_code" if sheet == "roll_call" else "criterion") or "")
        if meeting is None or (sheet == "roll_call" and not _is_called(key, meeting, book)):
            return None
        return _to(meeting, 2 + (sheet == "self_scores"), key)
    meeting = _meeting(row.get("meeting_code"), book)
    if meeting is None:
        return None
    if sheet == "meetings" and (not column or is_on_form(book, meeting, column)):
        return _to(meeting, 2, column)
    return _to(meeting, 3, str(row.get("criterion") or "")) if sheet == "explanations" else None


def criterion_at(finding: Finding, book: CellBook) -> str:
    """The criterion whose self-points a finding stands on, empty where it stands anywhere else."""
    scores, place = book.self_scores.origin, finding.place
    if scores is None or scores.sheet != place.sheet or finding.meeting is None:
        return ""
    row, meeting = scores.crossing(place) or ("", "")
    return row if meeting == str(finding.meeting) else ""


def _meetings_by_row(book: CellBook) -> Mapping[tuple[str, int], Meeting]:
    """The meetings by sheet and row, made once of a book: the findings of a year are asked for one by one."""
    rows: dict[tuple[str, int], Meeting] = book.worked_out[_meetings_by_row]
    if not rows:
        rows.update(((m.origin.table.sheet, m.origin.row), m) for m in reversed(book.meetings) if m.origin is not None)
    return rows


def _column_at(origin: Origin, place: Place) -> str:
    """The column whose value in the row stands at the place, empty where none does."""
    return next((column for column in origin.table.columns if origin.place(column).address == place.address), "")


def _meeting(code: MeetingCode | None, book: CellBook) -> Meeting | None:
    return book.meeting(code) if code is not None else None


def _is_called(member_code: str, meeting: Meeting, book: CellBook) -> bool:
    """Whether the roll call of the meeting has a line of the member."""
    return any(member.member_code == member_code for member in members_at(book, meeting.meeting_code))


def _to(meeting: Meeting, step: int = 2, field: str = "") -> dict[str, Any]:
    return {"go": "meeting", "meeting": str(meeting.meeting_code), "step": step, "field": field}
