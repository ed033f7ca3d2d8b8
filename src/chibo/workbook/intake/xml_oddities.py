"""What is odd about the bytes of an XML part: by the compiled `chibo_native` in one pass, else by a few passes in C."""

from __future__ import annotations

from typing import NamedTuple

try:
    from chibo_native.screening import is_utf_8, screen

    INSTALLED = True
except ImportError:
    INSTALLED = False

_FORBIDDEN = bytes(code for code in range(32) if code not in {9, 10, 13})
_BLOCK = 4096


class Oddities(NamedTuple):
    """What is worth a second look. `chibo_native.screening` has a bit for each, in this order."""

    declaration: bool = False
    """A `<!`: a comment, a document type, or raw text."""
    control: bool = False
    """A character that XML forbids."""
    not_ascii: bool = False
    reference: bool = False
    """A `&#`, which may stand for any character."""
    long_tag: bool = False
    """A block of bytes, not the last, in which no tag ends."""
    deep: bool = False
    """More elements than may be seem to be open at the end of a block."""


_BY_BITS = [
    Oddities(*(bool(bits >> place & 1) for place in range(len(Oddities._fields))))
    for bits in range(1 << len(Oddities._fields))
]


def oddities_of(content: bytes, deepest: int) -> Oddities:
    """What is odd about these bytes, where `deepest` elements may be open at once."""
    return _BY_BITS[screen(content, deepest)] if INSTALLED else oddities_by_passes(content, deepest)


def oddities_by_passes(content: bytes, deepest: int) -> Oddities:
    """The same, without the compiled part."""
    return Oddities(
        declaration=b"<!" in content,
        control=len(content.translate(None, _FORBIDDEN)) != len(content),
        not_ascii=not content.isascii(),
        reference=b"&#" in content,
        long_tag=_has_long_tag(content),
        deep=_is_deep(content, deepest),
    )


def place_beyond_utf_8(content: bytes) -> int | None:
    """Where these bytes stop being text in UTF-8, None where they do not."""
    if INSTALLED and is_utf_8(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


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
