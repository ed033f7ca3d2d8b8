"""Files that are no sound books: each refused by name, with a code and a way out, and never at the cost of others."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from command_line import chibo
from small_books import INFO, MEMBERS, small_book, workbook

from old_excel import locked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SOUND = workbook(small_book({"Mã chi bộ": "CB99", "Tên chi bộ": "Chi bộ Chín Chín"}))
MACHINE = re.compile(r"/tmp|/home|\\|Traceback|Error|Exception|None|0x[0-9a-f]{4}|[{}]")


def repacked(change: dict[str, bytes | None], data: bytes = SOUND) -> bytes:
    """The workbook with other parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = change.get(item.filename, old.read(item))
            if content is not None:
                new.writestr(item.filename, content)
    return stream.getvalue()


def of_sheet(content: bytes) -> bytes:
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (namespace, content)


FAR_CELLS = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MEETINGS = "xl/worksheets/sheet3.xml"
FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "EMPTY"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "NOT_XLSX"),
    "web page": (b"<html><table><tr><td>Sinh ho\xe1\xba\xa1t</td></tr></table></html>", "NOT_XLSX"),
    "csv": ("Mã kỳ,Loại\n2026-03,Thường kỳ\n".encode(), "NOT_XLSX"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "NOT_XLSX"),
    "old excel": (OLE + bytes(504) + "Workbook".encode("utf-16-le") + bytes(2000), "XLS_BROKEN"),
    "with password": (locked(SOUND, "mật khẩu"), "ENCRYPTED"),
    "cut short": (SOUND[: len(SOUND) // 2], "ZIP_BROKEN"),
    "one byte short": (SOUND[:-1], "ZIP_BROKEN"),
    "empty zip": (repacked(dict.fromkeys(zipfile.ZipFile(io.BytesIO(SOUND)).namelist())), "PART_MISSING"),
    "broken sheet": (repacked({MEETINGS: of_sheet(b"<row r='1'><c r='A1'>")}), "XML_BROKEN"),
    "entities": (repacked({MEETINGS: b'<!DOCTYPE x [<!ENTITY e "y">]>' + of_sheet(b"")}), "XML_DTD"),
    "bomb": (repacked({MEETINGS: of_sheet(b" " * (64 << 20))}), "ZIP_RATIO"),
    "far corner": (
        repacked({MEETINGS: of_sheet(FAR_CELLS)}),
        "SHEET_TOO_BIG",
    ),
    "another workbook": (workbook({"Doanh thu": [["Quý", "Tiền"], [1, 2]]}), "NOT_A_CELL_BOOK"),
    "no members": (workbook(small_book(Đảng_viên=None)), "SHEET_MISSING"),
    "no meetings": (workbook(small_book(Sinh_hoạt=None)), "SHEET_MISSING"),
    "meetings renamed": (workbook(small_book(Sinh_hoạt=None, SINH_HOẠT_2026=[["Mã kỳ"]])), "SHEET_RENAMED"),
    "no info": (workbook(small_book(Thông_tin=None)), "SHEET_MISSING"),
    "no year": (workbook(small_book({"Năm": None})), "LABEL_MISSING"),
    "odd year": (workbook(small_book({"Năm": 26})), "INFO_UNREADABLE"),
    "unknown kind of cell": (workbook(small_book({"Loại hình": "Câu lạc bộ"})), "INFO_UNREADABLE"),
    "error in the code": (workbook(small_book({"Mã chi bộ": "#REF!"})), "INFO_UNREADABLE"),
    "two codes": (workbook(small_book(Thông_tin=[*INFO, ["Mã chi bộ", "CB02"]])), "IDENTITY_CONTRADICTORY"),
    "no column of kinds": (workbook(small_book(Sinh_hoạt=[["Mã kỳ", "Ngày họp"], ["2026-03", "5/3/2026"]])),
                           "COLUMN_MISSING"),
    "no column of status": (workbook(small_book(Đảng_viên=[row[:3] for row in MEMBERS])), "COLUMN_MISSING"),
}  # fmt: skip


@pytest.fixture(params=FILES, ids=str)
def wrong(request, tmp_path) -> tuple[Path, str]:
    data, code = FILES[request.param]
    path = tmp_path / "sổ gửi.xlsx"
    path.write_bytes(data)
    return path, code


def test_check_names_the_code_the_place_and_the_way_out(wrong):
    path, code = wrong
    called = chibo("check", path, "--format", "json")
    assert called.exit_code == 1
    refusals = [one for one in called.data() if one["severity"] == "block"]
    assert [one["code"] for one in refusals] == [code]
    (refusal,) = refusals
    assert {"file", "sheet", "cell", "code", "severity", "message"} <= set(refusal)
    assert refusal["file"] == path.name
    assert refusal["mend"]
    assert len(refusal["message"]) > len(refusal["title"])
    assert not MACHINE.search(refusal["message"])


def test_check_prints_the_same_as_table_and_csv(wrong):
    path, code = wrong
    table, rows = chibo("check", path), chibo("check", path, "--format", "csv").rows()
    assert code in table.out.decode("utf-8")
    assert [row["code"] for row in rows if row["severity"] == "block"] == [code]


def test_facts_give_no_row_of_it_and_all_rows_of_others(wrong, tmp_path):
    path, code = wrong
    (tmp_path / "đúng.xlsx").write_bytes(SOUND)
    called = chibo("facts", tmp_path)
    assert called.exit_code == 1
    assert [row["cell_code"] for row in called.rows()] == ["CB99"]
    assert "Nhận 2 sổ = 1 được dùng + 1 bị từ chối" in called.err
    assert path.name in called.err
    assert code in called.err


def test_the_return_is_written_without_it(wrong, tmp_path):
    path, code = wrong
    (tmp_path / "đúng.xlsx").write_bytes(SOUND)
    out = tmp_path / "biểu.xlsx"
    called = chibo("consolidate", tmp_path, "--period", "2026-03", "--return", "thang", "--out", out)
    assert called.exit_code == 1
    assert out.exists()
    assert f"- {path.name}\n" in called.err
    assert code in called.err


def test_score_says_why(wrong):
    path, _ = wrong
    called = chibo("score", path, "--meeting", "2026-03")
    assert (called.exit_code, called.out) == (1, b"")
    assert path.name in called.err
    assert not MACHINE.search(called.err)


def test_sheets_that_may_be_absent(tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(SOUND)
    assert chibo("facts", path).exit_code == 0
    assert not [one for one in chibo("check", path, "--format", "json").data() if one["severity"] == "block"]
