"""`chibo facts`: rows alone on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from chi_bo import FOREIGN_SHEETS
from chibo.cli.main import cli
from chibo.model import FACT_COLUMNS
from golden_office import golden_office
from tables import INFO, a_workbook, xlsx


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The golden office as files, with things beside that are no books."""
    home = tmp_path_factory.mktemp("office")
    for name, data in golden_office().items():
        (home / name).write_bytes(data)
    (home / "~$GD01.xlsx").write_bytes(b"lock")
    (home / "công văn.pdf").write_bytes(b"pdf")
    return home


@pytest.fixture(scope="module")
def good(folder, tmp_path_factory) -> Path:
    """The books that nothing is wrong with, in a zip archive."""
    path = tmp_path_factory.mktemp("zip") / "sổ.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in golden_office().items():
            if data:
                archive.writestr(f"tháng 3/{name}", data)
    return path


def facts(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["facts", *map(str, arguments)])


def csv_rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8"))))


def test_csv_has_the_columns_in_their_order_and_one_row_per_meeting(good):
    result = facts(good)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, ",".join(FACT_COLUMNS))
    rows = csv_rows(result)
    assert [(row["cell_code"], row["meeting_code"]) for row in rows] == [
        ("GD06", "2026-03"),
        ("GD07", "2026-03"),
        ("GD01", "2026-02"),
        ("GD01", "2026-03"),
        ("GD01", "2026-03-CĐ"),
        ("GD02", "2026-03"),
        ("GD03", "2026-03"),
        ("GD04", "2026-03"),
        ("GD05", "2026-02"),
    ]


def test_values_are_written_as_other_programs_read_them(good):
    rows = {(row["cell_code"], row["meeting_code"]): row for row in csv_rows(facts(good))}
    scored, verified, thematic = rows["GD01", "2026-03"], rows["GD02", "2026-03"], rows["GD01", "2026-03-CĐ"]
    assert {
        name: scored[name] for name in ("kind", "held_on", "minutes", "present", "attendance_rate", "thematic")
    } == {
        "kind": "Thường kỳ",
        "held_on": "2026-03-05",
        "minutes": "90",
        "present": "2",
        "attendance_rate": "66.67",
        "thematic": "Không",
    }
    assert (scored["self_total"], scored["self_grade"], scored["official_total"]) == ("96.5", "Tốt", "")
    assert (verified["self_total"], verified["official_total"], verified["official_grade"]) == ("100", "82.5", "Khá")
    assert (thematic["thematic"], thematic["frame"], thematic["fact_total"]) == ("Có", "", "")
    assert scored["source"] == "GD01 Tổng hợp.xlsx"
    postponed = rows["GD04", "2026-03"]
    empty = {name for name, value in postponed.items() if not value}
    assert {"held_on", "minutes", "membership", "attendance_rate", "frame", "self_total", "fact_total"} <= empty
    assert postponed["thematic"] == "Không"


def test_json_is_a_list_of_objects_with_null_for_what_is_unknown(good):
    rows = json.loads(facts(good, "--format", "json", "--period", "2026-03").stdout)
    assert all(list(row) == list(FACT_COLUMNS) for row in rows)
    assert {row["meeting_code"] for row in rows} == {"2026-03", "2026-03-CĐ"}
    (scored,) = [row for row in rows if row["cell_code"] == "GD01" and row["meeting_code"] == "2026-03"]
    assert (scored["self_total"], scored["year"], scored["official_total"], scored["committee_code"]) == (
        96.5,
        2026,
        None,
        "DB01",
    )
    (standalone,) = [row for row in rows if row["cell_code"] == "GD07"]
    assert (standalone["committee_code"], standalone["self_total"]) == (None, 43)


def test_parquet_says_the_same_as_csv(good):
    table = pq.read_table(io.BytesIO(facts(good, "--format", "parquet").stdout_bytes))
    assert table.column_names == list(FACT_COLUMNS)
    rows = table.to_pylist()
    assert [row["meeting_code"] for row in rows] == [row["meeting_code"] for row in csv_rows(facts(good))]
    (scored,) = [row for row in rows if row["cell_code"] == "GD01" and row["meeting_code"] == "2026-03"]
    assert (scored["held_on"], scored["self_total"], scored["present"]) == (date(2026, 3, 5), 96.5, 2)


def test_a_refused_book_gives_no_row_and_is_named_with_its_reason(folder):
    result = facts(folder)
    assert result.exit_code == 1
    assert "GD08" not in result.stdout
    assert len(csv_rows(result)) == 9
    assert "Nhận 8 sổ = 7 được dùng + 1 bị từ chối." in result.stderr
    assert "- GD08.xlsx" in result.stderr
    assert "(EMPTY)" in result.stderr
    assert "Đã bỏ qua 2 tệp không phải sổ: 1 tệp khóa tạm của Excel, LibreOffice, 1 tệp loại khác." in result.stderr


def test_the_account_can_be_had_in_english(folder):
    assert "8 workbooks in = 7 used + 1 refused." in facts(folder, "--lang", "en").stderr


def test_workers_print_the_same_rows(folder):
    assert facts(folder, "--workers", "2").stdout == facts(folder, "--workers", "1").stdout


def test_the_result_can_go_to_a_file(good, tmp_path):
    out = tmp_path / "facts.csv"
    result = facts(good, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes() == facts(good).stdout_bytes
    assert f"Đã ghi «{out}»: 9 buổi sinh hoạt." in result.stderr


def test_the_name_of_the_file_says_what_is_written(good, tmp_path):
    for ending in ("json", "parquet", "xlsx", "CSV"):
        assert facts(good, "--out", tmp_path / f"du-kien.{ending}").exit_code == 0
    assert (tmp_path / "du-kien.json").read_bytes() == facts(good, "--format", "json").stdout_bytes
    assert (tmp_path / "du-kien.CSV").read_bytes() == facts(good).stdout_bytes
    assert pq.read_table(tmp_path / "du-kien.parquet").num_rows == 9
    sheet = openpyxl.load_workbook(tmp_path / "du-kien.xlsx").active
    heading, first, *_ = sheet.iter_rows(values_only=True)
    assert (heading, first[1], sheet.max_row) == (FACT_COLUMNS, "GD06", 10)


def test_in_the_workbook_no_heading_is_cut_and_no_figure_touches_the_words_beside_it(good, tmp_path):
    facts(good, "--out", tmp_path / "du-kien.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "du-kien.xlsx").active
    widths = {at: one.width for one in sheet.column_dimensions.values() for at in range(one.min, one.max + 1)}
    assert all(widths[cell.column] > len(cell.value) + 4 for cell in sheet[1])
    figures = [cell.alignment for cell in sheet[2] if isinstance(cell.value, int | float)]
    assert {(one.horizontal, one.indent) for one in figures} == {("right", 1)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "csv", "--out", "du-kien.xlsx"), "không hợp với tên tệp «du-kien.xlsx»"),
        (("--out", "du-kien.ods"), "Chưa rõ ghi «du-kien.ods» ở dạng nào"),
    ],
)
def test_no_file_is_written_under_a_name_that_lies(good, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    result = facts(good, *words)
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert said in result.stderr


@pytest.mark.parametrize("output_format", ["csv", "json", "parquet", "xlsx"])
def test_only_a_table_of_facts_is_replaced(good, tmp_path, output_format):
    out = tmp_path / f"du-kien.{output_format}"
    words = ("--format", output_format, "--out", out)
    assert facts(good, *words).exit_code == 0
    assert facts(good, *words).exit_code == 0, "the table of yesterday may be replaced"
    out.write_bytes(b"somebody's own words")
    refused = facts(good, *words)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert out.read_bytes() == b"somebody's own words"
    assert facts(good, *words, "--force").exit_code == 0


def test_one_cell_in_two_files_counts_once_where_they_are_equal(tmp_path):
    for name in ("một.xlsx", "hai.xlsx"):
        (tmp_path / name).write_bytes(a_workbook())
    result = facts(tmp_path)
    assert (result.exit_code, len(csv_rows(result))) == (0, 1)
    assert "Có 1 bản sao giống hệt" in result.stderr
    assert "- hai.xlsx có 1: một.xlsx\n" in result.stderr
    assert "IDENTICAL_COPY" not in result.stderr, "all copies are named here"


def test_hundreds_of_equal_books_are_one_line(tmp_path):
    copied = a_workbook()
    for number in range(200):
        (tmp_path / f"{number:03}.xlsx").write_bytes(copied)
    (tmp_path / "khác.xlsx").write_bytes(a_workbook({"Thông tin": INFO.replace("CB01", "CB02")}))
    result = facts(tmp_path)
    assert (result.exit_code, len(csv_rows(result))) == (0, 2)
    told = [line for line in result.stderr.splitlines() if "xlsx" in line]
    named = ", ".join(f"{number:03}.xlsx" for number in range(1, 13))
    assert told == [f"- 000.xlsx có 199: {named}, …"]
    assert "chibo check PATH… --format csv, các dòng IDENTICAL_COPY" in result.stderr


def test_one_cell_in_two_differing_files_gives_no_row_and_both_name_each_other(tmp_path):
    (tmp_path / "một.xlsx").write_bytes(a_workbook())
    (tmp_path / "hai.xlsx").write_bytes(a_workbook({"Thông tin": INFO.replace("Người Một", "Người Ba")}))
    result = facts(tmp_path)
    assert (result.exit_code, csv_rows(result)) == (1, [])
    assert "sổ «một.xlsx» và 1 sổ khác: «hai.xlsx»" in result.stderr
    assert "sổ «hai.xlsx» và 1 sổ khác: «một.xlsx»" in result.stderr


def test_a_folder_without_books_gives_the_header_alone(tmp_path):
    result = facts(tmp_path)
    assert (result.exit_code, result.stdout) == (0, ",".join(FACT_COLUMNS) + "\n")
    assert "Không tìm thấy sổ nào" in result.stderr


def test_a_period_of_which_there_is_no_meeting_is_told_with_what_there_is(good):
    assert "--period" not in facts(good, "--period", "2026-03").stderr
    for period, told in [
        ("2031", "Không sổ nào của năm 2031: các sổ đã đọc là của năm 2026. Xem lại --period."),
        ("2026-07", "Không buổi sinh hoạt nào của kỳ 2026-07 được tính: các sổ có buổi từ 2026-02 đến 2026-03."),
    ]:
        result = facts(good, "--period", period)
        assert (result.exit_code, result.stdout) == (0, ",".join(FACT_COLUMNS) + "\n")
        assert told in result.stderr


@pytest.mark.parametrize(
    ("rows", "period", "told"),
    [
        ("{bad}", "2026-02", "sổ có ghi 2026-02 nhưng còn chỗ phải sửa"),
        ("{good}\n{bad}", "2026-02", "sổ có ghi 2026-02 nhưng còn chỗ phải sửa"),
        ("{good}\n{outside}", "2025-12", "sổ có ghi 2025-12 nhưng còn chỗ phải sửa"),
        ("{bad}", "2026-03", "Các sổ đã đọc chưa có buổi sinh hoạt nào được tính, kỳ 2026-03 cũng vậy."),
    ],
)
def test_where_the_meetings_of_a_period_were_taken_out_that_is_told(tmp_path, rows, period, told):
    header = "| Mã kỳ | Loại | Ngày họp | Bắt đầu | Kết thúc | Đảng số | Có mặt"
    typed = {
        "good": "| 2026-01 | Thường kỳ | d:2026-01-05 | 14h | 15h30 | n:3 | n:3",
        "bad": "| 2026-02 | Thường kỳ | d:2026-02-05 | 15:30 | 14:00 | n:3 | n:2",
        "outside": "| 2025-12 | Thường kỳ | d:2025-12-05 | 14:00 | 15:00 | n:3 | n:2",
    }
    sheets = {**FOREIGN_SHEETS, "Sinh hoạt": f"{header}\n{rows.format_map(typed)}"}
    (tmp_path / "so.xlsx").write_bytes(xlsx(sheets))
    said = facts(tmp_path, "--period", period).stderr
    assert told in said
    assert "--period" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["/không/có"],
        [],
        [".", "--period", "2026-13"],
        [".", "--format", "xml"],
        [".", "--out", "."],
        [".", "--out", "/không/có/facts.csv"],
        [".", "--workers", "0"],
    ],
)
def test_wrong_usage_is_told_apart(arguments):
    assert facts(*arguments).exit_code == 2


def test_a_book_that_is_read_is_never_written_over(folder):
    book = folder / "GD02.xlsx"
    before = book.read_bytes()
    result = facts(folder, "--force", "--out", book)
    assert result.exit_code == 2
    assert "là một sổ đang được đọc" in result.stderr
    assert book.read_bytes() == before
