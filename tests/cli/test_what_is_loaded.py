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
from chibo.workbook.reading.native_sheets import INSTALLED
from healthy import healthy_book

AFTERWARDS = "print([name for name in {names} if name in sys.modules])"
COMMAND = "import sys; from chibo.cli.main import cli; cli(sys.argv[1:], standalone_mode=False)"
READING = "import sys; from chibo.definitions.library import Library; from chibo.workbook import read_book; "
READING += "read_book(open(sys.argv[1], 'rb').read(), 'so.xlsx', Library())"


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


def test_a_workbook_in_unicode_loads_nothing_that_converts_text(book: Path):
    others = ("chibo.legacy_text.converting", "chibo.legacy_text.words", "chibo.workbook.reading.old_text")
    assert loaded(READING, book, of=others) == "[]"


@pytest.mark.skipif(not INSTALLED, reason="chibo_native is not compiled here")
def test_a_workbook_in_the_usual_form_loads_nothing_of_the_other_way_of_reading(book: Path):
    others = ("chibo.workbook.reading.calamine_sheets", "chibo.workbook.intake.usual_scan")
    assert loaded(READING, book, of=others) == "[]"


def test_what_a_language_knows_is_worked_out_once_a_word_asks_for_it():
    code = "import chibo.legacy_text as text; from chibo.legacy_text import syllables, vni; worked_out = lambda: ["
    code += "one.cache_info().currsize for one in (syllables._bodies, vni._letters)]; print(worked_out()); "
    code += "text.convert('Haø', text.Encoding.VNI), syllables.is_syllable('hà'); print(worked_out())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "[0, 0]\n[1, 1]\n"


def test_what_pydantic_calls_shows_its_parameters():
    """Those of a function in C are parsed out of its documentation, which takes as long as a small definition."""
    assert inspect.isfunction(Interned.func)
