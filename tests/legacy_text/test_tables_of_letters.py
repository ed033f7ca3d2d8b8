"""The letters of TCVN3 and VNI: against the C library's own table, and there and back again."""

from __future__ import annotations

import shutil
import subprocess
from unicodedata import normalize

import pytest

from chibo.legacy_text import Encoding, convert
from chibo.legacy_text.syllables import is_syllable
from chibo.legacy_text.tcvn3 import LETTERS
from old_text import typed

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS_OF_UNICODE = [normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]


@pytest.mark.skipif(not shutil.which("iconv"), reason="the C library's converter is not here")
def test_every_letter_of_tcvn3_is_the_one_of_the_standard() -> None:
    codes = bytes(sorted(LETTERS))

    done = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=True)

    assert normalize("NFC", done.stdout.decode()) == "".join(LETTERS[code] for code in codes)
    assert len(LETTERS) == 74


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("letter", LETTERS_OF_UNICODE)
def test_each_letter_comes_back(letter: str, encoding: Encoding) -> None:
    assert convert(typed(letter, encoding), encoding) == letter


def test_capitals_of_vni_come_back() -> None:
    capitals = [letter.upper() for letter in LETTERS_OF_UNICODE]

    assert [convert(typed(letter, Encoding.VNI), Encoding.VNI) for letter in capitals] == capitals


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "khuya", "giếng", "Nguyễn", "ĐẢNG", "hoà", "hòa", "Đắk", "gì", "yếu", "khuỷu", "xoong"]
)
def test_syllables_that_there_are(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Müller", "Café", "§ång", "tèc", "bcd", "ngăa", "às̀", "ưê", "việtt"])
def test_strings_that_are_no_syllable(word: str) -> None:
    assert not is_syllable(word)
