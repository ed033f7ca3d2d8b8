"""A kill at any instant, on both databases: what was acknowledged is there, the rest whole or absent, never half."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from chibo.model import Period
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.backup import back_up, restore
from chibo.office.memory.book_parts import LookedAt, look_at
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.status import period_status
from chibo.office.memory.submitting import hand_in
from chibo.store.backups import check_backup
from chibo.store.submissions import read_parts
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon, a_register, an_office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts no process by fork")
MARCH = Period(2026, 3, 3)
DAY = date(2026, 3, 28)
KILLS = 20
_FORK = multiprocessing.get_context("fork") if sys.platform != "win32" else None


class Killer:
    """Lets processes do their work and kills each at an instant drawn at random, some after they acknowledged some."""

    def __init__(self, seed: int, spread: float) -> None:
        self._random = random.Random(seed)
        self._spread = spread

    def kill(self, work: Callable[..., None], *arguments: Any, most: int = 2) -> list[Any]:
        """What the process acknowledged until it was killed."""
        assert _FORK is not None
        here, there = _FORK.Pipe(duplex=False)
        process = _FORK.Process(target=work, args=(*arguments, there))
        process.start()
        there.close()
        acknowledged = [here.recv() for _ in range(1 + self._random.randint(0, most))][1:]
        time.sleep(self._random.random() * self._spread)  # the instant of the kill, not a wait for anything
        process.kill()
        process.join()
        try:
            while here.poll():
                acknowledged.append(here.recv())
        except EOFError:
            pass  # also where the kill fell into the middle of a word
        return acknowledged


def hand_in_for_ever(home_of: Memory, looked: LookedAt, begin: int, done: Connection) -> None:
    memory = open_memory(home_of.library, "nop", Noon(DAY))
    done.send("begun")
    for number in range(begin, begin + 1_000_000):
        data = looked.data + str(number).encode()
        fresh = evolve(looked, data=data, content_hash=hashlib.sha256(data).hexdigest())
        (handing,) = hand_in(memory, "so.xlsx", fresh, MARCH)
        done.send((handing.edition.receipt, handing.edition.content_hash))


def back_up_for_ever(home_of: Memory, target: Path, done: Connection) -> None:
    memory = open_memory(home_of.library, "van-phong", Noon(DAY))
    done.send("begun")
    while True:
        done.send(back_up(memory, target).head)


@pytest.fixture
def office(tmp_path: Path, address: str) -> Memory:
    memory, _ = an_office(tmp_path / "vp", DAY, a_register(("CB01",)), address)
    open_period(memory, MARCH)
    return memory


def test_what_was_handed_in(office: Memory) -> None:
    looked = look_at(a_book(), "so.xlsx", office.library, office.today)
    killer, acknowledged = Killer(20260328, 0.05), {}
    for number in range(KILLS):
        told = killer.kill(hand_in_for_ever, office, looked, number * 1_000_000)
        acknowledged |= dict(told)
        (unit,) = period_status(office, MARCH).units
        kept = {edition.receipt: edition.content_hash for edition in unit.submission.editions}
        assert acknowledged.items() <= kept.items()
        assert len(kept) - len(acknowledged) <= number + 1, "of each process at most the one in hand"
        assert sorted(kept) == list(range(1, len(kept) + 1)), "no receipt is lost or given twice"
        with office.store.reading() as reading:
            for content_hash in kept.values():
                office.store.files.read(content_hash)
                assert read_parts(reading, MARCH, {"CB01": content_hash})["CB01"].records
        assert check_log(office).fault is None
    assert acknowledged


def test_a_backup(office: Memory, tmp_path: Path) -> None:
    hand_in(office, "so.xlsx", look_at(a_book(), "so.xlsx", office.library, office.today), MARCH)
    target, killer, last = tmp_path / "sao-luu.zip", Killer(20260329, 0.2), 0
    for _ in range(KILLS):
        told = killer.kill(back_up_for_ever, office, target)
        last = max([last, *(head.count for head in told)])
        if target.exists():
            assert check_backup(target).head.count >= last
        else:
            assert not last, "a backup that was acknowledged is there"
        assert check_log(office, [target] if target.exists() else []).fault is None
    assert last
    restore(target, tmp_path / "moi", "van-phong")


def test_a_restore_leaves_a_whole_folder_or_none(office: Memory, tmp_path: Path) -> None:
    hand_in(office, "so.xlsx", look_at(a_book(), "so.xlsx", office.library, office.today), MARCH)
    source, killer, whole = tmp_path / "sao-luu.zip", Killer(20260330, 0.2), 0
    back_up(office, source)
    for number in range(KILLS):
        home = tmp_path / f"moi-{number}"
        told = killer.kill(restore_once, source, home, most=1)
        assert home.exists() or not told
        if home.exists():
            whole += 1
            again = open_memory(type(office.library)(home), "van-phong", Noon(DAY))
            assert check_log(again, [source]).fault is None
            assert len(period_status(again, MARCH).units) == 1
            again.close()
    assert whole


def restore_once(source: Path, home: Path, done: Connection) -> None:
    done.send("begun")
    done.send(restore(source, home, "van-phong"))
    time.sleep(60)
