"""Unicode text as an office of 2005 would have typed it: in TCVN3 or in VNI, each by the letters' own codes."""

from __future__ import annotations

from unicodedata import normalize

from chibo.legacy_text import Encoding
from chibo.legacy_text.tcvn3 import LETTERS

_TCVN3 = {letter: chr(code) for code, letter in LETTERS.items()}
_SIGNS = {"\u0300": "ø", "\u0301": "ù", "\u0303": "õ", "\u0309": "û", "\u0323": "ï"}
_HATTED = {"": "â", "\u0300": "à", "\u0301": "á", "\u0303": "ã", "\u0309": "å", "\u0323": "ä"}
_SHORT = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0303": "ü", "\u0309": "ú", "\u0323": "ë"}
_SINGLE = {"ỉ": "æ", "ĩ": "ó", "ị": "ò", "í": "í", "ì": "ì", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}


def typed(text: str, encoding: Encoding) -> str:
    """`text` as it stands in a file of that encoding, read as Latin-1."""
    letters = normalize("NFC", text)
    if encoding is Encoding.TCVN3:
        return "".join(_TCVN3.get(letter) or _TCVN3.get(letter.lower(), letter) for letter in letters)
    return "".join(_vni(letter) for letter in letters)


def _vni(letter: str) -> str:
    small = letter.lower()
    if letter.isascii():
        return letter
    if small in _SINGLE:
        return _SINGLE[small].upper() if letter != small else _SINGLE[small]
    base, *marks = normalize("NFD", small)
    tone = "".join(mark for mark in marks if mark in _SIGNS)
    if "\u031b" in marks:
        spelled = {"o": "ô", "u": "ö"}[base] + (_SIGNS[tone] if tone else "")
    elif "\u0302" in marks:
        spelled = base + _HATTED[tone]
    elif "\u0306" in marks:
        spelled = base + _SHORT[tone]
    else:
        spelled = base + _SIGNS[tone]
    return spelled.upper() if letter != small else spelled


DOUBTFUL = """
    | TT  | Mã đảng viên | Họ và tên | Chức vụ Đảng | Chính thức/Dự bị | Tình trạng | Ghi chú |
    | n:1 | DV01         | Người Một | Bí thư       | Chính thức       | Sinh hoạt  | QuyÕt xy¶z |
    | n:2 | DV02         | Người Hai | Đảng viên    | Chính thức       | Sinh hoạt  | §¶ng kq¶w ®iÒu bµz |
"""
"""Members with text that may or may not be TCVN3."""
