"""The cell formats of a return, each made once, and texts fit for a cell."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from chibo.definitions.returns.definition import Print
from chibo.workbook.patching.values import BROKEN_LETTER, LONGEST_TEXT

_FORMULA_STARTS = ("=", "+", "-", "@")
DATE_FORMAT = "dd/mm/yyyy"


class Formats:
    """Formats by their properties, on top of the paper's font."""

    def __init__(self, book: xlsxwriter.Workbook, setup: Print) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._asked: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._base = {"font_name": setup.font, "font_size": setup.size, "valign": "vcenter"}

    def get(self, **properties: Any) -> Any:
        """The format with these properties, which are xlsxwriter's."""
        asked = tuple(properties.items())
        found = self._asked.get(asked)
        if found is None:
            key = tuple(sorted(asked))
            found = self._made.get(key) or self._made.setdefault(
                key, self._book.add_format({**self._base, **properties})
            )
            self._asked[asked] = found
        return found

    def for_text(self, text: str, **properties: Any) -> Any:
        """The format for a text: one that begins like a formula is marked as text for whoever edits it."""
        if begins_like_formula(text):
            return self.get(**properties, quote_prefix=True)
        return self.get(**properties)


def begins_like_formula(text: str) -> bool:
    """Whether a spreadsheet program would take the text for a formula if somebody typed it."""
    return text.startswith(_FORMULA_STARTS)


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: no broken letters, cut with a sign where it is longer than Excel allows."""
    clean = BROKEN_LETTER.sub("\N{REPLACEMENT CHARACTER}", text)
    # Excel counts UTF-16 units, of which a rare sign takes two.
    if len(clean) <= LONGEST_TEXT // 2 or len(clean.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore")
    return f"{cut}…"
