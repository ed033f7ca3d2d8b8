"""The two old encodings by name, and the fonts that were made for each."""

from __future__ import annotations

from enum import StrEnum
from unicodedata import normalize

from chibo.legacy_text.tcvn3 import read_tcvn3
from chibo.legacy_text.vni import read_vni


class Encoding(StrEnum):
    """An encoding of Vietnamese from before Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"


_READERS = {Encoding.TCVN3: read_tcvn3, Encoding.VNI: read_vni}


def convert(text: str, encoding: Encoding) -> str:
    """`text`, read from a file as Latin-1, in Unicode (NFC)."""
    return normalize("NFC", _READERS[encoding](text))


def font_encoding(font: str) -> Encoding | None:
    """The encoding that a font was made for, None for a Unicode font; a hint only, for fonts outlive a conversion."""
    name = font.casefold()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni-") else None


def is_capital_font(font: str) -> bool:
    """Whether a font (`.VnTimeH`) shows every letter as a capital."""
    return font_encoding(font) is Encoding.TCVN3 and font.rstrip().endswith("H")
