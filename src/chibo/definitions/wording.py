"""How words are compared: one normal form for labels, headings and list values, and clean text for what is kept.

Labels and list values are the same when they differ only in Unicode form, letter case, spaces and line breaks, the
placement of a tone mark (Ủy/Uỷ, hòa/hoà) or a trailing `*`, `:` or "(bắt buộc)". đ is never d, no accent is dropped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# In "oa", "oe", "uy" the tone stands on either vowel, by the old or the new way of writing. After q, "u" belongs to
# the consonant, so that only one way exists there; folding it as well does no harm.
_MOVED_TONE = re.compile(f"(o)([{_TONES}])([ae])(?![\u0302\u0306])|(u)([{_TONES}])(y)")
_TRAILING = re.compile(r"(?:\s|\*|:|\(\s*bắt buộc\s*\)|\(\s*\*\s*\))+$")
_NO_SIGNS = (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
"""Halves of signs, as a browser cuts an emoji, and what is no sign at all: no file can hold them."""
_INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *_NO_SIGNS], None
)
_TURNING = {
    sign: f"[U+{sign:04X}]" for sign in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""Signs that turn the direction of reading, each with what shows it."""
_UNSEEN = dict.fromkeys(
    [0x061C, 0x180E, 0x202A, 0x202C, 0x202D, *range(0x2061, 0x2065), 0x2066, 0x2068, 0x2069, *range(0x206A, 0x2070)],
    None,
)
"""Signs that nobody sees and that leave Vietnamese words and numbers in their order; Windows puts some around what is
copied. Those that turn it round (U+202B, U+202E, U+2067) are none of them: with them people see what is not there.
"""
_ETH = {0xD0: "Đ", 0xF0: "đ"}


def clean_text(text: str) -> str:
    """`text` in NFC, trimmed, single-spaced (line breaks and no-break spaces are spaces), without invisible signs."""
    if text.isprintable():  # then it holds no invisible sign, and no other space than the usual one
        composed = text if text.isascii() else normalize("NFC", text)
        return composed if "  " not in composed and composed == composed.strip() else " ".join(composed.split())
    return " ".join(normalize("NFC", text).translate(_INVISIBLE).split())


def seen_text(text: str) -> str:
    """`text` as people see it: clean, and without the signs that only say in which direction to read.

    For what is compared and understood (headings, labels, codes, marks, numbers), never for wording that is kept.
    """
    cleaned = clean_text(text)
    return cleaned if cleaned.isprintable() else " ".join(cleaned.translate(_UNSEEN).split())


def without_turns(text: str) -> str:
    """`text` as it can stand in a sentence: signs that turn the direction of reading are shown by their codes."""
    return text if text.isprintable() else text.translate(_TURNING)


@lru_cache(maxsize=8192)
def normal_label(text: str) -> str:
    """The form in which two labels, headings or list values are compared."""
    plain = _TRAILING.sub("", seen_text(text).translate(_ETH).casefold())
    if plain.isascii():
        return plain
    parts = _MOVED_TONE.sub(lambda m: (m[1] or m[4]) + (m[3] or m[6]) + (m[2] or m[5]), normalize("NFD", plain))
    return normalize("NFC", parts)
