"""Files are saved whole or not at all, and a failure says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chibo.errors import OutputError
from chibo.workbook.saving import save_atomically


def test_a_new_file_is_written_with_ordinary_rights(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    save_atomically(tmp_path / "sổ.xlsx", b"new")
    assert (tmp_path / "sổ.xlsx").read_bytes() == b"new"
    assert (tmp_path / "sổ.xlsx").stat().st_mode == ordinary.stat().st_mode


def test_an_old_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o600)
    save_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]


@pytest.mark.parametrize(
    ("error", "advice"),
    [(PermissionError(13, "Permission denied"), "đang mở trong Excel"), (OSError(28, "No space left"), "chỗ trống")],
)
def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, advice: str
) -> None:
    target = tmp_path / "so.xlsx"
    target.write_bytes(b"old")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=advice):
        save_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]


def test_a_missing_folder_and_a_folder_as_target_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="tạo thư mục đó"):
        save_atomically(tmp_path / "no" / "so.xlsx", b"new")
    with pytest.raises(OutputError, match="là một thư mục"):
        save_atomically(tmp_path, b"new")
