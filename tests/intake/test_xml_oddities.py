"""What is odd about the bytes of a part: the same by the compiled pass and by the other, and nothing overlooked."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chibo.workbook.intake import xml_oddities
from chibo.workbook.intake.xml_oddities import Oddities, oddities_by_passes, oddities_of, place_beyond_utf_8

PIECES = (b"<a>", b"</a>", b"<b/>", b"<!--", b"<!DOCTYPE", b"&#", b"&", b"#", b"<", b"/", b">", b"!")
PIECES += (b"\x00", b"\x0b", b"\t", b"\n", b"\r", b"\x1f", b"\x7f", b"\x80", "Nguyễn".encode())
PIECES += (b" " * 127, b"x" * 4095, b"<a>" * 50, b"</" * 60)


@pytest.mark.skipif(not xml_oddities.INSTALLED, reason="chibo_native is not compiled here")
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join), st.integers(0, 60))
def test_both_ways_say_the_same(content: bytes, deepest: int) -> None:
    assert oddities_of(content, deepest) == oddities_by_passes(content, deepest)


@pytest.mark.parametrize("way", [oddities_of, oddities_by_passes])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ()),
        (b"<a>1</a>", ()),
        (b"<a><!-- --></a>", ("declaration",)),
        (b"<a>\x0b</a>", ("control",)),
        ("<a>ữ</a>".encode(), ("not_ascii",)),
        (b"<a>&#10;</a>", ("reference",)),
        (b'<a b="' + b"x" * 9000 + b'"/>', ("long_tag",)),
        (b"<a>" * 3 + b"x" * 5000 + b"</a>" * 3, ("deep",)),
        (b"<a/>" * 3 + b"x" * 5000, ()),
        (b"<a>" + b"x" * 4092 + b"<" + b"!>", ("declaration",)),
        (b"<a>" + b"x" * 4092 + b"&" + b"#1;", ("reference",)),
    ],
)
def test_each_oddity_is_seen(way: object, content: bytes, expected: tuple[str, ...]) -> None:
    assert callable(way)
    assert way(content, 2) == Oddities(**dict.fromkeys(expected, True))


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=5) | st.text(max_size=9).map(str.encode)).map(b"".join))
@example("ữ😀é".encode() * 9)
@example(b"\xed\xa0\x80")
@example(b"\xc0\x80")
@example(b"\xe0\x9f\xbf")
@example(b"\xf0\x8f\xbf\xbf")
@example(b"\xf4\x90\x80\x80")
@example(b"1234567\xe1\xbb")
def test_the_place_where_text_stops_being_utf_8_is_told(content: bytes) -> None:
    place = place_beyond_utf_8(content)

    if place is None:
        assert content.decode("utf-8").encode("utf-8") == content
    else:
        content[:place].decode("utf-8")
        with pytest.raises(UnicodeDecodeError) as error:
            content.decode("utf-8")
        assert error.value.start == place


@pytest.mark.skipif(not xml_oddities.INSTALLED, reason="chibo_native is not compiled here")
def test_every_short_sequence_is_text_or_not_as_python_says() -> None:
    from chibo_native.screening import is_utf_8  # noqa: PLC0415 - not everywhere

    edges = bytes((0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF))
    edges += bytes((0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF))
    for sequence in map(bytes, product(edges, repeat=4)):
        is_text = sequence.decode("utf-8", "ignore").encode("utf-8") == sequence
        assert is_utf_8(sequence) == is_text
        assert is_utf_8(b"abcdefgh123" + sequence + b"45678abcdefgh") == is_text
