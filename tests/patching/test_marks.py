"""The returned workbook marks its own errors, and the marks come off again."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from chi_bo import FOREIGN_SHEETS
from chibo.errors import OutputError
from chibo.findings import Severity
from chibo.office.desk.opening import open_file
from chibo.office.looking import look_into
from chibo.office.returning import marked_copy
from chibo.workbook import read_book, write_book
from chibo.workbook.marking import Mark, has_memory, mark_workbook, marks_left, marks_on_list, without_marks
from chibo.workbook.marking.marks import COLOURS
from chibo.workbook.patching.strict_check import package_faults
from chibo.workbook.reading.list_of_marks import INDEX_SHEET, MEMORY_SHEET
from desks import TODAY, library
from tables import a_workbook, xlsx

BLOCK, WARN = COLOURS[Severity.BLOCK], COLOURS[Severity.WARN]
MARKS = [
    Mark("Sinh hoạt", "C2", Severity.WARN, "Ngày này =là ngày nghỉ."),
    Mark("Sinh hoạt", "C2", Severity.BLOCK, "Ngày ghi không đọc được."),
    Mark("Đảng viên", "J9", Severity.WARN, "Ô trống."),
    Mark("Đảng viên", "", Severity.WARN, "Thiếu bí thư."),
    Mark("", "", Severity.BLOCK, "Sai sổ."),
]


def book_of(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def with_own_looks() -> bytes:
    """A workbook whose cells have colours and notes of its own."""
    book = book_of(a_workbook())
    sheet = book["Sinh hoạt"]
    sheet["C2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["A1"].comment = Comment("ghi chú của chi bộ", "Người Một")
    book.defined_names["vùng"] = openpyxl.workbook.defined_name.DefinedName("vùng", attr_text="'Sinh hoạt'!$A$1")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def looks(data: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    """Value, look and note of every cell."""
    return {
        (sheet.title, cell.coordinate): (
            cell.value,
            cell.number_format,
            cell.fill.fill_type and cell.fill.fgColor.rgb,
            cell.font.b,
            cell.comment and cell.comment.text,
        )
        for sheet in book_of(data).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.comment or cell.fill.fill_type
    }


def test_cells_are_marked_and_all_else_stays() -> None:
    data = with_own_looks()
    marked = mark_workbook(data, MARKS)
    assert package_faults(marked) == []
    book = book_of(marked)
    cell = book["Sinh hoạt"]["C2"]
    assert (cell.fill.fgColor.rgb, cell.value) == (BLOCK, book_of(data)["Sinh hoạt"]["C2"].value)
    assert "Ngày ghi không đọc được" in cell.comment.text
    assert "Ngày này =là ngày nghỉ" in cell.comment.text
    assert book["Đảng viên"]["J9"].fill.fgColor.rgb == WARN
    assert book["Sinh hoạt"]["A1"].comment.text == "ghi chú của chi bộ"
    index = book[INDEX_SHEET]
    assert [row[4].value for row in index.iter_rows(min_row=5)][:2] == ["Ngày ghi không đọc được.", "Sai sổ."]
    assert index["D5"].hyperlink.location == "'Sinh hoạt'!C2"
    assert read_book(marked, "so.xlsx", library()).book == read_book(data, "so.xlsx", library()).book


def test_the_numbers_of_the_list_do_not_touch_the_words_beside_them() -> None:
    sheet = book_of(mark_workbook(a_workbook(), MARKS))[INDEX_SHEET]

    assert {sheet.cell(row, 1).alignment.horizontal for row in range(4, sheet.max_row + 1)} == {"center"}


def test_on_paper_lines_show_which_texts_of_the_list_belong_together() -> None:
    sheet = book_of(mark_workbook(a_workbook(), MARKS))[INDEX_SHEET]
    sides = {
        edge.style
        for row in sheet.iter_rows(min_row=4, max_col=5)
        for cell in row
        for edge in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    }

    assert sides == {"thin"}
    assert sheet["A2"].border.top.style is None


def test_the_list_has_the_foot_of_the_other_pages() -> None:
    book = read_book(a_workbook(), "so.xlsx", library()).book
    assert book is not None
    of_ours = book_of(mark_workbook(write_book(book, library()), MARKS))
    ours, other = (str(of_ours[name].oddFooter) for name in (INDEX_SHEET, "Sinh hoạt"))
    assert ours == other
    assert "Trang &P/&N" in ours


def test_marks_come_off_and_the_old_looks_are_back() -> None:
    data = with_own_looks()
    clean = without_marks(mark_workbook(data, MARKS))
    assert looks(clean) == looks(data)
    assert book_of(clean).sheetnames == book_of(data).sheetnames
    assert package_faults(clean) == []


def test_marking_again_takes_the_place_of_the_old_marks() -> None:
    data = a_workbook()
    once = mark_workbook(data, MARKS[:1])
    assert looks(mark_workbook(mark_workbook(data, MARKS), MARKS[:1])) == looks(once)


def test_a_workbook_without_marks_is_given_back_as_it_is() -> None:
    data = a_workbook()
    assert without_marks(data) == data
    assert mark_workbook(data, []) == data
    assert without_marks(b"%PDF-1.7") == b"%PDF-1.7"


def test_marks_come_off_after_another_program_saved_the_file() -> None:
    data = with_own_looks()
    book = book_of(mark_workbook(data, MARKS))
    book["Sinh hoạt"].insert_rows(1)  # the note moves no cell here, but styles are numbered anew
    book["Sinh hoạt"].delete_rows(1)
    book["Đảng viên"]["J9"].fill = PatternFill("solid", fgColor="FF0000FF")
    stream = BytesIO()
    book.save(stream)
    clean = book_of(without_marks(stream.getvalue()))
    assert clean.sheetnames == book_of(data).sheetnames
    assert clean["Sinh hoạt"]["C2"].fill.fgColor.rgb == "FF00FF00"
    assert clean["Sinh hoạt"]["C2"].comment is None
    assert clean["Sinh hoạt"]["A1"].comment.text.endswith("ghi chú của chi bộ")
    assert clean["Đảng viên"]["J9"].fill.fgColor.rgb == "FF0000FF"


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_marks_come_off_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    source = tmp_path / "vào" / "so.xlsx"
    source.parent.mkdir()
    source.write_bytes(mark_workbook(with_own_looks(), MARKS))
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = (tmp_path / "so.xlsx").read_bytes()
    assert book_of(saved)["Sinh hoạt"]["C2"].fill.fgColor.rgb == BLOCK
    clean = book_of(without_marks(saved))
    assert clean.sheetnames == book_of(with_own_looks()).sheetnames
    assert clean["Sinh hoạt"]["C2"].fill.fgColor.rgb == "FF00FF00"
    assert clean["Sinh hoạt"]["C2"].comment is None
    assert clean["Sinh hoạt"]["A1"].comment is not None


def test_the_findings_of_a_book_are_its_marks() -> None:
    copy = marked_copy(xlsx(FOREIGN_SHEETS), "so.xlsx", library(), TODAY)
    assert copy.data is not None
    sheet = book_of(copy.data)["Sinh hoạt"]
    marked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    wanted = {
        finding.place.address.partition(":")[0]
        for finding in copy.findings
        if finding.place.sheet == "Sinh hoạt" and finding.place.address and finding.severity is not Severity.NOTE
    }
    assert wanted
    assert set(marked) == wanted
    again = marked_copy(copy.data, "so.xlsx", library(), TODAY)
    assert [finding.code for finding in again.findings] == [finding.code for finding in copy.findings]


def with_sheet_of_that_name() -> bytes:
    """A workbook in which somebody keeps a list of the same name."""
    book = book_of(a_workbook())
    book.create_sheet(INDEX_SHEET)["A1"] = "Việc của chi bộ"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_of_the_same_name_that_is_not_ours_stays():
    data = with_sheet_of_that_name()
    assert without_marks(data) == data
    with pytest.raises(OutputError, match="đổi tên trang"):
        mark_workbook(data, MARKS)


def test_a_list_whose_memory_is_gone_is_known_by_its_title():
    book = book_of(mark_workbook(a_workbook(), MARKS))
    del book[MEMORY_SHEET]
    stream = BytesIO()
    book.save(stream)
    assert INDEX_SHEET not in book_of(without_marks(stream.getvalue())).sheetnames


@pytest.mark.parametrize("name", ["Lỗi cần sửa (2)", "Việc phải làm"])
def test_a_list_that_was_renamed_is_known_and_goes_with_its_marks(name: str) -> None:
    data = a_workbook()
    book, stream = book_of(mark_workbook(data, MARKS)), BytesIO()
    book[INDEX_SHEET].title = name
    book[name]["G5"] = "đã họp bù"
    book.save(stream)
    renamed = stream.getvalue()
    assert len(marks_on_list(renamed)) == len(MARKS)
    assert [
        one.place.sheet for one in read_book(renamed, "so.xlsx", library()).findings if one.code == "TYPED_ON_LIST"
    ] == [name]
    assert book_of(without_marks(renamed)).sheetnames == book_of(data).sheetnames
    assert book_of(mark_workbook(renamed, MARKS)).sheetnames == book_of(mark_workbook(data, MARKS)).sheetnames


def test_a_copy_of_the_list_goes_with_it_and_somebodys_own_sheet_of_such_a_name_stays() -> None:
    book, stream = book_of(mark_workbook(a_workbook(), MARKS)), BytesIO()
    book.copy_worksheet(book[INDEX_SHEET]).title = f"{INDEX_SHEET} (2)"
    book.create_sheet(f"{INDEX_SHEET} riêng")["A1"] = "LỖI CẦN SỬA"
    book.save(stream)
    left = book_of(without_marks(stream.getvalue())).sheetnames
    assert [name for name in left if name.startswith(INDEX_SHEET)] == [f"{INDEX_SHEET} riêng"]


def test_our_list_under_another_title_goes_with_its_memory():
    book = book_of(mark_workbook(a_workbook(), MARKS))
    book[INDEX_SHEET]["A1"] = "Đã xem"
    stream = BytesIO()
    book.save(stream)
    assert not {INDEX_SHEET, MEMORY_SHEET} & set(book_of(without_marks(stream.getvalue())).sheetnames)


def typed_on(data: bytes, address: str, text: str) -> bytes:
    """The workbook after somebody typed a text on its list of marks."""
    book, stream = book_of(data), BytesIO()
    book[INDEX_SHEET][address] = text
    book.save(stream)
    return stream.getvalue()


def test_what_was_typed_on_the_list_is_found_where_the_book_is_read_and_where_it_is_opened() -> None:
    marked = mark_workbook(a_workbook(), MARKS)
    assert "TYPED_ON_LIST" not in [one.code for one in read_book(marked, "so.xlsx", library()).findings]
    typed = typed_on(marked, "G5", "đã họp bù")
    opened = open_file(typed, "so.xlsx", library(), TODAY)
    assert opened.desk is not None
    for findings in (read_book(typed, "so.xlsx", library()).findings, opened.desk.reading):
        (told,) = [one for one in findings if one.code == "TYPED_ON_LIST"]
        assert (told.place.sheet, told.place.address, told.seen) == (INDEX_SHEET, "G5", "đã họp bù")
    looked = look_into(opened.desk.given, told.place, library())
    assert looked.excerpt is not None, "the page shows the cell, though what it writes is without the list"


def test_the_list_is_read_back_as_the_marks_it_was_made_of_the_heaviest_first() -> None:
    heaviest = [mark for severity in (Severity.BLOCK, Severity.WARN) for mark in MARKS if mark.severity is severity]
    assert list(marks_on_list(mark_workbook(a_workbook(), MARKS))) == heaviest


def test_a_list_that_people_typed_on_is_read_as_far_as_it_is_ours() -> None:
    marked = mark_workbook(a_workbook(), MARKS[:2])
    typed = typed_on(typed_on(typed_on(marked, "B5", "đã sửa"), "A9", "ghi thêm"), "G5", "đã họp bù")
    assert [(mark.severity, mark.address) for mark in marks_on_list(typed)] == [
        (Severity.WARN, "C2"),
        (Severity.WARN, "C2"),
    ]


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", a_workbook(), a_workbook({INDEX_SHEET: "| 1 | x |"})])
def test_a_file_without_a_list_of_ours_has_no_marks(data: bytes) -> None:
    assert marks_on_list(data) == ()


def renamed(data: bytes, sheet: str, name: str) -> bytes:
    """The workbook after somebody gave a sheet another name."""
    book, stream = book_of(data), BytesIO()
    book[sheet].title = name
    book.save(stream)
    return stream.getvalue()


def without_sheets(data: bytes, *names: str) -> bytes:
    """The workbook after somebody deleted sheets."""
    book, stream = book_of(data), BytesIO()
    for name in names:
        del book[name]
    book.save(stream)
    return stream.getvalue()


def test_marks_come_off_a_sheet_that_was_renamed_also_where_a_cell_kept_a_note_of_its_own() -> None:
    marks = [*MARKS, Mark("Sinh hoạt", "A1", Severity.WARN, "Xem lại.")]
    clean = without_marks(renamed(mark_workbook(with_own_looks(), marks), "Sinh hoạt", "SH quý I"))
    sheet = book_of(clean)["SH quý I"]
    assert sheet["C2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["C2"].comment is None
    assert sheet["A1"].comment is not None
    assert marks_left(clean) == ()


def test_what_no_memory_tells_of_stays_and_is_told_sheet_by_sheet() -> None:
    marked = mark_workbook(with_own_looks(), MARKS)
    forgotten = without_sheets(marked, MEMORY_SHEET)
    assert not has_memory(forgotten)
    assert {(one.sheet, one.cells, one.first, one.notes) for one in marks_left(without_marks(forgotten))} == {
        ("Sinh hoạt", 1, "C2", 0),
        ("Đảng viên", 1, "J9", 0),
    }
    bare = without_sheets(marked, MEMORY_SHEET, INDEX_SHEET)
    assert without_marks(bare) == bare
    assert {(one.sheet, one.notes) for one in marks_left(bare)} == {("Sinh hoạt", 1), ("Đảng viên", 1)}
    assert marks_left(with_own_looks()) == ()


def test_the_notes_of_others_are_byte_for_byte_what_they_were_when_ours_are_gone() -> None:
    data = with_own_looks()
    clean = data
    for _ in range(3):
        clean = without_marks(mark_workbook(clean, MARKS))
    before, after = (
        {name: package.read(name) for name in package.namelist() if "comments" in name.lower()}
        for package in (ZipFile(BytesIO(data)), ZipFile(BytesIO(clean)))
    )
    assert before
    assert after == before
