"""The values of plain cells, remembered: the same words, days and numbers fill the columns of every book."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.outcomes import OUTCOMES, Converter
from chibo.workbook.reading.remembered import Remembered
from chibo.workbook.reading.sheet import Raw

_MOST = 4096
"""So many values are remembered of one kind of column; then it begins anew."""
_LONGEST = 200
"""A longer text is not worth being remembered."""
_REMEMBERED = frozenset({str, int, float, date, time})
"""Contents of which equal ones have one value."""
_TRUTHS = frozenset({False, True})
"""0 and 1 are kept apart, since true equals 1 and is not the same."""


class PlainValues(Remembered[Raw, Any]):
    """What cells mean by one converter, None for nothing; KeyError where a cell is not plain and wants a closer look.

    Not plain are errors, formulas without a value, and every outcome that is no value.
    """

    def __init__(self, convert: Converter) -> None:
        super().__init__(_MOST)
        self.convert = convert
        self._numbers: dict[Raw, Any] = {}

    def __missing__(self, raw: Raw) -> Any:
        kind = raw.__class__
        if kind is float and raw in self._numbers:
            return self._numbers[raw]
        value = None if kind is BrokenCell else self.convert(raw)
        if kind is BrokenCell or value.__class__ in OUTCOMES:
            raise KeyError(raw)
        if raw in _TRUTHS:
            if kind is float:
                self._numbers[raw] = value
        elif kind in _REMEMBERED and not (isinstance(raw, str) and len(raw) > _LONGEST):
            self.keep(raw, value)
        return value
