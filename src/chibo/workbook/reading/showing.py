"""How a raw value is shown in a finding: the way an office reads it, without words of a language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

LONGEST = 80


def show(value: Any) -> str:
    """The value as text: 05/03/2026, 14:30, 8,5; long text is cut."""
    text = show_whole(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def what_to_write(expected: str) -> str:
    """Behind the name of what is to be written: the values to choose from, or in brackets what one may look like.

    An example is not to be taken for the very value that is lacking.
    """
    if not expected:
        return ""
    return f": {expected}" if "; " in expected else f" ({expected} …)"


def show_whole(value: Any) -> str:  # noqa: PLR0911  (one line for each type)
    """The value as text, however long; nothing for a value that is not there."""
    match value:
        case None:
            return ""
        case str():
            return " ".join(value.split())
        case bool():
            return "Có" if value else "Không"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            hours, rest = divmod(int(value.total_seconds()), 3600)
            return f"{hours}:{rest // 60:02d}"
        case int() | float() | Decimal() | Fraction():
            return show_number(value)
        case tuple():
            return "; ".join(map(show_whole, value))
        case _:
            return str(value)


def show_number(value: float | Decimal | Fraction) -> str:
    """A number with a decimal comma and nothing behind it that is not needed."""
    text = f"{value:f}" if isinstance(value, Decimal) else format(float(value), ".15g")
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
