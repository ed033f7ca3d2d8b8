"""Paths named at the prompt that are no files of a disk, or that nobody means: told at once, in words."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.definitions.copies import COPIES_RECORD
from chibo.errors import OutputError
from chibo.office.lineage.keeping import KEPT_FOLDER
from chibo.office.lineage.sealing import KEY_FILE
from chibo.store.places import DATA_FOLDER
from chibo.workbook import saving
from tables import a_workbook

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there a device has no path, nor a pipe a name among files")


@pytest.fixture
def device(tmp_path: Path) -> str:
    """A device under the name of a workbook: this one ends at once, so that nothing here can wait for ever."""
    path = tmp_path / "so.xlsx"
    path.symlink_to(os.devnull)
    return str(path)


@pytest.mark.parametrize(
    "words",
    [
        ["inspect", "{}"],
        ["score", "{}", "--meeting", "2026-03"],
        ["mark", "{}", "--out", "ra.xlsx"],
        ["unmark", "{}", "--out", "ra.xlsx"],
        ["migrate", "{}", "--out", "ra.xlsx"],
        ["diff", "{}", "{}"],
        ["provenance", "{}"],
        ["fill", "{}", "--meeting", "2026-03", "--set", "1=5", "--out", "ra.xlsx"],
        ["facts", ".", "--out", "{}"],
        ["consolidate", ".", "--period", "2026-03", "--return", "thang", "--out", "{}"],
    ],
    ids=lambda words: words[0],
)
def test_a_device_is_wrong_usage(
    words: list[str], device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, [word.format(device) for word in words])

    assert result.exit_code == 2
    assert f"«{device}» là ống hoặc thiết bị" in result.stderr
    assert os.listdir(tmp_path) == ["so.xlsx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are an affair of Unix")
def test_pipes_among_the_books_stop_nothing(tmp_path: Path) -> None:
    names = ("ong.xlsx", "ong.zip")
    for name in names:
        os.mkfifo(tmp_path / name)
    called = subprocess.run(
        [sys.executable, "-m", "chibo", "check", *names, "--format", "csv", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert called.returncode == 1
    assert [line.split(",")[0] for line in called.stdout.splitlines() if "NO_FILE" in line] == [*names]


OUTPUTS = [
    ["facts", "so.xlsx", "--out"],
    ["consolidate", "so.xlsx", "--period", "2026-03", "--return", "thang", "--out"],
    ["fill", "so.xlsx", "--meeting", "2026-03", "--set", "1=5", "--out"],
    ["mark", "so.xlsx", "--out"],
    ["unmark", "so.xlsx", "--out"],
    ["migrate", "so.xlsx", "--out"],
    ["merge", "so.xlsx", "so.xlsx", "so.xlsx", "--out"],
    ["new", "--from", "so.xlsx", "--year", "2027", "--out"],
    ["history", "CB01", "--period", "2026-03", "--out"],
    ["return", "CB01", "--period", "2026-03", "--reason", "sai", "--out"],
    ["units", "export"],
    ["backup"],
]
"""Commands with a file that they write, whose name comes last."""
OUTPUT_FOLDERS = [["demo"], ["init"], ["export"], ["restore", "so.xlsx", "--home"]]
"""The same of a folder."""


@pytest.mark.parametrize("words", OUTPUTS, ids=lambda words: words[0])
def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The input here is no workbook: had it been read, that would be told."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "so.xlsx").write_bytes(b"no workbook")
    monkeypatch.setattr(saving, "_NAMELESS", 0)
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    result = CliRunner().invoke(cli, [*words, "ra.xlsx"])

    assert isinstance(result.exception, OutputError)
    assert str(result.exception).startswith("Không ghi được «ra.xlsx»")
    assert os.listdir(tmp_path) == ["so.xlsx"]


@pytest.mark.parametrize("words", OUTPUTS, ids=lambda words: words[0])
def test_a_folder_of_the_output_that_is_not_there_is_wrong_usage(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "so.xlsx").write_bytes(b"no workbook")
    result = CliRunner().invoke(cli, [*words, "chua-co/ra.xlsx"])

    assert (result.exit_code, "không có thư mục «chua-co»" in result.stderr) == (2, True)


@pytest.mark.parametrize("place", [KEPT_FOLDER, f"{DATA_FOLDER}/files/ab", DATA_FOLDER.upper(), "link"])
@pytest.mark.parametrize("words", [*OUTPUTS, *OUTPUT_FOLDERS], ids=lambda words: words[0])
def test_what_an_office_keeps_for_itself_is_no_place_for_an_output(
    words: list[str], place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "so.xlsx").write_bytes(b"no workbook")
    (tmp_path / DATA_FOLDER).mkdir()
    (tmp_path / "link").symlink_to(DATA_FOLDER)
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    result = CliRunner().invoke(cli, [*words, f"{place}/ra.xlsx"])

    assert result.exit_code == 2
    assert (
        f"là nơi văn phòng giữ dữ liệu của mình, không ghi gì vào đó. Hãy ghi ra thư mục khác, chẳng hạn «{tmp_path}»"
        in (result.stderr)
    )
    assert not os.listdir(tmp_path / place)


@pytest.mark.parametrize("name", [KEY_FILE, COPIES_RECORD])
def test_nor_are_its_own_files_written_over(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(b"its own")
    result = CliRunner().invoke(cli, ["facts", ".", "--format", "csv", "--force", "--out", name])

    assert (result.exit_code, "Hãy đặt tên khác" in result.stderr) == (2, True)
    assert (tmp_path / name).read_bytes() == b"its own"


def output(path: object) -> str:
    result = CliRunner().invoke(
        cli, ["consolidate", ".", "--period", "2026-03", "--return", "thang", "--out", str(path)]
    )
    assert result.exit_code != 0
    return f"{result.stderr}{result.exception}"


def test_a_name_too_long_is_named_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 300}.xlsx"
    assert f"Không ghi được «{path}»: tên quá dài." in output(path)


def test_an_output_in_a_folder_that_may_not_be_entered_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ra.xlsx"

    def refused(self: Path, **_: object) -> os.stat_result:
        raise PermissionError(errno.EACCES, "no", str(self))

    monkeypatch.setattr(Path, "exists", refused)
    monkeypatch.setattr(Path, "lstat", refused)
    assert f"Không ghi được «{path}»." in output(path)


def test_an_output_without_a_name_is_told_as_that() -> None:
    assert "tên để trống. Hãy ghi tên của tệp hoặc thư mục." in output("")


STRANGE = "a\nb\u202e.xlsx"


@pytest.mark.skipif(os.name == "nt", reason="there no file is called so")
@pytest.mark.parametrize("content", ["a workbook", "none"])
@pytest.mark.parametrize(
    "words",
    [
        ["check", "{}"],
        ["inspect", "{}"],
        ["inspect", "{}", "--layout", "{}"],
        ["score", "{}", "--meeting", "2026-03"],
        ["score", "so.xlsx", "--meeting", "2026-03", "--last-year", "{}"],
        ["provenance", "{}"],
        ["diff", "{}", "so.xlsx"],
        ["merge", "so.xlsx", "so.xlsx", "{}", "--out", "ra.xlsx"],
        ["merge", "so.xlsx", "{}", "so.xlsx", "--out", "ra.xlsm"],
        ["mark", "{}", "--out", "ra.xlsx"],
        ["unmark", "{}", "--out", "ra.xlsx"],
        ["fill", "{}", "--meeting", "2026-03", "--set", "present=3", "--out", "ra.xlsx"],
        ["fill", "{}", "--meeting", "2026-03", "--set", "4b=99", "--out", "ra.xlsx"],
        ["migrate", "{}", "--out", "ra.xlsx"],
        ["new", "--from", "{}", "--year", "2027", "--out", "ra.xlsx"],
        ["new", "--members", "{}", "--year", "2027", "--out", "{}", "--force"],
        ["frame", "check", "{}"],
        ["restore", "{}", "--home", "moi"],
        ["inspect", "khong-co-{}"],
        ["check", "khong-co-{}"],
    ],
    ids=" ".join,
)
def test_the_name_of_an_input_stays_on_its_line(
    words: list[str], content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "so.xlsx").write_bytes(a_workbook())
    (tmp_path / STRANGE).write_bytes(a_workbook() if content == "a workbook" else b"no workbook")
    monkeypatch.setattr(sys, "argv", ["chibo", *(word.format(STRANGE) for word in words)])
    said = CliRunner().invoke(cli, sys.argv[1:])

    told = f"{said.output}{said.exception or ''}"
    assert told
    assert "a\nb" not in told
    assert "\u202e" not in told


NAMED = "a\nb\x1b[31m.xlsx"


@pytest.mark.parametrize(
    "words",
    [
        ["facts", ".", "--out", NAMED],
        ["consolidate", ".", "--period", "2026-03", "--return", "thang", "--out", f"x\ny/{NAMED}"],
        ["frame", "export", "hd42-thuong-ky", "--out", NAMED],
        ["new", "--out", NAMED],
        ["demo", NAMED],
        ["init", NAMED],
    ],
    ids=lambda words: words[0],
)
def test_a_name_that_breaks_its_line_is_shown_and_not_taken(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, words)

    assert result.exit_code == 2
    assert "a[U+000A]b[U+001B][31m.xlsx» có dấu xuống dòng" in result.stderr
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="a folder that is on no disk")
@pytest.mark.parametrize("words", [["frame", "export", "hd42-thuong-ky", "--out"], ["demo"], ["init"]])
def test_a_folder_that_is_on_no_disk_is_told_as_such(words: list[str]) -> None:
    called = subprocess.run(
        [sys.executable, "-m", "chibo", *words, "/proc/moi.xlsx"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert called.returncode == 1
    assert "«/proc» không phải thư mục trên đĩa" in called.stderr
