"""`chibo mark` and `chibo unmark` write copies; the original stays."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from chi_bo import FOREIGN_SHEETS, foreign_file
from chibo.cli.main import cli
from chibo.errors import ChiboError
from chibo.findings import Severity
from chibo.workbook.intake.package import open_package
from chibo.workbook.marking.marks import COLOURS
from chibo.workbook.reading.list_of_marks import INDEX_SHEET, MEMORY_SHEET
from old_excel import locked, xls
from tables import a_workbook

WRITING = [("mark",), ("fill", "--meeting", "2026-01", "--set", "present=2"), ("unmark",)]
"""The commands that write into a copy of a workbook."""


def names(file: Path) -> list[str]:
    return [part.name for part in open_package(file.read_bytes()).sheets]


def test_a_copy_is_marked_and_freed_again(tmp_path: Path) -> None:
    file = foreign_file(tmp_path)
    before = file.read_bytes()
    marked, clean = tmp_path / "trả lại.xlsx", tmp_path / "sạch.xlsx"
    result = CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)])
    assert result.exit_code == 0, result.output
    assert INDEX_SHEET in names(marked)
    result = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean)])
    assert result.exit_code == 0, result.output
    assert names(clean) == names(file)
    assert file.read_bytes() == before


def test_a_file_that_stands_there_is_written_over_only_when_asked_for(tmp_path: Path) -> None:
    file, other = foreign_file(tmp_path), tmp_path / "sổ khác.xlsx"
    other.write_bytes(b"another book")
    for name in ("mark", "unmark"):
        refused = CliRunner().invoke(cli, [name, str(file), "--out", str(other)])
        assert (refused.exit_code, other.read_bytes()) == (2, b"another book")
        assert "--force" in refused.output
    assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(other), "--force"]).exit_code == 0
    assert INDEX_SHEET in names(other)


@pytest.mark.parametrize("name", ["so", "so.xls"])
def test_a_workbook_under_another_ending_is_to_be_renamed_first(tmp_path: Path, name: str) -> None:
    file, out = tmp_path / name, tmp_path / "trả lại.xlsx"
    file.write_bytes(foreign_file(tmp_path).read_bytes())
    for command in WRITING:
        result = CliRunner().invoke(cli, [*command, str(file), "--out", str(out)])
        assert result.exit_code == 2
        assert "Đổi tên tệp cho có đuôi .xlsx" in result.output
    assert not out.exists()


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("ending", [".xls", ".xlsx"])
def test_of_an_old_file_the_command_is_told_that_makes_a_new_one_first(
    tmp_path: Path, command: tuple[str, ...], ending: str
) -> None:
    file, out = tmp_path / "sổ cũ.xls", tmp_path / f"ra{ending}"
    file.write_bytes(xls(FOREIGN_SHEETS))
    result = CliRunner().invoke(cli, [*command, str(file), "--out", str(out)])
    assert result.exit_code == 2
    new = file.with_suffix(".xlsx")
    assert f'Lệnh: chibo migrate "{file}" --out "{new}"' in result.output
    assert not out.exists()
    assert CliRunner().invoke(cli, ["migrate", str(file), "--out", str(new)]).exit_code == 0
    assert CliRunner().invoke(cli, [*command, str(new), "--out", str(tmp_path / "ra.xlsx")]).exit_code == 0


@pytest.mark.parametrize("command", WRITING[:2])
def test_an_old_file_that_is_called_a_new_one_is_not_to_be_written_over_either(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(xls(FOREIGN_SHEETS))
    refused = CliRunner().invoke(cli, [*command, str(file), "--out", str(tmp_path / "ra.xlsx")])
    assert isinstance(refused.exception, ChiboError)
    new = tmp_path / "so (sổ mới).xlsx"
    assert refused.exception.command == f'chibo migrate {file} --out "{new}"'


def test_what_was_typed_on_the_list_is_told_when_the_list_goes(tmp_path: Path) -> None:
    file, marked, clean = foreign_file(tmp_path), tmp_path / "trả lại.xlsx", tmp_path / "sạch.xlsx"
    assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)]).exit_code == 0
    assert "ghi thêm" not in CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean)]).output
    book = load_workbook(marked)
    book[INDEX_SHEET]["F5"], book[INDEX_SHEET]["B40"] = "đã sửa", "Chi ủy đã họp"
    book.save(marked)
    told = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean), "--force"])
    assert [line for line in told.output.splitlines() if line.startswith("- ")] == [
        "- ô F5: «đã sửa»",
        "- ô B40: «Chi ủy đã họp»",
    ]


def test_what_was_typed_on_the_list_is_told_when_it_is_made_anew(tmp_path: Path) -> None:
    file, marked, again = foreign_file(tmp_path), tmp_path / "trả lại.xlsx", tmp_path / "lần hai.xlsx"
    assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)]).exit_code == 0
    book = load_workbook(marked)
    book[INDEX_SHEET]["B40"] = "Chi ủy đã họp"
    book.save(marked)
    told = CliRunner().invoke(cli, ["mark", str(marked), "--out", str(again)])
    assert "[Lỗi cần sửa B40]" in told.output
    assert "«Chi ủy đã họp»" in told.output
    assert told.output.count("TYPED_ON_LIST") == 1


@pytest.mark.parametrize("content", [b"", b"Ma,Ten\n1,2\n", b"PK\3\4" + bytes(90)])
@pytest.mark.parametrize("name", ["mark", "unmark"])
def test_a_file_that_cannot_be_read_is_told_and_not_copied(tmp_path: Path, name: str, content: bytes) -> None:
    file, out = tmp_path / "so.xlsx", tmp_path / "ra.xlsx"
    file.write_bytes(content)
    refused = CliRunner().invoke(cli, [name, str(file), "--out", str(out)])
    assert isinstance(refused.exception, ChiboError)
    assert not out.exists()
    said = f"{refused.output}{refused.exception}"
    assert next(word for word in ("rỗng", "CSV", "bị hỏng") if word in said)
    assert "_" not in said, "in words, not by a code"


def test_a_copy_may_not_be_the_original_or_of_another_kind(tmp_path: Path) -> None:
    file = foreign_file(tmp_path)
    for out in (file, file.with_suffix(".xlsm")):
        assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(out)]).exit_code == 2


def test_a_file_under_the_default_password_is_marked_and_freed_like_any_other(tmp_path: Path) -> None:
    file, marked, clean = foreign_file(tmp_path), tmp_path / "trả lại.xlsx", tmp_path / "sạch.xlsx"
    plain = file.read_bytes()
    file.write_bytes(locked(plain))
    assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)]).exit_code == 0
    assert INDEX_SHEET in names(marked)
    marked.write_bytes(locked(marked.read_bytes()))
    assert "Đã bỏ dấu" in CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean)]).output
    assert INDEX_SHEET not in names(clean)
    again = CliRunner().invoke(cli, ["unmark", str(file), "--out", str(clean), "--force"])
    assert "giống tệp gốc" in again.output
    assert clean.read_bytes() == file.read_bytes()


def test_an_old_file_is_not_said_to_be_free_of_marks(tmp_path: Path) -> None:
    file, out = tmp_path / "so.xlsx", tmp_path / "ra.xlsx"
    file.write_bytes(xls({"Lỗi cần sửa": "| LỖI CẦN SỬA |"}))
    refused = CliRunner().invoke(cli, ["unmark", str(file), "--out", str(out)])
    assert isinstance(refused.exception, ChiboError)
    assert "«so.xlsx» bên trong là tệp Excel cũ (.xls)" in str(refused.exception)
    assert "lưu thành một sổ .xlsx mới" in str(refused.exception)
    assert not out.exists()


def damaged(data: bytes, sheet: str) -> bytes:
    """The workbook, half of this sheet lost."""
    part = next(one.part for one in open_package(data).sheets if one.name == sheet)
    with ZipFile(BytesIO(data)) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    contents[part] = contents[part][: len(contents[part]) // 2]
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("sheet", [INDEX_SHEET, MEMORY_SHEET])
def test_a_damaged_list_of_marks_is_not_said_to_be_another_ones(tmp_path: Path, sheet: str) -> None:
    file, marked, out = foreign_file(tmp_path), tmp_path / "trả lại.xlsx", tmp_path / "ra.xlsx"
    assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)]).exit_code == 0
    if sheet == INDEX_SHEET:  # with the memory beside it, it need not be read
        book = load_workbook(marked)
        del book[MEMORY_SHEET]
        book.save(marked)
    marked.write_bytes(damaged(marked.read_bytes(), sheet))
    refused = CliRunner().invoke(cli, ["mark", str(marked), "--out", str(out)])
    assert str(refused.exception).startswith(f"Trang «{sheet}» của sổ bị hỏng")
    assert "không phải của Chibo" not in str(refused.exception)
    assert not out.exists()
    left = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(out)])
    assert left.exit_code == 1
    assert "không còn trong tệp hoặc đã hỏng" in left.output


def test_a_list_of_somebodys_own_is_told_as_that(tmp_path: Path) -> None:
    file = foreign_file(tmp_path)
    book = load_workbook(file)
    book.create_sheet(INDEX_SHEET)["A1"] = "Việc của tôi"
    book.save(file)
    refused = CliRunner().invoke(cli, ["mark", str(file), "--out", str(tmp_path / "ra.xlsx")])
    assert "không phải của Chibo" in str(refused.exception)


def test_marks_that_cannot_be_taken_off_are_told_and_end_with_one(tmp_path: Path) -> None:
    file, marked, clean = foreign_file(tmp_path), tmp_path / "trả lại.xlsx", tmp_path / "sạch.xlsx"
    assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)]).exit_code == 0
    book = load_workbook(marked)
    del book[MEMORY_SHEET]
    book.save(marked)
    told = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean)])
    assert told.exit_code == 1
    assert "một phần" in told.output
    assert MEMORY_SHEET in told.output
    assert "- trang «Sinh hoạt»: " in told.output
    del book[INDEX_SHEET]
    book.save(marked)
    told = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean), "--force"])
    assert told.exit_code == 1
    assert "Chưa bỏ được dấu nào" in told.output
    assert "ghi chú" in told.output
    assert clean.read_bytes() == marked.read_bytes()


def test_marking_and_taking_marks_off_is_told_in_english_too(tmp_path: Path) -> None:
    file, marked, clean = foreign_file(tmp_path), tmp_path / "trả lại.xlsx", tmp_path / "sạch.xlsx"
    told = CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked), "--lang", "en"])
    assert "places to be mended or looked at again in «" in told.output
    book = load_workbook(marked)
    book[INDEX_SHEET]["H9"] = "note of my own"
    del book[MEMORY_SHEET]
    book.save(marked)
    told = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean), "--lang", "en"])
    assert told.exit_code == 1
    assert "Some of the marks were taken off: «" in told.output
    assert "- sheet «Sinh hoạt»: " in told.output
    assert "cells with the colour of a mark, the first is" in told.output
    assert "- cell H9: «note of my own»" in told.output
    assert f"The hidden sheet «{MEMORY_SHEET}»" in told.output


@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_is_no_workbook_is_refused_in_english_too(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(b"%PDF-1.7 ...")
    result = CliRunner().invoke(cli, [*command, str(file), "--out", str(tmp_path / "ra.xlsx"), "--lang", "en"])
    assert isinstance(result.exception, ChiboError)
    said = result.output + result.exception.english
    assert "PDF" in said
    assert "Save" in said or "save" in said
    assert not (tmp_path / "ra.xlsx").exists()


def of_one_code(rows: int) -> bytes:
    """A workbook of so many members, all of one code."""
    lines = "\n".join(f"| DV1 | Người {row} | Chính thức | Sinh hoạt |" for row in range(rows))
    return a_workbook({"Đảng viên": f"| Mã đảng viên | Họ và tên | Chính thức/Dự bị | Tình trạng |\n{lines}"})


def test_of_very_many_places_of_one_kind_each_is_marked(tmp_path: Path) -> None:
    book, out, clean = (tmp_path / name for name in ("so.xlsx", "so-loi.xlsx", "so-sach.xlsx"))
    book.write_bytes(of_one_code(500))

    marked = CliRunner().invoke(cli, ["mark", str(book), "--out", str(out)])

    assert marked.exit_code == 0, marked.stderr
    workbook = load_workbook(out)
    wrong = [f"A{row}" for row in range(2, 502)]
    listed = workbook[INDEX_SHEET].iter_rows(min_row=5)
    assert [row[3].value for row in listed if row[2].value == "Đảng viên" and row[3].hyperlink] == wrong
    cells = [cell for row in workbook["Đảng viên"].iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.comment] == wrong
    assert [cell.coordinate for cell in cells if cell.fill.fgColor.rgb == COLOURS[Severity.BLOCK]] == wrong
    unmarked = CliRunner().invoke(cli, ["unmark", str(out), "--out", str(clean)])
    assert unmarked.exit_code == 0, unmarked.stderr
    cells = [cell for row in load_workbook(clean)["Đảng viên"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.comment or cell.fill.fill_type]


def test_what_is_said_of_one_place_has_room_in_a_note(tmp_path: Path) -> None:
    book, out = tmp_path / "so.xlsx", tmp_path / "so-loi.xlsx"
    row = f"| 2026-03 | Thường kỳ | d:2026-03-05 | {'9' * 32_000} |"
    plan = "| TT | Quý | Chuyên đề |\n| 1 | n:1 | Một |"
    meetings = f"| Mã kỳ | Loại | Ngày sinh hoạt | Chuyên đề số |\n{row}"
    book.write_bytes(a_workbook({"Sinh hoạt": meetings, "Kế hoạch chuyên đề": plan}))

    marked = CliRunner().invoke(cli, ["mark", str(book), "--out", str(out)])

    assert marked.exit_code == 0, marked.stderr
    texts = [row[4] for row in load_workbook(out)[INDEX_SHEET].iter_rows(min_row=5, values_only=True)]
    assert max(map(len, filter(None, texts))) == 2000
