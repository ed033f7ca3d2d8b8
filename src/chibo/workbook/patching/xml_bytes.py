"""XML as bytes: finding elements and changing attributes where they stand, so that all the rest stays as it was.

A parser would write namespaces, quotes and extension lists anew in its own way; here only what changes is written.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from attrs import frozen

ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_ALL_OF_TAG = rb"""[^>"']*+(?:(?:"[^"]*"|'[^']*')[^>"']*+)*+"""
"""Up to the end of the tag, without ever going back: the slash of an empty element is among it."""
_HIDDEN_TEXT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_ENCODING = re.compile(rb"""^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*\bencoding=["']([^"']+)["']""")
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)\b")


@frozen
class Element:
    """An element where it stands: its whole span, its attributes as written, and the span of what is inside."""

    start: int
    end: int
    attributes: bytes
    inner_start: int
    inner_end: int

    @property
    def is_empty(self) -> bool:
        """Whether it was written as `<a/>`, with nothing inside."""
        return self.inner_start == self.inner_end == self.end


class Searchable(bytes):
    """XML in which comments, character data and instructions are blank: an element that is found there is one."""


def without_hidden_text(xml: bytes) -> Searchable:
    """Equally long bytes for searching, in which comments, character data and instructions are blank."""
    if isinstance(xml, Searchable):
        return xml
    # The declaration, behind a byte order mark at most, is the one instruction that hides nothing.
    if b"<!" not in xml and xml.rfind(b"<?") <= len(BOM_UTF8):
        return Searchable(xml)
    return Searchable(_HIDDEN_TEXT.sub(lambda found: b" " * len(found[0]), xml))


def prefix_of(xml: bytes) -> bytes:
    """The namespace prefix of the root element with its colon, b"" where there is none."""
    found = _ROOT.search(without_hidden_text(xml[:8192]))
    return found[1] + b":" if found and found[1] else b""


@lru_cache(maxsize=256)
def _opening(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(tag) + rb"(?=[\s/>])(" + _ALL_OF_TAG + rb")>")


@lru_cache(maxsize=256)
def _closing(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(tag) + rb"\s*>")


def elements(xml: bytes, tag: bytes, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """The elements `tag` (with its prefix) of a part, in order; such elements never stand within each other.

    What a comment or character data says is no element.
    """
    pattern, closing, xml = _opening(tag), _closing(tag), without_hidden_text(xml)
    end = len(xml) if end is None else end
    while found := pattern.search(xml, start, end):
        attributes, opened = found[1], found.end()
        if attributes.endswith(b"/"):
            start = opened
            yield Element(found.start(), opened, attributes[:-1], opened, opened)
            continue
        closed = closing.search(xml, opened, end)
        if closed is None:
            return
        start = closed.end()
        yield Element(found.start(), start, attributes, opened, closed.start())


def element(xml: bytes, tag: bytes, start: int = 0, end: int | None = None) -> Element | None:
    """The first element `tag`."""
    return next(elements(xml, tag, start, end), None)


@lru_cache(maxsize=256)
def _attribute(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"""(\s)(""" + re.escape(name) + rb""")\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attribute(attributes: bytes, name: bytes) -> str | None:
    """The value of an attribute, None where it is not there."""
    found = _attribute(name).search(attributes)
    if found is None:
        return None
    raw = found[3] if found[3] is not None else found[4]
    return unescape(raw.decode("utf-8", "replace"))


def with_attribute(attributes: bytes, name: bytes, value: str | None) -> bytes:
    """The attributes with one set, or left out where the value is None."""
    found = _attribute(name).search(attributes)
    written = b"" if value is None else b' %s="%s"' % (name, escaped(value, quote=True))
    if found is not None:
        return attributes[: found.start()] + written + attributes[found.end() :]
    return attributes.rstrip() + written


def escaped(text: str, *, quote: bool = False) -> bytes:
    """Text as it stands in XML, in UTF-8."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        text = text.replace('"', "&quot;")
    return text.encode("utf-8")


def in_encoding_of(xml: bytes, piece: bytes) -> bytes:
    """A piece in UTF-8 as it can stand in `xml`: letters become references where the part is in another encoding."""
    found = _ENCODING.match(xml[:200])
    if piece.isascii() or found is None or found[1].lower() in {b"utf-8", b"utf8"}:
        return piece
    return piece.decode("utf-8").encode("ascii", "xmlcharrefreplace")


def spliced(xml: bytes, pieces: list[tuple[int, int, bytes]]) -> bytes:
    """`xml` with spans (start, end, new bytes) replaced; the spans do not overlap."""
    out: list[bytes] = []
    at = 0
    for start, end, piece in sorted(pieces, key=lambda one: one[:2]):
        out += (xml[at:start], piece)
        at = end
    out.append(xml[at:])
    return b"".join(out)
