"""Single cells of a workbook typed anew in its XML: a tenth of the time that reading and saving it whole takes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from chibo.model import Place
from chibo.workbook.intake.addresses import split_address

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def retyped(data: bytes, typed: Mapping[Place, str]) -> bytes:
    """The workbook, which xlsxwriter made, with these words, or errors such as #N/A, in cells of rows that it has."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(stream, "w") as package:
        sheets = ElementTree.fromstring(given.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        parts = {f"xl/worksheets/sheet{number}.xml": sheet.get("name") for number, sheet in enumerate(sheets, 1)}
        for name in given.namelist():
            of_sheet = {place.address: text for place, text in typed.items() if place.sheet == parts.get(name)}
            part = given.read(name)
            package.writestr(name, _retyped_sheet(part, of_sheet) if of_sheet else part)
    return stream.getvalue()


def _retyped_sheet(part: bytes, typed: Mapping[str, str]) -> bytes:
    sheet = ElementTree.fromstring(part)
    for address, text in typed.items():
        at = split_address(address)
        assert at is not None
        row = sheet.find(f"{_MAIN}sheetData/{_MAIN}row[@r='{at[0]}']")
        assert row is not None, address
        before = [cell for cell in row if (split_address(cell.get("r", "")) or at) < at]
        for cell in row.findall(f"{_MAIN}c[@r='{address}']"):
            row.remove(cell)
        row.insert(len(before), _cell(address, text))
    return ElementTree.tostring(sheet, encoding="utf-8", xml_declaration=True)


def _cell(address: str, text: str) -> ElementTree.Element:
    cell = ElementTree.Element(f"{_MAIN}c", r=address, t="e" if text.startswith("#") else "str")
    ElementTree.SubElement(cell, f"{_MAIN}v").text = text
    return cell
