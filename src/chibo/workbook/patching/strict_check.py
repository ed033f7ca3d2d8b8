"""A strict look at a workbook's package: what spreadsheet programs call damaged is found here before they see it.

It is asked after every write-back, of what was written; tests ask it of whole books.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from chibo.errors import OutputError
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.package_edit import CONTENT_TYPES, relations_part, resolved

_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY")
_BEHIND_DATA = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
"""What stands behind the rows of a sheet, in the order of the standard."""


def package_faults(data: bytes, only: Iterable[str] | None = None) -> list[str]:
    """What is wrong with the package, one line each; the XML of `only` these parts is looked at, of all without it."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            broken = archive.testzip() if only is None else None
            if broken:
                return [f"{broken}: checksum"]
            return list(_Package(archive, only).faults())
    except BadZipFile as error:
        return [f"zip: {error}"]


def refuse_new_faults(before: bytes, after: bytes, touched: Iterable[str]) -> None:
    """Raise OutputError where the `touched` parts of a package have faults that they had not before it was written."""
    parts = set(touched)
    faults = set(package_faults(after, parts))
    # Looking twice is dear: what was wrong before matters only where something is wrong now.
    if faults and faults - set(package_faults(before, parts)):
        raise OutputError(
            "Ghi vào tệp xong, kiểm tra lại thì thấy gói tệp không đúng chuẩn, nên không dùng tệp ấy. "
            "Hãy mở tệp gốc bằng Excel, lưu lại rồi làm lại.",
            english="The written file was looked over and is not as the standard has it, so it is not used. "
            "Open the original in Excel, save it and try again.",
        )


class _Package:
    def __init__(self, archive: ZipFile, only: Iterable[str] | None) -> None:
        self.archive = archive
        self.names = archive.namelist()
        self.by_key = {name.lower(): name for name in self.names}
        self.only = None if only is None else {name.lower() for name in only}
        self.roots: dict[str, ElementTree.Element] = {}

    def faults(self) -> Iterator[str]:
        if len(self.by_key) != len(self.names):
            yield "zip: a name stands twice"
        for part in (CONTENT_TYPES, "_rels/.rels"):
            if part.lower() not in self.by_key:
                yield f"{part}: missing"
                return
        for name in self.names:
            if name.lower().endswith((".xml", ".rels")) and self._wanted(name):
                try:
                    self._root(name)
                except (ElementTree.ParseError, ValueError, LookupError) as error:
                    yield f"{name}: {error}"
                    return
        yield from self._content_types()
        yield from self._relations()
        yield from self._workbook()

    def _wanted(self, name: str) -> bool:
        return self.only is None or name.lower() in self.only

    def _root(self, name: str) -> ElementTree.Element:
        name = self.by_key[name.lower()]
        if name not in self.roots:
            content = self.archive.read(name)
            if _DOCTYPE.search(content):
                raise ValueError("document type")
            self.roots[name] = ElementTree.fromstring(content)  # noqa: S314  (document types are refused above)
        return self.roots[name]

    def _content_types(self) -> Iterator[str]:
        defaults, overrides = set(), list[str]()
        for entry in self._root(CONTENT_TYPES):
            if entry.tag.endswith("}Default"):
                defaults.add(entry.get("Extension", "").lower())
            elif entry.tag.endswith("}Override"):
                overrides.append(entry.get("PartName", "").lstrip("/").lower())
        for name in {name for name in overrides if overrides.count(name) > 1}:
            yield f"{CONTENT_TYPES}: {name} twice"
        for name in overrides:
            if name not in self.by_key:
                yield f"{CONTENT_TYPES}: {name} is no part"
        for name in self.names:
            if name.endswith("/") or name.lower() == CONTENT_TYPES.lower():
                continue
            if name.lower() not in overrides and name.rpartition(".")[2].lower() not in defaults:
                yield f"{CONTENT_TYPES}: {name} has no type"

    def _relations(self) -> Iterator[str]:
        for name in self.names:
            if not name.lower().endswith(".rels"):
                continue
            folder, _, own = name.rpartition("/")
            owner = f"{folder.removesuffix('_rels')}{own.removesuffix('.rels')}"
            identifiers = [entry.get("Id", "") for entry in self._root(name)]
            if len(set(identifiers)) != len(identifiers):
                yield f"{name}: an id stands twice"
            if owner and owner.lower() not in self.by_key:
                yield f"{name}: of no part"
            for entry in self._root(name):
                target = entry.get("Target", "")
                if entry.get("TargetMode") != "External" and not target.startswith("#") and target != "NULL":
                    full = resolved(owner, target)
                    if full.lower() not in self.by_key:
                        yield f"{name}: {target} is no part"

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part of each relation, by its id."""
        relations = self.by_key.get(relations_part(part).lower())
        if relations is None:
            return {}
        return {
            entry.get("Id", ""): (entry.get("Type", "").rpartition("/")[2], resolved(part, entry.get("Target", "")))
            for entry in self._root(relations)
        }

    def _workbook(self) -> Iterator[str]:
        part = next((t for kind, t in self._targets("").values() if kind == "officeDocument"), "xl/workbook.xml")
        targets = self._targets(part)
        by_kind = dict(targets.values())
        strings = self._strings(by_kind.get("sharedStrings", ""))
        styles = self._styles(by_kind.get("styles", ""))
        if isinstance(strings, str):
            yield strings
            return
        sheets: dict[str, str] = {}
        names, numbers = list[str](), list[str]()
        for sheet in _children(self._root(part), "sheets"):
            identifier = next((v for k, v in sheet.items() if k.endswith("}id")), "")
            kind, target = targets.get(identifier, ("", ""))
            names.append(sheet.get("name", "").lower())
            numbers.append(sheet.get("sheetId", ""))
            if not target:
                yield f"{part}: sheet {sheet.get('name')!r} leads nowhere"
            elif kind == "worksheet":
                sheets[target] = sheet.get("sheetId", "")
        if len(set(names)) != len(names) or len(set(numbers)) != len(numbers):
            yield f"{part}: a sheet's name or number stands twice"
        for target in sheets:
            if self._wanted(target):
                yield from self._sheet(target, strings, styles)
        if by_kind.get("calcChain") and self.only is None:
            yield from self._chain(by_kind["calcChain"], sheets)

    def _strings(self, part: str) -> int | str:
        """How many shared strings there are, or what is wrong with them."""
        if not part or part.lower() not in self.by_key:
            return 0
        root = self._root(part)
        count = sum(1 for entry in root if entry.tag.endswith("}si"))
        claimed = root.get("uniqueCount")
        if claimed is not None and claimed != str(count) and self._wanted(part):
            return f"{part}: {count} strings, {claimed} claimed"
        return count

    def _styles(self, part: str) -> int:
        if not part or part.lower() not in self.by_key:
            return 1
        return max(sum(1 for _ in _children(self._root(part), "cellXfs")), 1)

    def _sheet(self, part: str, strings: int, styles: int) -> Iterator[str]:
        root = self._root(part)
        last = 0
        for row in _children(root, "sheetData"):
            text = row.get("r")
            number = int(text) if text and text.isdecimal() else last + 1
            if number <= last:
                yield f"{part}: row {number} after row {last}"
            last = number
            yield from _row_faults(part, row, number, strings, styles)
        order = [tag for child in root if (tag := child.tag.rpartition("}")[2]) in _BEHIND_DATA]
        if order != sorted(order, key=_BEHIND_DATA.index):
            yield f"{part}: elements out of order"
        targets = self._targets(part)
        for child in root:
            if _tag(child) != "sheetData":  # no cell names a relation, and there are many cells
                yield from _missing_relations(part, child, targets)

    def _chain(self, part: str, sheets: dict[str, str]) -> Iterator[str]:
        by_number = {number: target for target, number in sheets.items()}
        formulas: dict[str, set[str]] = {}
        number = ""
        for entry in self._root(part):
            number = entry.get("i") or number
            target = by_number.get(number)
            if target is None:
                continue
            if target not in formulas:
                formulas[target] = {
                    cell.get("r", "") for cell in self._root(target).iter() if _tag(cell) == "c" and _has_formula(cell)
                }
            if entry.get("r", "") not in formulas[target]:
                yield f"{part}: {target} {entry.get('r')} holds no formula"


def _row_faults(part: str, row: ElementTree.Element, number: int, strings: int, styles: int) -> Iterator[str]:
    last = 0
    for cell in row:
        if _tag(cell) != "c":
            continue
        address = cell.get("r")
        place = split_address(address) if address else (number, last + 1)
        if place is None or place[0] != number or place[1] <= last:
            yield f"{part}: cell {address} in row {number} behind column {last}"
            continue
        last = place[1]
        style = cell.get("s") or "0"
        if not style.isdecimal() or int(style) >= styles:
            yield f"{part}: {address} has no style {cell.get('s')}"
        if len(cell):
            yield from _content_faults(part, cell, strings)


def _content_faults(part: str, cell: ElementTree.Element, strings: int) -> Iterator[str]:
    address, kinds = cell.get("r"), [_tag(child) for child in cell]
    if kinds.count("v") > 1 or kinds.count("f") > 1 or ("f" in kinds and "v" in kinds and kinds[0] == "v"):
        yield f"{part}: {address} holds {kinds}"
    value = cell[kinds.index("v")].text or "" if "v" in kinds else None
    kind = cell.get("t", "n")
    if kind == "s" and value and not (value.strip().isdecimal() and int(value) < strings):
        yield f"{part}: {address} has no string {value}"
    if kind == "n" and value and not _is_number(value):
        yield f"{part}: {address} holds {value!r} for a number"
    if kind == "inlineStr" and "is" not in kinds and value is None:
        yield f"{part}: {address} has no text"


def _missing_relations(part: str, element: ElementTree.Element, targets: Mapping[str, object]) -> Iterator[str]:
    for child in element.iter():
        for key, value in child.items():
            if key.startswith("{http") and key.endswith("/relationships}id") and value not in targets:
                yield f"{part}: relation {value} is missing"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _has_formula(cell: ElementTree.Element) -> bool:
    return any(_tag(child) == "f" for child in cell)


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    for child in root:
        if _tag(child) == name:
            yield from child
