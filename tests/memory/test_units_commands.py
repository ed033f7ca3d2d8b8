"""`chibo units` and `chibo audit`: the register through a workbook, and the log of what was done."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from acceptance.command_line import chibo

UNITS = [
    ("DB01", "01/01/2025", "Thành lập", "Đảng bộ Sở Một", "Đảng bộ cơ sở"),
    ("CB01", "01/01/2025", "Thành lập", "Chi bộ Một", "Chi bộ trực thuộc", "DB01"),
]
ADMINISTRATOR = {"Người": ("N1", "Nguyễn Văn Mẫu", "quan"), "Phân công": ("N1", "Quản trị", None, "01/01/2025")}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert chibo("init", tmp_path / "vp").exit_code == 0
    return tmp_path / "vp"


def filled(home: Path, *rows: tuple[str, ...], sheet: str = "Đơn vị") -> Path:
    """The exported workbook with further rows typed in."""
    file = home / "danh-ba.xlsx"
    assert chibo("units", "export", file, "--force", "--home", home).exit_code == 0
    book = openpyxl.load_workbook(file)
    page = book[sheet]
    first = next(row for row in range(4, 500) if page.cell(row, 1).value is None)
    for offset, row in enumerate(rows):
        for column, value in enumerate(row, start=1):
            page.cell(first + offset, column, value)
    book.save(file)
    return file


def typed(file: Path, rows: Mapping[str, tuple[object, ...]]) -> None:
    """The first row of some sheets of the workbook, typed anew."""
    book = openpyxl.load_workbook(file)
    for sheet, row in rows.items():
        for column, value in enumerate(row, start=1):
            book[sheet].cell(4, column).value = value  # an empty one too
    book.save(file)


def test_a_register_is_filled_in_a_workbook_and_brought_in_after_a_look(home: Path) -> None:
    file = filled(home, *UNITS)
    seen = chibo("units", "import", file, "--preview", "--home", home, "--format", "json")
    assert [(row["revision"], row["record"]) for row in seen.data()] == [
        ("thêm", "CB01 · 01/01/2025 · Thành lập"),
        ("thêm", "DB01 · 01/01/2025 · Thành lập"),
    ]
    assert chibo("units", "list", "--home", home, "--format", "json").data() == []
    assert chibo("units", "import", file, "--home", home).exit_code == 0
    listed = chibo("units", "list", "--home", home, "--format", "json").data()
    assert [(row["code"], row["committee"]) for row in listed] == [("CB01", "DB01"), ("DB01", "DB01")]
    assert chibo("units", "list", "--as-of", "31/12/2024", "--home", home, "--format", "json").data() == []
    again = chibo("units", "import", file, "--home", home)
    assert "Không có gì thay đổi" in again.err


def test_a_workbook_may_name_a_part_of_the_register_and_nothing_else_goes(home: Path) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home)
    alone = home / "mot-dong.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Đơn vị"
    page.append(["Mã đơn vị", "Từ ngày", "Việc", "Tên đơn vị"])
    page.append(["CB01", "01/06/2025", "Đổi tên", "Chi bộ Mới"])
    book.save(alone)
    called = chibo("units", "import", alone, "--home", home)
    assert called.exit_code == 0, called.err
    assert "2 dòng của văn phòng không có trong sổ" in called.err
    listed = chibo("units", "list", "--home", home, "--format", "json").data()
    assert [row["name"] for row in listed] == ["Chi bộ Mới", "Đảng bộ Sở Một"]
    replaced = chibo("units", "import", alone, "--replace", "--home", home)
    assert replaced.exit_code == 1
    assert "UNIT_NOT_FOUNDED" in replaced.err
    assert len(chibo("units", "list", "--home", home, "--format", "json").data()) == 2


def test_what_is_wrong_is_said_with_its_place_and_nothing_is_brought_in(home: Path) -> None:
    called = chibo("units", "import", filled(home, UNITS[1]), "--home", home)
    assert called.exit_code == 1
    assert "[Đơn vị F4] phải sửa" in called.err
    assert "PARENT_UNKNOWN" in called.err
    assert chibo("units", "list", "--home", home, "--format", "json").data() == []


def test_a_spelling_is_confirmed_once_and_can_be_corrected(home: Path) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home)
    assert "Chi bộ Một" in chibo("units", "alias", "CB 1", "cb01", "--home", home).err
    held = chibo("units", "alias", "cb  1", "DB01", "--home", home)
    assert held.exit_code == 1
    assert "«cb 1» đang là CB01 Chi bộ Một. Đổi sang DB01 Đảng bộ Sở Một" in " ".join(held.err.split())
    assert chibo("units", "alias", "CB 1", "CB01", "--home", home).exit_code == 0, "the same again moves nothing"
    assert chibo("units", "alias", "CB 1", "DB01", "--move", "--home", home).exit_code == 0
    assert chibo("units", "alias", "CB 1", "CB09", "--home", home).exit_code == 1
    assert chibo("units", "alias", "db01", "CB01", "--home", home).exit_code == 1


def test_a_workbook_that_takes_a_spelling_from_its_unit_names_it_and_wants_it_agreed_to(home: Path) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home)
    chibo("units", "alias", "CB 1", "CB01", "--home", home)
    file = filled(home, sheet="Tên gọi khác")
    book = openpyxl.load_workbook(file)
    book["Tên gọi khác"]["B4"] = "CB02"
    book["Đơn vị"].append(["CB02", "01/06/2025", "Thành lập", "Chi bộ Hai", "Chi bộ trực thuộc", "DB01"])
    book.save(file)
    told = "Tên gọi «CB 1» đang là CB01 Chi bộ Một, đổi sang CB02 Chi bộ Hai."
    seen = chibo("units", "import", file, "--preview", "--home", home)
    assert (seen.exit_code, told in seen.err) == (0, True)
    refused = chibo("units", "import", file, "--home", home)
    assert (refused.exit_code, told in refused.err, "--move" in refused.err) == (1, True, True)
    assert "CB02" not in chibo("units", "list", "--home", home).out.decode(), "nothing of it is brought in"
    assert chibo("units", "import", file, "--move", "--home", home).exit_code == 0
    assert "Không có gì thay đổi" in chibo("units", "import", file, "--home", home).err


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_no_unit_goes_by_a_blank(home: Path, blank: str) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home)
    refused = chibo("units", "alias", blank, "CB01", "--home", home)
    assert (refused.exit_code, "Cách viết để trống" in refused.err) == (1, True)


def test_the_first_administrator_closes_the_office_to_others(home: Path) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home)
    typed(filled(home), ADMINISTRATOR)
    assert chibo("units", "import", home / "danh-ba.xlsx", "--home", home).exit_code == 0
    refused = chibo("units", "alias", "CB 1", "CB01", "--home", home, "--as", "khac")
    assert refused.exit_code == 1
    assert "«khac» không được sửa danh bạ" in refused.err
    assert chibo("units", "alias", "CB 1", "CB01", "--home", home, "--as", "quan").exit_code == 0


@pytest.mark.parametrize(
    ("person", "assignment", "code", "exit_code"),
    [
        (("N1", "Nguyễn Văn Mẫu", "quan"), ("N1", "Quản trị", None, "01/01/2025", "31/03/2025"), "LAST_GONE", 1),
        (("N1", "Nguyễn Văn Mẫu", None), ("N1", "Quản trị", None, "01/01/2025"), "WITHOUT_ACCOUNT", 1),
        (("N1", "Nguyễn Văn Mẫu", "quan"), ("N1", "Quản trị", None, "01/01/2025", "31/12/2098"), "ENDS", 0),
        (("N1", "Nguyễn Văn Mẫu", "quan"), ("N1", "Quản trị", None, "01/01/2025"), "", 0),
    ],
)
def test_an_office_does_not_lose_its_administrator_unseen(
    home: Path, person: tuple[object, ...], assignment: tuple[object, ...], code: str, exit_code: int
) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home)
    file = filled(home)
    typed(file, ADMINISTRATOR)
    assert chibo("units", "import", file, "--home", home).exit_code == 0
    typed(file, {"Người": person, "Phân công": assignment})
    told = chibo("units", "import", file, "--preview", "--home", home, "--as", "quan")
    assert told.exit_code == exit_code, told.err
    assert ("ADMINISTRATOR" in told.err) is bool(code)
    assert f"(ADMINISTRATOR_{code})" in told.err or not code
    refused = chibo("backup", home / "a.chibo", "--home", home, "--as", "khac")
    assert "«khac» không được" in refused.err


def test_the_log_tells_who_did_what_and_notices_a_change(home: Path) -> None:
    chibo("units", "import", filled(home, *UNITS), "--home", home, "--as", "an")
    listed = chibo("audit", "list", "--home", home, "--format", "json").data()
    assert [(row["actor"], row["act"], row["reason"]) for row in listed[2:]] == [
        ("an", "unit-registered", "danh-ba.xlsx")
    ] * 2
    assert chibo("audit", "verify", "--home", home).exit_code == 0
    database = sqlite3.connect(home / ".chibo-data" / "office.db")
    database.execute("UPDATE audit SET actor = 'khac' WHERE number = 2")
    database.commit()
    broken = chibo("audit", "verify", "--home", home)
    assert broken.exit_code == 1
    assert "hỏng từ mục 2" in broken.out.decode()
    database.execute("DELETE FROM audit WHERE number > 1")
    database.commit()
    database.close()
    assert "thiếu từ mục này" in chibo("audit", "verify", "--home", home).out.decode()


def test_a_folder_that_is_no_office_is_told_so(tmp_path: Path) -> None:
    called = chibo("units", "list", "--home", tmp_path)
    assert called.exit_code == 1
    assert "chibo init" in called.err
    assert not list(tmp_path.iterdir())


def test_a_database_is_named_when_the_office_is_made(tmp_path: Path, home: Path) -> None:
    chibo("units", "list", "--home", home)
    assert chibo("init", home, "--database", "postgresql://may/vp").exit_code == 1
    made = chibo("init", tmp_path / "khac", "--database", "postgresql://an@may/vp")
    assert made.exit_code == 0
    written = tmp_path / "khac" / ".chibo-data" / "database"
    assert written.read_text() == "postgresql://an@may/vp\n"
    assert chibo("init", tmp_path / "ba", "--database", "mysql://may/vp").exit_code == 1
