"""`chibo audit verify`: a log cut short, or written anew, is told by each of its witnesses alone, and named."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from acceptance.command_line import Called, chibo
from chibo.audit import sealed_after
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.backup import back_up
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.submitting import submit
from chibo.store.audit_log import append, entries
from chibo.submissions import StepKind
from memory.books_handed_in import a_book
from memory.offices_in_memory import an_office, as_user

MARCH = Period(2026, 3, 3)


@pytest.fixture
def office(tmp_path: Path) -> Memory:
    """An office whose log ends: … submitted, verified, [backup taken here], backed-up."""
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3))
    open_period(memory, MARCH)
    submit(memory, find_uploads([("so.xlsx", a_book())]), MARCH)
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    back_up(memory, tmp_path / "sao-luu.zip")
    return memory


def cut(memory: Memory, entries_left_out: int) -> None:
    """Take the last entries of the log away, as somebody with the database in his hands would."""
    with sqlite3.connect(memory.library.office / ".chibo-data" / "office.db") as database:
        database.execute("DELETE FROM audit WHERE number > (SELECT max(number) FROM audit) - ?", (entries_left_out,))
    database.close()


def forget_heads(memory: Memory) -> None:
    (memory.library.office / ".chibo-data" / "audit-heads.txt").unlink()


def verify(memory: Memory, *more: object) -> Called:
    return chibo("audit", "verify", "--home", memory.library.office, *more)


def test_a_whole_log_agrees_with_all_its_witnesses(office: Memory, tmp_path: Path) -> None:
    told = verify(office, "--backup", tmp_path / "sao-luu.zip")
    assert told.exit_code == 0
    assert "1 biên nhận, 6 dấu trong tệp audit-heads.txt, 1 bản sao lưu" in told.out.decode()


@pytest.mark.parametrize(("left_out", "named"), [(1, "audit-heads.txt: mục 9"), (3, "biên nhận: 1 (mục 7)")])
def test_a_log_cut_short_is_told(office: Memory, left_out: int, named: str) -> None:
    cut(office, left_out)
    told = verify(office)
    assert told.exit_code == 1
    assert f"hỏng từ mục {10 - left_out}: nhật ký thiếu" in told.out.decode()
    assert named in told.out.decode()


def test_the_receipts_alone_tell_it(office: Memory) -> None:
    cut(office, 3)
    forget_heads(office)
    told = verify(office)
    assert told.exit_code == 1
    assert "Không khớp với biên nhận: 1 (mục 7)." in told.out.decode()


def test_the_file_outside_alone_tells_it(office: Memory) -> None:
    cut(office, 2)
    told = verify(office)
    assert told.exit_code == 1
    assert "Không khớp với dấu trong tệp audit-heads.txt: mục 8, mục 9." in told.out.decode()


def test_a_backup_alone_tells_it(office: Memory, tmp_path: Path) -> None:
    cut(office, 2)
    forget_heads(office)
    assert check_log(office).fault is None, "nobody else knows"
    told = verify(office, "--backup", tmp_path / "sao-luu.zip")
    assert told.exit_code == 1
    assert "Không khớp với bản sao lưu: sao-luu.zip (mục 8)." in told.out.decode()


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff no heads"])
def test_a_file_of_heads_that_is_gone_is_told(office: Memory, content: bytes | None) -> None:
    forget_heads(office)
    if content is not None:
        (office.library.office / ".chibo-data" / "audit-heads.txt").write_bytes(content)
    told = verify(office)
    assert told.exit_code == 1
    assert "audit-heads.txt không còn dấu nào" in told.out.decode()


def test_a_log_that_was_cut_and_grew_again_is_told(office: Memory) -> None:
    cut(office, 2)
    decide(as_user(office, "xem"), StepKind.RETURNED, "CB01", MARCH, note="xem lại")
    back_up(office, office.library.office.parent / "khac.zip")
    check = check_log(office)
    assert (check.fault.number, check.fault.kind) == (8, "head")


def test_the_first_entry_that_was_written_anew_is_told_by_a_backup(office: Memory, tmp_path: Path) -> None:
    """Everything from some entry on sealed anew: the chain holds, the file and the receipts forged along."""
    with office.store.reading() as reading:
        listed = list(entries(reading.connection))
    forged, database = listed[:3], office.library.office / ".chibo-data"
    for entry in listed[3:]:
        forged.append(sealed_after(forged[-1].head, evolve(entry, reason="viết lại")))
    cut(office, len(listed) - 3)
    with office.store.writing("x") as writing:
        for entry in forged[3:]:
            writing.head = append(writing.connection, writing.head, entry)
        writing.noted = True
    (database / "audit-heads.txt").write_text("".join(f"{entry.head}\n" for entry in forged))
    with sqlite3.connect(database / "office.db") as connection:
        connection.execute("UPDATE editions SET head_hash = ?", (forged[6].hash,))
    connection.close()
    assert verify(office).exit_code == 0
    told = verify(office, "--backup", tmp_path / "sao-luu.zip")
    assert told.exit_code == 1
    assert "hỏng từ mục 8 " in told.out.decode()


def test_a_backup_of_another_office_does_not_agree(office: Memory, tmp_path: Path) -> None:
    other, _ = an_office(tmp_path / "khac", date(2026, 4, 4))
    back_up(other, tmp_path / "khac.zip")
    assert verify(office, "--backup", tmp_path / "khac.zip").exit_code == 1


def test_a_backup_that_is_damaged_is_said_to_be(office: Memory, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"nothing")
    told = verify(office, "--backup", tmp_path / "x.zip")
    assert (told.exit_code, "không phải tệp sao lưu" in told.err) == (1, True)
