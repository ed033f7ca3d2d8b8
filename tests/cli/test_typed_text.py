"""What is typed into a call stays on its line, and is text: an office keeps it for years."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from tables import a_workbook

BROKEN = "l\n\udcfd"
"""A line break, and what Python makes of a byte that is no UTF-8."""


@pytest.mark.parametrize(
    "words",
    [
        ["{}"],
        ["check", "so.xlsx", "--{}"],
        ["check", "so.xlsx", "--format", "{}"],
        ["check", "so.xlsx", "--date", "{}"],
        ["check", "so.xlsx", "--text", "{}"],
        ["check", "so.xlsx", "--text", "{}=vni"],
        ["check", "so.xlsx", "--home", "{}"],
        ["check", "so.xlsx", "--engine", "{}"],
        ["check", "khong-co-{}"],
        ["facts", "so.xlsx", "--period", "{}"],
        ["score", "so.xlsx", "--meeting", "{}"],
        ["consolidate", "so.xlsx", "--period", "2026-03", "--out", "ra.xlsx", "--return", "{}"],
        ["fill", "so.xlsx", "--meeting", "2026-03", "--out", "ra.xlsx", "--set", "{}"],
        ["frame", "show", "{}"],
        ["verify", "CB01", "--period", "2026-03", "--set", "{}"],
        ["return", "CB01", "--period", "2026-03", "--at", "{}"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("typed", ["20\n26\t\x1b", "l\n\u2028\u202e"], ids=["control signs", "signs of Unicode"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_signs_that_break_a_line_are_shown_by_their_code(
    words: list[str],
    typed: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked_in: Callable[[str], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    asked_in(language)
    (tmp_path / "so.xlsx").write_bytes(a_workbook())
    result = CliRunner().invoke(cli, [word.format(typed) for word in words])

    assert result.exit_code == 2
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Lỗi: " if language == "vi" else "Error: ")
    assert "[U+000A]" in last


TEXTS = [
    ["verify", "CB01", "--period", "2026-03", "--note", "{}"],
    ["verify", "CB01", "--period", "2026-03", "--set", "4b=12 {}"],
    ["verify", "CB{}", "--period", "2026-03"],
    ["verify", "CB01", "--period", "2026-03", "--as", "{}"],
    ["accept", "CB01", "--period", "2026-03", "--note", "{}"],
    ["reopen", "CB01", "--period", "2026-03", "--reason", "{}"],
    ["return", "CB01", "--period", "2026-03", "--reason", "{}"],
    ["return", "CB01", "--period", "2026-03", "--at", "Điểm danh!C14={}"],
    ["history", "CB01", "--period", "2026-03", "--changes", "--reason", "{}"],
    ["period", "open", "2026-03", "--reason", "{}"],
    ["period", "except", "2026-03", "CB01", "--exempt", "--reason", "{}"],
    ["export", "ra", "--reason", "{}"],
    ["trash", "put", "--all", "--reason", "{}"],
    ["units", "alias", "{}", "CB01"],
    ["audit", "list", "--about", "{}"],
    ["consolidate", "--period", "2026-03", "--return", "thang", "--out", "ra.xlsx", "--attached-to", "{}"],
    ["new", "--year", "2026", "--code", "A", "--kind", "Khác", "--out", "ra.xlsx", "--name", "{}"],
]


@pytest.mark.parametrize("words", TEXTS, ids=" ".join)
def test_bytes_that_are_no_text_are_wrong_usage(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, [word.format(BROKEN) for word in words])

    assert result.exit_code == 2
    assert "l[U+000A]?» có ký tự hỏng, không phải chữ UTF-8. Hãy gõ lại." in result.stderr.splitlines()[-1]
    assert not list(tmp_path.iterdir())
