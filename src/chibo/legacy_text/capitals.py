"""Capitals in text that was TCVN3, where letters with a tone have only a small code: `TæNG Sè` means TỔNG SỐ."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")


def with_capitals(text: str, before: str) -> str:
    """`text`, converted from `before` letter by letter, with the capitals that its surroundings ask for.

    A word whose plain letters are two capitals or more is one in capitals; where there is such a word and no small
    plain letter at all, the whole text is; a word that begins with a toned letter, among words that all begin with a
    capital, begins with one too.
    """
    if len(text) != len(before):
        return text
    words = list(_WORD.finditer(text))
    plain = [_plain(before[word.start() : word.end()]) for word in words]
    shouting = any(map(_is_capitals, plain)) and "".join(plain).isupper()
    named = len(words) > 1 and all(word[0][0].isupper() or not before[word.start()].isascii() for word in words)
    named = named and any(word[0][0].isupper() for word in words)
    pieces, end = [], 0
    for word, letters in zip(words, plain, strict=True):
        pieces.append(text[end : word.start()])
        if shouting or _is_capitals(letters):
            pieces.append(word[0].upper())
        elif named:
            pieces.append(word[0][0].upper() + word[0][1:])
        else:
            pieces.append(word[0])
        end = word.end()
    return "".join([*pieces, text[end:]])


def _plain(word: str) -> str:
    return "".join(letter for letter in word if letter.isascii() and letter.isalpha())


def _is_capitals(letters: str) -> bool:
    return len(letters) > 1 and letters.isupper()
