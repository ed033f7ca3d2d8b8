"""Periods, dates and numbers as Party papers write them (Hướng dẫn 36-HD/VPTW: days below 10, months 1–2 padded)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chibo.definitions.frames.edges import plain_decimal
from chibo.model import Period, PeriodKind

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def month_in_words(number: int) -> str:
    """The month in words, such as "tháng 02" or "tháng 3"."""
    return f"tháng {number:02d}" if number < 3 else f"tháng {number}"


def period_in_words(period: Period) -> str:
    """The period in words: tháng 3 năm 2026, quý I năm 2026, 6 tháng đầu năm 2026, năm 2026."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"{month_in_words(period.first)} năm {period.year}"
        case PeriodKind.QUARTER:
            return f"quý {roman(period.last // 3)} năm {period.year}"
        case PeriodKind.HALF_YEAR:
            return f"6 tháng {'đầu' if period.first == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.YEAR:
            return f"năm {period.year}"


def day_in_words(day: date) -> str:
    """The day in words, such as "ngày 05 tháng 02 năm 2026"."""
    return f"ngày {day.day:02d} {month_in_words(day.month)} năm {day.year}"


def short_day(day: date) -> str:
    """The day in figures, such as "05/03/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def number_in_words(number: Decimal | int) -> str:
    """A number with a decimal comma and without trailing zeros: "4,5"."""
    return plain_decimal(Decimal(number)).replace(".", ",")


def roman(number: int) -> str:
    """A number from 1 on in Roman numerals, as groups of a table are counted."""
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written
