"""Twenty at once, in processes of their own, on both databases: nothing is lost, nobody is told of a lock."""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from datetime import date
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import SimpleQueue

import pytest
from attrs import evolve

from chibo.model import Period
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.book_parts import LookedAt, look_at
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.status import period_status
from chibo.office.memory.submitting import hand_in
from chibo.submissions import State, StepKind
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon, a_register, an_office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts no process by fork")
MARCH = Period(2026, 3, 3)
DAY = date(2026, 3, 28)
WRITERS = 20
CELLS = tuple(f"CB{number:02d}" for number in range(1, WRITERS + 1))
SHARED = "CB01"


@pytest.fixture
def office(tmp_path: Path, address: str) -> Memory:
    memory, _ = an_office(tmp_path / "vp", DAY, a_register(CELLS), address)
    open_period(memory, MARCH)
    return memory


def all_at_once(work, arguments: list[tuple[object, ...]]) -> list[str]:
    """What each process said, all of them begun in one moment; an exception by its words."""
    fork = multiprocessing.get_context("fork")
    start, said = fork.Barrier(len(arguments)), fork.SimpleQueue()
    processes = [fork.Process(target=told, args=(work, own, start, said)) for own in arguments]
    for process in processes:
        process.start()
    found = [said.get() for _ in processes]
    for process in processes:
        process.join()
    return found


def told(work, own: tuple[object, ...], start: Barrier, said: SimpleQueue[str]) -> None:
    start.wait(60)
    try:
        said.put(str(work(*own)))
    except Exception as error:
        said.put(f"{type(error).__name__}: {error}")


def hand_in_twice(office: Memory, user: str, own: LookedAt, shared: LookedAt) -> str:
    """One's own book, and another edition of a book that all hand in."""
    memory = open_memory(office.library, user, Noon(DAY))
    found = [hand_in(memory, "so.xlsx", one, MARCH)[0] for one in (own, shared)]
    memory.close()
    return " ".join(one.result.value for one in found)


def edition(looked: LookedAt, number: int) -> LookedAt:
    """The same book in other bytes."""
    data = looked.data + str(number).encode()
    return evolve(looked, data=data, content_hash=hashlib.sha256(data).hexdigest())


def test_everything_that_was_handed_in_is_there_once(office: Memory) -> None:
    looked = {cell: look_at(a_book(cell), f"{cell}.xlsx", office.library, office.today) for cell in CELLS}
    own = [(office, f"nop-{cell}", looked[cell], edition(looked[SHARED], number)) for number, cell in enumerate(CELLS)]
    said = all_at_once(hand_in_twice, own)
    assert all(set(one.split()) <= {"new", "unchanged"} for one in said), said
    units = {unit.standing.owed.expected.unit_code: unit.submission for unit in period_status(office, MARCH).units}
    assert {code: len(one.editions) for code, one in units.items()} == {
        code: WRITERS + 1 if code == SHARED else 1 for code in CELLS
    }
    receipts = sorted(one.receipt for submission in units.values() for one in submission.editions)
    assert receipts == list(range(1, 2 * WRITERS + 1))
    in_use = {code: one.current.content_hash for code, one in units.items()}
    with office.store.reading() as reading:
        marked = reading.connection.exec_driver_sql("SELECT unit_code, content_hash FROM editions WHERE in_use").all()
    assert sorted(map(tuple, marked)) == sorted(in_use.items())
    assert check_log(office).fault is None


def verify(office: Memory, user: str) -> str:
    memory = open_memory(office.library, user, Noon(DAY))
    try:
        return decide(memory, StepKind.VERIFIED, SHARED, MARCH).submission.verifier
    finally:
        memory.close()


def test_of_twenty_who_verify_one_book_one_does(office: Memory) -> None:
    hand_in(office, "so.xlsx", look_at(a_book(SHARED), "so.xlsx", office.library, office.today), MARCH)
    said = all_at_once(verify, [(office, f"xem-{number}") for number in range(WRITERS)])
    assert sum("chỉ làm được khi" in one for one in said) == WRITERS - 1
    (winner,) = (one for one in said if one.startswith("xem-"))
    submission = period_status(office, MARCH).units[0].submission
    assert (submission.state, submission.verifier, len(submission.steps)) == (State.VERIFIED, winner, 1)
    assert check_log(office).fault is None
