"""`chibo inspect`: any workbook accepted or refused with a code, its place and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.definitions.folders import project_data
from tables import xlsx

LISTED = "| Mã hội viên | Họ và tên | Điểm |\n| HV01 | Nguyễn Văn Hùng | n:8 |\n| HV02 | Trần Thị Ánh | n:9 |"


def inspected(folder: Path, table: str, *options: str) -> tuple[int, dict[str, Any]]:
    path = folder / "danh-sach.xlsx"
    path.write_bytes(xlsx({"Danh sách": table}))
    result = CliRunner().invoke(cli, ["inspect", str(path), "--format", "json", *options])
    return result.exit_code, json.loads(result.stdout)


def test_a_sound_workbook_is_accepted(tmp_path: Path) -> None:
    exit_code, told = inspected(tmp_path, LISTED)

    assert (exit_code, told["accepted"], told["findings"]) == (0, True, [])
    assert told["values"] == 9


LAYOUT = """
schema = 1
[[sheets]]
code = "list"
name = "Danh sách"
title = "Danh sách hội viên"
columns = [
  {code = "code", label = "Mã hội viên", type = "code", required = true},
  {code = "score", label = "Điểm", type = "points", required = true, least = "0", most = "10"},
]
"""


@pytest.mark.parametrize(
    ("table", "code", "closer"),
    [
        (LISTED.replace("n:9", "chín"), "CELL_BAD", "NUMBER_UNREADABLE"),
        (LISTED.replace("n:9", "n:11"), "CELL_BAD", "VALUE_OUT_OF_BOUNDS"),
        (LISTED.replace("Mã hội viên", "Mã số"), "HEADER", "TABLE_UNREADABLE"),
        (LISTED.splitlines()[0], "EMPTY", "TABLE_EMPTY"),
    ],
)
def test_by_a_layout_a_refusal_has_a_code_and_its_finding_a_closer_one(
    tmp_path: Path, table: str, code: str, closer: str
) -> None:
    layout = tmp_path / "danh-sach.toml"
    layout.write_text(LAYOUT, encoding="utf-8")

    exit_code, told = inspected(tmp_path, table, "--layout", str(layout))

    assert (exit_code, told["accepted"], told["code"]) == (1, False, code)
    assert [finding["code"] for finding in told["findings"]] == [closer]
    assert told["findings"][0]["mend"]


def test_that_no_sheet_of_the_layout_is_there_is_told_and_refuses_nothing(tmp_path: Path) -> None:
    layout = tmp_path / "khac.toml"
    layout.write_text(LAYOUT.replace('"Danh sách"', '"Hội viên"'), encoding="utf-8")
    exit_code, told = inspected(tmp_path, LISTED, "--layout", str(layout))
    assert (exit_code, told["accepted"]) == (0, True)
    assert [finding["code"] for finding in told["findings"]] == ["NO_SHEET_OF_LAYOUT"]
    assert "Hội viên" in told["findings"][0]["text"]


def test_two_tables_of_one_form_that_the_layout_names_are_not_mistaken_for_each_other(tmp_path: Path) -> None:
    path, layout = tmp_path / "hai-bang.xlsx", tmp_path / "hai-bang.toml"
    path.write_bytes(xlsx({"Danh sách": LISTED, "Quý sau": LISTED.replace("n:9", "n:7")}))
    second = LAYOUT.partition("[[sheets]]")[2].replace('"list"', '"later"').replace('"Danh sách"', '"Quý sau"')

    layout.write_text(LAYOUT, encoding="utf-8")
    one = CliRunner().invoke(cli, ["inspect", str(path), "--layout", str(layout)])
    layout.write_text(f"{LAYOUT}[[sheets]]{second}", encoding="utf-8")
    both = CliRunner().invoke(cli, ["inspect", str(path), "--layout", str(layout)])

    assert (one.exit_code, "SHEET_AMBIGUOUS" in one.stderr) == (1, True)
    assert both.exit_code == 0


def test_the_layout_of_a_cell_workbook_is_refused_with_the_command_for_it(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(xlsx({"Danh sách": LISTED}))
    own = project_data("sheets") / "layouts" / "so-sinh-hoat.toml"

    result = CliRunner().invoke(cli, ["inspect", str(path), "--layout", str(own)])

    assert (result.exit_code, result.stdout) == (1, "")
    assert "chibo check" in str(result.exception)


def test_one_that_lost_letters_is_refused_at_the_first_of_them(tmp_path: Path) -> None:
    exit_code, told = inspected(tmp_path, LISTED.encode("cp1252", "replace").decode("cp1252"))

    assert (exit_code, told["accepted"], told["code"]) == (1, False, "TEXT_LOST")
    places = [(finding["sheet"], finding["cell"]) for finding in told["findings"]]
    assert places == [("Danh sách", "A1")]
