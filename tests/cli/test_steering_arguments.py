"""What was typed may have been pasted from anywhere: told as wrong usage, it steers no terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from tables import a_workbook

STEERING = "\x1b[2J\u202e"


@pytest.mark.parametrize(
    "words",
    [
        [STEERING],
        [f"--{STEERING}"],
        ["check", "so.xlsx", f"--{STEERING}"],
        ["check", "so.xlsx", "--home", STEERING],
        ["check", "so.xlsx", "--lang", STEERING],
        ["fill", "so.xlsx", "--meeting", STEERING, "--set", "4b=1", "--out", "ra.xlsx"],
        ["fill", "so.xlsx", "--meeting", "2026-03", "--set", STEERING, "--out", "ra.xlsx"],
        ["consolidate", "so.xlsx", "--return", "thang", "--period", STEERING, "--out", "ra.xlsx"],
        [
            "consolidate",
            "so.xlsx",
            "--return",
            "thang",
            "--period",
            "2026-03",
            "--engine",
            STEERING,
            "--out",
            "ra.xlsx",
        ],
        ["frame", STEERING],
    ],
    ids=lambda words: " ".join(words).replace(STEERING, "…"),
)
def test_wrong_usage_steers_no_terminal(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "so.xlsx").write_bytes(a_workbook())
    result = CliRunner().invoke(cli, words, color=True)
    assert result.exit_code == 2
    assert "[U+001B][2J[U+202E]" in result.stderr
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr
