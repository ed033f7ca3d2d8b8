"""The part of the workbook: asking for a calculation on opening, the calculation chain, names of sheets."""

from __future__ import annotations

import re

from chibo.workbook.patching.package_edit import PackageEdit, damaged
from chibo.workbook.patching.xml_bytes import (
    attribute,
    element,
    elements,
    prefix_of,
    spliced,
    with_attribute,
    without_hidden_text,
)

_BEHIND_CALCULATION = (
    b"oleSize",
    b"customWorkbookViews",
    b"pivotCaches",
    b"smartTagPr",
    b"smartTagTypes",
    b"webPublishing",
    b"fileRecoveryPr",
    b"webPublishObjects",
    b"extLst",
)
"""What may stand behind calcPr, in the order of the standard."""


def calculate_on_opening(edit: PackageEdit) -> None:
    """Let whoever opens the workbook calculate it anew."""
    part = edit.workbook
    xml = edit.read(part)
    prefix = prefix_of(xml)
    tag = prefix + b"calcPr"
    found = element(xml, tag)
    if found is not None:
        start = found.start + len(b"<" + tag)
        attributes = with_attribute(found.attributes, b"fullCalcOnLoad", "1")
        edit.write(part, spliced(xml, [(start, start + len(found.attributes), attributes)]))
        return
    at = _place_before(xml, prefix, _BEHIND_CALCULATION, part)
    edit.write(part, xml[:at] + b'<%s fullCalcOnLoad="1"/>' % tag + xml[at:])


def _place_before(xml: bytes, prefix: bytes, followers: tuple[bytes, ...], part: str) -> int:
    """Where an element goes that stands before these in the root element."""
    root = element(xml, prefix + b"workbook")
    if root is None or root.is_empty:
        raise damaged(part)
    searched = without_hidden_text(xml)
    starts = [re.search(rb"<" + re.escape(prefix + name) + rb"[\s/>]", searched) for name in followers]
    return min((found.start() for found in starts if found), default=root.inner_end)


def drop_calculation_chain(edit: PackageEdit) -> None:
    """Leave the calculation chain out: a cell in it lost its formula, and Excel makes a new one without a word."""
    workbook = edit.workbook
    for relation in list(edit.relations(workbook)):
        if relation.kind == "calcChain":
            edit.unrelate(workbook, relation.id)
            if edit.name(relation.target):
                edit.remove(relation.target)


def defined_names(edit: PackageEdit) -> dict[str, str]:
    """The formulas of the defined names, by name in lower case; of several of one name all, one behind another."""
    xml = edit.read(edit.workbook)
    found: dict[str, str] = {}
    for one in elements(xml, prefix_of(xml) + b"definedName"):
        name = (attribute(one.attributes, b"name") or "").lower()
        text = xml[one.inner_start : one.inner_end].decode("utf-8", "replace").replace("&amp;", "&")
        found[name] = f"{found[name]},{text}" if name in found else text
    return found
