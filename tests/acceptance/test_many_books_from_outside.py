"""Folders, archives, copies and odd names, as they lie on the machines of an organisation board."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from command_line import chibo
from small_books import HEADINGS, MEETING, meetings, small_book, workbook

ODD_NAMES = ["Sổ chi bộ 2 (bản cuối) – sửa.xlsx", "a'b\"c;d,e.xlsx", "LỚN.XLSX", "macro.xlsm", "hai  cách.xlsx"]


def book(code: str, **change: object) -> bytes:
    return workbook(small_book({"Mã chi bộ": code, "Tên chi bộ": f"Chi bộ {code}"}, Sinh_hoạt=meetings(change)))


@pytest.fixture
def office(tmp_path) -> Path:
    """Books with odd names, one in a folder within a folder, among things that are none."""
    home = tmp_path / "văn phòng"
    (home / "sâu" / "hơn").mkdir(parents=True)
    for number, name in enumerate(ODD_NAMES):
        (home / name).write_bytes(book(f"CB{number}"))
    (home / "sâu" / "hơn" / "sổ.xlsx").write_bytes(book("CB9"))
    for name in ("~$macro.xlsm", ".~lock.macro.xlsm#", ".ẩn.xlsx", "ghi chú.docx", "Thumbs.db", "sổ cũ.xlsb"):
        (home / name).write_bytes(b"x")
    return home


def codes(*arguments: object) -> list[str]:
    return [row["cell_code"] for row in chibo("facts", *arguments).rows()]


EXPECTED = ["CB0", "CB1", "CB2", "CB3", "CB4", "CB9"]


def test_a_folder_with_what_is_below_it(office):
    called = chibo("facts", office)
    assert called.exit_code == 0
    assert [row["cell_code"] for row in called.rows()] == EXPECTED
    assert {row["source"] for row in called.rows()} == {*ODD_NAMES, "sổ.xlsx"}
    assert "Nhận 6 sổ = 6 được dùng + 0 bị từ chối" in called.err
    assert "Đã bỏ qua 6 tệp không phải sổ" in called.err


def test_an_archive_of_it(office, tmp_path):
    path = tmp_path / "gói.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in office.rglob("*"):
            archive.write(file, file.relative_to(office))
        archive.writestr("__MACOSX/._sổ.xlsx", b"x")
    assert codes(path) == EXPECTED
    assert codes(office, path) == EXPECTED


def test_files_named_one_by_one_and_twice(office):
    files = sorted(office.glob("*.xlsx"))
    assert codes(*files, *files) == codes(*files)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100], ids=["empty", "cut short", "no archive"])
def test_a_broken_archive_is_refused_by_name(office, tmp_path, data):
    path = tmp_path / "gói.zip"
    path.write_bytes(data)
    called = chibo("facts", office, path)
    assert called.exit_code == 1
    assert [row["cell_code"] for row in called.rows()] == EXPECTED
    assert "- gói.zip\n" in called.err


def test_one_cell_in_two_different_books(office):
    (office / "mới.xlsx").write_bytes(book("CB9", **{"Có mặt": 2, "Vắng có lý do": 1}))
    called = chibo("facts", office)
    assert called.exit_code == 1
    assert [row["cell_code"] for row in called.rows()] == EXPECTED[:-1]
    refused = called.err.split("Sổ bị từ chối:")[1].split("- ")[1:]
    names = ["mới.xlsx", "sâu/hơn/sổ.xlsx"]
    assert [text.split("\n")[0] for text in refused] == names
    for text in refused[:2]:
        assert all(name in text for name in names)
        assert "CELL_TWICE" in text
        assert "chibo diff" in text
    found = chibo("check", office, "--format", "json").data()
    assert [one["file"] for one in found if one["code"] == "CELL_TWICE"] == ["mới.xlsx", "sâu/hơn/sổ.xlsx"]


def test_one_cell_in_two_books_that_say_the_same(office):
    """The same values in another order of columns and under other labels are the same book."""
    headings = [{"Ngày sinh hoạt": "Ngày họp", "Giờ bắt đầu": "Bắt đầu"}.get(name, name) for name in HEADINGS]
    other = small_book({"Mã chi bộ": "CB9", "Tên chi bộ": "Chi bộ CB9"}, Sinh_hoạt=[headings[::-1], MEETING[::-1]])
    (office / "bản sao.xlsx").write_bytes(workbook(other))
    called = chibo("facts", office)
    assert called.exit_code == 0
    assert [row["cell_code"] for row in called.rows()] == EXPECTED


def test_books_of_two_years_are_no_copies(office):
    rows = meetings({"Mã kỳ": "2025-12", "Ngày sinh hoạt": datetime(2025, 12, 4)})
    last = small_book({"Mã chi bộ": "CB9", "Tên chi bộ": "Chi bộ CB9", "Năm": 2025}, Sinh_hoạt=rows)
    (office / "năm trước.xlsx").write_bytes(workbook(last))
    assert codes(office).count("CB9") == 2
    assert codes(office, "--period", "2025").count("CB9") == 1


def test_rows_alone_on_standard_output(office):
    (office / "hỏng.xlsx").write_bytes(b"%PDF")
    for call in (("facts", office), ("check", office, "--format", "csv")):
        lines = list(csv.reader(io.StringIO(chibo(*call).out.decode("utf-8"))))
        assert {len(line) for line in lines} == {len(lines[0])}
        assert len(lines) > 6
    assert json.loads(chibo("facts", office, "--format", "json").out)
    assert json.loads(chibo("check", office, "--format", "json").out)


def test_to_a_file_instead(office, tmp_path):
    out = tmp_path / "dữ kiện.csv"
    called = chibo("facts", office, "--out", out)
    assert called.out == b""
    assert out.read_bytes() == chibo("facts", office).out
    assert not out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_empty_folder(tmp_path):
    called = chibo("facts", tmp_path)
    assert (called.exit_code, called.rows()) == (0, [])
    assert "Không tìm thấy sổ nào" in called.err


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example","y")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)"])
def test_names_that_look_like_formulas_stay_text(tmp_path, text):
    path, out = tmp_path / "so.xlsx", tmp_path / "r.xlsx"
    path.write_bytes(workbook(small_book({"Tên chi bộ": text, "Tên đảng bộ cơ sở": text})))
    assert chibo("consolidate", path, "--period", "2026-03", "--return", "thang", "--out", out).exit_code == 0
    written = [cell for sheet in openpyxl.load_workbook(out) for row in sheet.iter_rows() for cell in row]
    named = [cell for cell in written if cell.value == text]
    assert len(named) >= 2
    assert {cell.data_type for cell in named} == {"s"}
    (row,) = chibo("facts", path).rows()
    assert row["cell_name"] == f"'{text}"
    assert chibo("facts", path, "--format", "json").data()[0]["cell_name"] == text


@pytest.mark.parametrize("text", ["Chi bộ 😀", "Chi bộ\nhai dòng", "Chi bộ &amp; <b>", "Chi bộ " + "dài " * 2000])
def test_odd_letters_in_names(tmp_path, text):
    path, out = tmp_path / "so.xlsx", tmp_path / "r.xlsx"
    path.write_bytes(workbook(small_book({"Tên chi bộ": text})))
    (row,) = chibo("facts", path, "--format", "json").data()
    assert row["cell_name"] == " ".join(text.split())
    assert chibo("consolidate", path, "--period", "2026-03", "--return", "thang", "--out", out).exit_code == 0
    assert openpyxl.load_workbook(io.BytesIO(out.read_bytes())).worksheets[0].max_row > 10
