"""What is odd about the bytes of an XML part: by the compiled `chibo_native` in one pass, else by a few passes in C."""

from __future__ import annotations

from enum import Flag

try:
    from chibo_native.screening import screen

    INSTALLED = True
except ImportError:
    INSTALLED = False

_FORBIDDEN = bytes(code for code in range(32) if code not in {9, 10, 13})
_BLOCK = 4096


class Oddity(Flag):
    """What is worth a second look. The numbers are those of `chibo_native.screening`."""

    NONE = 0
    DECLARATION = 1
    """A `<!`: a comment, a document type, or raw text."""
    CONTROL = 2
    """A character that XML forbids."""
    NOT_ASCII = 4
    REFERENCE = 8
    """A `&#`, which may stand for any character."""
    LONG_TAG = 16
    """A block of bytes, not the last, in which no tag ends."""
    DEEP = 32
    """More elements than may be seem to be open at the end of a block."""


_ODDITIES = [Oddity(number) for number in range(64)]


def oddities_of(content: bytes, deepest: int) -> Oddity:
    """What is odd about these bytes, where `deepest` elements may be open at once."""
    return _ODDITIES[screen(content, deepest)] if INSTALLED else oddities_by_passes(content, deepest)


def oddities_by_passes(content: bytes, deepest: int) -> Oddity:
    """The same, without the compiled part."""
    found = {
        Oddity.DECLARATION: b"<!" in content,
        Oddity.CONTROL: len(content.translate(None, _FORBIDDEN)) != len(content),
        Oddity.NOT_ASCII: not content.isascii(),
        Oddity.REFERENCE: b"&#" in content,
        Oddity.LONG_TAG: _has_long_tag(content),
        Oddity.DEEP: _is_deep(content, deepest),
    }
    return Oddity(sum(oddity.value for oddity, is_so in found.items() if is_so))


def _has_long_tag(content: bytes) -> bool:
    find = content.find
    return any(find(b">", start, start + _BLOCK) < 0 for start in range(0, len(content) - _BLOCK, _BLOCK))


def _is_deep(content: bytes, deepest: int) -> bool:
    count, depth = content.count, 0
    for start in range(0, len(content), _BLOCK):
        end = start + _BLOCK
        depth += count(b"<", start, end) - 2 * count(b"</", start, end + 1) - count(b"/>", start, end + 1)
        if depth > deepest:
            return True
    return False
