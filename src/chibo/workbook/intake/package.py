"""A workbook as a package: its sheets in order, which of them are hidden, and where its dates count from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from attrs import frozen

from chibo.definitions.intake_limits import IntakeLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.directory import part_key
from chibo.workbook.intake.parts import Parts, open_parts
from chibo.workbook.intake.refusal import RefusedError

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?worksheet[ >/\r\n\t]")


@frozen
class SheetPart:
    """One sheet of the workbook: its name, its part in the package, and whether people can see it."""

    name: str
    part: str
    hidden: bool


@frozen
class Package:
    """A workbook whose package was found sound enough to be read."""

    parts: Parts
    sheets: tuple[SheetPart, ...]
    is_1904: bool
    styles: str
    """The part of the cell formats, "" where there is none."""
    strings: str
    """The part of the texts that sheets share, "" where there is none."""

    def sheet_xml(self, sheet: SheetPart) -> bytes:
        """The XML of a sheet; RefusedError where its part holds something else."""
        xml = self.parts.read(sheet.part)
        if not _ROOT.search(xml, 0, 8192):
            raise RefusedError(kinds.PART_MISSING, sheet=sheet.name, part=sheet.part)
        return xml


class _ListedSheet(NamedTuple):
    """One sheet as the workbook lists it: its name, the id of the relation that tells its part, and if it is hidden."""

    name: str
    relation: str
    hidden: bool


class _Listed(NamedTuple):
    """What the workbook's own part lists."""

    sheets: tuple[_ListedSheet, ...]
    is_1904: bool


def open_package(data: bytes, limits: IntakeLimits | None = None) -> Package:
    """The workbook held by `data`; raises RefusedError where it is broken, too big, or no workbook."""
    parts = open_parts(data, limits)
    part = _workbook_part(parts)
    relations = _relations(parts, part)
    listed = parts.gather(part, _listed)
    sheets = _sheets_of(listed, relations, part)
    _check_sheets(sheets, parts)
    targets = {"sharedStrings": "", "styles": ""}
    for kind, target in relations.values():
        if kind in targets:
            parts.read(target)
            targets[kind] = target
    return Package(parts, sheets, listed.is_1904, styles=targets["styles"], strings=targets["sharedStrings"])


def _check_sheets(sheets: tuple[SheetPart, ...], parts: Parts) -> None:
    """A workbook has sheets, not too many, no two by one name or of one part, and none of them is missing."""
    if not sheets:
        raise RefusedError(kinds.NO_SHEET)
    most = parts.limits.file.sheets
    if len(sheets) > most:
        raise RefusedError(kinds.ZIP_ENTRIES, seen=len(sheets), limit=most)
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.part not in parts:
            raise RefusedError(kinds.PART_MISSING, sheet=sheet.name, part=sheet.part or sheet.name)
        named, placed = f"name {sheet.name}", f"part {part_key(sheet.part)}"
        if named in seen or placed in seen:
            raise RefusedError(kinds.SHEET_DUPLICATE, sheet=sheet.name, seen=sheet.name)
        seen |= {named, placed}


def _workbook_part(parts: Parts) -> str:
    """The part that holds the workbook: where the package's relations say, else where it always is."""
    if not parts.names:
        raise RefusedError(kinds.PART_MISSING, part="[Content_Types].xml")
    if not parts.has_folder("xl") and "xl/workbook.xml" not in parts:
        kind = _kind_of(parts)
        if kind != "ZIP" or "_rels/.rels" not in parts:
            raise RefusedError(kinds.NOT_XLSX, seen=kind)
    if "[Content_Types].xml" not in parts:
        raise RefusedError(kinds.PART_MISSING, part="[Content_Types].xml")
    parts.read("[Content_Types].xml")
    part = parts.gather("_rels/.rels", _office_document)
    if part.lower().endswith(".bin"):
        raise RefusedError(kinds.NOT_XLSX, seen="Excel Binary (.xlsb)")
    if part not in parts:
        raise RefusedError(kinds.PART_MISSING, part=part)
    return part


def _kind_of(parts: Parts) -> str:
    if parts.has_folder("word"):
        return "Word (.docx)"
    if parts.has_folder("ppt"):
        return "PowerPoint (.pptx)"
    if "mimetype" in parts:
        return "OpenDocument (.ods)" if b"spreadsheet" in parts.raw("mimetype")[:200] else "OpenDocument"
    return "ZIP"


def _office_document(relations: ElementTree.Element, _part: str) -> str:
    """The part that is the workbook by the relations of a package."""
    part = "xl/workbook.xml"
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            part = _resolve(relation.get("Target", part).replace("\\", "/"))
    return part


def _relations(parts: Parts, part: str) -> Mapping[str, tuple[str, str]]:
    """Kind and target part of each relation of `part`, by its id."""
    folder, _, name = part.rpartition("/")
    relations_part = f"{folder}/_rels/{name}.rels"
    return parts.gather(relations_part, _relations_in) if relations_part in parts else {}


def _relations_in(relations: ElementTree.Element, relations_part: str) -> Mapping[str, tuple[str, str]]:
    folder = relations_part.rpartition("/_rels/")[0]
    found = {}
    for relation in relations:
        target = relation.get("Target", "").replace("\\", "/")
        path = target if target.startswith("/") or not target else f"{folder}/{target}"
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], _resolve(path))
    return found


def _resolve(path: str) -> str:
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _listed(workbook: ElementTree.Element, _part: str) -> _Listed:
    """The sheets of all kinds in order, and whether dates count from 1904."""
    sheets: list[_ListedSheet] = []
    is_1904 = False
    namespace = workbook.tag.removesuffix("workbook")  # extensions have a workbookPr of their own
    for element in workbook.iter():
        if element.tag == f"{namespace}workbookPr":
            is_1904 = element.get("date1904", "0").lower() in {"1", "true"}
        elif element.tag == f"{namespace}sheet":
            identifier = next((value for key, value in element.items() if key.rpartition("}")[2] == "id"), "")
            hidden = element.get("state", "visible").lower() != "visible"
            sheets.append(_ListedSheet(element.get("name", ""), identifier, hidden))
    return _Listed(tuple(sheets), is_1904)


def _sheets_of(listed: _Listed, relations: Mapping[str, tuple[str, str]], part: str) -> tuple[SheetPart, ...]:
    """The worksheets in order; chart sheets and the like are left out."""
    sheets: list[SheetPart] = []
    for sheet in listed.sheets:
        if sheet.relation not in relations:
            raise RefusedError(kinds.PART_MISSING, sheet=sheet.name, part=part)
        kind, target = relations[sheet.relation]
        if kind == "worksheet":
            sheets.append(SheetPart(sheet.name, target, sheet.hidden))
    return tuple(sheets)
