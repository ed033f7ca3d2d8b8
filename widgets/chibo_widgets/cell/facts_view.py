"""What stands beside the form: the facts of the meeting, and how the month before was scored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Any

from chibo.model import CellBook, CountSource, Meeting, MeetingCode, attendance_of
from chibo.model.attendance import speaking_share
from chibo.office.desk.year import meeting_line
from chibo.scoring.wording import percent_of
from chibo_widgets.cell.wording import Tongue

_AWAY = ("exempt", "transferred", "special_duty", "suspended")


def facts_view(
    book: CellBook,
    meeting: Meeting,
    tongue: Tongue,
    today: date,
    *,
    editable: bool,
    to_mend: Collection[MeetingCode] = (),
) -> dict[str, Any]:
    """The facts panel of one meeting; `editable` shows the way to change them, `to_mend` have no scores to show."""
    counts = attendance_of(book, meeting)
    by_marks = counts.source is CountSource.ROLL_CALL
    return {
        "rows": _count_rows(book, meeting, tongue) + _meeting_rows(book, meeting, tongue),
        "note": tongue("facts_by_marks" if by_marks else "facts_typed"),
        "canEdit": editable,
        "before": _before(book, meeting, tongue, today, to_mend),
    }


def _count_rows(book: CellBook, meeting: Meeting, tongue: Tongue) -> list[dict[str, str]]:
    counts = attendance_of(book, meeting)
    rows = [_row("membership", tongue.number(counts.membership), tongue)]
    rows += [_row(name, str(getattr(counts, name)), tongue) for name in _AWAY if getattr(counts, name) not in {None, 0}]
    rate = f" ({_percent(counts.rate, tongue)})" if counts.rate is not None else ""
    rows.append(_row("present", tongue.number(counts.present) + rate, tongue))
    rows += [_row(name, tongue.number(getattr(counts, name)), tongue) for name in ("excused", "unexcused")]
    return rows


def _meeting_rows(book: CellBook, meeting: Meeting, tongue: Tongue) -> list[dict[str, str]]:
    present = attendance_of(book, meeting).present
    speakers = tongue.number(meeting.speakers)
    share = speaking_share(book, meeting, present)
    if share is not None:
        speakers += f" ({_percent(share, tongue)})"
    rows = [
        _row("minutes", _minutes(meeting.minutes if meeting.is_held else None, tongue), tongue),
        _row("speakers", speakers, tongue),
        _row("criticism", _minutes(meeting.minutes_criticism, tongue), tongue),
    ]
    declared = meeting.previous_resolution_rate
    if declared is not None:
        rows.append(_row("resolution", _percent(declared / 100, tongue), tongue, note=tongue("facts_declared")))
    return rows


def _before(
    book: CellBook, meeting: Meeting, tongue: Tongue, today: date, to_mend: Collection[MeetingCode]
) -> dict[str, Any] | None:
    earlier = [
        row for row in book.meetings if row.is_regular and row.is_held and row.meeting_code < meeting.meeting_code
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda row: row.meeting_code.sort_key)
    score = meeting_line(book, last, tongue.library, today, to_mend).score
    if score is None:
        return None
    rows = []
    for code, total, grade in (
        ("self", score.self_total, score.self_grade),
        ("official", score.official_total, score.official_grade),
    ):
        said = f"{tongue.number(total)} · {tongue.grade(grade)}" if grade is not None else "–"
        rows.append({"code": code, "label": tongue(f"facts_before_{code}"), "value": said})
    month = last.meeting_code.month.number
    return {"title": tongue("facts_before", month=month), "rows": rows}


def _row(code: str, value: str, tongue: Tongue, note: str = "") -> dict[str, str]:
    return {"code": code, "label": tongue(f"facts_{code}"), "value": value, "note": note}


def _minutes(minutes: int | None, tongue: Tongue) -> str:
    return "–" if minutes is None else tongue("facts_in_minutes", n=minutes)


def _percent(rate: Fraction, tongue: Tongue) -> str:
    return f"{tongue.number(percent_of(rate).normalize().__format__('f'))}%"
