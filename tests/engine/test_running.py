"""Many books run in this process and in workers: the same outcomes, and one bad book never stops the others."""

from __future__ import annotations

import errno
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from datetime import date

import pytest

from chibo.consolidation import BookOutcome
from chibo.definitions.folders import definition_files
from chibo.definitions.library import Library
from chibo.engine import local_workers, single_book, worker_process
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.bench import Bench
from chibo.engine.book_source import BookSource, Sources
from chibo.engine.in_process import InProcess
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.no_worker import Hindrance, NoWorkerError
from chibo.engine.running import run_books
from chibo.engine.single_book import read_one
from chibo.engine.sources import find_uploads
from chibo.errors import ChiboError
from processes import started_ones
from scored import LIBRARY
from tables import INFO, a_workbook

TODAY = date(2026, 4, 10)


def a_cells_book(number: int) -> bytes:
    return a_workbook({"Thông tin": INFO.replace("CB01", f"CB{number:02d}")})


BOOKS = {f"CB{number:02d}.xlsx": a_cells_book(number) for number in range(1, 7)}
BAD = {
    "trống.xlsx": b"",
    "ảnh.xlsx": b"\x89PNG\r\n",
    "sổ khác.xlsx": a_workbook({"Thông tin": "| Ghi chú | chỉ có thế |"}),
}


def sources(books: dict[str, bytes]) -> Sources:
    return find_uploads(books.items())


def run(books: dict[str, bytes], **options):
    return run_books(sources(books), LIBRARY, today=TODAY, **options)


def test_a_run_loads_neither_what_writes_workbooks_nor_what_reads_old_ones():
    heavy = (
        "xlsxwriter",
        "xlrd",
        "msoffcrypto",
        "chibo.workbook.writing",
        "chibo.workbook.patching",
        "chibo.engine.answers",
        "chibo.engine.rules",
    )
    told = f"import sys, chibo.engine.local_workers; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_an_outcome_rests_on_is_said_where_it_may_be_kept():
    kept = run(BOOKS, workers=1, bench=Bench()).consolidation.outcomes

    assert all(outcome.basis for outcome in kept)
    assert not any(outcome.basis for outcome in run(BOOKS, workers=1).consolidation.outcomes)


def test_every_book_is_accepted_or_refused():
    result = run({**BOOKS, **BAD}).consolidation
    assert [o.file for o in result.accepted] == sorted(BOOKS)
    assert {o.file for o in result.refused} == set(BAD)
    assert all(o.refusals for o in result.refused)
    assert [facts.cell_code for facts in result.facts] == [f"CB{number:02d}" for number in range(1, 7)]


def test_workers_give_what_this_process_gives():
    assert run({**BOOKS, **BAD}, workers=2).consolidation == run({**BOOKS, **BAD}, workers=1).consolidation


def test_places_survive_the_way_from_a_worker():
    (here,) = run({"CB01.xlsx": BOOKS["CB01.xlsx"]}, engine=InProcess()).consolidation.facts
    (there,) = run({"CB01.xlsx": BOOKS["CB01.xlsx"]}, engine=LocalWorkers(1)).consolidation.facts
    assert dict(there.places) == dict(here.places)
    assert str(there.places["held_on"]) == "CB01.xlsx · Sinh hoạt · C2"


def test_progress_is_told_after_each_book():
    seen: list[tuple[int, int, str]] = []
    run(BOOKS, on_done=lambda done, total, outcome: seen.append((done, total, outcome.file)))
    assert seen == [(number, 6, f"CB{number:02d}.xlsx") for number in range(1, 7)]


@pytest.mark.parametrize("engine", [InProcess(), LocalWorkers(2)])
def test_a_run_can_be_cancelled(engine):
    done: list[str] = []
    result = run(
        BOOKS, engine=engine, on_done=lambda *args: done.append(args[2].file), cancelled=lambda: len(done) >= 2
    )
    assert result.cancelled
    assert len(result.consolidation.outcomes) == len(done) == 2


def test_an_uncancelled_run_says_so():
    assert run(BOOKS).cancelled is False


# Workers that go wrong: each script is a worker whose judging was tampered with.

TAMPERED = """
import os, signal, sys, threading
class Evil:
    # An answer that would end the process that asked, were it unpickled.
    def __reduce__(self):
        return os.abort, ()
import chibo.engine.errands as errands
import chibo.engine.worker as worker
from chibo.errors import ChiboError
judge = errands.judge_book
def tampered(source, *rest, **more):
    if source.name == "CB03.xlsx":
        {what}
    return judge(source, *rest, **more)
errands.judge_book = tampered
worker.main()
"""


TOO_LONG = "os.write(0, (2**26 + 1).to_bytes(8, 'big')); threading.Event().wait()"
"""The head of an answer that nobody would have the memory for; the socket is at 0 too."""


def tampered(what: str, workers: int = 2, seconds: float = 60.0) -> LocalWorkers:
    return LocalWorkers(workers, seconds, command=(sys.executable, "-c", TAMPERED.format(what=what)))


@pytest.mark.parametrize(
    ("engine", "code"),
    [
        (tampered("os._exit(3)"), "READER_CRASH"),
        (tampered("os.kill(os.getpid(), 9)", workers=1), "READER_CRASH"),
        (tampered("os.kill(os.getpid(), signal.SIGXCPU)", workers=1), "TIMEOUT"),
        (tampered("threading.Event().wait()", workers=1, seconds=3.0), "TIMEOUT"),
        (tampered("return judge(source, *rest).__class__(file='CB01.xlsx', accepted=True)"), "READER_CRASH"),
        (tampered("return Evil()"), "READER_CRASH"),
        (
            tampered("os.write(0, (2**26 + 1).to_bytes(8, 'big')); threading.Event().wait()", seconds=9.0),
            "READER_CRASH",
        ),
    ],
)
def test_a_book_that_kills_its_worker_is_refused_alone(engine, code):
    result = run(BOOKS, engine=engine).consolidation
    assert [(o.file, o.refusals[0].code) for o in result.refused] == [("CB03.xlsx", code)]
    assert len(result.accepted) == 5


LEAVING_ANOTHER = """
import os, sys, threading
import chibo.engine.errands as errands, chibo.engine.worker as worker
other = os.fork()
if other == 0:
    os.setsid()
    threading.Event().wait(60)
    os._exit(0)
with open(sys.argv[1], "w") as told:
    told.write(str(other))
errands.judge_book = lambda *_, **__: threading.Event().wait()
worker.main()
"""
"""A worker that goes silent once it has started another process, which holds all that the worker has."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the worker could not start it so")
def test_what_a_worker_has_started_keeps_nobody_waiting(tmp_path):
    other = tmp_path / "other"
    engine = LocalWorkers(1, 1.0, command=(sys.executable, "-c", LEAVING_ANOTHER, str(other)))
    (outcome,) = run({"CB01.xlsx": BOOKS["CB01.xlsx"]}, engine=engine).consolidation.outcomes
    os.kill(int(other.read_text()), signal.SIGKILL)  # it is there still

    assert [finding.code for finding in outcome.findings] == ["TIMEOUT"]


def test_what_libraries_print_does_not_get_between_the_messages():
    noisy = tampered("print('xin chào'); os.write(1, b'noise')")
    assert run(BOOKS, engine=noisy).consolidation == run(BOOKS, engine=InProcess()).consolidation


@pytest.mark.parametrize(
    ("kind", "name", "right", "wrong"),
    [
        ("rules", "thresholds", 'value = "300"', 'value = "sai"'),
        ("layouts", "so-sinh-hoat", 'code = "speakers"', 'code = "sai"'),  # which is seen where a book is read
    ],
)
def test_a_definition_of_ours_that_is_wrong_stops_the_run(tmp_path, kind, name, right, wrong):
    own = tmp_path / "sheets" / kind / f"{name}.toml"
    own.parent.mkdir(parents=True)
    shipped = definition_files(kind)[name].read_text(encoding="utf-8")
    own.write_text(shipped.replace(right, wrong), encoding="utf-8")
    for engine in (LocalWorkers(1), LocalWorkers(2, command=worker_process.COMMAND)):
        with pytest.raises(ChiboError, match=f"{name}.toml"):
            run_books(sources(BOOKS), Library(tmp_path), today=TODAY, engine=engine)


def test_a_worker_that_tells_of_a_wrong_definition_where_none_is_stops_no_run():
    result = run(BOOKS, engine=tampered("raise ChiboError('khung sai')")).consolidation
    assert [(o.file, o.refusals[0].code) for o in result.refused] == [("CB03.xlsx", "READER_CRASH")]
    assert len(result.accepted) == 5


def a_worker(answers: str) -> tuple[str, ...]:
    """The command of a worker that answers its setup so."""
    return sys.executable, "-c", f"import pickle, sys; from chibo.engine.messages import *; {answers}"


NO_WORKERS = [
    (("/không/có",), Hindrance.REFUSED),
    (a_worker("raise SystemExit(1)"), Hindrance.ENDED),
    (a_worker("send_answer(sys.stdout.buffer, 'xin chào'.encode())"), Hindrance.NOT_UNDERSTOOD),
    (a_worker("send_answer(sys.stdout.buffer, pickle.dumps(sys.exit))"), Hindrance.NOT_UNDERSTOOD),
    (a_worker("sys.stdout.write('noise' * 9)"), Hindrance.NOT_UNDERSTOOD),
]


@pytest.mark.parametrize(("command", "hindrance"), NO_WORKERS)
def test_without_workers_no_book_is_read(command, hindrance):
    done: list[str] = []
    with pytest.raises(NoWorkerError) as told:
        run(BOOKS, engine=LocalWorkers(2, command=command), on_done=lambda *args: done.append(args[2].file))
    assert told.value.hindrance is hindrance
    assert not done


def test_a_worker_tells_of_a_wrong_definition_of_its_own():
    told = "READY.dump(Broken('khung sai'))"
    broken = a_worker(f"from chibo.engine.answer_bytes import READY; send_answer(sys.stdout.buffer, {told})")
    with pytest.raises(ChiboError, match="khung sai"):
        run(BOOKS, engine=LocalWorkers(2, command=broken))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there workers are forked")
@pytest.mark.parametrize(("module", "refusing"), [(os, "fork"), (socket, "socketpair")])
def test_a_system_that_forks_no_more_is_told_in_words(monkeypatch, module, refusing):
    def refuse():
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(worker_process, "can_fork", lambda: True)
    monkeypatch.setattr(module, refusing, refuse)
    before = os.listdir("/proc/self/fd")
    with pytest.raises(NoWorkerError, match="máy đang quá tải"):
        run(BOOKS, engine=LocalWorkers(1))
    assert os.listdir("/proc/self/fd") == before


def test_a_system_that_starts_no_thread_is_told_in_words(monkeypatch):
    def refuse(_thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(NoWorkerError) as told:
        run(BOOKS, engine=LocalWorkers(1))
    assert told.value.hindrance is Hindrance.REFUSED


def test_a_system_without_memory_for_a_process_is_told_in_words(monkeypatch):
    def refuse(*_command, **_how):
        raise MemoryError

    monkeypatch.setattr(worker_process, "can_fork", lambda: False)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(NoWorkerError, match="không đủ bộ nhớ"):
        run(BOOKS, engine=LocalWorkers(2))


def test_no_mistake_of_ours_in_a_thread_leaves_books_out_silently(monkeypatch):
    def mistaken(_shift):
        raise LookupError("ours")

    monkeypatch.setattr(local_workers._Shift, "_ready", mistaken)
    monkeypatch.setattr(local_workers, "can_fork", lambda: False)
    with pytest.raises(LookupError, match="ours"):
        run(BOOKS, engine=LocalWorkers(2))


def test_what_was_read_before_the_workers_ran_out_is_delivered(tmp_path):
    once = f"""
import os, sys
import chibo.engine.errands as errands, chibo.engine.worker as worker
judge = errands.judge_book
def judge_or_die(source, *rest, **more):
    if source.name == "CB03.xlsx":
        os._exit(3)
    return judge(source, *rest, **more)
errands.judge_book = judge_or_die
os.open({str(tmp_path / "started")!r}, os.O_CREAT | os.O_EXCL)
worker.main()
"""
    done: list[str] = []
    engine = LocalWorkers(1, command=(sys.executable, "-c", once))
    with pytest.raises(NoWorkerError) as told:
        run(BOOKS, engine=engine, on_done=lambda *args: done.append(args[2].file))
    assert told.value.hindrance is Hindrance.ENDED
    assert done == ["CB01.xlsx", "CB02.xlsx", "CB03.xlsx"]


def test_no_worker_is_left_behind():
    before = threading.active_count()
    run(BOOKS, workers=2)
    for thread in threading.enumerate():
        if thread.name.startswith("chibo-worker"):
            thread.join(10)
    assert threading.active_count() <= before


def test_a_library_changed_in_memory_is_judged_by_here():
    class Changed(Library):
        """An office that exists in memory only."""

    result = run_books(sources(BOOKS), Changed(), today=TODAY, workers=2)
    assert len(result.consolidation.accepted) == 6


def test_another_engine_can_take_the_place_of_ours():
    class Refusing:
        """An engine that refuses whatever it is given, last book first."""

        def run(self, books, brief, deliver, cancelled):
            for index, source in reversed(list(enumerate(books))):
                deliver(index, BookOutcome(file=source.label, accepted=False))

    result = run(BOOKS, engine=Refusing())
    assert [o.file for o in result.consolidation.refused] == sorted(BOOKS)


def test_a_book_without_path_or_bytes_is_our_own_mistake():
    with pytest.raises(ValueError, match="neither"):
        run_books(Sources((BookSource("so.xlsx", "so.xlsx"),)), LIBRARY, today=TODAY, engine=InProcess())


# Workers that wait between runs.

COUNTED = """
import os, sys
with open(sys.argv[1], "a") as started:
    started.write(f"{os.getpid()}\\n")
from chibo.engine.worker import main
main()
"""


def counted(tmp_path, bench: Bench) -> LocalWorkers:
    """One worker at a time, started anew each time a line comes into the file `started`."""
    command = (sys.executable, "-c", COUNTED, str(tmp_path / "started"))
    return LocalWorkers(1, command=command, bench=bench)


def started(tmp_path) -> list[int]:
    return [int(line) for line in (tmp_path / "started").read_text().split()]


def test_a_waiting_worker_takes_the_next_run(tmp_path):
    bench = Bench()
    engine = counted(tmp_path, bench)
    for _ in range(3):
        assert len(run(BOOKS, engine=engine).consolidation.accepted) == len(BOOKS)
    assert len(started(tmp_path)) == 1
    bench.clear()
    run(BOOKS, engine=engine)
    assert len(started(tmp_path)) == 2
    bench.clear()


def test_a_worker_that_has_told_much_is_replaced_and_costs_no_book(tmp_path, monkeypatch):
    """A book that has taken it over could have it fill the memory of this process, a little with each other book."""
    monkeypatch.setattr(worker_process, "MOST_OF_ONE_WORKER", len(OUTCOMES.dump(run(BOOKS).consolidation.outcomes[0])))
    bench = Bench()
    assert len(run(BOOKS, engine=counted(tmp_path, bench)).consolidation.accepted) == len(BOOKS)
    assert len(started(tmp_path)) > 1
    bench.clear()


def test_a_worker_that_died_while_it_waited_is_replaced_and_costs_no_book(tmp_path):
    bench = Bench()
    engine = counted(tmp_path, bench)
    run(BOOKS, engine=engine)
    (pid,) = started(tmp_path)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert len(run(BOOKS, engine=engine).consolidation.accepted) == len(BOOKS)
    assert len(started(tmp_path)) == 2
    bench.clear()


def refuse_clocks(monkeypatch, seconds: float) -> None:
    """Let the system start no thread for a clock of so many seconds."""
    start = threading.Timer.start

    def start_or_refuse(clock):
        if clock.interval == seconds:
            raise RuntimeError("can't start new thread")
        start(clock)

    monkeypatch.setattr(threading.Timer, "start", start_or_refuse)


def test_where_no_clock_can_be_had_to_end_the_wait_by_no_worker_waits_and_no_run_hangs(monkeypatch, tmp_path):
    bench = Bench(idle_seconds=12.5)
    refuse_clocks(monkeypatch, bench.idle_seconds)
    engine = counted(tmp_path, bench)
    for _ in range(2):
        assert len(run(BOOKS, engine=engine).consolidation.accepted) == len(BOOKS)
    assert len(started(tmp_path)) == 2
    assert bench.take() is None


def test_a_book_whose_worker_dies_is_refused_where_no_clock_can_be_had_too(monkeypatch):
    dying = """
import chibo.engine.errands as errands, chibo.engine.worker as worker, os, time
judge = errands.judge_book
def judge_or_break_off(source, *rest, **more):
    if source.name == "CB06.xlsx":
        os.closerange(0, 20)
        time.sleep(60)
    return judge(source, *rest, **more)
errands.judge_book = judge_or_break_off
worker.main()
"""
    refuse_clocks(monkeypatch, 1.0)
    result = run(BOOKS, engine=LocalWorkers(1, command=(sys.executable, "-c", dying))).consolidation
    assert [outcome.file for outcome in result.refused] == ["CB06.xlsx"]
    assert len(result.accepted) == len(BOOKS) - 1


def test_a_process_over_which_nobody_can_watch_is_ended(monkeypatch):
    begun = started_ones(monkeypatch)
    refuse_clocks(monkeypatch, LIBRARY.intake.process.wall_seconds)
    with pytest.raises(NoWorkerError):
        read_one(BOOKS["CB01.xlsx"], "CB01.xlsx", LIBRARY)
    assert not any(worker.alive for worker in begun)


def test_a_single_book_is_read_where_its_process_cannot_wait_for_the_next(monkeypatch):
    refuse_clocks(monkeypatch, single_book._IDLE_SECONDS)
    monkeypatch.setattr(worker_process, "can_fork", lambda: False)
    monkeypatch.setattr(single_book, "can_fork", lambda: False)
    library = Library()
    assert read_one(BOOKS["CB01.xlsx"], "CB01.xlsx", library).book is not None
    assert library not in single_book._idle


def test_a_process_that_died_while_it_waited_costs_no_single_book(monkeypatch):
    begun = started_ones(monkeypatch)
    monkeypatch.setattr(worker_process, "can_fork", lambda: False)
    monkeypatch.setattr(single_book, "can_fork", lambda: False)
    library = Library()
    for number in (1, 2):
        assert read_one(BOOKS["CB01.xlsx"], "CB01.xlsx", library).book is not None
        assert len(begun) == number
        begun[-1].kill()
        begun[-1]._process.wait()


def test_a_cancelled_run_leaves_no_worker_waiting(tmp_path):
    bench = Bench()
    done: list[str] = []
    engine = counted(tmp_path, bench)
    run(BOOKS, engine=engine, on_done=lambda *args: done.append(args[2].file), cancelled=lambda: bool(done))
    for thread in threading.enumerate():
        if thread.name.startswith("chibo-worker"):
            thread.join(30)
    run(BOOKS, engine=engine)
    assert len(started(tmp_path)) == 2
    bench.clear()


PAGE_THAT_ENDS = """
import os, signal, sys
from datetime import date
from pathlib import Path
from chibo.definitions.library import Library
from chibo.engine.sources import find_sources
from chibo.office.board.run import BoardRun
from pathlib import Path
run = BoardRun(Library(), date(2026, 4, 10), lambda: None)
run.add(find_sources([Path(sys.argv[1])]))
run.wait(60)
print(os.getpid(), *[pid for task in Path(f"/proc/{os.getpid()}/task").iterdir()
                     for pid in (task / "children").read_text().split()], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks the processes up in /proc")
def test_the_workers_of_a_board_end_with_its_process(tmp_path):
    for name, data in BOOKS.items():
        (tmp_path / name).write_bytes(data)
    page = subprocess.run(
        [sys.executable, "-c", PAGE_THAT_ENDS, str(tmp_path)], capture_output=True, text=True, check=False, timeout=120
    )
    _, *workers = page.stdout.split()
    assert len(workers) == 1, page.stderr
    assert all(ends(int(worker)) for worker in workers)


def ends(pid: int) -> bool:
    """Whether a process that is no child of ours ends, within half a minute."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 30)[0])
    finally:
        os.close(watched)
