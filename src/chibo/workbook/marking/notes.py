"""Notes on cells of a sheet: the part of the comments, and the drawing that places them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from attrs import frozen

from chibo.model import column_letters
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.marking.marks import AUTHOR, number_of_note
from chibo.workbook.patching.package_edit import RELATIONS, PackageEdit, damaged
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.patching.top_level import place_before
from chibo.workbook.patching.values import text_xml
from chibo.workbook.patching.xml_bytes import Element, attribute, element, elements, prefix_of, spliced

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEHIND_DRAWING = (
    b"legacyDrawingHF",
    b"drawingHF",
    b"picture",
    b"oleObjects",
    b"controls",
    b"AlternateContent",
    b"webPublishItems",
    b"tableParts",
    b"extLst",
)
_VML_HEAD = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = re.compile(rb"<v:shape\b(?!type).*?</v:shape>", re.DOTALL)
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_TEXTS = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")


@frozen
class _Comment:
    """A note where it stands in its part."""

    span: Element
    address: Address
    number: int | None
    """Its number where it is ours."""


def add_notes(edit: PackageEdit, sheet_part: str, notes: Mapping[Address, str]) -> None:
    """Put notes on cells of a sheet; a cell that has a note already keeps that one."""
    taken = {comment.address for comment in _comments(edit, sheet_part)}
    fresh = {address: text for address, text in sorted(notes.items()) if address not in taken}
    if fresh:
        _add_comments(edit, sheet_part, fresh)
        _add_shapes(edit, sheet_part, fresh)


def our_notes(edit: PackageEdit, sheet_part: str) -> dict[int, Address]:
    """Our notes on a sheet: where each stands now, by its number."""
    return {one.number: one.address for one in _comments(edit, sheet_part) if one.number is not None}


def remove_notes(edit: PackageEdit, sheet_part: str) -> None:
    """Take our notes away; where no note is left, their parts go as well."""
    comments = list(_comments(edit, sheet_part))
    ours = [one for one in comments if one.number is not None]
    if not ours:
        return
    part = edit.related(sheet_part, "comments")
    _remove_shapes(edit, sheet_part, {one.address for one in ours}, last=len(ours) == len(comments))
    if len(ours) == len(comments):
        _forget(edit, sheet_part, "comments")
    else:
        left = spliced(edit.read(part), [(one.span.start, one.span.end, b"") for one in ours])
        edit.write(part, _without_idle_author(left))


def _without_idle_author(xml: bytes) -> bytes:
    """The comments without our name as the last author, where no comment is of it: no other's number changes."""
    prefix = prefix_of(xml)
    authors = element(xml, prefix + b"authors")
    if authors is None:
        return xml
    listed = list(elements(xml, prefix + b"author", authors.inner_start, authors.inner_end))
    used = {attribute(one.attributes, b"authorId") for one in elements(xml, prefix + b"comment")}
    idle = []
    while listed and str(len(listed) - 1) not in used:
        last = listed.pop()
        if xml[last.inner_start : last.inner_end] != AUTHOR.encode():
            break
        idle.append((last.start, last.end, b""))
    return spliced(xml, idle[::-1])


def _comments(edit: PackageEdit, sheet_part: str) -> Iterator[_Comment]:
    part = edit.related(sheet_part, "comments")
    if not part:
        return
    xml = edit.read(part)
    for span in elements(xml, prefix_of(xml) + b"comment"):
        address = split_address(attribute(span.attributes, b"ref") or "")
        texts = _TEXTS.findall(xml[span.inner_start : span.inner_end])
        text = unescape(b"".join(texts).decode("utf-8", "replace"))
        if address is not None:
            yield _Comment(span, address, number_of_note(text))


def _add_comments(edit: PackageEdit, sheet_part: str, notes: Mapping[Address, str]) -> None:
    part = edit.related(sheet_part, "comments")
    if not part:
        part = edit.free_name("xl/comments{}.xml")
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s">' % _MAIN
        edit.add(part, head + b"<authors></authors><commentList></commentList></comments>", _COMMENTS_TYPE)
        edit.relate(sheet_part, "comments", part)
    xml = edit.read(part)
    prefix = prefix_of(xml)
    authors, listed = element(xml, prefix + b"authors"), element(xml, prefix + b"commentList")
    if authors is None or listed is None:
        raise damaged(part)
    number = sum(1 for _ in elements(xml, prefix + b"author", authors.inner_start, authors.inner_end))
    new = b"".join(
        b'<~comment ref="%s%d" authorId="%d"><~text><~r><~t xml:space="preserve">%s</~t></~r></~text></~comment>'
        % (column_letters(column).encode(), row, number, text_xml(text))
        for (row, column), text in notes.items()
    )
    pieces = [
        _inside(prefix, b"authors", authors, b"<~author>%s</~author>" % AUTHOR.encode()),
        _inside(prefix, b"commentList", listed, new),
    ]
    edit.write(part, spliced(xml, pieces))


def _inside(prefix: bytes, name: bytes, found: Element, new: bytes) -> tuple[int, int, bytes]:
    """The piece that puts `new` at the end of an element, opening one that was written as empty."""
    new = new.replace(b"<~", b"<" + prefix).replace(b"</~", b"</" + prefix)
    if not found.is_empty:
        return found.inner_end, found.inner_end, new
    tag = prefix + name
    return found.start, found.end, b"<%s%s>%s</%s>" % (tag, found.attributes, new, tag)


def _add_shapes(edit: PackageEdit, sheet_part: str, notes: Mapping[Address, str]) -> None:
    part = edit.related(sheet_part, "vmlDrawing")
    if part:
        xml = edit.read(part)
    else:
        part, xml = edit.free_name("xl/drawings/vmlDrawing{}.vml"), _VML_HEAD + b"</xml>"
        edit.declare("vml", _VML_TYPE)
        edit.add(part, xml, "")
        identifier = edit.relate(sheet_part, "vmlDrawing", part)
        _draw(edit, sheet_part, identifier)
    number = max((int(found) for found in _SHAPE_NUMBER.findall(xml)), default=1024) + 1
    shapes = b"" if b"_x0000_t202" in xml else _SHAPE_TYPE
    shapes += b"".join(_shape(number + index, *address, text) for index, (address, text) in enumerate(notes.items()))
    at = xml.rfind(b"</xml>")
    if at < 0:
        raise damaged(part)
    edit.write(part, xml[:at] + shapes + xml[at:])


def _shape(number: int, row: int, column: int, text: str) -> bytes:
    lines = sum(1 + len(line) // 40 for line in text.splitlines())
    anchor = f"{column},15,{row - 1},2,{column + 4},15,{row + max(3, min(lines, 14))},4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;width:260pt;height:90pt;z-index:1;visibility:hidden" fillcolor="#FFFBEF" '
        'o:insetmode="auto"><v:fill color2="#FFFBEF"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    ).encode()


def _draw(edit: PackageEdit, sheet_part: str, identifier: str) -> None:
    """Let the sheet name the drawing of its notes."""
    xml = edit.read(sheet_part)
    at = place_before(xml, _BEHIND_DRAWING)
    piece = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (prefix_of(xml), RELATIONS.encode(), identifier.encode())
    edit.write(sheet_part, xml[:at] + piece + xml[at:])


def _remove_shapes(edit: PackageEdit, sheet_part: str, gone: set[Address], *, last: bool) -> None:
    part = edit.related(sheet_part, "vmlDrawing")
    if not part:
        return
    xml = edit.read(part)
    left = _SHAPE.sub(lambda found: b"" if _address_of(found[0]) in gone else found[0], xml)
    if last and not _SHAPE.search(left):
        sheet = edit.read(sheet_part)
        drawn = element(sheet, prefix_of(sheet) + b"legacyDrawing")
        if drawn is not None:
            edit.write(sheet_part, sheet[: drawn.start] + sheet[drawn.end :])
        _forget(edit, sheet_part, "vmlDrawing")
    else:
        edit.write(part, left)


def _address_of(shape: bytes) -> Address | None:
    row, column = (re.search(rb"<x:%s>\s*(\d+)\s*</x:%s>" % (name, name), shape) for name in (b"Row", b"Column"))
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def _forget(edit: PackageEdit, sheet_part: str, kind: str) -> None:
    """Take a part away with the relation that leads to it."""
    for relation in list(edit.relations(sheet_part)):
        if relation.kind == kind and relation.target:
            edit.unrelate(sheet_part, relation.id)
            if edit.name(relation.target):
                edit.remove(edit.name(relation.target))
