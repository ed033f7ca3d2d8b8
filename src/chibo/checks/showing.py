"""How values are shown in findings: the Vietnamese way, and without words, so that both languages can use them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

NOTHING = "–"
"""Shown where there is no value."""
MOST_LISTED = 100
"""No more values are shown one after the other: more than the members of the largest cells."""


def show_day(day: date) -> str:
    """05/03/2026."""
    return f"{day:%d/%m/%Y}"


def show_time(moment: time) -> str:
    """14:05."""
    return f"{moment:%H:%M}"


def show_points(points: Decimal) -> str:
    """Points with a decimal comma and no trailing zeros: 8,5."""
    text = f"{points:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def show_percent(share: Fraction) -> str:
    """A share of 1 as a percentage, cut to one decimal, so that 29,99 % never shows as the 30 % it falls short of."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10},{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def show_list(values: Iterable[object]) -> str:
    """Values one after the other: a, b, c; a dash where there are none; of very many the first, and how many more."""
    shown = [str(value) for value in values]
    more = f" … (+{len(shown) - MOST_LISTED})" if len(shown) > MOST_LISTED else ""
    return ", ".join(shown[:MOST_LISTED]) + more or NOTHING
