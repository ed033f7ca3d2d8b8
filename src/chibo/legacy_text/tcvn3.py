"""TCVN3, also called ABC: the one-byte set VN3 of the standard TCVN 5712:1993, as it comes out of a file as Latin-1.

Capital letters with a tone have no code of their own: they are typed in a capital font (`.VnTimeH`), or in small.
The letter ư stands at 0xAD, which Unicode calls a soft hyphen: nothing may clean text before it is read here.
"""

from __future__ import annotations

_TONED = {
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
"""Runs of codes, each by its first; the gaps between them are unused."""

_SYMBOL_FONT = 0xF000
"""Where Word and Excel put the codes of a font that calls itself a symbol font."""


def _letters() -> dict[int, str]:
    letters = dict(enumerate("ĂÂÊÔƠƯĐăâêôơưđ", start=0xA1))
    for first, run in _TONED.items():
        letters.update(enumerate(run, start=first))
    return letters


LETTERS = _letters()
"""The 74 letters by code."""

_READ = LETTERS | {_SYMBOL_FONT + code: letter for code, letter in LETTERS.items()}


def read_tcvn3(text: str) -> str:
    """`text`, whose characters are the codes of TCVN3, in Unicode; what is no letter of the set stays."""
    return text.translate(_READ)
