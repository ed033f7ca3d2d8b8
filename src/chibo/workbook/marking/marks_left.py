"""What of our marks is still in a workbook that was freed of them: how those cells looked before is not known."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from chibo.errors import OutputError
from chibo.model import column_letters
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking.marks import is_our_fill
from chibo.workbook.marking.notes import our_notes
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing
from chibo.workbook.patching.sheet_cells import Cell, SheetCells
from chibo.workbook.patching.styles import StyleTable
from chibo.workbook.patching.xml_bytes import attribute
from chibo.workbook.reading.list_of_marks import MEMORY_SHEET
from chibo.workbook.reading.sheets import read_sheets


@frozen
class MarksLeft:
    """The cells of a sheet that still have a colour of ours, the first of them, and the notes of ours."""

    sheet: str
    cells: int
    first: str
    notes: int


def marks_left(data: bytes) -> tuple[MarksLeft, ...]:
    """Sheet by sheet what is left; nothing where the workbook cannot be opened."""
    try:
        edit = open_for_editing(data)
        return tuple(one for one in _by_sheet(edit) if one.cells or one.notes)
    except RefusedError:
        return ()


def has_memory(data: bytes) -> bool:
    """Whether the workbook still says how its marked cells looked before. Raises RefusedError where it is no book."""
    package = open_for_editing(data).package
    memory = [part for part in package.sheets if part.name == MEMORY_SHEET]
    try:
        return bool(read_sheets("", package, memory))
    except RefusedError:
        return False


def _by_sheet(edit: PackageEdit) -> Iterator[MarksLeft]:
    coloured = _coloured_styles(edit)
    for sheet in edit.package.sheets:
        part = edit.sheet_part(sheet.name)
        cells = [cell for cell in _cells(edit.read(part)) if cell.style in coloured] if coloured else []
        first = f"{column_letters(cells[0].column)}{cells[0].row}" if cells else ""
        yield MarksLeft(sheet.name, len(cells), first, len(our_notes(edit, part)))


def _cells(xml: bytes) -> list[Cell]:
    """The cells of a sheet; a sheet of another kind, such as a chart, has none."""
    try:
        return list(SheetCells(xml).all_cells())
    except OutputError:
        return []


def _coloured_styles(edit: PackageEdit) -> set[int]:
    """The styles with a fill of ours."""
    part = edit.related(edit.workbook, "styles")
    if not part:
        return set()
    table = StyleTable(edit.read(part))
    ours = {str(number) for number, fill in enumerate(table.fills) if is_our_fill(fill)}
    heads = (style.partition(b">")[0] + b" " for style in table.cell_styles)
    return {number for number, head in enumerate(heads) if attribute(head, b"fillId") in ours}
