"""The office folder: what is changed there wins, what is untouched follows Chibo."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.definitions import folders
from chibo.definitions.copies import COPIES_RECORD
from chibo.definitions.folders import data_files, definition_files
from chibo.errors import DefinitionError, OutputError
from chibo.office import home as office_home
from chibo.office.home import CopyOutcome, find_home, init_home

FRAME = PurePosixPath("sheets/frames/khung.toml")
PAGE = PurePosixPath("notebooks/chi-bo.ipynb")


def a_notebook(source: str, output: str = "") -> str:
    outputs = [{"output_type": "stream", "name": "stdout", "text": output}] if output else []
    cell = {"cell_type": "code", "source": [source], "outputs": outputs, "metadata": {}, "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for what Chibo ships, so that a test can bring out a new version of it."""
    root = tmp_path / "shipped"
    (root / FRAME).parent.mkdir(parents=True)
    (root / PAGE).parent.mkdir(parents=True)
    (root / FRAME).write_text("version = 1\n", encoding="utf-8")
    (root / PAGE).write_text(a_notebook("page(1)"), encoding="utf-8")
    (root / "notebooks" / ".ipynb_checkpoints").mkdir()
    (root / "notebooks" / ".ipynb_checkpoints" / "old.ipynb").write_text("{}", encoding="utf-8")
    for module in (folders, office_home):
        monkeypatch.setattr(module, "project_data", lambda name: root / name)
    return root


@pytest.fixture
def home(shipped: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "van phong"
    init_home(folder)
    return folder


def in_force(home: Path) -> str:
    return definition_files("frames", home)["khung"].read_text(encoding="utf-8")


def test_everything_shipped_is_copied_and_nothing_else(home: Path) -> None:
    files = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert files == {str(FRAME), str(PAGE), COPIES_RECORD}


def test_a_changed_definition_wins(home: Path, shipped: Path) -> None:
    (home / FRAME).write_text("version = 1\nown = true\n", encoding="utf-8")
    (shipped / FRAME).write_text("version = 2\n", encoding="utf-8")
    assert in_force(home) == "version = 1\nown = true\n"


def test_an_untouched_copy_follows_a_new_version(home: Path, shipped: Path) -> None:
    (shipped / FRAME).write_text("version = 2\n", encoding="utf-8")
    assert in_force(home) == "version = 2\n"


def test_a_definition_that_only_the_office_has_is_in_force(home: Path) -> None:
    (home / "sheets" / "frames" / "rieng.toml").write_text("", encoding="utf-8")
    assert set(definition_files("frames", home)) == {"khung", "rieng"}


def test_an_untouched_copy_stays_in_force_when_chibo_drops_the_original(home: Path, shipped: Path) -> None:
    (shipped / FRAME).unlink()
    assert in_force(home) == "version = 1\n"


def test_other_line_endings_are_no_change(home: Path, shipped: Path) -> None:
    (home / FRAME).write_bytes(b"version = 1\r\n")
    (shipped / FRAME).write_text("version = 2\n", encoding="utf-8")
    assert in_force(home) == "version = 2\n"


def test_running_a_notebook_and_saving_it_is_no_change(home: Path, shipped: Path) -> None:
    (home / PAGE).write_text(a_notebook("page(1)", output="xong"), encoding="utf-8")
    assert data_files("notebooks", "*.ipynb", home)["chi-bo.ipynb"] == shipped / PAGE


def test_a_notebook_with_another_cell_wins(home: Path) -> None:
    (home / PAGE).write_text(a_notebook("page(1, own=True)"), encoding="utf-8")
    assert data_files("notebooks", "*.ipynb", home)["chi-bo.ipynb"] == home / PAGE


def test_a_second_init_renews_untouched_copies_and_keeps_changed_ones(home: Path, shipped: Path) -> None:
    (home / FRAME).write_text("own = true\n", encoding="utf-8")
    (shipped / FRAME).write_text("version = 2\n", encoding="utf-8")
    (shipped / PAGE).write_text(a_notebook("page(2)"), encoding="utf-8")
    report = init_home(home)
    assert report.outcomes == {PAGE: CopyOutcome.REFRESHED, FRAME: CopyOutcome.KEPT}
    assert report.outdated == (FRAME,)
    assert (home / FRAME).read_text(encoding="utf-8") == "own = true\n"
    assert "page(2)" in (home / PAGE).read_text(encoding="utf-8")


def test_a_second_init_without_news_changes_nothing(home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.suffix in {".toml", ".ipynb"}}
    assert set(init_home(home).outcomes.values()) == {CopyOutcome.SAME}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_files_that_stood_there_before_are_kept(shipped: Path, tmp_path: Path) -> None:
    own = tmp_path / "co san"
    (own / FRAME).parent.mkdir(parents=True)
    (own / FRAME).write_text("own = true\n", encoding="utf-8")
    report = init_home(own)
    assert report.outcomes[FRAME] is CopyOutcome.KEPT
    assert report.outdated == ()
    assert in_force(own) == "own = true\n"


def test_a_damaged_record_is_an_error_not_a_guess(home: Path) -> None:
    (home / COPIES_RECORD).write_text("{", encoding="utf-8")
    with pytest.raises(DefinitionError, match="tệp hỏng"):
        definition_files("frames", home)


def test_a_file_in_the_way_is_told(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="không tạo được thư mục"):
        init_home(tmp_path / "tep" / "van-phong")


def test_the_office_is_found_from_inside_it(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    assert find_home(home / "notebooks") == home
    assert find_home(tmp_path) is None
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    assert find_home(home / "notebooks") == tmp_path


def test_the_command_says_what_it_kept_and_what_comes_next(home: Path, shipped: Path) -> None:
    (home / FRAME).write_text("own = true\n", encoding="utf-8")
    (shipped / FRAME).write_text("version = 2\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["init", str(home)])
    assert result.exit_code == 0
    assert "sheets/frames/khung.toml (bản của Chibo đã thay đổi" in result.output
    assert f'chibo serve --home "{home}"' in result.output


def test_what_is_really_shipped_can_be_copied(tmp_path: Path) -> None:
    report = init_home(tmp_path / "office")
    assert PurePosixPath("sheets/frames/hd42-thuong-ky.toml") in report.having(CopyOutcome.CREATED)
