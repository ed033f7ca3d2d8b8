"""Vietnamese words whose letters are lost: a program that did not know them wrote `?` or U+FFFD in their place.

Nothing in such a text says which letter stood there, so that it can only be told, never mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import product

from chibo.legacy_text.syllables import is_syllable

_BORDER = re.compile(r"[\s\-–—/()\[\],;:\"'“”‘’!]+")
_WITH_LOST = re.compile("(?:[^\\W\\d_]|[?\ufffd])*")
_RUN = re.compile("\\?+|\ufffd+")
_LOST = "?\ufffd"
_ACCENTED = "ăâêôơưáéíóúýđ"
"""One of each kind of letter that a poorer alphabet lacks; which tone it had does not matter."""
_LEAST_WORDS = 2
"""Different words, at least one of them with a question mark inside."""
_MOST_SIGNS = 4
"""In one word: more of them could stand for anything."""


def may_have_lost(text: str) -> bool:
    """Whether a sign stands anywhere in `text` that programs put in the place of letters."""
    return "?" in text or "\ufffd" in text


def lost_words(text: str) -> list[str]:
    """The words of `text` that would be Vietnamese if letters stood in the place of `?` or U+FFFD.

    A question mark counts only before a letter: at the end of a word it is most often just that.
    """
    if not may_have_lost(text):
        return []
    return [word for word in _words(text) if _is_vietnamese(word)]


def is_certain(words: Set[str]) -> bool:
    """Whether these different words of `lost_words` leave no doubt: one alone may have been typed so."""
    inside = any("?" in word.lstrip("?") for word in words)
    return any("\ufffd" in word for word in words) or (inside and len(words) >= _LEAST_WORDS)


def _words(text: str) -> Iterator[str]:
    for piece in _BORDER.split(text):
        word = piece.rstrip("?.").lstrip(".")
        if any(sign in word for sign in _LOST) and _WITH_LOST.fullmatch(word):
            yield word


@lru_cache(maxsize=4096)
def _is_vietnamese(word: str) -> bool:
    """Whether letters can be put in the place of the signs; the bytes of one letter may have left one sign each."""
    runs = [found[0] for found in _RUN.finditer(word)]
    if sum(map(len, runs)) > _MOST_SIGNS or len(word) == sum(map(len, runs)):
        return False
    form = _RUN.sub("{}", word.casefold())
    return any(is_syllable(form.format(*letters)) for letters in product(*(_letters_for(len(run)) for run in runs)))


@lru_cache
def _letters_for(signs: int) -> tuple[str, ...]:
    """What a run of so many signs can have been: one letter, or two of them."""
    pairs = ("".join(pair) for pair in product(_ACCENTED, repeat=2)) if signs > 1 else ()
    return (*_ACCENTED, *pairs)
