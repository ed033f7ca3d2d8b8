"""`chibo audit verify`: a damaged database, views of analysts that were replaced, and foreign files are named."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from chibo.audit import How, Matter
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.submitting import submit
from chibo.store.agreement import wrong_database
from memory.books_handed_in import a_book
from memory.offices_in_memory import an_office
from memory.test_office_against_its_log import change, verify
from postgres import new_database

MARCH = Period(2026, 3, 3)
HASH = "ab" + 62 * "0"


def with_a_book(home: Path, address: str = "") -> Memory:
    memory, _ = an_office(home, date(2026, 4, 3), address=address)
    open_period(memory, MARCH)
    submit(memory, find_uploads([("so.xlsx", a_book())]), MARCH)
    return memory


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with_a_book(tmp_path / "vp").close()
    return tmp_path / "vp"


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((), []),
        (("DROP VIEW tidy_facts",), [("tidy_facts", How.MISSING)]),
        (
            ("DROP VIEW tidy_scores", "CREATE VIEW tidy_scores AS SELECT unit_code, period FROM editions"),
            [("tidy_scores", How.DIFFERENT)],
        ),
        (
            ("DROP VIEW tidy_scores", "CREATE TABLE tidy_scores AS SELECT unit_code FROM editions"),
            [("tidy_scores", How.MISSING)],
        ),
    ],
)
def test_a_view_that_is_gone_or_another_one_is_told(
    tmp_path: Path, address: str, statements: tuple[str, ...], expected: list[tuple[str, How]]
) -> None:
    memory = with_a_book(tmp_path / "vp", address)
    with memory.store.writing("x") as writing:
        writing.noted = True
        for statement in statements:
            writing.connection.exec_driver_sql(statement)
    found = check_log(memory).differences
    assert [(one.subject, one.how) for one in found if one.matter is Matter.VIEW] == expected
    assert len(found) == len(expected)
    memory.close()


def test_a_user_who_may_make_no_views_hears_of_those_that_are_gone(tmp_path: Path, postgresql: str) -> None:
    memory = with_a_book(tmp_path / "vp", new_database(postgresql))
    with memory.store.reading() as reading:
        for_now = reading.connection.begin_nested()
        (schema,) = reading.connection.exec_driver_sql("SELECT current_schema()").one()
        for statement in (
            "DROP VIEW tidy_facts",
            "CREATE ROLE looks_only",
            f"GRANT USAGE ON SCHEMA {schema} TO looks_only",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO looks_only",
            "SET LOCAL ROLE looks_only",
        ):
            reading.connection.exec_driver_sql(statement)
        found = [(one.subject, one.how) for one in wrong_database(reading)]
        for_now.rollback()
    assert found == [("tidy_facts", How.MISSING)]
    memory.close()


def test_a_replaced_view_is_told_in_words(home: Path) -> None:
    with sqlite3.connect(home / ".chibo-data" / "office.db") as database:
        database.executescript("DROP VIEW tidy_facts; CREATE VIEW tidy_facts AS SELECT 1 AS minutes")
    database.close()
    told = verify(home)
    assert told.exit_code == 1
    assert "bảng xem của người phân tích tidy_facts: đã bị thay bằng câu truy vấn khác" in told.out.decode()


def leave_an_index_behind(home: Path) -> None:
    """Give the parts another place in the file while an index of theirs is out of sight; what they say is the same."""
    with sqlite3.connect(home / ".chibo-data" / "office.db", isolation_level=None) as database:
        index = database.execute("SELECT rowid, * FROM sqlite_master WHERE name = 'ix_parts_period'").fetchone()
        database.execute("PRAGMA writable_schema = ON")
        database.execute("DELETE FROM sqlite_master WHERE name = 'ix_parts_period'")
    database.close()
    with sqlite3.connect(home / ".chibo-data" / "office.db", isolation_level=None) as database:
        database.execute("UPDATE parts SET rowid = rowid + 100")
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "INSERT INTO sqlite_master (rowid, type, name, tbl_name, rootpage, sql) VALUES (?,?,?,?,?,?)", index
        )
    database.close()


def test_an_index_that_misses_rows_is_told_by_a_thorough_look(home: Path) -> None:
    leave_an_index_behind(home)
    told = verify(home)
    assert told.exit_code == 1
    assert "tệp cơ sở dữ liệu (row 1 missing from index ix_parts_period): hỏng ở chỗ này." in told.out.decode()
    assert verify(home, "--no-files").exit_code == 0, "the quick look passes indexes over"


def test_damage_is_told_where_the_log_is_broken_too(home: Path) -> None:
    leave_an_index_behind(home)
    change(home, "UPDATE audit SET actor = 'ai đó' WHERE number = 3")
    told = verify(home).out.decode()
    assert "Nhật ký hỏng từ mục 3" in told
    assert "missing from index" in told


def test_a_torn_page_is_told_by_a_quick_look(home: Path) -> None:
    path = home / ".chibo-data" / "office.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_editions_period'").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    database.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = bytes(size)
    path.write_bytes(data)
    told = verify(home, "--no-files")
    assert (told.exit_code, "tệp cơ sở dữ liệu" in told.out.decode()) == (1, True)


@pytest.mark.parametrize("name", ["la.exe", "ab/Thumbs.db", "ab/con/x", f"ab/{HASH}", f"cd/{HASH}", "ab/" + 64 * "A"])
def test_a_foreign_file_among_the_kept_ones_is_named(home: Path, name: str) -> None:
    path = home / ".chibo-data" / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    told = verify(home)
    assert told.exit_code == 1
    assert f"tệp lạ trong thư mục giữ tệp {name}: không phải tệp do Chibo giữ" in told.out.decode()
    assert verify(home, "--no-files").exit_code == 0


def test_what_a_crash_leaves_among_the_kept_files_is_nothing_foreign(tmp_path: Path) -> None:
    memory = with_a_book(tmp_path / "vp")
    memory.store.files.keep("không ai nêu tên".encode())
    (tmp_path / "vp" / ".chibo-data" / "files" / "~$0123456789abcdef.tmp").write_bytes(b"x")
    assert check_log(memory).is_whole
    memory.close()
