"""Text whose letters are gone for good: told sheet by sheet, with the cells that must be typed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chibo.findings import Finding
from chibo.legacy_text import is_certain, lost_words, may_have_lost
from chibo.workbook.reading import kinds
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.showing import show

_MOST_PLACES = 12
"""A finding names no more of them; it says how many there are."""


def find_lost_text(sheets: Iterable[Sheet]) -> Iterator[Finding]:
    """One finding for each sheet with words that lost letters. Old text must have been converted before."""
    for sheet in sheets:
        lost = dict(_lost(sheet)) if may_have_lost(sheet.wording) else {}
        if is_certain({word for words in lost.values() for word in words}):
            (row, column), *others = lost
            yield kinds.TEXT_LOST.at(
                sheet.place(row, column),
                seen=show(sheet.value(row, column)),
                cells=len(lost),
                other_places=[sheet.place(*other) for other in others[: _MOST_PLACES - 1]],
            )


def _lost(sheet: Sheet) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """The cells with words that may have lost letters."""
    for row, cells in sheet.rows.items():
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, str) and (words := lost_words(cell)):
                yield (row, column), words
