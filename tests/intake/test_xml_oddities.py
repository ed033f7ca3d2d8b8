"""What is odd about the bytes of a part: the same by the compiled pass and by the other, and nothing overlooked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.workbook.intake import xml_oddities
from chibo.workbook.intake.xml_oddities import Oddity, oddities_by_passes, oddities_of

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
        (b"", Oddity.NONE),
        (b"<a>1</a>", Oddity.NONE),
        (b"<a><!-- --></a>", Oddity.DECLARATION),
        (b"<a>\x0b</a>", Oddity.CONTROL),
        ("<a>ữ</a>".encode(), Oddity.NOT_ASCII),
        (b"<a>&#10;</a>", Oddity.REFERENCE),
        (b'<a b="' + b"x" * 9000 + b'"/>', Oddity.LONG_TAG),
        (b"<a>" * 3 + b"x" * 5000 + b"</a>" * 3, Oddity.DEEP),
        (b"<a/>" * 3 + b"x" * 5000, Oddity.NONE),
        (b"<a>" + b"x" * 4092 + b"<" + b"!>", Oddity.DECLARATION),
        (b"<a>" + b"x" * 4092 + b"&" + b"#1;", Oddity.REFERENCE),
    ],
)
def test_each_oddity_is_seen(way: object, content: bytes, expected: Oddity) -> None:
    assert callable(way)
    assert way(content, 2) == expected
