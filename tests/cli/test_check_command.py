"""`chibo check`: findings as table, JSON and CSV; exit codes; files, folders and archives."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.definitions.folders import definition_files
from tables import INFO, MEETINGS, SheetTable, a_workbook

FIELDS = {"file", "sheet", "cell", "code", "severity", "message", "meeting", "clause", "seen", "expected", "mend"}
HEADER = "| Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Chuyên đề số |"
HEALTHY = f"""
    {HEADER}
    | 2026-01 | Thường kỳ | d:2026-01-05   | t:14:00     | t:15:30      |              |
    | 2026-02 | Kết hợp   | d:2026-02-05   | t:14:00     | t:16:00      |              |
"""
REVERSED = HEALTHY.replace("t:15:30", "t:13:00")


@pytest.fixture
def folder(tmp_path):
    def write(**books):
        for name, meetings in books.items():
            path = tmp_path / f"{name}.xlsx"
            path.write_bytes(meetings if isinstance(meetings, bytes) else a_workbook({"Sinh hoạt": meetings}))
        return tmp_path

    return write


def run(*arguments):
    return CliRunner().invoke(cli, ["check", *map(str, arguments), "--date", "2026-03-10"], catch_exceptions=False)


def test_json_is_a_list_of_objects_with_place_and_message(folder):
    result = run(folder(so=REVERSED), "--format", "json")

    rows = json.loads(result.stdout)
    assert result.exit_code == 1
    assert all(set(row) >= FIELDS for row in rows)
    [row] = [row for row in rows if row["severity"] == "block"]
    assert (row["file"], row["sheet"], row["cell"]) == ("so.xlsx", "Sinh hoạt", "E2")
    assert (row["code"], row["meeting"], row["clause"]) == ("END_NOT_AFTER_START", "2026-01", "2")
    assert (row["seen"], row["expected"]) == ("13:00", "> 14:00")
    assert row["message"].startswith("Trang «Sinh hoạt», ô E2: ")
    assert row["mend"] in row["message"]
    assert "13:00" in row["message"]
    assert row["other"] == ["Sinh hoạt D2"]


def test_english_messages(folder):
    result = run(folder(so=REVERSED), "--format", "json", "--lang", "en")

    assert "Sheet «Sinh hoạt», cell E2: The meeting does not end after it starts." in result.stdout


def test_a_file_that_cannot_be_read_gives_its_finding_too(folder):
    result = run(folder(hong=b"PK\x03\x04 broken", so=HEALTHY), "--format", "json")

    rows = json.loads(result.stdout)
    assert result.exit_code == 1
    [broken] = [row for row in rows if row["file"] == "hong.xlsx"]
    assert broken["severity"] == "block"
    assert broken["message"]
    assert "1 bị từ chối" in result.stderr


def test_csv_has_the_same_columns(folder):
    result = run(folder(so=REVERSED), "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert set(rows[0]) >= FIELDS
    assert rows[0]["code"] == "END_NOT_AFTER_START"
    assert rows[0]["other"] == "Sinh hoạt D2"


def test_the_table_is_grouped_by_file_and_says_how_to_mend(folder):
    result = run(folder(a=REVERSED, b=HEALTHY))

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    heads = [line for line in lines if line.startswith(("a.xlsx", "b.xlsx"))]
    assert heads[0].startswith("a.xlsx · ")
    assert "Sinh hoạt E2" in result.stdout
    assert "Giờ kết thúc không sau giờ bắt đầu." in result.stdout
    assert "END_NOT_AFTER_START" in result.stdout


def test_nothing_blocked_is_exit_code_0_whatever_the_warnings(folder):
    result = run(folder(so=MEETINGS), "--format", "json")

    assert result.exit_code == 0
    assert {row["severity"] for row in json.loads(result.stdout)} == {"warn", "note"}


def test_lighter_findings_can_be_left_out_without_changing_the_exit_code(folder):
    blocks = run(folder(so=REVERSED), "--format", "json", "--at-least", "block")

    assert {row["severity"] for row in json.loads(blocks.stdout)} == {"block"}
    assert blocks.exit_code == 1
    assert "để biết" in blocks.stderr


def test_each_book_begins_a_line_also_where_nothing_of_it_is_printed(folder):
    result = run(folder(mot=MEETINGS, hai=MEETINGS), "--at-least", "block", "--lang", "en")

    assert result.stdout.splitlines() == [
        "hai.xlsx · 1 worth a look, 1 to know",
        "mot.xlsx · 1 to know",
    ]


def test_standard_output_carries_only_the_rows(folder):
    result = run(folder(so=HEALTHY), "--format", "json")

    assert json.loads(result.stdout) is not None
    assert "Đã đọc 1 sổ" in result.stderr


def test_folders_and_archives_name_each_book_by_its_path(folder, tmp_path):
    archive = tmp_path / "goi.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("phong/so.xlsx", a_workbook({"Sinh hoạt": REVERSED}))
        opened.writestr("phong/ghi-chu.txt", b"x")

    result = run(archive, "--format", "json", "--at-least", "block")

    assert [row["file"] for row in json.loads(result.stdout)] == ["goi.zip/phong/so.xlsx"]
    assert "Đã bỏ qua 1 tệp không phải sổ: 1 tệp loại khác." in result.stderr
    assert "- goi.zip/phong/ghi-chu.txt\n" in result.stderr


def test_of_many_files_of_another_kind_the_first_are_named(folder):
    path = folder(so=HEALTHY)
    for number in range(23):
        (path / f"tep-{number:02}.ods").write_bytes(b"x")

    told = run(path).stderr

    assert [f"tep-{number:02}.ods" in told for number in (0, 19, 20, 22)] == [True, True, False, False]
    assert "… và 3 tệp nữa." in told


@pytest.mark.parametrize("written", [[], ["--format", "json"]])
def test_a_folder_without_books_is_wrong_usage_and_says_what_is_expected_there(written, tmp_path):
    folder = tmp_path / "sổ tháng 3"
    folder.mkdir()
    (folder / "đọc tôi.docx").write_bytes(b"words")

    result = run(folder, *written)

    assert (result.exit_code, result.stdout) == (2, "")
    told = " ".join(result.stderr.split())
    assert "sổ tháng 3». Cần có tệp sổ .xlsx, .xlsm hoặc .xls" in told
    assert "- đọc tôi.docx" in told


@pytest.mark.parametrize(
    "arguments", [["khong-co.xlsx"], [], ["--format", "xml", "."], ["--lang", "fr", "."], ["--at-least", "x", "."]]
)
def test_wrong_usage_is_exit_code_2(arguments):
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""


def test_an_office_s_own_thresholds_hold(folder, tmp_path_factory):
    home = tmp_path_factory.mktemp("office")
    rules = home / "sheets" / "rules"
    rules.mkdir(parents=True)
    shipped = definition_files("rules")["thresholds"].read_text(encoding="utf-8")
    rules.joinpath("thresholds.toml").write_text(shipped.replace('value = "300"', 'value = "100"'), encoding="utf-8")

    result = run(folder(so=HEALTHY), "--format", "json", "--home", home)

    assert "MEETING_OVERLONG" in {row["code"] for row in json.loads(result.stdout)}


def test_equal_books_are_told_together_and_each_in_csv(folder):
    copied = a_workbook({"Sinh hoạt": REVERSED})
    strange = SheetTable(REVERSED, hidden_rows=(2,))
    here = folder(**{f"so-{number}": copied for number in range(9)}, **{"so-lưu": a_workbook({"Sinh hoạt": strange})})
    result = run(here)

    assert result.stdout.count("END_NOT_AFTER_START") == 1
    assert "HIDDEN_ROWS" in result.stdout, "what is found of a copy alone is told of it"
    assert ", ".join(f"so-{number}.xlsx" for number in range(1, 9)) in " ".join(result.stdout.split())
    assert "8 bản sao giống hệt «so-0.xlsx»" in " ".join(result.stdout.split())
    in_csv = run(here, "--format", "csv").stdout
    assert in_csv.count("IDENTICAL_COPY") == 9
    assert in_csv.count("END_NOT_AFTER_START") == 1


def test_check_and_the_commands_that_consolidate_count_alike(folder):
    here = folder(so=REVERSED, ban_sao=REVERSED, hong=b"no workbook")
    checked = CliRunner().invoke(cli, ["check", str(here)]).stderr
    other = CliRunner().invoke(cli, ["facts", str(here)]).stderr

    def counted(said: str) -> str:
        return next(line for line in said.splitlines() if line.startswith("Tất cả:")).partition(". ")[0].rstrip(".")

    assert counted(checked) == counted(other)
    assert counted(checked).startswith("Tất cả: 2 chỗ phải sửa"), "one of the book and its copy, one of the broken file"


def test_equal_copies_are_one_paragraph_that_names_them_all_also_where_another_book_differs(tmp_path):
    for number in range(1, 9):
        (tmp_path / f"so{number}.xlsx").write_bytes(a_workbook())
    copies = ", ".join(f"so{number}.xlsx" for number in range(2, 9))

    assert f"{copies} · 7 bản sao giống hệt «so1.xlsx»" in " ".join(run(tmp_path).stdout.split())

    (tmp_path / "khác.xlsx").write_bytes(a_workbook({"Thông tin": INFO.replace("Người Một", "Người Ba")}))
    told = " ".join(run(tmp_path).stdout.split())
    assert f"{copies} · 7 bản sao giống hệt «so1.xlsx»" in told
    assert told.count("CELL_TWICE") == 2
    assert "có sổ «so1.xlsx» và 1 sổ khác: «khác.xlsx»" in told


def test_of_very_many_findings_of_one_kind_a_table_shows_the_first_and_csv_all(tmp_path):
    lines = "\n".join(f"| DV1 | Người {row} | Chính thức | Sinh hoạt |" for row in range(130))
    members = f"| Mã đảng viên | Họ và tên | Chính thức/Dự bị | Tình trạng |\n{lines}"
    (tmp_path / "so.xlsx").write_bytes(a_workbook({"Đảng viên": members}))

    in_table = run(tmp_path)
    told = " ".join(in_table.stdout.split())

    assert told.count("MEMBER_CODE_TWICE") == 100
    more = "… và 30 chỗ nữa như «Một mã dùng cho hai đảng viên» ở trang này (muốn xem từng chỗ: thêm --format csv)"
    assert more in told
    assert "130 phải sửa" in told
    assert run(tmp_path, "--format", "csv").stdout.count("MEMBER_CODE_TWICE") == 130
    assert "… and 30 more like «One code for two members» on this sheet" in " ".join(
        run(tmp_path, "--lang", "en").stdout.split()
    )
