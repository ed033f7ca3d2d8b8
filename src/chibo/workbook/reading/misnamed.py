"""Sheets whose name is nearly that of a sheet of the layout: mistyped, or a copy such as Excel's «Điểm danh (2)»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import combining, normalize

from chibo.definitions.layouts import SheetLayout
from chibo.workbook.intake.package import SheetPart
from chibo.workbook.reading.legacy import possible_names

_COPYING = (("copy", "of"), ("ban", "sao", "cua"), ("ban", "sao"))
"""How other programs begin the name of a copy; Excel ends it in a number, «(2)»."""
_NEARLY = 0.85
"""The share of two names that is alike from which one may be the other mistyped: a letter in seven."""


def misnamed(missing: Sequence[SheetLayout], strangers: Sequence[SheetPart]) -> Iterator[tuple[SheetLayout, SheetPart]]:
    """For each of the missing sheets the stranger that is most like it by name, if any is."""
    for sheet in missing if strangers else ():
        likeness, best = max(((_likeness(part, sheet), part) for part in strangers), key=lambda one: one[0])
        if likeness >= _NEARLY:
            yield sheet, best


def copies(there: Sequence[SheetLayout], strangers: Sequence[SheetPart]) -> Iterator[tuple[SheetLayout, SheetPart]]:
    """The strangers whose name says that they are copies of a sheet that is there as well."""
    for part in strangers:
        words = _without_copying(_words(part.name))
        sheet = next((sheet for sheet in there if words in map(_words, sheet.names)), None)
        if sheet is not None:
            yield sheet, part


def _without_copying(words: tuple[str, ...]) -> tuple[str, ...]:
    beginning = next((said for said in _COPYING if words[: len(said)] == said), ())
    words = words[len(beginning) :]
    return words[:-1] if words[-1:] == ("copy",) else words


def _likeness(part: SheetPart, sheet: SheetLayout) -> float:
    """1 where the name holds that of the sheet as whole words, else the share of letters that are alike."""
    return max(_alike(_words(name), _words(known)) for name in possible_names(part.name) for known in sheet.names)


def _alike(name: tuple[str, ...], known: tuple[str, ...]) -> float:
    if any(name[start : start + len(known)] == known for start in range(len(name))):
        return 1.0
    return SequenceMatcher(None, "".join(name), "".join(known), autojunk=False).ratio()


@lru_cache(maxsize=512)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name without accents, figures and signs."""
    plain = (sign for sign in normalize("NFD", name.casefold().replace("đ", "d")) if not combining(sign))
    return tuple("".join(sign if sign.isalpha() else " " for sign in plain).split())
