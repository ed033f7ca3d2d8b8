"""How many lines a text of the list takes: measured in the widths of the letters of Times New Roman, in digits."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

_GROUPS = {
    0.5: " ,.'|",
    0.6: "/:;\\ijlt",
    0.7: "!()-I[]`fr",
    0.9: '"?^Jaces{}z',
    1.0: "#$*0123456789_bdghknopquvxyđ–«»“”’",
    1.25: "+<=>~EFLPSTZ",
    1.45: "ABCDĐGHKNOQRUVXYw",
    1.65: "%&m",
    1.9: "@MW",
}
"""The signs of about one width; letters with marks above or below are as wide as those without."""
_UNKNOWN = 2.0
"""Signs of other scripts, arrows: as wide as they are high."""
_BEHIND_LETTERS = "\u2000"


class _Widths(dict[str, float]):
    """The width of each sign; letters with marks are learnt as they are met, all others are too many."""

    def __missing__(self, sign: str) -> float:
        width = self.get(normalize("NFD", sign)[0], _UNKNOWN)
        if sign < _BEHIND_LETTERS:
            self[sign] = width
        return width


_WIDTHS = _Widths((sign, width) for width, signs in _GROUPS.items() for sign in signs)
_SPACE = _WIDTHS[" "]
_ROOM = 0.9
"""The share of a column that is counted on: its width is in digits of the workbook's font, which may be narrower."""


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column `width` digits wide, on the safe side."""
    return sum(_lines(paragraph.split(), width * _ROOM) for paragraph in text.splitlines()) or 1


def _lines(words: Iterable[str], room: float) -> int:
    """The lines of a paragraph; a word that is wider than a line goes on in the next."""
    lines, used = 1, 0.0
    for word in words:
        needed = sum(map(_WIDTHS.__getitem__, word))
        if used and used + _SPACE + needed > room:
            lines, used = lines + 1, 0.0
        used += needed + (_SPACE if used else 0.0)
        broken = int(used // room) if used > room else 0
        lines, used = lines + broken, used - broken * room
    return lines
