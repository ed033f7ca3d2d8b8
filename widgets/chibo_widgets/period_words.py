"""What a reporting period is called on the pages, and where it stands on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from chibo.model import Period
from chibo.model.periods import PeriodKind
from chibo.periods import PeriodState, ReportingPeriod

_ROMAN = ("I", "II", "III", "IV")


def period_name(period: Period, tongue: Callable[..., str]) -> str:
    """«Tháng 3/2026», «Quý I/2026», «6 tháng đầu năm 2026», «Năm 2026»."""
    year = period.year
    match period.kind:
        case PeriodKind.MONTH:
            return tongue("period_month", n=period.first, year=year)
        case PeriodKind.QUARTER:
            return tongue("period_quarter", n=_ROMAN[period.last // 3 - 1], year=year)
        case PeriodKind.HALF_YEAR:
            return tongue("period_half_1" if period.first == 1 else "period_half_2", year=year)
        case PeriodKind.YEAR:
            return tongue("period_year", year=year)


def period_inside(period: Period, tongue: Callable[..., str]) -> str:
    """The period's name inside a sentence: «tháng 3/2026»."""
    name = period_name(period, tongue)
    return name[:1].lower() + name[1:]


def period_line(
    period: ReportingPeriod, expected: int, day: date, chosen: bool, tongue: Callable[..., str]
) -> dict[str, Any]:
    """One period as a row of the calendar."""
    stage, tone = _stage(period, day, tongue)
    return {
        "code": str(period.period),
        "name": period_name(period.period, tongue),
        "stage": stage,
        "tone": tone,
        "opened": _day(period.opened_on),
        "due": _day(period.due_on),
        "grace": _day(period.grace_until),
        "locks": _day(period.locks_on),
        "owing": expected,
        "chosen": chosen,
    }


def _stage(period: ReportingPeriod, day: date, tongue: Callable[..., str]) -> tuple[str, str]:
    """Where a period stands on a day, and the colour of that."""
    state = period.state(day)
    if state is not PeriodState.OPEN:
        return tongue(f"period_stage_{state.value}"), ""
    if day < period.due_on:
        return tongue("period_stage_left", n=(period.due_on - day).days), "cb-good"
    if day == period.due_on:
        return tongue("period_stage_today"), "cb-good"
    return tongue("period_stage_grace" if day <= period.grace_until else "period_stage_over"), "cb-warn"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
