"""How our workbooks look: one calm palette, Times New Roman, and cell formats made from a few named traits."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "Times New Roman"

INK = "#1D2433"
MUTED = "#5B6475"
ACCENT = "#8F1D1D"
LINE = "#B9C1CE"
HEADING = "#E5E9F0"
COMPUTED = "#F1F3F7"
BANDS = ("#E8F4EE", "#EAF1FB", "#FFF5DE", "#FBEEEE")
"""Background of the bands of wide headings, in turn."""
GREEN = "#1C6B45"
AMBER, AMBER_TINT = "#8A5A00", "#FFF1CC"
RED, RED_TINT = "#A12622", "#FBDCD9"
FAINT_TEXT, FAINT_FILL = "#9AA3B2", "#E9ECF1"

_TRAITS: dict[str, dict[str, Any]] = {
    "grid": {"border": 1, "border_color": LINE, "valign": "vcenter"},
    "wrap": {"text_wrap": True},
    "top": {"valign": "top"},
    "center": {"align": "center"},
    "right": {"align": "right"},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "muted": {"font_color": MUTED},
    "accent": {"font_color": ACCENT},
    "input": {"locked": False},
    "computed": {"bg_color": COMPUTED},
    "text": {"num_format": "@"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "time": {"num_format": "hh:mm", "align": "center"},
    "whole": {"num_format": "0", "align": "center"},
    "number": {"num_format": "General", "align": "center"},
    "title": {"bold": True, "font_size": 15, "font_color": ACCENT, "valign": "vcenter"},
    "subtitle": {"italic": True, "font_color": MUTED, "valign": "vcenter"},
    "heading": {"bold": True, "bg_color": HEADING, "align": "center", "text_wrap": True, "valign": "vcenter"},
    "required": {"font_color": ACCENT},
    "group": {"bold": True, "bg_color": "#F4EDE4"},
    "total": {"bold": True, "bg_color": HEADING},
    "verdict": {"font_color": RED, "bg_color": COMPUTED, "text_wrap": True, "font_size": 10},
    "plain": {"valign": "vcenter"},
    "note": {"bg_color": "#F6F3EC"},
    "small": {"font_size": 9},
    "tiny": {"font_size": 8},
    "large": {"font_size": 14},
    "left": {"align": "left"},
    "ruled": {"underline": 1},
}
_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 11, "font_color": INK}


class Styles:
    """The cell formats of one workbook under construction; the same traits give the same format."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}
        self._marks: dict[str, Format] = {}

    def of(self, *traits: str, **more: Any) -> Format:
        """The format with these traits, later ones winning; `more` are properties of the Excel library."""
        key = (traits, tuple(sorted(more.items())))
        if key not in self._made:
            properties = dict(_BASE)
            for trait in traits:
                properties |= _TRAITS[trait]
            self._made[key] = self._book.add_format(properties | more)
        return self._made[key]

    def mark(self, tone: str) -> Format:
        """What a conditional mark lays over a cell: `bad`, `doubt`, `good` or `faint`."""
        tones = {
            "bad": {"font_color": RED, "bg_color": RED_TINT},
            "doubt": {"font_color": AMBER, "bg_color": AMBER_TINT},
            "good": {"font_color": GREEN},
            "faint": {"font_color": FAINT_TEXT, "bg_color": FAINT_FILL},
        }
        if tone not in self._marks:
            self._marks[tone] = self._book.add_format(tones[tone])
        return self._marks[tone]
