"""What a reporting period is called on the pages."""

from __future__ import annotations

from collections.abc import Callable

from chibo.model import Period
from chibo.model.periods import PeriodKind

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
