"""Step 4: XML before any parser sees it. No document type in any part; in the parts that are read, no surprises.

What is odd about the bytes of a part is found in one pass (`xml_oddities`). Only a part that looks as if it had
comments, long tags or deep nesting is parsed with callbacks to know better.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from chibo.definitions.intake_limits import FileLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.xml_oddities import Oddities, place_beyond_utf_8

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_USUAL_BEGINNING = b'<?xml version="1.0" encoding="UTF-8"'
_BOM = b"\xef\xbb\xbf"
_REFERENCE = re.compile(rb"&#(x?)([0-9A-Fa-f]*)(;?)")
_OF_UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}
_SURROGATES = range(0xD800, 0xE000)


def is_xml(name: str) -> bool:
    """Whether a part is XML by its name."""
    return name.lower().endswith((".xml", ".rels", ".vml"))


def refuse_document_type(content: bytes, oddities: Oddities, part: str) -> None:
    """RefusedError where a part has a document type, also one in another encoding: no workbook has one."""
    if oddities.declaration and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise RefusedError(kinds.XML_DTD, part=part)
    encoding = _other_encoding(content, oddities)
    if encoding and "<!DOCTYPE" in _decoded(content, encoding):
        raise RefusedError(kinds.XML_DTD, part=part)


def refuse_odd_xml(content: bytes, oddities: Oddities, part: str, limits: FileLimits) -> None:
    """RefusedError unless the bytes of a part that is going to be read are plain XML in UTF-8, within the limits."""
    encoding = _other_encoding(content, oddities)
    if encoding:
        raise RefusedError(kinds.XML_BROKEN, part=part, seen=encoding.upper())
    if not content.strip():
        raise RefusedError(kinds.XML_BROKEN, part=part, seen="0 byte")
    if oddities.not_ascii:
        place = place_beyond_utf_8(content)
        if place is not None:
            raise RefusedError(kinds.XML_BROKEN, part=part, seen=f"byte {place}")
    if oddities.control:
        raise RefusedError(kinds.XML_BROKEN, part=part, seen="ký tự điều khiển / control character")
    if oddities.reference:
        _check_references(content, part)
    if oddities.long_tag or oddities.declaration or oddities.deep:
        _parse_exactly(content, part, limits)


def _other_encoding(content: bytes, oddities: Oddities) -> str:
    """The encoding of a part that is not in UTF-8, "" for one that is."""
    if content.startswith(_USUAL_BEGINNING):
        return ""
    head = content[:4]
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or head in {b"<\0\0\0", b"\0\0\0<"}:
        return "utf-32" if head[0] != ord("<") and head[3] != ord("<") else _wide_name("utf-32", head)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head:
        return _wide_name("utf-16", head)
    found = _ENCODING.match(content[:256].removeprefix(_BOM))
    name = found[1].decode("ascii").lower() if found else "utf-8"
    if name in _OF_UTF_8 or (not oddities.not_ascii and name != "utf-7"):
        return ""
    return name


def _wide_name(name: str, head: bytes) -> str:
    return f"{name}-be" if head[:1] == b"\0" else f"{name}-le"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding, "replace")
    except (LookupError, ValueError):
        return ""


def _check_references(content: bytes, part: str) -> None:
    """Every `&#…;` must stand for a character that XML allows."""
    for hexadecimal, digits, end in set(_REFERENCE.findall(content)):
        sound = bool(end) and 0 < len(digits) <= 8 and (bool(hexadecimal) or digits.isdigit())
        code = int(digits, 16 if hexadecimal else 10) if sound else -1
        allowed = code in {9, 10, 13} or 32 <= code <= 0x10FFFF
        if not allowed or code in _SURROGATES or code in {0xFFFE, 0xFFFF}:
            seen = f"&#{(hexadecimal + digits)[:16].decode('ascii')};"
            raise RefusedError(kinds.XML_BROKEN, part=part, seen=seen)


def _parse_exactly(content: bytes, part: str, limits: FileLimits) -> None:
    """The same questions, answered by a parser."""
    parser = expat.ParserCreate("utf-8")
    depth = 0

    def start(_name: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.xml_depth:
            raise RefusedError(kinds.XML_DEPTH, part=part, seen=f">{limits.xml_depth}", limit=limits.xml_depth)
        if len(attributes) > 2 * limits.xml_attributes:
            seen = len(attributes) // 2
            raise RefusedError(kinds.XML_ATTRIBUTES, part=part, seen=seen, limit=limits.xml_attributes)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def document_type(*_declared: object) -> None:
        raise RefusedError(kinds.XML_DTD, part=part)

    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedError(kinds.XML_BROKEN, part=part, seen=f"dòng {error.lineno}") from None
