"""What a command loads: nothing that it does not come to, for loading takes longer than much of the work."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from chibo.definitions.layout_fields import Interned
from chibo.definitions.library import Library
from chibo.workbook import write_book
from healthy import healthy_book

AFTERWARDS = "print([name for name in {names} if name in sys.modules])"
COMMAND = "import sys; from chibo.cli.main import cli; cli(sys.argv[1:], standalone_mode=False)"


def loaded(code: str, *arguments: str | Path, of: tuple[str, ...]) -> str:
    """Those of the modules that a process has loaded by its end, as a list in Python's words."""
    told = f"{code}; {AFTERWARDS.format(names=of)}"
    run = [sys.executable, "-c", told, *map(str, arguments)]
    return subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()[-1]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "so.xlsx"
    path.write_bytes(write_book(healthy_book(), Library()))
    return path


def test_a_check_outside_an_office_loads_nothing_of_where_books_come_from(book: Path):
    others = ("chibo.office.lineage", "chibo.workbook.marking", "chibo.register", "xlsxwriter", "rich.progress")
    assert loaded(COMMAND, "check", book, of=others) == "[]"


def test_a_command_that_remembers_nothing_loads_nothing_of_what_remembers(book: Path):
    others = ("chibo.engine.outcome_store", "chibo.engine.rules", "sqlite3", "platformdirs")
    assert loaded(COMMAND, "facts", book, "--no-cache", of=others) == "[]"
    assert loaded(COMMAND, "facts", book, of=others) == str(list(others))


def test_returns_do_without_frames():
    assert loaded("import sys, chibo.definitions.returns.definition", of=("chibo.definitions.frames",)) == "[]"


def test_what_pydantic_calls_shows_its_parameters():
    """Those of a function in C are parsed out of its documentation, which takes as long as a small definition."""
    assert inspect.isfunction(Interned.func)
