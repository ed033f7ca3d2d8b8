"""Row heights of a return: rows with long texts are given their height, since not every program finds it by itself."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from typing import Any

from attrs import define, field

_LINE = 1.2
"""Height of a line, in font sizes."""
_PADDING = 3.0
"""Points above and below the text of a row together."""
DEFAULT = 15.0
"""Points of a row whose height is not set."""
_LETTERS = 1.04
"""Letters to a character of width, which is that of a digit: few, to be on the safe side."""
_BOLD = 0.9
"""How much less bold text goes into a line."""


@lru_cache(maxsize=4096)
def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column `width` characters wide, on the safe side."""
    room = max(1, int(width * _LETTERS * (_BOLD if bold else 1.0)))
    if len(text) <= room and text.isprintable():
        return 1
    return sum(max(1, len(textwrap.wrap(line, room))) for line in text.splitlines()) or 1


def height_of(lines: int, size: float) -> float:
    """The height in points of a row of so many lines in a font of `size` points."""
    return round(lines * size * _LINE + _PADDING, 1)


@define
class RowHeights:
    """The heights of a sheet's rows, whoever writes the rows."""

    _set: dict[int, float] = field(factory=dict)

    def set(self, sheet: Any, row: int, height: float) -> None:
        """Give a row (from 0) its height in points on the sheet."""
        sheet.set_row(row, height)
        self.foresee(row, height)

    def foresee(self, row: int, height: float) -> None:
        """Remember the height of a row that is written with its height."""
        self._set[row] = height

    def of(self, row: int) -> float:
        """The height of a row."""
        return self._set.get(row, DEFAULT)
