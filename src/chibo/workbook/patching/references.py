"""References in formulas: moving them along with a formula, and telling which cells they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from chibo.model import column_letters
from chibo.workbook.intake.addresses import MAX_COLUMNS, MAX_ROWS, column_number

_SHEET = r"(?:(?P<quoted>'(?:[^']|'')+')|(?P<plain>[\w.\[\]:]+))!"
_REFERENCE = re.compile(
    r'"(?:[^"]|"")*"'  # text
    rf"|(?:{_SHEET})?(?<![\w.])(?:"
    r"(?P<c1>\$?[A-Za-z]{1,3})(?P<r1>\$?[1-9]\d{0,6})(?::(?P<c2>\$?[A-Za-z]{1,3})(?P<r2>\$?[1-9]\d{0,6}))?"
    r"|(?P<wc1>\$?[A-Za-z]{1,3}):(?P<wc2>\$?[A-Za-z]{1,3})"
    r"|(?P<wr1>\$?[1-9]\d{0,6}):(?P<wr2>\$?[1-9]\d{0,6})"
    r")(?![\w.(\[])"
)
_NAME = re.compile(r"""(?<![\w.!'"\]])([^\W\d][\w.]*)(?![\w.(!'"])""")
_TEXT = re.compile(r'"(?:[^"]|"")*"')


@frozen
class Area:
    """A block of cells that a formula speaks of; `sheet` is in lower case, "" for several sheets at once.

    `moves` says of top, left, bottom and right whether it moves along with the formula.
    """

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    moves: tuple[bool, bool, bool, bool] = (False, False, False, False)

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies within."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def moved(self, rows: int, columns: int) -> Area:
        """The area of the same formula standing further down and further right; behind the last row comes the first."""
        top, left, bottom, right = self.moves
        return Area(
            self.sheet,
            (self.top + rows - 1) % MAX_ROWS + 1 if top else self.top,
            (self.left + columns - 1) % MAX_COLUMNS + 1 if left else self.left,
            (self.bottom + rows - 1) % MAX_ROWS + 1 if bottom else self.bottom,
            (self.right + columns - 1) % MAX_COLUMNS + 1 if right else self.right,
            self.moves,
        )


def areas_of(formula: str, sheet: str) -> Iterator[Area]:
    """The blocks that a formula standing on `sheet` speaks of by their addresses."""
    for found in _REFERENCE.finditer(formula):
        name = _sheet_of(found, sheet)
        if found["c1"]:
            rows = _span(found["r1"], found["r2"])
            columns = _span(found["c1"], found["c2"])
        elif found["wc1"]:
            rows, columns = ((1, False), (MAX_ROWS, False)), _span(found["wc1"], found["wc2"])
        elif found["wr1"]:
            rows, columns = _span(found["wr1"], found["wr2"]), ((1, False), (MAX_COLUMNS, False))
        else:
            continue
        (top, top_moves), (bottom, bottom_moves) = rows
        (left, left_moves), (right, right_moves) = columns
        yield Area(name, top, left, bottom, right, (top_moves, left_moves, bottom_moves, right_moves))


def _span(first: str, last: str | None) -> tuple[tuple[int, bool], tuple[int, bool]]:
    """Two ends of a block in their order, each with whether it moves along."""
    ends = []
    for text in (first, last or first):
        plain = text.lstrip("$")
        ends.append((int(plain) if plain.isdecimal() else column_number(plain), plain is text))
    return (ends[0], ends[1]) if ends[0][0] <= ends[1][0] else (ends[1], ends[0])


def names_in(formula: str) -> frozenset[str]:
    """The words of a formula that may be defined names or tables, in lower case."""
    return frozenset(name.lower() for name in _NAME.findall(_TEXT.sub('""', formula)))


def _sheet_of(found: re.Match[str], own: str) -> str:
    if found["quoted"]:
        name = found["quoted"][1:-1].replace("''", "'")
    elif found["plain"]:
        name = found["plain"]
    else:
        return own.lower()
    return "" if ":" in name else name.lower()


@lru_cache(maxsize=16_384)  # the formulas of one workbook, which are asked for more than once
def relative(formula: str, row: int, column: int) -> str:
    """The formula as it reads wherever it stands: `A1` in cell B3 is one column left, two rows up.

    What programs write in different ways (spaces, `FALSE` and `FALSE()`) is written in one.
    """

    def tell(found: re.Match[str]) -> str:
        if found[0].startswith('"'):
            return found[0]
        sheet = found["quoted"] or found["plain"] or ""
        parts = [sheet.strip("'").lower(), "!" if sheet else ""]
        for group, own in _PARTS:
            text = found[group]
            if text:
                parts.append(text if text[0] == "$" else f"[{_number(text) - (row if own else column)}]")
        return "\0".join(parts)

    return _SAME.sub(lambda one: one[0] if one[0][0] == '"' else one[1] or "", _REFERENCE.sub(tell, formula))


_PARTS = (
    ("c1", False),
    ("r1", True),
    ("c2", False),
    ("r2", True),
    ("wc1", False),
    ("wc2", False),
    ("wr1", True),
    ("wr2", True),
)
_SAME = re.compile(r'"(?:[^"]|"")*"|\s+|\b(TRUE|FALSE)\(\)')


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else column_number(text)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it stands `rows` further down and `columns` further right: relative references move along."""

    def move(found: re.Match[str]) -> str:
        if found[0].startswith('"'):
            return found[0]
        start = found.start()
        pieces, at = [], start
        for group, shift, name_of in (
            ("c1", columns, _letters),
            ("r1", rows, _digits),
            ("c2", columns, _letters),
            ("r2", rows, _digits),
            ("wc1", columns, _letters),
            ("wc2", columns, _letters),
            ("wr1", rows, _digits),
            ("wr2", rows, _digits),
        ):
            if found[group]:
                pieces += [found.string[at : found.start(group)], name_of(found[group], shift)]
                at = found.end(group)
        text = "".join((*pieces, found.string[at : found.end()]))
        return "#REF!" if "\0" in text else text

    return _REFERENCE.sub(move, formula)


def _letters(text: str, shift: int) -> str:
    if text.startswith("$"):
        return text
    number = column_number(text) + shift
    return column_letters(number) if 1 <= number <= MAX_COLUMNS else "\0"


def _digits(text: str, shift: int) -> str:
    if text.startswith("$"):
        return text
    number = int(text) + shift
    return str(number) if 1 <= number <= MAX_ROWS else "\0"
