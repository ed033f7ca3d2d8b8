"""What the words of a column or a sheet say together about their encoding. One word, or one cell, never decides."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen

from chibo.legacy_text.encodings import Encoding
from chibo.legacy_text.words import reading_of

LEAST_WORDS = 3
"""Different words that must tell of an old encoding where no font speaks for it."""
_LEAST_SHARE = 0.75
"""Share of the words that are not Unicode which must make sense in the old encoding."""
_SHARE_WITH_FONT = 0.55
_SHARE_WORTH_ASKING = 0.4


class Verdict(StrEnum):
    """What a body of text is."""

    UNICODE = "unicode"
    LEGACY = "legacy"
    MIXED = "mixed"
    """Some words are in Unicode, others in the old encoding."""
    UNDECIDED = "undecided"


@frozen
class Evidence:
    """The verdict on a body of text; `encoding` is the old encoding that explains most of it."""

    verdict: Verdict
    encoding: Encoding = Encoding.TCVN3
    by_font: bool = False
    """Whether most of the words stand in fonts made for that encoding: then the others' fonts mean something too."""


def weigh(words: Iterable[str], font: Encoding | None = None) -> Evidence:
    """The verdict on `words` (those of `words_of`); `font` is the encoding that most of their fonts were made for.

    Each different word counts once, so that a sign repeated down a column is no proof.
    """
    readings = [reading_of(word) for word in set(words)]
    scores = {encoding: sum(encoding in reading.as_legacy for reading in readings) for encoding in Encoding}
    encoding = max(Encoding, key=lambda one: (scores[one], one is font))
    telling = sum(reading.tells(encoding) for reading in readings)
    unicode = sum(reading.tells_unicode for reading in readings)
    senseless = sum(not (r.as_unicode or r.tells_unicode or encoding in r.as_legacy) for r in readings)
    if telling == 0:
        return Evidence(Verdict.UNICODE, encoding, font is encoding)
    share = telling / (telling + senseless)
    by_font = font is encoding
    if (telling >= LEAST_WORDS and share >= _LEAST_SHARE) or (by_font and share >= _SHARE_WITH_FONT):
        return Evidence(Verdict.MIXED if unicode else Verdict.LEGACY, encoding, by_font)
    worth_asking = share >= _SHARE_WORTH_ASKING and (by_font or telling >= LEAST_WORDS)
    return Evidence(Verdict.UNDECIDED if worth_asking else Verdict.UNICODE, encoding, by_font)
