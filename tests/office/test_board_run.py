"""Taking books for the board: read in the background, stopped, resumed, dropped; nothing is lost or read twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource, Refusal, Skipped, SkipReason, Sources
from chibo.engine.ports import Brief, Deliver
from chibo.errors import ChiboError, Words
from chibo.findings import FindingKind, Severity
from chibo.model import CellIdentity, Place
from chibo.office.board.progress import Phase
from chibo.office.board.run import BoardRun

BROKEN = FindingKind("TEST_RUN_BROKEN", Severity.BLOCK)
PATIENCE = 30.0


class Slow:
    """An engine that lets through as many books as the test allows."""

    def __init__(self) -> None:
        self.allowed = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)
        self.fails = False

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        for index, book in enumerate(books):
            if cancelled():
                return
            self.begun.release()
            assert self.allowed.acquire(timeout=PATIENCE)
            if self.fails:
                raise ChiboError("định nghĩa sai")
            identity = CellIdentity(cell_code=book.label, cell_name=book.label, year=2026)
            deliver(index, BookOutcome(file=book.label, accepted=True, identity=identity, digest=book.label))

    def allow(self, count: int) -> None:
        self.allowed.release(count)

    def wait_until_begun(self) -> None:
        assert self.begun.acquire(timeout=PATIENCE)


def a_run(engine: Slow, changed: Callable[[], object]) -> BoardRun:
    return BoardRun(Library(), date(2026, 4, 1), changed, engine)


@pytest.fixture
def engine() -> Slow:
    return Slow()


@pytest.fixture
def run(engine: Slow) -> BoardRun:
    return a_run(engine, lambda: None)


def books(*labels: str) -> Sources:
    return Sources(books=tuple(BookSource(label, label, data=b"") for label in labels))


def files(run: BoardRun) -> list[str]:
    return [outcome.file for outcome in run.consolidation.outcomes]


def test_every_book_is_read_once_whenever_it_came(run: BoardRun, engine: Slow):
    run.add(books("a", "b"))
    engine.wait_until_begun()
    run.add(books("c"))
    assert run.progress.phase is Phase.WORKING
    assert (run.progress.done, run.progress.total) == (0, 3)
    engine.allow(3)
    assert run.wait(PATIENCE)
    assert files(run) == ["a", "b", "c"]
    assert run.progress.phase is Phase.READY


def test_the_first_result_shows_while_others_are_still_being_read(run: BoardRun, engine: Slow):
    run.add(books("a", "b"))
    engine.allow(1)
    engine.wait_until_begun()
    engine.wait_until_begun()
    assert files(run) == ["a"]
    assert run.progress.left is not None
    engine.allow(1)
    assert run.wait(PATIENCE)


def test_stopping_keeps_what_is_unread_and_resuming_reads_it(run: BoardRun, engine: Slow):
    run.add(books("a", "b", "c"))
    engine.wait_until_begun()
    run.stop()
    engine.allow(1)
    assert run.wait(PATIENCE)
    assert (run.progress.phase, run.progress.done, run.progress.total) == (Phase.STOPPED, 1, 3)
    engine.allow(2)
    run.resume()
    assert run.wait(PATIENCE)
    assert files(run) == ["a", "b", "c"]


def test_clearing_drops_what_was_read_and_what_is_being_read(run: BoardRun, engine: Slow):
    run.add(books("a", "b"))
    engine.wait_until_begun()
    run.clear()
    run.add(books("z"))
    engine.allow(3)
    assert run.wait(PATIENCE)
    assert files(run) == ["z"]
    run.clear()
    assert run.progress.phase is Phase.EMPTY


def test_books_of_one_name_are_told_apart(run: BoardRun, engine: Slow):
    engine.allow(3)
    run.add(books("so.xlsx"))
    run.add(books("so.xlsx", "khac.xlsx"))
    assert run.wait(PATIENCE)
    assert sorted(files(run)) == ["khac.xlsx", "so.xlsx", "so.xlsx (2)"]


def test_two_books_of_one_cell_count_as_refused(run: BoardRun, engine: Slow):
    run.add(books("a", "A", "b"))  # the fake engine takes a book's label for its cell's code
    engine.allow(3)
    assert run.wait(PATIENCE)
    assert (run.progress.done, run.progress.accepted, run.progress.refused) == (3, 1, 2)


def test_what_could_not_be_looked_into_is_refused_by_name(run: BoardRun):
    finding = BROKEN.at(Place("hong.zip"), of_book=True)
    run.add(Sources(refused=(Refusal("hong.zip", finding),)))
    (outcome,) = run.consolidation.refused
    assert (outcome.file, outcome.findings) == ("hong.zip", (finding,))
    assert (run.progress.phase, run.progress.refused) == (Phase.READY, 1)


def test_a_wrong_definition_stops_the_run_and_says_why(run: BoardRun, engine: Slow):
    engine.fails = True
    engine.allow(1)
    run.add(books("a", "b"))
    assert run.wait(PATIENCE)
    assert (run.progress.phase, run.progress.problem) == (Phase.STOPPED, Words("định nghĩa sai"))
    engine.fails = False
    engine.allow(2)
    run.resume()
    assert run.wait(PATIENCE)
    assert files(run) == ["a", "b"]
    assert run.progress.problem is None


@pytest.fixture
def refused_threads(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the threads that the system does not start."""
    names, start = set[str](), threading.Thread.start

    def start_or_refuse(thread: threading.Thread) -> None:
        if thread.name in names:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_or_refuse)
    return names


def test_where_no_thread_can_be_had_the_books_wait_and_why_is_told(
    run: BoardRun, engine: Slow, refused_threads: set[str]
):
    refused_threads.add("chibo-board")
    run.add(books("a", "b"))
    assert run.progress.phase is Phase.STOPPED
    assert run.progress.problem is not None
    assert "máy đang quá tải" in run.progress.problem.vietnamese
    assert "EAGAIN" in run.progress.problem.told("en")
    refused_threads.clear()
    engine.allow(3)
    run.add(books("c"))
    assert run.wait(PATIENCE)
    assert (files(run), run.progress.problem) == (["a", "b", "c"], None)


def test_where_no_thread_looks_for_books_nothing_is_waited_for_and_why_is_told(
    run: BoardRun, refused_threads: set[str]
):
    refused_threads.add("chibo-gather")
    run.gather(lambda: books("a"))
    assert (run.progress.phase, run.progress.gathering) == (Phase.EMPTY, 0)
    assert run.progress.problem is not None
    assert "máy đang quá tải" in run.progress.problem.vietnamese
    assert "EAGAIN" in run.progress.problem.told("en")


def test_every_change_is_told(engine: Slow):
    told = threading.Semaphore(0)
    run = a_run(engine, told.release)
    engine.allow(2)
    run.add(books("a", "b"))
    assert run.wait(PATIENCE)
    for _ in range(4):
        assert told.acquire(timeout=PATIENCE), "taken, two books, the end"


def test_books_found_in_a_thread_of_its_own_are_taken_and_what_is_no_book_is_counted(run: BoardRun, engine: Slow):
    go_on = threading.Event()

    def find() -> Sources:
        assert go_on.wait(PATIENCE)
        return Sources(books("a", "b").books, (Skipped("ghi-chu.txt", SkipReason.OTHER_KIND),))

    run.gather(find)
    assert run.progress.phase is Phase.WORKING
    go_on.set()
    engine.allow(2)
    assert run.wait(PATIENCE)
    assert files(run) == ["a", "b"]
    assert (run.progress.skipped, run.progress.other_kinds) == (1, ("ghi-chu.txt",))


def test_of_many_files_of_another_kind_the_first_are_named(run: BoardRun):
    lock = Skipped("~$so.xlsx", SkipReason.LOCK_FILE)
    many = [Skipped(f"so-{number}.ods", SkipReason.OTHER_KIND) for number in range(7)]
    run.add(Sources(skipped=(lock, *many)))
    names = [f"so-{number}.ods" for number in range(5)]
    assert (run.progress.skipped, run.progress.other_kinds) == (8, (*names, "…"))
    run.clear()
    assert (run.progress.skipped, run.progress.other_kinds) == (0, ())


def test_what_is_found_after_clearing_is_let_go(run: BoardRun):
    go_on = threading.Event()

    def find() -> Sources:
        assert go_on.wait(PATIENCE)
        return books("a")

    run.gather(find)
    run.clear()
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "chibo-gather":
            thread.join(PATIENCE)
    assert run.progress.phase is Phase.EMPTY
