"""The sample office remembers: its register, two periods, and books in every state."""

from __future__ import annotations

from pathlib import Path

import pytest

from acceptance.command_line import chibo


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo") / "vp"
    assert chibo("demo", home, "--cells", 5).exit_code == 0
    return home


def test_two_periods_with_books_in_every_state(home: Path) -> None:
    assert [row["period"] for row in chibo("period", "list", "--home", home, "--format", "json").data()] == [
        "2026-09",
        "2026-10",
    ]
    rows = chibo("status", "--period", "2026-10", "--home", home, "--format", "json").data()
    assert {row["step"] for row in rows} == {"draft", "submitted", "verified", "returned"}
    assert all(not row["late"] for row in rows)
    assert chibo("audit", "verify", "--home", home).exit_code == 0


def test_whoever_tries_it_may_go_on(home: Path) -> None:
    assert chibo("submit", home / "so", "--home", home, "--as", "ai-do", "--period", "2026-10").exit_code in {0, 1}
    waiting = chibo("status", "--period", "2026-10", "--home", home, "--format", "json").data()
    unit = next(row["unit"] for row in waiting if row["step"] == "submitted")
    assert chibo("verify", unit, "--period", "2026-10", "--home", home, "--as", "nguoi-khac").exit_code == 0


def test_making_it_again_leaves_what_it_remembers(home: Path) -> None:
    before = chibo("status", "--period", "2026-09", "--home", home, "--format", "json").out
    assert chibo("demo", home, "--cells", 5).exit_code == 0
    assert chibo("status", "--period", "2026-09", "--home", home, "--format", "json").out == before
