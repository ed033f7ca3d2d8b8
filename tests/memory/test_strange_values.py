"""Whatever somebody puts into a table by hand, whoever asks the office hears calmly where it lies."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from acceptance.command_line import chibo
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.office.export import export_office
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.backup import back_up
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.history import history_of
from chibo.office.memory.log import read_log
from chibo.office.memory.retention import due_files
from chibo.office.memory.status import period_status, who_is_missing
from chibo.store.columns import StrangeValueError, Whole
from chibo.store.schema import METADATA, without_types
from chibo.store.submissions import EDITIONS
from memory.offices_in_memory import Noon
from memory.test_database_looked_over import with_a_book
from memory.test_office_against_its_log import FEBRUARY, MARCH, TABLES_HELD, change, filled

QUESTIONS: dict[str, Callable[[Memory, Path], object]] = {
    "status": lambda memory, _: [period_status(memory, period) for period in (FEBRUARY, MARCH)],
    "who-is-missing": lambda memory, _: who_is_missing(memory, MARCH),
    "history": lambda memory, _: [history_of(memory, code, MARCH) for code in ("CB01", "CB02")],
    "consolidate": lambda memory, _: from_office(memory, MARCH),
    "trash due": lambda memory, _: due_files(memory),
    "audit list": lambda memory, _: read_log(memory),
    "export": lambda memory, folder: export_office(memory, folder / "ra"),
    "backup": lambda memory, folder: back_up(memory, folder / "sao-luu.zip"),
}


NEVER_ASKED = {("parts", "period")}
"""A part of no period belongs to no edition."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("van-phong") / "vp"
    filled(home).close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "vp")
    return tmp_path / "vp"


def answers(memory: Memory, folder: Path) -> dict[str, str]:
    """What each question comes to: "" where it is answered, else the calm words of a refusal."""
    found = {}
    for name, ask in QUESTIONS.items():
        try:
            ask(memory, folder)
            found[name] = ""
        except ChiboError as error:
            found[name] = str(error)
    shutil.rmtree(folder / "ra", ignore_errors=True)
    return found


def test_an_office_that_nobody_has_touched_answers_everything(home: Path, tmp_path: Path) -> None:
    memory = open_memory(Library(home), "van-phong", Noon(date(2026, 4, 4)))
    assert not any(answers(memory, tmp_path).values())
    memory.close()


@pytest.mark.uncounted
@pytest.mark.parametrize("table", [*TABLES_HELD, "audit"])
def test_whatever_lies_in_a_column_it_is_an_answer_or_told_with_its_place(
    home: Path, tmp_path: Path, table: str
) -> None:
    database = home / ".chibo-data" / "office.db"
    whole = database.read_bytes()
    for column in METADATA.tables[table].columns:
        for kept, value in (("x'ff00'", b"\xff\x00"), ("'không phải'", "không phải")):
            if not column.type.refuses(value) or (column.primary_key and isinstance(column.type, Whole)):
                continue  # it is a value there, or the database itself does not take it
            database.write_bytes(whole)
            change(home, f'UPDATE OR IGNORE {table} SET "{column.name}" = {kept}')
            # Opened anew: to a connection from before, the file put back under it looks like one it knows already.
            memory = open_memory(Library(home), "van-phong", Noon(date(2026, 4, 4)))
            said = answers(memory, tmp_path)
            memory.close()
            where = f"ở bảng {table}, dòng ", f", cột {column.name}, không phải do Chibo ghi."
            placed = [one for one in said.values() if all(words in one for words in where)]
            assert placed or (table, column.name) in NEVER_ASKED, f"{column.name} = {kept}: {said}"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE editions SET submitted_on = 'hôm nào'", "bảng editions, dòng CB01 · 2026-03 · "),
        ("UPDATE steps SET day = '31/02/2026'", "bảng steps, dòng 1, cột day"),
        ("UPDATE editions SET at = '2026-04-03T12:00:00'", "cột at"),
        ("UPDATE periods SET due_on = '2026-02-30' WHERE period = '2026-03'", "bảng periods, dòng 2026-03, cột due_on"),
        ("UPDATE steps SET reasons = '{'", "cột reasons"),
    ],
)
def test_history_and_status_say_where_and_what_to_do(home: Path, statement: str, where: str) -> None:
    change(home, statement)
    for command in (
        ("history", "CB01", "--period", "2026-03"),
        ("status", "--period", "2026-03"),
        ("who-is-missing", "--period", "2026-03"),
    ):
        told = chibo(*command, "--home", home)
        assert (told.exit_code, where in told.err) == (1, True), told.err
        assert "Lệnh: chibo audit verify" in told.err
        assert "khôi phục bản sao lưu" in told.err


def test_it_is_told_of_both_databases(tmp_path: Path, address: str) -> None:
    memory = with_a_book(tmp_path / "vp", address)
    bare = without_types(EDITIONS)
    with memory.store.writing("x") as writing:
        writing.noted = True
        writing.connection.execute(bare.update().values(at="không phải"))
    with pytest.raises(StrangeValueError, match=r"bảng editions, dòng CB01 · 2026-03 · .*, cột at"):
        history_of(memory, "CB01", MARCH)
    with memory.store.writing("x") as writing:
        writing.noted = True
        writing.connection.execute(bare.update().values(at="2026-04-03T12:00:00.000000+00:00"))
    assert history_of(memory, "CB01", MARCH).editions
    memory.close()


def test_text_that_is_no_unicode_is_told(home: Path) -> None:
    change(home, "UPDATE editions SET submitted_by = CAST(x'ff00' AS TEXT)")
    told = chibo("history", "CB01", "--period", "2026-03", "--home", home)
    assert (told.exit_code, "chữ không đọc được" in told.err) == (1, True)
