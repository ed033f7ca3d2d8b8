"""VNI for Windows: a vowel is followed by a character that stands for its tone, its hat, or both (`Haø Noäi`).

Capital letters are followed by the capital form of the same character.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"

_TONES = {"ø": _GRAVE, "ù": _ACUTE, "õ": _TILDE, "û": _HOOK, "ï": _DOT}
_HATS = {"â": "", "à": _GRAVE, "á": _ACUTE, "ã": _TILDE, "å": _HOOK, "ä": _DOT}
_BREVES = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ü": _TILDE, "ú": _HOOK, "ë": _DOT}
_ALONE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
"""Letters of one character; í and ì are those of Latin-1."""

_BASES = {"a", "e", "i", "o", "u", "y", "ô", "ö"}


def _pairs() -> dict[str, str]:
    """Vowel and sign, as they stand in a file, with the letter they make."""
    pairs: dict[str, str] = {}
    for base in _BASES:
        vowel = _ALONE.get(base, base)
        signs = dict(_TONES)
        if base in "aeo":
            signs |= {sign: _HAT + tone for sign, tone in _HATS.items()}
        if base == "a":
            signs |= {sign: _BREVE + tone for sign, tone in _BREVES.items()}
        for sign, marks in signs.items():
            pairs[base + sign] = normalize("NFC", vowel + marks)
    return pairs


def _with_capitals(pairs: dict[str, str]) -> dict[str, str]:
    """The same with capital vowels; behind one the sign stands in its capital form, or by mistake in the small one."""
    capital = {spelled.upper(): letter.upper() for spelled, letter in pairs.items()}
    mixed = {spelled[0].upper() + spelled[1:]: letter.upper() for spelled, letter in pairs.items()}
    return pairs | capital | mixed


@cache
def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    """Every letter by how it is spelled, and what finds them in a text."""
    letters = _with_capitals(_pairs()) | _with_capitals(_ALONE)
    return letters, re.compile("|".join(sorted(letters, key=len, reverse=True)))


def read_vni(text: str) -> str:
    """`text`, whose characters are the codes of VNI, in Unicode; what belongs to no letter stays."""
    letters, spelled = _letters()
    return spelled.sub(lambda found: letters[found[0]], text)
