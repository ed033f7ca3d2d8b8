"""Taking our marks out of a workbook again, also after Excel or LibreOffice saved it."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.workbook.intake.addresses import split_address
from chibo.workbook.intake.package import Package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking.index_sheet import FIRST_ROW, HEADINGS, LAST_COLUMN, TITLE, Remembered
from chibo.workbook.marking.marks import is_our_fill
from chibo.workbook.marking.notes import our_notes, remove_notes
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing
from chibo.workbook.patching.sheet_cells import SheetCells, with_cells
from chibo.workbook.patching.sheets_of_workbook import remove_sheet
from chibo.workbook.patching.styles import StyleTable
from chibo.workbook.patching.values import KEEP, CellEdit
from chibo.workbook.reading.list_of_marks import INDEX_SHEET, MEMORY_SHEET
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.sheets import read_sheets


def without_marks(data: bytes) -> bytes:
    """The workbook without our marks, each cell in its old style; the very same bytes where it has none.

    A cell that was given another colour meanwhile keeps that one. A file that cannot be opened is given back as it is.
    """
    if not data.startswith(b"PK"):
        return data
    try:
        edit = open_for_editing(data)
        ours = sheets_of_ours(edit.package)
        remembered = list(_remembered(edit.package))
    except RefusedError:
        return data
    if not ours:
        return data
    for sheet in sorted({part.name for part in edit.package.sheets} - ours):
        part = edit.sheet_part(sheet)
        _restore(edit, part, _of_sheet(edit, part, sheet, remembered))
        remove_notes(edit, part)
    for name in sorted(ours):
        remove_sheet(edit, name)
    return edit.saved()


def sheets_of_ours(package: Package) -> set[str]:
    """The sheets that came with marks; so is the list under another name, and a copy that a program made of it.

    Beside our memory the list is known by its name; else a sheet is one where it bears our title. Raises RefusedError
    where it cannot be read.
    """
    names = [part.name for part in package.sheets]
    sure = {MEMORY_SHEET, INDEX_SHEET} & set(names) if MEMORY_SHEET in names else set()
    # With our memory there is a list: where none has its name, it is one of the others.
    begin = "" if sure == {MEMORY_SHEET} else INDEX_SHEET
    maybe = [part for part in package.sheets if part.name.startswith(begin) and part.name not in sure]
    lists = read_sheets("", package, maybe)
    return sure | {name for name, sheet in lists.items() if sheet.value(1, 1) == TITLE and _has_heading(sheet)}


def _has_heading(sheet: Sheet) -> bool:
    return tuple(sheet.value(FIRST_ROW - 1, column) for column in range(1, LAST_COLUMN + 1)) == HEADINGS


def _remembered(package: Package) -> Iterator[Remembered]:
    """What the memory says; rows that no longer read as such are passed over."""
    memory = [part for part in package.sheets if part.name == MEMORY_SHEET]
    for sheet in read_sheets("", package, memory).values():
        for row in sheet.rows:
            number, style, name, text, fill = (sheet.value(row, column) for column in range(1, 6))
            address = split_address(str(text))
            if isinstance(number, int | float) and isinstance(style, int | float) and address is not None:
                yield Remembered(int(number), str(name), address, int(style), str(fill).encode())


def _of_sheet(edit: PackageEdit, part: str, sheet: str, remembered: list[Remembered]) -> list[Remembered]:
    """What is remembered of a sheet. One that was renamed, or is a copy, is known by the numbers of its notes."""
    named = [one for one in remembered if one.sheet == sheet]
    if named or not remembered:
        return named
    numbers = our_notes(edit, part)
    noted = [one for one in remembered if one.number in numbers]
    origins = {one.sheet for one in noted}
    # Cells that kept a note of their own have none of ours: where all comes from one sheet, they are known by address.
    return [one for one in remembered if one.sheet in origins] if len(origins) == 1 else noted


def _restore(edit: PackageEdit, part: str, remembered: list[Remembered]) -> None:
    """Give the marked cells of a sheet their old fill, wherever they have moved with their notes."""
    styles = edit.related(edit.workbook, "styles")
    if not remembered or not styles:
        return
    table = StyleTable(edit.read(styles))
    content = SheetCells(edit.read(part))
    moved = our_notes(edit, part)
    places = {moved.get(one.number, one.address): one for one in remembered}
    edits = {}
    for address, cell in content.find(set(places)).items():
        one = places[address]
        if is_our_fill(table.fill_of(cell.style)):
            edits[address] = CellEdit(KEEP, _old_style(table, cell.style, one))
    edit.write(part, with_cells(content, edits, edit.package.is_1904))
    edit.write(styles, table.xml)


def _old_style(table: StyleTable, style: int, one: Remembered) -> int:
    """The style of before where the file still has it, else the present one with the fill of before."""
    if table.fill_of(one.style) == one.fill and table.differ_in_fill(style, one.style):
        return one.style
    return table.filled(style, one.fill)
