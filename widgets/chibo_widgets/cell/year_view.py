"""What the year strip shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chibo.model import CellBook, Meeting, MeetingCode, MeetingSeries, MeetingState
from chibo.office.desk.year import MeetingLine, MonthLine, QuarterLine, Standing, year_of
from chibo_widgets.cell.wording import Tongue

GRADE_TONES = {"Tốt": "good", "Khá": "fair", "Trung bình": "average", "Kém": "poor"}
"""The colour of each grade."""

_MOST_OTHERS = 6
"""So many meetings of a month beside the regular one are named: more than any cell holds, where nothing is mistyped."""
_SERIES_LEGENDS = {
    MeetingSeries.THEMATIC: "year_legend_thematic",
    MeetingSeries.EXTRAORDINARY: "year_legend_extraordinary",
}


def year_view(
    book: CellBook, chosen: int | None, tongue: Tongue, today: date, mending: Mapping[MeetingCode, Any] | None = None
) -> dict[str, Any]:
    """The strip: a line for each month, a line for each quarter; `chosen` is the month looked at.

    `mending` are the meetings with something to be mended, each with the step that leads there (None for none).
    """
    mending = mending or {}
    months, quarters = year_of(book, tongue.library, today, mending)
    return {
        "year": book.info.year,
        "legend": " · ".join(_legend(months, tongue)),
        "months": [{**_month(month, chosen, tongue), "go": _way(month, mending)} for month in months],
        "quarters": [_quarter(quarter, tongue) for quarter in quarters],
    }


def _legend(months: tuple[MonthLine, ...], tongue: Tongue) -> list[str]:
    """What the short words in the strip stand for, of those that stand there."""
    said = [tongue("year_legend")] if _has_official(months) else []
    there = {line.meeting.meeting_code.series for month in months for line in month.others}
    return said + [tongue(key) for series, key in _SERIES_LEGENDS.items() if series in there]


def _has_official(months: tuple[MonthLine, ...]) -> bool:
    scores = (month.regular.score for month in months if month.regular is not None)
    return any(score is not None and score.official_total is not None for score in scores)


def _month(month: MonthLine, chosen: int | None, tongue: Tongue) -> dict[str, Any]:
    state, line = _standing(month, tongue)
    more = _more(month, tongue)
    name = tongue("month_name", month=month.month.number)
    return {
        "number": month.month.number,
        "label": tongue("month_label", month=month.month.number),
        "line": line,
        "more": more,
        "state": state,
        "chosen": month.month.number == chosen,
        "spoken": ", ".join(
            part for part in (name, _spoken(month, line, tongue), _more(month, tongue, "_spoken")) if part
        ),
    }


def _way(month: MonthLine, mending: Mapping[MeetingCode, Any]) -> dict[str, Any]:
    """To the month's meetings; where something of them is to be mended, to that very place."""
    there = sorted(code for code in mending if code.month == month.month)
    found = (mending[code] for code in there)
    return next((go for go in found if go), {"go": "month", "month": month.month.number})


def _standing(month: MonthLine, tongue: Tongue) -> tuple[str, str]:
    regular = month.regular
    if regular is not None and regular.standing is Standing.SCORED and regular.score is not None:
        tally = regular.score.self_tally
        assert tally.grade is not None  # noqa: S101  a complete tally has a grade
        return GRADE_TONES[tally.grade], f"{tongue.grade(tally.grade)} {tongue.number(tally.total)}"
    return month.standing.value, tongue("standing_" + month.standing.value.replace("-", "_"))


def _spoken(month: MonthLine, line: str, tongue: Tongue) -> str:
    return tongue("standing_spoken_empty") if month.standing is Standing.EMPTY else line


def _more(month: MonthLine, tongue: Tongue, form: str = "") -> str:
    parts = []
    score = month.regular.score if month.regular else None
    if score is not None and score.official_total is not None:
        parts.append(tongue(f"month_official{form}", points=tongue.number(score.official_total)))
    parts += [_other(line, tongue) for line in month.others[:_MOST_OTHERS]]
    if len(month.others) > _MOST_OTHERS:
        parts.append(tongue("month_others_more", n=len(month.others) - _MOST_OTHERS))
    return " · ".join(parts)


def _other(line: MeetingLine, tongue: Tongue) -> str:
    short = tongue.short(line.meeting.meeting_code)
    if line.standing is Standing.TO_MEND:
        return f"{short} {tongue('standing_to_mend').lower()}"
    return f"{short}\N{NO-BREAK SPACE}✓" if line.meeting.is_held else short


def _quarter(quarter: QuarterLine, tongue: Tongue) -> dict[str, Any]:
    planned, held = len(quarter.planned), len(quarter.held)
    if not planned:
        line, tone = tongue("quarter_unplanned"), "warn" if quarter.over else ""
    else:
        line = tongue("quarter_line", held=held, planned=planned)
        tone = "good" if held >= planned else "warn" if quarter.over else ""
    return {"number": quarter.number, "label": tongue("quarter_label", n=quarter.number), "line": line, "tone": tone}


def first_to_look_at(book: CellBook, today: date) -> MeetingCode | None:
    """The meeting that somebody opening the book most likely comes for.

    The earliest held one without points, else the earliest whose day has come and of which nothing is recorded, else
    the latest held one, else the first registered.
    """
    regular = [meeting for meeting in book.meetings if meeting.is_regular]
    open_ones = [row for row in regular if row.is_held and not book.self_scores.of(row.meeting_code)]
    held = [row for row in regular if row.is_held]
    waiting = [row for row in regular if not row.is_held]
    due = [row for row in waiting if _is_due(row, today)]
    ordered = [*open_ones[:1], *due[:1], *held[-1:], *waiting[:1], *book.meetings[:1]]
    return ordered[0].meeting_code if ordered else None


def _is_due(meeting: Meeting, today: date) -> bool:
    """Registered, and neither held nor called off although its day, or its month, has passed."""
    day = meeting.planned_on or meeting.meeting_code.month.last_day
    return meeting.effective_state is MeetingState.REGISTERED and min(day, meeting.meeting_code.month.last_day) < today
