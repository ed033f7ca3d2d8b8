"""The folder that the board may read: below the office folder, or explicitly allowed, links followed first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chibo.office.board.folder import FolderError, allowed_folders, book_folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "van phong" / "so" / "thang 3").mkdir(parents=True)
    (tmp_path / "khac").mkdir()
    (tmp_path / "van phong 2").mkdir()
    return tmp_path / "van phong"


@pytest.mark.parametrize("typed", ["so", " so/thang 3 ", '"so"', ".", "so/../so"])
def test_folders_below_the_office_are_read(home: Path, typed: str):
    assert book_folder(typed, [home]).is_relative_to(home.resolve())


def test_a_whole_path_below_the_office_is_read(home: Path):
    assert book_folder(str(home / "so"), [home]) == (home / "so").resolve()


@pytest.mark.parametrize("typed", ["..", "../khac", "so/../../khac", "../van phong 2", "/", "/etc", "../khong-co"])
def test_what_lies_outside_is_not_read_whether_it_exists_or_not(home: Path, typed: str):
    with pytest.raises(FolderError, match="Chỉ đọc được thư mục nằm trong"):
        book_folder(typed, [home])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_leads_nowhere_else(home: Path):
    (home / "loi-tat").symlink_to(home.parent / "khac")
    with pytest.raises(FolderError, match="Chỉ đọc được"):
        book_folder("loi-tat", [home])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Cần ghi tên"), ("   ", "Cần ghi tên"), ("a\0b", "Cần ghi tên"), ("thang 4", "Không có thư mục")],
)
def test_what_cannot_be_a_folder_is_said(home: Path, typed: str, said: str):
    with pytest.raises(FolderError, match=said):
        book_folder(typed, [home])


def test_a_file_is_no_folder(home: Path):
    (home / "so.xlsx").write_bytes(b"")
    with pytest.raises(FolderError, match="Không có thư mục"):
        book_folder("so.xlsx", [home])


def test_further_folders_are_allowed_by_name_only(home: Path):
    other = home.parent / "khac"
    allowed = allowed_folders(home, {"CHIBO_BOOK_FOLDERS": os.pathsep.join([str(other), ""])})
    assert allowed == (home, other)
    assert book_folder(str(other), allowed) == other.resolve()
    assert allowed_folders(None, {}) == ()


def test_without_an_office_there_is_nothing_to_read():
    with pytest.raises(FolderError, match="không có thư mục văn phòng"):
        book_folder("so", [])


def test_a_name_longer_than_any_is_told_and_not_cut_on_the_way(tmp_path):
    with pytest.raises(FolderError, match="dài 5000 ký tự") as told:
        book_folder("a" * 5000, [tmp_path])
    assert len(str(told.value)) < 300
