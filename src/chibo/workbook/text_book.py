"""xlsxwriter's workbook, in which every text stays the text it is.

xlsxwriter takes a text of the form `<r>…</r>` for the markup of formatted text and hands it on as it stands: it would
lose its signs, or leave a workbook that no program opens.
"""

from __future__ import annotations

from html import escape
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet


class TextSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that is given texts by `write_string`."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        """Write a text; other than 0 where the cell does not hold it."""
        failed: int = super().write_string(row, col, _as_markup(string), cell_format)
        return failed


class TextBook(Workbook):  # type: ignore[misc]
    """A workbook of such sheets."""

    worksheet_class = TextSheet


def _as_markup(text: str) -> str:
    """A text that looks like markup, spelled out in markup; any other text as it is."""
    if not (text.startswith("<r>") and text.endswith("</r>")):
        return text
    return f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
