"""Workbooks as old programs wrote them: .xls from text tables, and workbooks under a password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from io import BytesIO

import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from tables import SheetTable, rows_of

DEFAULT_PASSWORD = "VelvetSweatshop"


def xls(
    sheets: Mapping[str, str | SheetTable],
    date_1904: bool = False,
    font: Callable[[int, int], str] | str = "Arial",
    write: Callable[[str], str] = str,
) -> bytes:
    """The bytes of an .xls with these sheets; `font` names each cell's font, `write` is what becomes of each text."""
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.dates_1904 = date_1904
    for name, sheet in sheets.items():
        table = sheet if isinstance(sheet, SheetTable) else SheetTable(sheet)
        worksheet = workbook.add_sheet(write(name))
        worksheet.visibility = 2 if table.very_hidden else int(table.hidden)
        for row, cells in enumerate(rows_of(table.text)):
            for column, cell in enumerate(cells):
                name_of_font = font if isinstance(font, str) else font(row + 1, column + 1)
                _write(worksheet, row, column, cell, name_of_font, write)
        for row in table.hidden_rows:
            worksheet.row(row - 1).hidden = True
        for letter in table.hidden_columns:
            worksheet.col(ord(letter) - 65).hidden = True
        for merged in table.merges:
            _merge(worksheet, merged)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def without_results(data: bytes) -> bytes:
    """The .xls as LibreOffice saves it when it did not calculate: every formula shows the number 0."""
    return data.replace(b"\x03\0\0\0\0\0\xff\xff", bytes(8))


def _write(worksheet: xlwt.Worksheet, row: int, column: int, cell: str, font: str, write: Callable[[str], str]) -> None:
    prefix, colon, rest = cell.partition(":")
    prefix = prefix if colon else ""
    style = xlwt.XFStyle()
    style.font.name = font
    value: object = write(rest if prefix == "s" else cell)
    if prefix in {"n", "%", "dn"}:
        value = float(rest)
    elif prefix == "b":
        value = rest == "1"
    elif prefix == "d":
        value = datetime.fromisoformat(rest)
    elif prefix == "t":
        value = time.fromisoformat(rest)
    style.num_format_str = {"d": "DD/MM/YYYY", "dn": "DD/MM/YYYY", "t": "HH:MM", "%": "0%"}.get(prefix, "General")
    if cell.startswith("="):
        worksheet.write(row, column, xlwt.Formula(cell[1:]), style)
    elif cell.startswith("!#"):
        worksheet.row(row).set_cell_error(column, cell[1:], style)
    elif cell:
        worksheet.write(row, column, value, style)


def _merge(worksheet: xlwt.Worksheet, merged: str) -> None:
    first, last = merged.split(":")
    worksheet.merge(int(first[1:]) - 1, int(last[1:]) - 1, ord(first[0]) - 65, ord(last[0]) - 65)


def renamed_stream(name: str) -> bytes:
    """A compound file whose only stream has this name instead of `Workbook`."""
    data = bytearray(xls({"A": "| x |"}))
    entry = data.index("Workbook".encode("utf-16-le"))
    encoded = name.encode("utf-16-le")
    data[entry : entry + 64] = encoded.ljust(64, b"\0")
    data[entry + 64 : entry + 66] = (len(encoded) + 2).to_bytes(2, "little")
    return bytes(data)


def locked(data: bytes, password: str = DEFAULT_PASSWORD) -> bytes:
    """The workbook encrypted with a password; Excel's own where none is given."""
    stream = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()
