"""Putting a seal into a workbook that Chibo wrote or marked, and reading it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.errors import OutputError
from chibo.workbook.intake.package import Package, SheetPart, open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing
from chibo.workbook.patching.sheet_cells import SheetCells, with_cells
from chibo.workbook.patching.values import CellEdit, fits_a_cell, text_xml
from chibo.workbook.reading import read_book
from chibo.workbook.reading.list_of_marks import MEMORY_SHEET
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.sheets import read_sheets
from chibo.workbook.saved_at import saved_at
from chibo.workbook.sealing.seal import Seal
from chibo.workbook.writing.marker import MARKER_SHEET

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
)
_CELL = '<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
_MOST_LINES = 40
_BESIDE = 7
"""The column of the sheet of the marks from which on the seal stands: beside what is remembered of the cells."""


def sealed(
    data: bytes, library: Library, *, parent: str = "", key: bytes | None = None, at: datetime | None = None
) -> bytes:
    """The workbook with a seal over the values that are read from it; only a very hidden sheet of ours changes.

    `parent` is the digest of the book it was made from, `at` when it was written; where nothing was written but marks,
    the moment stays as it was. A workbook without such a sheet, or with one that cannot be read, comes back as it was.
    Raises OutputError where no book can be read from it.
    """
    edit = open_for_editing(data)
    found = _sheet_of_seal(edit.package)
    if found is None:
        return data
    part, lines = found
    reading = read_book(data, "", library)
    if reading.book is None:
        raise OutputError(
            "Ghi sổ xong, đọc lại thì không thấy nội dung, nên không dùng tệp ấy. "
            "Hãy mở tệp gốc bằng Excel, lưu lại rồi làm lại.",
            english="The workbook was written, but nothing could be read from it, so it is not used. "
            "Open the original in Excel, save it and try again.",
        )
    digest = fingerprint_of(reading.book)
    before = Seal.of_lines(lines)
    seal = Seal(
        cell_code=reading.book.info.cell_code,
        year=str(reading.book.info.year),
        digest=digest,
        layout=lines.get("layout", ""),
        layout_version=lines.get("layout_version", ""),
        frames=lines.get("frames", ""),
        parent=before.parent if before and parent == digest else parent,
        written_at=_written_at(data, before, at),
    )
    return _with_lines(edit, part, {**lines, **seal.signed(key).lines})


def signed(data: bytes, key: bytes) -> bytes:
    """A sealed workbook with its seal signed; the very same bytes where it has none."""
    edit = open_for_editing(data)
    found = _sheet_of_seal(edit.package)
    seal = Seal.of_lines(found[1]) if found else None
    if found is None or seal is None:
        return data
    part, lines = found
    return _with_lines(edit, part, {**lines, **seal.signed(key).lines})


def _written_at(data: bytes, before: Seal | None, at: datetime | None) -> str:
    """The moment for the seal: later than whatever the workbook said of itself before, though a clock may be behind."""
    if at is None:
        return before.written_at if before else ""
    said = last_written(before, saved_at(data))
    return (at if said is None else max(at, said + timedelta.resolution)).isoformat()


def last_written(seal: Seal | None, saved: datetime | None) -> datetime | None:
    """When a workbook was written last, by Chibo (so its seal says) or by another program (`saved`); None if unknown.

    Chibo writes into a workbook without touching when its own program saved it, and that program knows no seal.
    """
    moments = [moment for moment in (seal.moment if seal else None, saved) if moment is not None]
    return max(moments, default=None)


def _with_lines(edit: PackageEdit, part: SheetPart, lines: dict[str, str]) -> bytes:
    edit.write(part.part, _xml(lines) if part.name == MARKER_SHEET else _beside(edit.read(part.part), lines))
    return edit.saved()


def read_seal(data: bytes) -> Seal | None:
    """The seal of a workbook, None where it has none that can be read."""
    try:
        found = _sheet_of_seal(open_package(data))
    except RefusedError:
        return None
    return Seal.of_lines(found[1]) if found else None


def _sheet_of_seal(package: Package) -> tuple[SheetPart, dict[str, str]] | None:
    """The sheet that holds the seal, with its lines: that of our form, or in a book of another hand that of our marks.

    None where there is none, and where it cannot be read: anybody may have written there what no cell can hold.
    """
    by_name = {part.name: part for part in package.sheets}
    part = by_name.get(MARKER_SHEET) or by_name.get(MEMORY_SHEET)
    if part is None:
        return None
    try:
        return part, _lines(read_sheets("", package, [part])[part.name], part)
    except RefusedError:
        return None


def _lines(sheet: Sheet, part: SheetPart) -> dict[str, str]:
    """Name and value of each line, in their order: texts stay as they are, whatever program saved them.

    A line that could not be written again is none.
    """
    rows = [row for row in sheet.rows if row <= _MOST_LINES]
    at = 1 if part.name == MARKER_SHEET else _BESIDE
    lines = {str(sheet.value(row, at)): _text(sheet.value(row, at + 1)) for row in rows}
    return {name: text for name, text in lines.items() if name and fits_a_cell(name) and fits_a_cell(text)}


def _text(value: object) -> str:
    """A value as it was written: a program may have made a number of a text that looks like one."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _beside(xml: bytes, lines: dict[str, str]) -> bytes:
    cells = {
        (row, _BESIDE + offset): CellEdit(text)
        for row, line in enumerate(lines.items(), start=1)
        for offset, text in enumerate(line)
    }
    return with_cells(SheetCells(xml), cells, is_1904=False)


def _xml(lines: dict[str, str]) -> bytes:
    rows = []
    for number, (name, value) in enumerate(lines.items(), start=1):
        cells = (("A", name), ("B", value))
        texts = "".join(_CELL.format(column=column, row=number, text=text_xml(text).decode()) for column, text in cells)
        rows.append(f'<row r="{number}">{texts}</row>')
    return _SHEET.format(rows="".join(rows)).encode()
