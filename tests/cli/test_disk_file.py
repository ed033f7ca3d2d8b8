"""Pipes and devices named at the prompt: told at once, since reading them need never end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli

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
