"""The words of a text that could tell its encoding, and how each can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from attrs import frozen

from chibo.legacy_text.encodings import Encoding, convert
from chibo.legacy_text.syllables import is_syllable

# Digits, ASCII signs, spaces and typographic punctuation end a word; the signs of Latin-1 do not, for they are letters
# in TCVN3.
_WORD = re.compile(r"[^\s!-@\[-`{-~\u2000-\u206f\u20a0-\u2bff\u3000-\u303f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u0300-\u036f\u1ea0-\u1ef9]")
"""Letters that no text in TCVN3 or VNI holds: they lie outside Latin-1."""


@frozen
class Reading:
    """How one word can be read as Vietnamese."""

    as_unicode: bool
    as_legacy: frozenset[Encoding]
    only_unicode: bool
    """Whether it holds letters that no old encoding has."""
    half: frozenset[Encoding] = frozenset()
    """Encodings that make a syllable of a word half of which is in Unicode (`®ịnh`)."""

    def tells(self, encoding: Encoding) -> bool:
        """Whether the word makes sense in this encoding and not in Unicode."""
        return encoding in self.half or (encoding in self.as_legacy and not self.as_unicode)

    @property
    def tells_unicode(self) -> bool:
        """Whether the word makes sense in Unicode and in no old encoding."""
        return (self.only_unicode and not self.half) or (self.as_unicode and not self.as_legacy)


def words_of(text: str) -> Iterator[str]:
    """The words that hold something besides ASCII letters, as they stand."""
    for word in _WORD.findall(text):
        if not word.isascii():
            yield word


def pieces_of(text: str) -> list[str]:
    """The text cut at the borders of its words; joined again it is the same text."""
    pieces, end = [], 0
    for found in _WORD.finditer(text):
        pieces += [text[end : found.start()], found[0]]
        end = found.end()
    return [*pieces, text[end:]]


@lru_cache(maxsize=16384)
def reading_of(word: str) -> Reading:
    """How `word` can be read."""
    composed = normalize("NFC", word)
    pieces = [piece for piece in _LETTERS.findall(composed) if not piece.isascii()]
    only_unicode = _UNICODE_ONLY.search(composed) is not None
    return Reading(
        as_unicode=bool(pieces) and all(map(is_syllable, pieces)),
        as_legacy=frozenset() if only_unicode else frozenset(e for e in Encoding if _reads_in(composed, e)),
        only_unicode=only_unicode,
        half=frozenset(e for e in Encoding if only_unicode and not composed.isalpha() and _reads_in(composed, e)),
    )


def _reads_in(word: str, encoding: Encoding) -> bool:
    """Whether the word makes sense in an encoding; `lý` does in TCVN3 as in Unicode, for its letters are the same."""
    return len(word) > 1 and is_syllable(convert(word, encoding))
