"""Numbers as people type them at a prompt or into a field: digits, and no more of them than anything here has.

What is longer, or has an exponent, was not meant: worked with, it could take for ever.
"""

from __future__ import annotations

import re
from decimal import Decimal

from chibo.scoring.facts import plain

_WHOLE = re.compile(r"[0-9]{1,9}")
_POINTS = re.compile(r"[+-]?(?:[0-9]{1,9}(?:[.,][0-9]{0,9})?|[.,][0-9]{1,9})")


def typed_whole(text: str) -> int | None:
    """A count or a year; None for anything else."""
    return int(text) if _WHOLE.fullmatch(text) else None


def typed_points(text: str) -> Decimal | None:
    """Points, with a comma or a point before the decimals, in their shortest form; None for anything else."""
    return plain(Decimal(text.replace(",", "."))) + 0 if _POINTS.fullmatch(text) else None
