"""What the store promises, on both databases: all or nothing, one after the other, and a word in the log for each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from chibo.audit import AuditAct, first_fault
from chibo.errors import ChiboError
from chibo.store import Store, open_store
from chibo.store.audit_log import AUDIT, entries
from chibo.store.heads import HeadsFile
from chibo.store.migrating import LATEST
from stores import TestClock, a_store


def the_log(store: Store) -> list[str]:
    with store.reading() as reading:
        return [
            f"{entry.number} {entry.actor} {entry.act} {entry.subject}".strip() for entry in entries(reading.connection)
        ]


def test_a_new_store_says_who_made_it(store: Store) -> None:
    assert the_log(store) == [f"1 quan-tri store-made {LATEST}"]


def test_what_is_noted_is_there_afterwards_and_its_head_beside_the_database(store: Store) -> None:
    with store.writing("an") as writing:
        head = writing.note(AuditAct.STORE_MIGRATED, "một việc", before="a" * 64, after="b" * 64, reason="vì «thế»")
    with store.reading() as reading:
        (entry,) = entries(reading.connection, subject="một việc")
    assert (entry.actor, entry.reason, entry.before, entry.head) == ("an", "vì «thế»", "a" * 64, head)
    assert store.heads()[head.count] == head.hash


def test_a_change_that_breaks_off_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing("an") as writing:
        1 / len(writing.note(AuditAct.STORE_MIGRATED).hash[:0])
    assert len(the_log(store)) == 1
    assert len(store.heads()) == 1


def test_nothing_is_written_without_a_word_in_the_log(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing("an") as writing:
        writing.connection.execute(sa.delete(AUDIT))
    assert len(the_log(store)) == 1


def test_opening_again_changes_nothing(tmp_path: Path, address: str) -> None:
    first = a_store(tmp_path / "vp", address)
    first.close()
    again = open_store(tmp_path / "vp", "người khác")
    assert len(the_log(again)) == 1
    again.close()


def test_twenty_writers_lose_nothing(store: Store) -> None:
    def write(number: int) -> None:
        for _ in range(3):
            with store.writing(f"người {number}") as writing:
                writing.note(AuditAct.STORE_MIGRATED, f"việc {number}")

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(write, range(20)))
    with store.reading() as reading:
        log = list(entries(reading.connection))
    assert len(log) == 1 + 20 * 3
    assert first_fault(log, store.heads()) is None


def test_twenty_openers_make_one_store(tmp_path: Path, address: str) -> None:
    home = tmp_path / "vp"
    with ThreadPoolExecutor(20) as pool:
        opened = list(pool.map(lambda _number: a_store(home, address, TestClock()), range(20)))
    assert len(the_log(opened[0])) == 1
    for store in opened:
        store.close()


def test_the_last_entries_come_in_their_order(store: Store) -> None:
    with store.writing("an") as writing:
        for number in range(5):
            writing.note(AuditAct.STORE_MIGRATED, str(number))
    with store.reading() as reading:
        assert [entry.subject for entry in entries(reading.connection, last=2)] == ["3", "4"]


def test_a_file_is_kept_once_and_given_back_as_it_came(store: Store, tmp_path: Path) -> None:
    digest = store.files.keep(b"one")
    assert store.files.keep(b"one") == digest
    assert store.files.read(digest) == b"one"
    kept = [path for path in (tmp_path / "vp" / ".chibo-data" / "files").rglob("*") if path.is_file()]
    assert len(kept) == 1


def test_a_kept_file_that_was_touched_is_not_given_out(tmp_path: Path) -> None:
    store = a_store(tmp_path / "vp")
    digest = store.files.keep(b"one")
    (path,) = (path for path in (tmp_path / "vp" / ".chibo-data" / "files").rglob("*") if path.is_file())
    path.write_bytes(b"other")
    with pytest.raises(ChiboError, match="không còn nguyên"):
        store.files.read(digest)


def test_a_line_of_heads_cut_short_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    store = a_store(tmp_path / "vp")
    whole = store.heads()
    path = tmp_path / "vp" / ".chibo-data" / "audit-heads.txt"
    path.write_text(path.read_text() + "2 abc")
    assert HeadsFile(path).read() == whole
