"""The package that the value reader is given: one of our own making, with the checked parts and nothing else.

The value reader never sees the bytes that somebody sent. It cannot take another part for a sheet than we did, nor
reserve room by a false claim, nor spend time on what is not read; parts are stored, so nothing is inflated twice.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from xml.etree import ElementTree

from zlib_ng import zlib_ng as zlib

from chibo.workbook.intake import kinds
from chibo.workbook.intake.package import Package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.shared_strings import without_claims

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DIMENSION = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?dimension\b[^>]*/>")
_DECLARATION = b"<?xml "
_PIECES = re.compile(rb"<[!?]|<(?:[A-Za-z_][\w.-]*:)?v>[-+.\dEe]*&#")
"""A comment, raw text, an instruction; a reference to a sign in a number."""
_VERSION, _FIRST_DAY = 20, 0x21
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def plain_package(package: Package, sheets: Sequence[bytes]) -> bytes:
    """A workbook with these sheets in this order, and the shared texts and formats of `package`."""
    strings = without_claims(package.parts.read(package.strings)) if package.strings else None
    styles = package.parts.read(package.styles) if package.styles else None
    plain = [_in_one_piece(_without_claim(xml)) for xml in sheets]
    return made_package(plain, styles, strings, is_1904=package.is_1904)


def made_package(
    sheets: Sequence[bytes], styles: bytes | None, strings: bytes | None = None, *, is_1904: bool
) -> bytes:
    """A workbook made of these parts, as bytes."""
    parts = {f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets, 1)}
    relations = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    for kind, content in (("sharedStrings", strings), ("styles", styles)):
        if content is not None:
            parts[f"xl/{kind}.xml"] = content
            relations.append((kind, f"{kind}.xml"))
    frame = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(len(sheets), is_1904),
        "xl/_rels/workbook.xml.rels": _relations(relations),
    }
    return _stored({name: text.encode("ascii") for name, text in frame.items()} | parts)


def _without_claim(xml: bytes) -> bytes:
    """A sheet without the range that it claims to fill, which may be anything."""
    claim = _DIMENSION.search(xml, 0, 8192)
    return xml[: claim.start()] + xml[claim.end() :] if claim else xml


def _in_one_piece(xml: bytes) -> bytes:
    """A sheet in which every value stands in one piece: the value reader ends a number at a comment or a reference."""
    if not _PIECES.search(xml, len(_DECLARATION)):
        return xml
    try:
        return ElementTree.tostring(ElementTree.fromstring(xml))  # noqa: S314 - document types are refused before
    except ElementTree.ParseError:
        raise RefusedError(kinds.XML_BROKEN) from None


def _workbook(sheets: int, is_1904: bool) -> str:
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, sheets + 1))
    era = '<workbookPr date1904="1"/>' if is_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{era}<sheets>{listed}</sheets></workbook>'


def _relations(relations: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _stored(parts: dict[str, bytes]) -> bytes:
    """A zip of parts that are not packed."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, content in parts.items():
        raw = name.encode("ascii")
        fields = (0, 0, 0, _FIRST_DAY, zlib.crc32(content), len(content), len(content), len(raw), 0)
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *fields) + raw
        directory.append(_CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *fields, 0, 0, 0, 0, offset) + raw)
        pieces += [head, content]
        offset += len(head) + len(content)
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(listed), offset, 0)
    return b"".join([*pieces, listed, end])
