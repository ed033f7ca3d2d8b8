"""The returned workbook that marks its own errors: a fill and a note on each cell, and a list of all."""

from __future__ import annotations

from collections.abc import Sequence

from chibo.errors import OutputError
from chibo.findings import Severity
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.intake.package import Package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking.index_sheet import Remembered, index_xml, looks_of, memory_xml
from chibo.workbook.marking.marks import WORDS, Mark, fill_of, note_head
from chibo.workbook.marking.notes import add_notes
from chibo.workbook.marking.unmarking import without_marks
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing, refused_words
from chibo.workbook.patching.sheet_cells import Address, SheetCells, with_cells
from chibo.workbook.patching.sheets_of_workbook import add_sheet
from chibo.workbook.patching.strict_check import refuse_new_faults
from chibo.workbook.patching.styles import StyleTable
from chibo.workbook.patching.values import KEEP, CellEdit
from chibo.workbook.reading.list_of_marks import INDEX_SHEET, MEMORY_SHEET
from chibo.workbook.reading.sheets import read_sheets

_Numbered = list[tuple[int, Mark]]


def mark_workbook(data: bytes, marks: Sequence[Mark]) -> bytes:
    """The workbook with these marks, in the place of any it had; without marks it is only freed of the old ones.

    Values, formulas and everything else stay. Raises OutputError where the file cannot be written into.
    """
    data = without_marks(data)
    if not marks:
        return data
    try:
        edit = open_for_editing(data)
    except RefusedError as refusal:
        raise refused_words(refusal) from None
    if any(part.name == INDEX_SHEET for part in edit.package.sheets):
        raise _in_the_way(edit.package)
    styles = edit.related(edit.workbook, "styles")
    if not styles:
        raise OutputError(
            "Tệp không có bảng kiểu ô nên không đánh dấu được. Hãy mở bằng Excel, lưu lại rồi thử lại.",
            english="The file has no table of styles, so nothing can be marked in it. Open it in Excel, save it and "
            "try again.",
        )
    table = StyleTable(edit.read(styles))
    ordered = sorted(marks, key=lambda mark: mark.severity.rank)
    remembered: list[Remembered] = []
    for sheet, cells in _by_cell(edit, ordered).items():
        remembered += _mark_sheet(edit, sheet, cells, table)
    looks = looks_of(table)
    edit.write(styles, table.xml)
    add_sheet(edit, INDEX_SHEET, index_xml(ordered, looks))
    add_sheet(edit, MEMORY_SHEET, memory_xml(remembered), "veryHidden")
    marked = edit.saved()
    refuse_new_faults(data, marked, edit.touched)
    return marked


def _in_the_way(package: Package) -> OutputError:
    """Why a list stands where ours is to come: it is somebody's own, or whose it is cannot be read."""
    for name in (INDEX_SHEET, MEMORY_SHEET):
        try:
            read_sheets("", package, [part for part in package.sheets if part.name == name])
        except RefusedError:
            return OutputError(
                f"Trang «{name}» của sổ bị hỏng, không đọc được nên không rõ sổ còn dấu cũ nào. Mở sổ bằng Excel, đồng "
                f"ý để Excel sửa tệp, xóa hoặc đổi tên trang «{INDEX_SHEET}» nếu còn, lưu lại rồi đánh dấu lại.",
                english=f"The sheet «{name}» of the workbook is damaged, so it is not known which old marks it has. "
                f"Open it in Excel, let Excel repair it, remove or rename the sheet «{INDEX_SHEET}» if it is still "
                "there, save it and mark it again.",
            )
    return OutputError(
        f"Sổ có trang «{INDEX_SHEET}» không phải của Chibo. Hãy đổi tên trang ấy rồi đánh dấu lại.",
        english=f"The workbook has a sheet «{INDEX_SHEET}» that is not of Chibo. Rename that sheet and mark it again.",
    )


def _by_cell(edit: PackageEdit, marks: Sequence[Mark]) -> dict[str, dict[Address, _Numbered]]:
    """The marks with the number of each in the list, by sheet and cell; of a range its first cell is marked."""
    sheets = {part.name for part in edit.package.sheets}
    found: dict[str, dict[Address, _Numbered]] = {}
    for number, mark in enumerate(marks, 1):
        address = split_address(mark.address.partition(":")[0])
        if mark.sheet in sheets and address is not None:
            found.setdefault(mark.sheet, {}).setdefault(address, []).append((number, mark))
    return found


def _mark_sheet(edit: PackageEdit, sheet: str, cells: dict[Address, _Numbered], table: StyleTable) -> list[Remembered]:
    part = edit.sheet_part(sheet)
    content = SheetCells(edit.read(part))
    styles = {address: cell.style for address, cell in content.find(set(cells)).items()}
    remembered, edits = [], {}
    for address, numbered in cells.items():
        style = styles.get(address, 0)
        remembered.append(Remembered(numbered[0][0], sheet, address, style, table.fill_of(style)))
        fill = fill_of(numbered[0][1].severity, table.prefix)  # the heaviest comes first
        edits[address] = CellEdit(KEEP, table.filled(style, fill))
    edit.write(part, with_cells(content, edits, edit.package.is_1904))
    add_notes(edit, part, {address: _note(numbered) for address, numbered in cells.items()})
    return remembered


def _note(numbered: _Numbered) -> str:
    lines = [f"{note_head(numbered[0][0])}. {_words(numbered[0][1])}"]
    lines += [f"Mục {number}. {_words(mark)}" for number, mark in numbered[1:]]
    return "\n".join((*lines, f"(Xem trang «{INDEX_SHEET}».)"))


def _words(mark: Mark) -> str:
    return f"{WORDS[mark.severity]}: {mark.text}" if mark.severity is not Severity.NOTE else mark.text
