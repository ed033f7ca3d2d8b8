"""Files are saved whole or not at all, and a failure says what to do."""

from __future__ import annotations

import errno
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chibo.errors import OutputError
from chibo.workbook import saving
from chibo.workbook.saving import check_writable, save_atomically


@pytest.fixture(autouse=True, params=["nameless", "named"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Files are written without a name where the system can, and elsewhere under a name of their own."""
    if request.param == "named":
        monkeypatch.setattr(saving, "_NAMELESS", 0)
    return str(request.param)


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
    for write in (check_writable, lambda path: save_atomically(path, b"new")):
        with pytest.raises(OutputError, match="tạo thư mục đó"):
            write(tmp_path / "no" / "so.xlsx")
        with pytest.raises(OutputError, match="là một thư mục"):
            write(tmp_path)


def test_a_place_that_takes_a_file_is_found_so_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "so.xlsx").write_bytes(b"old")
    before = tmp_path.stat()
    for name in ("so.xlsx", "moi.xlsx"):
        check_writable(tmp_path / name)
    after = tmp_path.stat()
    assert (after.st_mtime_ns, after.st_ctime_ns) == (before.st_mtime_ns, before.st_ctime_ns)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize(("code", "told"), [(errno.EACCES, "không cho ghi"), (errno.EROFS, "Không ghi được")])
def test_a_folder_that_takes_no_file_is_told_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    with pytest.raises(OutputError, match=told):
        check_writable(tmp_path / "so.xlsx")


def test_a_name_that_is_too_long_is_told_beforehand(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="tên"):
        check_writable(tmp_path / ("a" * 300))


def test_a_disk_without_nameless_files_is_asked_for_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_kwargs: object) -> int:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(os, "open", unknown)
    check_writable(tmp_path / "so.xlsx")
    assert not os.listdir(tmp_path)


def test_on_windows_a_file_that_is_open_in_excel_is_told_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As there: a file that goes when it is closed, and a name that nobody else may open."""
    flag, real = 1 << 40, os.open

    def vanishing(path: Path, flags: int, mode: int) -> int:
        handle = real(path, flags & ~flag, mode)
        os.unlink(path)
        return handle

    def held(*_args: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(saving, "_NAMELESS", 0)
    monkeypatch.setattr(saving, "_VANISHING", flag)
    monkeypatch.setattr(os, "open", vanishing)
    check_writable(tmp_path / "so.xlsx")
    (tmp_path / "so.xlsx").write_bytes(b"old")
    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(OutputError, match="đang mở trong Excel"):
        check_writable(tmp_path / "so.xlsx")
    assert os.listdir(tmp_path) == ["so.xlsx"]


def test_where_a_nameless_file_gets_no_name_its_copy_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "link", refuse)
    save_atomically(tmp_path / "so.xlsx", iter([b"one, ", b"two"]))
    assert (tmp_path / "so.xlsx").read_bytes() == b"one, two"
    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]


def test_what_a_killed_process_left_is_taken_away_a_day_later(tmp_path: Path) -> None:
    left, young, other = (tmp_path / name for name in (f"~${'0a' * 8}.tmp", f"~${'1b' * 8}.tmp", "~$so.tmp"))
    for path in (left, young, other):
        path.write_bytes(b"")
    for path in (left, other):
        os.utime(path, (time.time() - 2 * 24 * 3600,) * 2)
    save_atomically(tmp_path / "so.xlsx", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([young.name, other.name, "so.xlsx"])


@pytest.mark.skipif(not saving._NAMELESS, reason="the system has no files without a name")
def test_a_process_killed_while_it_writes_leaves_nothing(tmp_path: Path, way: str) -> None:
    start = multiprocessing.get_context("fork")
    begun, never = start.Event(), start.Event()

    def half() -> Iterator[bytes]:
        yield b"half"
        begun.set()
        never.wait()

    writer = start.Process(target=save_atomically, args=(tmp_path / "so.xlsx", half()))
    writer.start()
    assert begun.wait(60)
    writer.kill()
    writer.join()
    assert len(list(tmp_path.iterdir())) == (way == "named")
