"""How many values some bytes stand for, told before any of them is made.

As a value a byte takes up to forty times its room, and a megabyte a third of a second. Whoever wrote the bytes must
not decide how much that comes to.
"""

from __future__ import annotations

MOST_VALUES = 2**21
"""Of one answer in a run: at 125 bytes for each of the dearest, with all that is made on the way, a quarter of a GB.

The answer about a book with three thousand wrong rows on each of its sheets has a tenth of them."""
_CHARACTERS_OF_A_VALUE = 32
"""So much of a long text counts as one more: in a text with one odd sign in it every character takes four bytes."""

_LENGTHS = {
    **{0xC4: 1, 0xC5: 2, 0xC6: 4},  # bytes
    **{0xC7: 1, 0xC8: 2, 0xC9: 4},  # extensions, with the byte of their type
    **{0xD9: 1, 0xDA: 2, 0xDB: 4},  # texts
}
"""In MessagePack: how many bytes say the length of what begins with this byte."""
_EXTENSIONS = range(0xC7, 0xCA)
_TEXTS = range(0xD9, 0xDC)


def _room(first: int) -> int:
    """Bytes of a value with this first byte, of arrays and maps without what is in them; 0 where others tell."""
    if 0xA0 <= first < 0xC0:
        return first - 0x9F  # a short text
    if 0xCA <= first < 0xD4:
        return 5 + 4 * (first == 0xCB) if first < 0xCC else 1 + (1 << first % 4)  # numbers
    if 0xD4 <= first < 0xD9:
        return 2 + (1 << first - 0xD4)  # extensions
    if 0xDC <= first < 0xE0:
        return 3 + 2 * (first % 2)  # how many are in an array or a map
    return 0 if first in _LENGTHS else 1


_ROOMS = tuple(map(_room, range(256)))


def is_too_much(data: bytes, start: int, most: int = MOST_VALUES) -> bool:
    """Whether the MessagePack from `start` on stands for more values than `most`; looks no further than those."""
    end = len(data)
    if end - start <= most:  # none is shorter than a byte
        return False
    left, at = most, start
    while at < end:
        if left <= 0:
            return True
        first = data[at]
        room = _ROOMS[first]
        if not room:
            after = at + 1 + _LENGTHS[first]
            length = int.from_bytes(data[at + 1 : after], "big")
            if first in _TEXTS:
                left -= length // _CHARACTERS_OF_A_VALUE
            room = after - at + length + (first in _EXTENSIONS)
        at += room
        left -= 1
    return left < 0
