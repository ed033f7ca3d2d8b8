"""Government workbooks of 2005–2009 in TCVN3 and VNI, against their transcripts in Unicode: syllable by syllable.

Letter case is left aside: the transcripts show a capital font's text in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest

from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.opening import open_book
from corpus_files import corpus, tell

pytestmark = pytest.mark.corpus

LEAST = 0.99
_SYLLABLE = re.compile(r"[^\W\d_]+")


def syllables(text: str) -> Counter[str]:
    return Counter(word for word in _SYLLABLE.findall(normalize("NFC", text).casefold()) if not word.isascii())


def text_of(path: Path) -> str:
    opened = open_book(path.read_bytes(), path.name)
    sheets = opened.read(opened.sheets)
    convert_old_text(sheets)
    cells = (cell for sheet in sheets.values() for row in sheet.rows.values() for cell in row)
    return "\n".join(cell for cell in cells if isinstance(cell, str))


def test_accented_syllables_are_right() -> None:
    wanted = right = 0
    for path in sorted(corpus("vietnamese").glob("*.xls")):
        transcript = syllables(path.with_suffix(".txt").read_text(encoding="utf-8"))
        wanted += transcript.total()
        right += (transcript & syllables(text_of(path))).total()

    tell(f"Vietnamese: {right} of {wanted} accented syllables right")
    assert wanted > 1000
    assert right / wanted >= LEAST, f"{right} of {wanted}"
