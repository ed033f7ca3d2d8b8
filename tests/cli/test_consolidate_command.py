"""`chibo consolidate`: books in, the return of a month out, and an account of every book."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from chibo.cli.main import cli
from golden_office import golden_office
from tables import INFO, MEETINGS, a_workbook, xlsx


@pytest.fixture
def folder(tmp_path) -> Path:
    """The golden office as files."""
    home = tmp_path / "sổ"
    home.mkdir()
    for name, data in golden_office().items():
        (home / name).write_bytes(data)
    return home


def consolidate(folder: Path, *options: object, out: Path | None = None, period: str = "2026-03") -> Result:
    target = out or folder.parent / "thang.xlsx"
    arguments = ["consolidate", folder, "--period", period, "--return", "thang", "--out", target, *options]
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def book_of(year: int) -> bytes:
    """A small book of a cell of its own, of this year."""
    info, meetings = INFO.replace("CB01", "CB90"), MEETINGS
    return a_workbook({"Thông tin": info.replace("2026", f"{year}"), "Sinh hoạt": meetings.replace("2026", f"{year}")})


def sheet_of(path: Path):
    return openpyxl.load_workbook(path, data_only=True).worksheets[0]


def texts_of(path: Path) -> str:
    return "\n".join(str(cell.value) for row in sheet_of(path).iter_rows() for cell in row if cell.value is not None)


def test_the_return_is_written_though_a_book_was_refused(folder, tmp_path):
    result = consolidate(folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Nhận 8 sổ = 7 được dùng + 1 bị từ chối." in result.stderr
    assert "- GD08.xlsx" in result.stderr
    assert "Chi bộ Phòng Tổng hợp" in texts_of(tmp_path / "thang.xlsx")


def test_the_account_names_the_cells_that_have_not_reported(folder):
    (folder / "GD08.xlsx").unlink()
    result = consolidate(folder)
    assert result.exit_code == 0
    assert "Kỳ 2026-03: 7 chi bộ, 1 chưa báo cáo." in result.stderr
    assert "- GD05 Chi bộ Bảo quản, Đảng bộ Ban Mẫu vật" in result.stderr


@pytest.fixture
def two_books(folder) -> Path:
    """The golden office with two books of GD02 that differ."""
    other = "Chi bộ Phòng Khác"
    book = openpyxl.load_workbook(folder / "GD02.xlsx")
    name = next(cell for row in book["Thông tin"].iter_rows() for cell in row if str(cell.value).startswith("Chi bộ "))
    name.value = other
    book.save(folder / "GD02 mới.xlsx")
    return folder


def test_a_cell_with_two_books_that_differ_is_in_the_return_as_one_whose_books_are_refused(two_books, tmp_path):
    before = consolidate(two_books).stderr

    assert "- GD02 mới.xlsx" in before
    assert "Kỳ 2026-03: 7 chi bộ, 2 chưa báo cáo." in before
    assert "(sổ gửi đến bị từ chối)" in before
    assert "Chưa báo cáo: sổ gửi đến bị từ chối" in texts_of(tmp_path / "thang.xlsx")


def test_no_return_is_written_where_all_that_came_in_is_refused(two_books, tmp_path):
    for book in two_books.iterdir():
        if not book.name.startswith("GD02"):
            book.unlink()
    result = consolidate(two_books)

    assert (result.exit_code, list(tmp_path.glob("*.xlsx"))) == (1, [])
    assert "Không ghi biểu" in result.stderr


def test_books_of_another_year_are_named(folder):
    (folder / "GD08.xlsx").unlink()

    assert "Sổ của năm khác" not in consolidate(folder).stderr
    (folder / "mới.xlsx").write_bytes(book_of(2062))
    told = consolidate(folder, period="2062-03").stderr
    assert "Sổ của năm khác, không có gì cho kỳ 2062-03 (7): GD01 Tổng hợp.xlsx, GD02.xlsx" in told
    assert "Xem lại --period" not in told


def test_a_period_of_which_no_book_is_ends_with_the_years_that_there_are(folder, tmp_path):
    (folder / "GD08.xlsx").unlink()
    result = consolidate(folder, period="2062-03")
    *_, hint, written = result.stderr.splitlines()
    assert hint == "Không sổ nào của năm 2062: các sổ đã đọc là của năm 2026. Xem lại --period."
    assert (result.exit_code, written) == (0, f"Đã ghi «{tmp_path / 'thang.xlsx'}».")
    assert "GD01 Tổng hợp.xlsx" not in result.stderr, "where all are of another year, their names say nothing"
    (folder / "cũ.xlsx").write_bytes(book_of(2025))
    told = consolidate(folder, "--lang", "en", period="2062-03").stderr
    assert "No workbook is of 2062: those read are of 2025, 2026. Check --period." in told


@pytest.mark.parametrize("kind", ["csv", "semicolons", "codes", "xlsx"])
def test_a_list_of_expected_cells_shows_who_is_missing(folder, tmp_path, kind):
    lists = {
        "csv": ("ds.csv", "cell_code,cell_name,committee_code\nGD99,Chi bộ im lặng,DB01\nGD01,Tên cũ,DB01\n".encode()),
        "semicolons": ("ds.txt", "\ufeffTên chi bộ;Mã chi bộ *\nChi bộ im lặng;GD99\nTên cũ;gd01\n".encode()),
        "codes": ("ds.csv", b"GD99\r\n\r\nGD01\r\n"),
        "xlsx": (
            "ds.xlsx",
            xlsx({"DS": "| DANH SÁCH |\n|\n| TT | Mã chi bộ | Tên chi bộ |\n| n:1 | GD99 | Chi bộ im lặng |"}),
        ),
    }
    name, data = lists[kind]
    (tmp_path / name).write_bytes(data)
    result = consolidate(folder, "--expected", tmp_path / name)
    assert "(chưa có sổ)" in result.stderr
    assert "GD99" in result.stderr
    assert "Ngoài danh sách phải báo cáo" in result.stderr
    assert ("GD99" if kind == "codes" else "Chi bộ im lặng") in texts_of(tmp_path / "thang.xlsx")
    assert "Tên cũ" not in texts_of(tmp_path / "thang.xlsx")


@pytest.mark.parametrize(
    ("name", "data"),
    [("ds.csv", b"ten,so\nA,1\n"), ("ds.csv", b"\xff\xff\x00,"), ("ds.xlsx", b"no workbook"), ("ds.csv", b"")],
)
def test_a_list_that_cannot_be_understood_stops_before_anything_is_written(folder, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    result = consolidate(folder, "--expected", tmp_path / name)
    assert result.exit_code != 0
    assert f"Danh sách «{name}»" in str(result.exception) or f"danh sách «{name}»" in str(result.exception)
    assert not (tmp_path / "thang.xlsx").exists()


def test_the_same_books_and_day_give_the_same_bytes(folder, tmp_path):
    consolidate(folder, "--date", "2026-04-05", out=tmp_path / "a.xlsx")
    consolidate(folder, "--date", "05/04/2026", "--workers", "2", out=tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert "ngày 05 tháng 4 năm 2026" in texts_of(tmp_path / "a.xlsx")


def test_a_copy_without_sources(folder, tmp_path):
    consolidate(folder, "--without-sources")
    assert openpyxl.load_workbook(tmp_path / "thang.xlsx").sheetnames == ["Biểu tổng hợp"]


def test_a_base_organisations_own_return(folder, tmp_path):
    result = consolidate(folder, "--level", "committee", "--committee", "DB02")
    assert result.exit_code == 1, result.stderr
    shown = texts_of(tmp_path / "thang.xlsx")
    assert "ĐẢNG ỦY BAN MẪU VẬT" in shown
    assert "ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH" in shown
    assert "T/M ĐẢNG ỦY" in shown
    assert "Chi bộ Phòng Tổng hợp" not in shown
    assert "Tổng số 3 chi bộ" in shown


def test_a_base_organisations_return_needs_one_organisation(folder):
    result = consolidate(folder, "--level", "committee")
    assert result.exit_code == 2
    assert "--committee" in result.stderr


def test_the_board_signs_in_its_own_name(folder, tmp_path):
    consolidate(folder, "--level", "board", "--attached-to", "(Kèm theo Báo cáo số 12-BC/BTC ngày 05/4/2026)")
    shown = texts_of(tmp_path / "thang.xlsx")
    assert "TRƯỞNG BAN" in shown
    assert "T/M" not in shown
    assert "(Kèm theo Báo cáo số 12-BC/BTC ngày 05/4/2026)" in shown


def test_an_old_return_in_the_folder_is_replaced_and_is_no_book(folder):
    out = folder / "biểu tháng 3.xlsx"
    first = consolidate(folder, "--date", "2026-04-05", out=out)
    written = out.read_bytes()
    second = consolidate(folder, "--date", "2026-04-05", out=out)
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "1 biểu cũ sẽ được ghi đè" in second.stderr
    assert out.read_bytes() == written


@pytest.mark.parametrize(
    "change",
    [
        {"--return": "không-có"},
        {"--period": "2026-Q1"},
        {"--period": "tháng 3"},
        {"--out": "."},
        {"--out": "/không/có/a.xlsx"},
        {"--out": "a.xls"},
        {"--out": "GD01 Tổng hợp.xlsx"},
        {"--date": "hôm qua"},
    ],
)
def test_wrong_usage_is_told_apart_and_nothing_is_written(folder, monkeypatch, change):
    monkeypatch.chdir(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    options = {"--period": "2026-03", "--return": "thang", "--out": "x.xlsx", **change}
    arguments = [part for pair in options.items() for part in pair]
    result = CliRunner().invoke(cli, ["consolidate", str(folder), *arguments])
    assert result.exit_code == 2, result.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_without_books_writes_nothing(tmp_path):
    (tmp_path / "sổ").mkdir()
    result = consolidate(tmp_path / "sổ")
    assert (result.exit_code, list(tmp_path.glob("*.xlsx"))) == (2, [])
    assert "Không tìm thấy sổ nào" in result.stderr


@pytest.fixture
def refused(tmp_path) -> Path:
    """A folder whose only book cannot be used."""
    home = tmp_path / "hỏng"
    home.mkdir()
    (home / "bien ban.xlsx").write_bytes(b"khong phai so")
    return home


def test_an_empty_return_is_not_written_and_it_says_why(refused, tmp_path):
    result = consolidate(refused)
    assert (result.exit_code, list(tmp_path.glob("*.xlsx"))) == (1, [])
    assert "- bien ban.xlsx" in result.stderr
    assert "Không ghi biểu" in result.stderr
    assert "--expected" in result.stderr


def test_an_older_return_stays_as_it_was_where_none_is_written(folder, refused, tmp_path):
    consolidate(folder)
    before = (tmp_path / "thang.xlsx").read_bytes()
    assert consolidate(refused).exit_code == 1
    assert (tmp_path / "thang.xlsx").read_bytes() == before


def test_cells_that_are_expected_give_a_return_its_meaning(refused, tmp_path):
    (tmp_path / "ds.csv").write_text("cell_code,cell_name\nGD99,Chi bộ im lặng\n", encoding="utf-8")
    result = consolidate(refused, "--expected", tmp_path / "ds.csv")
    assert result.exit_code == 1
    assert "Chưa báo cáo" in texts_of(tmp_path / "thang.xlsx")


@pytest.mark.parametrize("command", ["check", "facts", "consolidate"])
def test_an_archive_in_the_folder_is_named_with_what_to_do(folder, command):
    (folder / "gửi sau").mkdir()
    with zipfile.ZipFile(folder / "gửi sau" / "tháng 3.zip", "w") as archive:
        archive.writestr("GD09.xlsx", b"")
    (folder / "cũ.rar").write_bytes(b"Rar!")
    result = consolidate(folder) if command == "consolidate" else CliRunner().invoke(cli, [command, str(folder)])
    assert "- gửi sau/tháng 3.zip: nêu thẳng gói này làm PATH" in result.stderr
    assert "- cũ.rar: giải nén ra một thư mục" in result.stderr


def test_a_folder_with_nothing_but_an_archive_says_so_too(tmp_path):
    (tmp_path / "sổ").mkdir()
    with zipfile.ZipFile(tmp_path / "sổ" / "a.zip", "w") as archive:
        archive.writestr("a.xlsx", b"")
    result = consolidate(tmp_path / "sổ")
    assert result.exit_code == 2
    assert "- a.zip: nêu thẳng gói này làm PATH" in result.stderr


OWN = """
schema = 1
id = "quy-rieng"
title = "Sinh hoạt trong quý"
periods = ["quarter"]
rows = "committee"
effective = { from = 2026-01-01 }
heading = { kind = "DANH SÁCH", subject = "sinh hoạt chi bộ {period}", capitals = true }
[grouping]
by = "none"
[[columns]]
code = "stt"
label = "STT"
figure = "ordinal"
[[columns]]
code = "name"
label = "Đảng bộ"
figure = "committee_name"
width = 40
[[columns]]
code = "held"
label = "Số buổi"
aggregate = { kind = "count" }
total = "sum"
[[columns]]
code = "good"
label = "Số buổi Tốt"
aggregate = { kind = "count", where = [{ field = "grade", equals = "Tốt" }] }
total = "sum"
[[columns]]
code = "share"
label = "% Tốt"
percent = { of = "good", over = "held" }
"""


def test_an_offices_own_return_is_used(folder, tmp_path):
    home = tmp_path / "office"
    (home / "sheets" / "returns").mkdir(parents=True)
    (home / "sheets" / "returns" / "quy-rieng.toml").write_text(OWN, encoding="utf-8")
    out = tmp_path / "quy.xlsx"
    arguments = [folder, "--home", home, "--period", "2026-Q1", "--return", "quy-rieng", "--out", out]
    result = CliRunner().invoke(cli, ["consolidate", *map(str, arguments)])
    assert result.exit_code == 1, result.output
    lines = [row for row in sheet_of(out).iter_rows(max_col=5, values_only=True) if row[0] in {1, 2, 3, "Tổng cộng"}]
    assert lines == [
        (1, "Đảng bộ Sở Thử nghiệm", 3, 2, pytest.approx(200 / 3)),
        (2, "Đảng bộ Ban Mẫu vật", 2, 0, 0),
        (3, "Các chi bộ cơ sở trực thuộc Đảng ủy Khối", 1, 0, 0),
        ("Tổng cộng", None, 6, 2, pytest.approx(100 / 3)),
    ]
    assert "SINH HOẠT CHI BỘ QUÝ I NĂM 2026" in texts_of(out)
    numbering = next(row for row in sheet_of(out).iter_rows(values_only=True) if row[0] == "(1)")
    assert numbering[4] == "(5)=(4)*100/(3)"


def test_a_wrong_definition_of_the_office_names_file_and_key(folder, tmp_path):
    home = tmp_path / "office"
    (home / "sheets" / "returns").mkdir(parents=True)
    (home / "sheets" / "returns" / "quy-rieng.toml").write_text(OWN.replace('"good", over', '"sai", over'), "utf-8")
    result = consolidate(folder, "--home", home, "--return", "quy-rieng", period="2026-Q1")
    assert result.exit_code == 1
    assert "quy-rieng.toml" in str(result.exception)
    assert "không có cột «sai»" in str(result.exception)


def test_another_wrong_return_of_the_office_stops_nothing_and_is_told(folder, tmp_path):
    returns = tmp_path / "office" / "sheets" / "returns"
    returns.mkdir(parents=True)
    (returns / "quy-rieng.toml").write_text(OWN.replace('"good", over', '"sai", over'), "utf-8")
    result = consolidate(folder, "--home", tmp_path / "office")
    assert (tmp_path / "thang.xlsx").exists()
    assert "quy-rieng.toml" in result.stderr
    assert "không có cột «sai»" in result.stderr


def test_somebodys_own_workbook_is_replaced_only_by_force(folder, tmp_path):
    out = tmp_path / "thang.xlsx"
    out.write_bytes(xlsx({"Riêng": "| của tôi |"}))
    before = out.read_bytes()
    refused = consolidate(folder)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert out.read_bytes() == before
    consolidate(folder, "--force")
    assert "Chi bộ Phòng Tổng hợp" in texts_of(out)
    consolidate(folder)  # a return of ours gives way to a newer one without a question
    assert "Chi bộ Phòng Tổng hợp" in texts_of(out)
