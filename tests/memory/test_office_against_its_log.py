"""`chibo audit verify`: whatever somebody changes beside the log, in tables, kept files or definitions, is told."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from acceptance.command_line import Called, chibo
from chibo.definitions.library import Library
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.backup import back_up
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import close_period, except_unit, open_period
from chibo.office.memory.retention import discard, due_files
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import submit
from chibo.office.memory.trash import empty_trash
from chibo.office.memory.units import confirm_alias
from chibo.periods import UnitException
from chibo.register import Role
from chibo.store.schema import METADATA
from chibo.store.submissions import EDITIONS
from chibo.submissions import GivenPoints, Reason, StepKind
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user
from stores import reseal_without_records

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)


TABLES_HELD = (
    "unit_changes", "unit_aliases", "persons", "assignments", "periods", "expected_units", "unit_exceptions",
    "editions", "parts", "steps", "trash",
)  # fmt: skip
NOT_HELD = {("unit_exceptions", "number"), ("steps", "number")}
"""What only gives an order, and is told where the order changes."""


def filled(home: Path, address: str = "") -> Memory:
    """An office with something of everything that is held against the log."""
    register = a_register(people=[("nop", Role.SUBMITTER, "CB01"), ("xem", Role.REVIEWER, "DB01")])
    memory, clock = an_office(home, date(2026, 4, 3), register, address)
    confirm_alias(memory, "CB-1", "CB01")
    open_period(memory, FEBRUARY)
    close_period(memory, FEBRUARY)
    open_period(memory, MARCH)
    except_unit(memory, MARCH, UnitException(unit_code="CB03", exempt=True, reason="bão"))
    except_unit(memory, MARCH, UnitException(unit_code="CB02", until=date(2026, 5, 9), reason="chuyển trụ sở"))
    submit(memory, find_uploads([("mot.xlsx", a_book())]), MARCH)
    submit(memory, find_uploads([("hai.xlsx", a_book("CB02"))]), MARCH)
    reviewer = as_user(memory, "van-phong-2")
    send_back(reviewer, "CB01", MARCH, reasons=[Reason(text="xem lại", sheet="Sinh hoạt", address="B2")])
    submit(memory, find_uploads([("mot.xlsx", a_book(hours=1, ends="15:40"))]), MARCH)
    points = GivenPoints(meeting="2026-03", criterion="2a", points=3, reason="ít ý kiến")
    decide(reviewer, StepKind.VERIFIED, "CB01", MARCH, points=[points])
    clock.day = date(2031, 6, 1)
    discard(memory, [], "hết hạn")
    clock.day = date(2026, 4, 4)
    return memory


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("van-phong") / "vp"
    filled(home).close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "vp"
    shutil.copytree(made, copied)
    return copied


def verify(home: Path, *more: object) -> Called:
    return chibo("audit", "verify", "--home", home, *more)


def change(home: Path, statement: str) -> None:
    """Change the tables as somebody with the file in his hands would."""
    with sqlite3.connect(home / ".chibo-data" / "office.db") as database:
        assert database.execute(statement).rowcount > 0, "the test changes something"
    database.close()


def test_an_office_that_nobody_has_touched_is_what_its_log_says(home: Path) -> None:
    told = verify(home)
    assert told.exit_code == 0, told.out.decode()
    assert "Dữ liệu của văn phòng khớp với nhật ký." in told.out.decode()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE steps SET kind = 'accepted' WHERE kind = 'verified'", "CB01: dữ liệu (việc đã chấp nhận"),
        ("UPDATE steps SET kind = 'lạ' WHERE kind = 'verified'", "bước 2026-03 · CB01: dữ liệu (việc lạ"),
        ("UPDATE steps SET actor = 'ai khác' WHERE kind = 'returned'", "bước 2026-03 · CB01"),
        ("UPDATE steps SET points = replace(points, '\"3\"', '\"4\"') WHERE kind = 'verified'", "bước 2026-03 · CB01"),
        ("UPDATE steps SET reasons = '{' WHERE kind = 'returned'", "bước 2026-03 · CB01"),
        ("UPDATE steps SET sent_copy = '' WHERE kind = 'returned'", "bước 2026-03 · CB01"),
        ("UPDATE steps SET number = 90 WHERE kind = 'returned'", "bước 2026-03 · CB01"),
        ("DELETE FROM steps WHERE kind = 'returned'", "bước 2026-03 · CB01: dữ liệu không có; nhật ký ghi ở mục"),
        (
            "INSERT INTO steps SELECT 90, unit_code, period, 'accepted', 'ai đó', day,"
            " '2026-05-01T00:00:00.000000+00:00', part, content_hash, '', '[]', '[]', '[]', ''"
            " FROM steps WHERE kind = 'verified'",
            "mà nhật ký không ghi",
        ),
        ("UPDATE editions SET content_hash = replace(content_hash, 'a', 'b') WHERE receipt = 3", "bản đã nộp 2026-03"),
        ("UPDATE editions SET unit_code = 'CB03' WHERE receipt = 2", "bản đã nộp 2026-03 · CB03"),
        ("UPDATE editions SET submitted_by = 'ai đó' WHERE receipt = 2", "bản đã nộp 2026-03 · CB02"),
        ("UPDATE editions SET content = 'empty' WHERE receipt = 2", "bản đã nộp 2026-03 · CB02"),
        ("UPDATE editions SET content = 'lạ' WHERE receipt = 3", "bản đã nộp 2026-03 · CB01"),
        ("UPDATE editions SET saved_at = NULL WHERE receipt = 2", "bản đã nộp 2026-03 · CB02"),
        ("UPDATE editions SET in_use = 1 - in_use WHERE unit_code = 'CB01'", "bản đang dùng 2026-03 · CB01"),
        ("UPDATE editions SET in_use = 0 WHERE unit_code = 'CB02'", "bản đang dùng 2026-03 · CB02"),
        ("DELETE FROM editions WHERE receipt = 2", "bản đã nộp 2026-03 · CB02: dữ liệu không có"),
        ("UPDATE parts SET scores = '{}' WHERE unit_code = 'CB02'", "bản đã nộp 2026-03 · CB02"),
        ("DELETE FROM parts WHERE unit_code = 'CB02'", "bản đã nộp 2026-03 · CB02"),
        ("DELETE FROM expected_units WHERE unit_code = 'CB02' AND period > '2026'", "(số đơn vị 2)"),
        ("UPDATE expected_units SET committee_code = '' WHERE period = '2026-02'", "báo cáo của kỳ 2026-02"),
        ("UPDATE periods SET due_on = '2026-12-31' WHERE period = '2026-03'", "kỳ 2026-03: dữ liệu (hạn 31/12/2026)"),
        ("UPDATE periods SET closed_on = NULL WHERE period = '2026-02'", "kỳ 2026-02"),
        ("UPDATE periods SET closed_on = '2026-04-01' WHERE period = '2026-03'", "kỳ 2026-03"),
        ("UPDATE unit_exceptions SET exempt = 0 WHERE unit_code = 'CB03'", "miễn, gia hạn 2026-03 · CB03"),
        ("UPDATE unit_exceptions SET until = '2026-12-31' WHERE unit_code = 'CB02'", "đến 31/12/2026"),
        ("DELETE FROM unit_exceptions WHERE unit_code = 'CB02'", "miễn, gia hạn 2026-03 · CB02: dữ liệu không có"),
        ("UPDATE assignments SET role = 'Quản trị'", "phân công n-nop"),
        ("UPDATE assignments SET role = 'lạ'", "phân công n-nop"),
        ("UPDATE assignments SET since = 'hôm nào'", "phân công n-nop"),
        ("DELETE FROM persons WHERE user = 'nop'", "người n-nop: dữ liệu không có"),
        ("UPDATE unit_changes SET parent_code = '' WHERE unit_code = 'CB02'", "đơn vị cb02"),
        ("UPDATE unit_aliases SET unit_code = 'CB02'", "cách viết mã cb-1"),
        ("INSERT INTO unit_aliases VALUES ('x', 'x', 'CB01')", "cách viết mã x: dữ liệu có (x, CB01) mà nhật ký"),
        ("UPDATE trash SET empties_on = '2026-04-01'", "thùng rác"),
        ("UPDATE trash SET destroyed_on = '2026-04-01'", "thùng rác"),
        ("DELETE FROM trash", "thùng rác"),
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_table_is_told(home: Path, statement: str, named: str) -> None:
    change(home, statement)
    told = verify(home)
    assert told.exit_code == 1
    assert "Nhật ký nguyên vẹn" in told.out.decode()
    assert named in told.out.decode()
    assert "Giữ nguyên thư mục văn phòng" in told.err


@pytest.mark.parametrize("what_is_left", [None, b""])
def test_an_office_whose_database_is_gone_is_not_begun_anew(home: Path, what_is_left: bytes | None) -> None:
    database = home / ".chibo-data" / "office.db"
    database.unlink()
    if what_is_left is not None:
        database.write_bytes(what_is_left)
    for asked in (("status", "--period", "2026-03"), ("period", "open", "2026-04"), ("audit", "verify")):
        told = chibo(*asked, "--home", home)
        assert (told.exit_code, "cơ sở dữ liệu không còn hoặc trống" in told.err) == (1, True), told.err
    assert (database.read_bytes() if database.exists() else None) == what_is_left


@pytest.fixture
def kept(home: Path) -> Path:
    """The kept file of receipt 2."""
    with sqlite3.connect(home / ".chibo-data" / "office.db") as database:
        (digest,) = database.execute("SELECT content_hash FROM editions WHERE receipt = 2").fetchone()
    database.close()
    return home / ".chibo-data" / "files" / digest[:2] / digest


def test_a_kept_file_that_was_changed_is_told_and_so_is_that_nobody_looked(home: Path, kept: Path) -> None:
    kept.write_bytes(kept.read_bytes() + b" ")
    told = verify(home)
    assert (told.exit_code, "biên nhận 2, tệp hai.xlsx): trên đĩa không còn nguyên" in told.out.decode()) == (1, True)
    told = verify(home, "--no-files")
    assert (told.exit_code, "Chưa đọc lại các tệp đã giữ" in told.out.decode()) == (0, True)


def test_a_kept_file_that_is_gone_is_told(home: Path, kept: Path) -> None:
    kept.unlink()
    told = verify(home)
    assert (told.exit_code, "biên nhận 2, tệp hai.xlsx): không còn trên đĩa" in told.out.decode()) == (1, True)


def test_a_kept_file_that_is_gone_is_told_beside_values_that_are_none(home: Path, kept: Path) -> None:
    kept.unlink()
    change(home, "UPDATE editions SET period = 'khi nào' WHERE receipt = 1")
    change(home, "UPDATE trash SET day = 'hôm nào'")
    change(home, f"INSERT INTO trash SELECT '{kept.name}', actor, day, at, reason, empties_on, NULL FROM trash LIMIT 1")
    told = verify(home).out.decode()
    assert "biên nhận 2, tệp hai.xlsx): không còn trên đĩa" in told


def test_many_differences_are_counted_and_the_first_are_named(home: Path) -> None:
    change(home, "DELETE FROM unit_changes")
    change(home, "DELETE FROM persons")
    change(home, "DELETE FROM assignments")
    change(home, "UPDATE periods SET due_on = '2027-01-01'")
    told = verify(home).out.decode()
    assert "khác với nhật ký ở 10 chỗ" in told


def test_what_was_destroyed_is_no_difference(made: Path, tmp_path: Path) -> None:
    home = tmp_path / "vp"
    shutil.copytree(made, home)
    memory, clock = reopened(home)
    clock.day = date(2035, 1, 1)
    assert not due_files(memory)
    assert empty_trash(memory)
    assert check_log(memory).is_whole
    memory.close()
    change(home, "UPDATE trash SET destroyed_on = '2034-01-01'")
    assert "thùng rác" in verify(home).out.decode()


def reopened(home: Path) -> tuple[Memory, Noon]:
    clock = Noon(date(2026, 4, 4))
    return open_memory(Library(home), "van-phong", clock), clock


def test_it_holds_on_both_databases_and_after_a_restore(tmp_path: Path, address: str) -> None:
    memory = filled(tmp_path / "vp", address)
    assert check_log(memory).is_whole, check_log(memory).differences
    back_up(memory, tmp_path / "sao-luu.zip")
    assert chibo("restore", tmp_path / "sao-luu.zip", "--home", tmp_path / "moi").exit_code == 0
    told = verify(tmp_path / "moi", "--backup", tmp_path / "sao-luu.zip")
    assert told.exit_code == 0, told.out.decode()
    with memory.store.writing("x") as writing:
        writing.noted = True
        writing.connection.execute(EDITIONS.update().where(EDITIONS.c.receipt == 2).values(submitted_by="ai đó"))
    (difference,) = check_log(memory).differences
    assert (difference.subject, difference.found["receipt"]) == ("2026-03 · CB02", "2")
    memory.close()


def test_a_log_of_before_is_compared_as_far_as_it_says_something(home: Path) -> None:
    memory, _ = reopened(home)
    reseal_without_records(memory.store)
    memory.close()
    told = verify(home)
    assert told.exit_code == 0, told.out.decode()
    assert "7 mục do bản Chibo trước ghi" in told.out.decode()
    change(home, "UPDATE editions SET file_name = 'khác.xlsx' WHERE receipt = 2")
    assert verify(home).exit_code == 0, "what an old entry does not say cannot be told"
    change(home, "UPDATE steps SET points = '[]' WHERE kind = 'verified'")
    told = verify(home)
    assert (told.exit_code, "bước 2026-03 · CB01" in told.out.decode()) == (1, True)


def test_a_broken_log_is_told_alone(home: Path) -> None:
    change(home, "UPDATE audit SET actor = 'ai đó' WHERE number = 3")
    change(home, "DELETE FROM unit_exceptions")
    told = verify(home)
    assert told.exit_code == 1
    assert "Nhật ký hỏng từ mục 3" in told.out.decode()
    assert "Chưa đối chiếu dữ liệu" in told.out.decode()


@pytest.mark.parametrize("value", ["x'ff00'", "'không phải'", "-7", "'2026-03-28T12:00:00'"])
def test_any_column_of_an_entry_may_hold_anything_and_the_entry_is_named(home: Path, value: str) -> None:
    database = home / ".chibo-data" / "office.db"
    whole = database.read_bytes()
    for column in METADATA.tables["audit"].columns:
        if column.primary_key:  # nothing but a number fits there
            continue
        database.write_bytes(whole)
        change(home, f'UPDATE audit SET "{column.name}" = {value} WHERE number = 3')
        told = verify(home)
        assert (told.exit_code, "Nhật ký hỏng từ mục 3" in told.out.decode()) == (1, True), column.name


def test_any_column_of_any_row_may_hold_anything(home: Path) -> None:
    """Whatever lies in a column, it is told as a difference and nothing falls over."""
    database = home / ".chibo-data" / "office.db"
    whole = database.read_bytes()
    memory, _ = reopened(home)
    for table in TABLES_HELD:
        for column in METADATA.tables[table].columns:
            if (table, column.name) in NOT_HELD:
                continue
            for value in ("x'ff00'", "'không phải'", "-7", "''"):
                database.write_bytes(whole)
                with sqlite3.connect(database) as connection:
                    first = f'SELECT min(rowid) FROM {table} WHERE "{column.name}" IS NOT {value}'
                    statement = f'UPDATE OR IGNORE {table} SET "{column.name}" = {value} WHERE rowid = ({first})'
                    changed = connection.execute(statement).rowcount
                connection.close()
                check = check_log(memory, files=table in {"editions", "trash"})
                told = check.differences or check.disagreeing
                assert told or not changed, f"{table}.{column.name} = {value}"
    memory.close()
