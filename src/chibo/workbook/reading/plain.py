"""Typed characters in their plain form: full-width signs, look-alike dashes and the letter Eth, which is no Đ."""

from __future__ import annotations

from chibo.definitions.wording import seen_text

_PLAIN = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-"),
    0x2044: "/",
    0x2215: "/",
    0xD0: "Đ",
    0xF0: "đ",
}


def plain_text(text: str) -> str:
    """`text` as people see it, plainly: for numbers, dates, codes and marks, never for wording that is kept."""
    seen = seen_text(text)
    return seen if seen.isascii() else seen.translate(_PLAIN)
