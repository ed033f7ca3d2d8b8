"""Adding a worksheet to a workbook and taking one out again."""

from __future__ import annotations

import re

from chibo.workbook.patching.package_edit import RELATIONS, PackageEdit, damaged
from chibo.workbook.patching.xml_bytes import (
    Element,
    attribute,
    element,
    elements,
    escaped,
    prefix_of,
    spliced,
    with_attribute,
)

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ID = re.compile(rb"\s([\w.-]+:id)\s*=")


def add_sheet(edit: PackageEdit, name: str, xml: bytes, state: str = "") -> None:
    """Add a worksheet behind the others; `state` is "veryHidden" for one that people do not see."""
    part = edit.free_name("xl/worksheets/sheet{}.xml")
    edit.add(part, xml, _SHEET_TYPE)
    identifier = edit.relate(edit.workbook, "worksheet", part)
    workbook = edit.read(edit.workbook)
    listed = element(workbook, prefix_of(workbook) + b"sheets")
    if listed is None:
        raise damaged(edit.workbook)
    known = _sheets(workbook)
    number = max((int(attribute(one.attributes, b"sheetId") or 0) for one in known), default=0) + 1
    hidden = b' state="%s"' % state.encode() if state else b""
    new = b'<%ssheet name="%s" sheetId="%d"%s xmlns:r="%s" r:id="%s"/>' % (
        prefix_of(workbook),
        escaped(name, quote=True),
        number,
        hidden,
        RELATIONS.encode(),
        identifier.encode(),
    )
    edit.write(edit.workbook, workbook[: listed.inner_end] + new + workbook[listed.inner_end :])


def remove_sheet(edit: PackageEdit, name: str) -> None:
    """Take the worksheet of this name out, where there is one; what counts sheets by their position is set right."""
    workbook = edit.read(edit.workbook)
    known = _sheets(workbook)
    index = next((at for at, one in enumerate(known) if attribute(one.attributes, b"name") == name), None)
    if index is None:
        return
    gone = known[index]
    found = _ID.search(gone.attributes)
    identifier = attribute(gone.attributes, found[1]) if found else None
    pieces = [(gone.start, gone.end, b""), *_names(workbook, index), *_views(workbook, index)]
    edit.write(edit.workbook, spliced(workbook, pieces))
    for relation in list(edit.relations(edit.workbook)):
        if relation.id == identifier:
            edit.unrelate(edit.workbook, relation.id)
            edit.remove(edit.name(relation.target))


def _sheets(workbook: bytes) -> list[Element]:
    return list(elements(workbook, prefix_of(workbook) + b"sheet"))


def _names(workbook: bytes, index: int) -> list[tuple[int, int, bytes]]:
    """Defined names of the sheet go, those of later sheets move up by one."""
    pieces = []
    tag = prefix_of(workbook) + b"definedName"
    named = list(elements(workbook, tag))
    gone = 0
    for one in named:
        owner = attribute(one.attributes, b"localSheetId")
        if owner is None or not owner.isdecimal() or int(owner) < index:
            continue
        if int(owner) == index:
            pieces.append((one.start, one.end, b""))
            gone += 1
        else:
            start = one.start + len(b"<" + tag)
            changed = with_attribute(one.attributes, b"localSheetId", str(int(owner) - 1))
            pieces.append((start, start + len(one.attributes), changed))
    whole = element(workbook, tag + b"s")
    if whole is not None and named and gone == len(named):
        return [(whole.start, whole.end, b"")]
    return pieces


def _views(workbook: bytes, index: int) -> list[tuple[int, int, bytes]]:
    """The sheet that is shown first, and the first tab, by their positions."""
    pieces = []
    tag = prefix_of(workbook) + b"workbookView"
    for one in elements(workbook, tag):
        attributes = one.attributes
        for name in (b"activeTab", b"firstSheet"):
            text = attribute(attributes, name)
            if text and text.isdecimal() and int(text) >= max(index, 1):
                attributes = with_attribute(attributes, name, str(int(text) - 1))
        if attributes != one.attributes:
            start = one.start + len(b"<" + tag)
            pieces.append((start, start + len(one.attributes), attributes))
    return pieces
