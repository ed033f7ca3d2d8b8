"""`chibo frame`: list, show, check, and out to Excel and back into an office."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from chibo.cli.main import cli
from chibo.definitions.library import Library
from chibo.errors import DefinitionError, OutputError
from chibo.office.home import init_home

FRAMES = Library().frames


def frame(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["frame", *map(str, arguments)])


def test_list_names_every_frame_and_which_is_the_default() -> None:
    rows = json.loads(frame("list", "--format", "json").stdout)
    assert [row["id"] for row in rows] == list(FRAMES)
    by_id = {row["id"]: row for row in rows}
    assert by_id["hd42-thuong-ky"]["default_for"] == ["Thường kỳ", "Kết hợp"]
    assert by_id["hd42-thuong-ky"]["fact_maximum"] == 53
    assert by_id["khoi-phu-tho"]["default_for"] == []
    table = frame("list")
    assert table.exit_code == 0
    assert all(name in table.stdout for name in FRAMES)


def test_show_prints_criteria_sources_gates_and_what_the_bloc_must_confirm() -> None:
    shown = " ".join(frame("show", "binh-thuan-cong").stdout.split())
    for words in ("42-HD/BTCTW, ngày 28/10/2025", "Thường kỳ: 15; Kết hợp: 10", "Chờ khối xác nhận, tiêu chí 4b"):
        assert words in shown
    assert "Mức Tốt còn cần đủ điểm ở 1, 2a, 4đ, 4e; nếu không thì xếp Khá." in shown
    assert "Time and duration kept" in frame("show", "HD42-thuong-ky", "--lang", "en").stdout


def test_show_as_json_is_the_whole_definition() -> None:
    document = json.loads(frame("show", "hd42-thuong-ky", "--format", "json").stdout)
    assert (document["id"], len(document["groups"]), document["total"]) == ("hd42-thuong-ky", 8, "100")


def test_an_unknown_frame_lists_those_there_are() -> None:
    result = frame("show", "khung-la")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "khoi-phu-tho" in result.stderr


def test_inside_an_office_folder_its_own_frames_are_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    init_home(tmp_path)
    (tmp_path / "sheets" / "frames" / "khung-sai.toml").write_text('id = "khung-sai"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "notebooks")
    result = frame("check")
    assert result.exit_code == 1
    assert "khung-sai.toml" in result.stderr


def test_check_without_files_checks_the_offices_own(tmp_path: Path) -> None:
    assert frame("check").exit_code == 0
    own = tmp_path / "sheets" / "frames"
    own.mkdir(parents=True)
    (own / "khung-sai.toml").write_text('id = "khung-sai"\n', encoding="utf-8")
    result = frame("check", "--home", tmp_path)
    assert result.exit_code == 1
    assert "khung-sai.toml" in result.stderr
    assert "hd42-thuong-ky" in result.stdout


def test_check_takes_workbooks_and_definitions_and_goes_on_after_a_wrong_one(tmp_path: Path) -> None:
    good, bad, other = tmp_path / "khung.xlsx", tmp_path / "sai.xlsx", tmp_path / "ghi-chu.txt"
    assert frame("export", "khoi-phu-tho", "--out", good).exit_code == 0
    book = openpyxl.load_workbook(good)
    book["Khung tiêu chí"]["C4"] = "x"
    book.save(bad)
    other.write_text("x")
    result = frame("check", bad, other, good)
    assert result.exit_code == 1
    assert "trang «Khung tiêu chí», ô C4" in result.stderr
    assert "ghi-chu.txt" in result.stderr
    assert "Đúng: khung.xlsx: khoi-phu-tho" in result.stdout


@pytest.mark.parametrize("name", list(FRAMES))
def test_a_frame_goes_out_and_comes_back_into_an_office_the_same(tmp_path: Path, name: str) -> None:
    workbook = tmp_path / "khung.xlsx"
    assert frame("export", name, "--out", workbook).exit_code == 0
    result = frame("import", workbook, "--home", tmp_path)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "sheets" / "frames" / f"{name}.toml").is_file()
    assert Library(tmp_path).frames[name] == FRAMES[name]


def test_export_replaces_a_file_only_when_told_to(tmp_path: Path) -> None:
    out = tmp_path / "so.xlsx"
    out.write_bytes(b"a cell's workbook")
    result = frame("export", "hd42-thuong-ky", "--out", out)
    assert (result.exit_code, out.read_bytes()) == (2, b"a cell's workbook")
    assert "--force" in result.stderr
    assert frame("export", "hd42-thuong-ky", "--out", out, "--force").exit_code == 0


def test_import_replaces_another_definition_only_when_told_to(tmp_path: Path) -> None:
    workbook = tmp_path / "khung.xlsx"
    frame("export", "khoi-phu-tho", "--out", workbook)
    assert frame("import", workbook, "--home", tmp_path).exit_code == 0
    assert frame("import", workbook, "--home", tmp_path).exit_code == 0
    path = tmp_path / "sheets" / "frames" / "khoi-phu-tho.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# của văn phòng\n", encoding="utf-8")
    assert isinstance(frame("import", workbook, "--home", tmp_path).exception, OutputError)
    assert "của văn phòng" in path.read_text(encoding="utf-8")
    assert frame("import", workbook, "--home", tmp_path, "--replace").exit_code == 0
    assert "của văn phòng" not in path.read_text(encoding="utf-8")


def test_import_writes_a_definition_file_of_the_frames_name(tmp_path: Path) -> None:
    workbook = tmp_path / "khung.xlsx"
    frame("export", "khoi-phu-tho", "--out", workbook)
    assert frame("import", workbook, "--out", tmp_path / "khoi-phu-tho.toml").exit_code == 0
    assert frame("import", workbook, "--out", tmp_path / "khac.toml").exit_code == 2
    assert frame("import", workbook, "--out", tmp_path / "khung.json").exit_code == 2
    assert frame("import", workbook).exit_code == 2
    assert frame("export", "khoi-phu-tho", "--out", tmp_path / "khung.csv").exit_code == 2


def test_import_of_a_wrong_workbook_writes_nothing(tmp_path: Path) -> None:
    workbook = tmp_path / "khung.xlsx"
    openpyxl.Workbook().save(workbook)
    assert isinstance(frame("import", workbook, "--home", tmp_path).exception, DefinitionError)
    assert not (tmp_path / "sheets").exists()
