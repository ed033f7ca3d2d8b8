"""The engine of worker processes on this machine: one thread per worker hands it books one by one.

A worker that dies, or that is still at one book after its seconds, takes that book alone with it: the book is
refused and another worker goes on. Where no worker can be had no book is read, see `chibo.engine.no_worker`.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from attrs import define, field, frozen

from chibo.consolidation import BookOutcome
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.bench import Bench
from chibo.engine.book_source import BookSource
from chibo.engine.judging import refused, sound
from chibo.engine.messages import Broken, Setup
from chibo.engine.no_worker import threads_needed
from chibo.engine.ports import Brief, Deliver
from chibo.engine.worker_process import Worker, WorkerError, can_fork, lost_over, start_worker
from chibo.engine.wrong_definitions import tell_what_is_wrong
from chibo.errors import ChiboError

_POLL = 0.2
"""Seconds between looks at whether the run was cancelled."""
_TOGETHER = 16
"""So many answers of a worker are read together, where they come soon after each other: one by one, each after a pause,
they take more than twice as long, since everything has left the processor's caches meanwhile."""


@frozen
class LocalWorkers:
    """Judges the books in `workers` processes, within the limits of the library.

    `seconds_per_book` takes the place of the limit on time by the clock; `command` starts a worker otherwise. On the
    `bench`, where there is one, workers wait for the next run of the same brief; without it they end with the run.
    """

    workers: int
    seconds_per_book: float | None = None
    command: tuple[str, ...] | None = None
    bench: Bench | None = None

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        """Deliver the outcomes as they come.

        Raises ChiboError where a definition is wrong, NoWorkerError where books are left that no worker can take.
        """
        shift = _Shift(self, books, brief)
        number = min(self.workers, len(books))
        ready = shift.forked(number)
        try:
            with threads_needed():
                for index in range(number):
                    worker = ready[index] if index < len(ready) else None
                    name = f"chibo-worker-{index}"
                    threading.Thread(target=shift.work, args=(worker,), name=name, daemon=True).start()
            shift.collect(deliver, cancelled)
        finally:
            shift.end()
        if shift.waiting and shift.hindered is not None and not cancelled():
            raise shift.hindered


@define(eq=False)
class _Shift:
    """One run: the books waiting, the workers at work, and what they have answered."""

    engine: LocalWorkers
    books: Sequence[BookSource]
    brief: Brief
    seconds: float = field(init=False)
    waiting: deque[int] = field(init=False)
    answers: queue.SimpleQueue[tuple[int, object] | None] = field(factory=queue.SimpleQueue)
    at_work: set[Worker] = field(factory=set)
    due: dict[Worker, float] = field(factory=dict)
    """By when each must have answered, by the monotonic clock."""
    ended: threading.Event = field(factory=threading.Event)
    hindered: Exception | None = None
    """Why no worker could be had, where that was so at least once."""
    lock: threading.Lock = field(factory=threading.Lock)

    def __attrs_post_init__(self) -> None:
        self.waiting = deque(range(len(self.books)))
        self.seconds = self.engine.seconds_per_book or self.brief.library.intake.process.wall_seconds

    def forked(self, number: int) -> list[Worker]:
        """The first workers, forked while this process has no threads; none where that cannot be."""
        workers: list[Worker] = []
        if number > 1 and self.engine.command is None and can_fork():
            with suppress(ChiboError):  # a worker will tell of it, if some book comes to need what is wrong
                _ = self.brief.library.judging
        with suppress(ChiboError):  # those that are still wanted are asked for again, and may be started otherwise
            while len(workers) < number and self.engine.command is None and can_fork():
                workers.append(self._ready())
        return workers

    def work(self, worker: Worker | None) -> None:
        """One thread: a worker, renewed when it dies or has told enough, until no book is waiting."""
        unread: list[tuple[int, bytes | BookOutcome]] = []
        begun = time.monotonic()
        try:
            while not self.ended.is_set():
                worker = worker or self._ready()
                try:
                    index = self.waiting.popleft()
                except IndexError:
                    return
                unread.append((index, self._asked(worker, index)))
                ends = worker.lost or worker.has_told_enough
                if ends or len(unread) >= _TOGETHER or time.monotonic() - begun > _POLL:
                    self._hand_over(unread, worker)
                    begun = time.monotonic()
                if ends or worker.lost:
                    self._gone(worker)
                    worker = None
        except Exception as error:  # a mistake of ours too: no book is left out silently
            self.hindered = error
        finally:
            try:
                if worker is not None:
                    self._hand_over(unread, worker)
                    self._dismiss(worker)
            finally:  # whatever it was, nobody waits for this thread for ever
                self.answers.put(None)

    def collect(self, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        """Deliver what is answered until all threads have ended or the run is cancelled."""
        running = min(self.engine.workers, len(self.books))
        while running and not cancelled():
            self._give_up_overdue()
            try:
                answer = self.answers.get(timeout=_POLL)
            except queue.Empty:
                continue
            if answer is None:
                running -= 1
                continue
            index, outcome = answer
            if isinstance(outcome, Broken):  # where that is not so the worker was taken over, and its book is refused
                tell_what_is_wrong(self.brief.library)
            deliver(index, sound(outcome, self.books[index].label, self.brief.library))

    def end(self) -> None:
        """No more books; workers still at one are stopped."""
        with self.lock:
            self.ended.set()
            for worker in self.at_work:
                worker.kill()

    def _ready(self) -> Worker:
        """A worker from the bench, else a new one."""
        worker = self.engine.bench.take() if self.engine.bench is not None else None
        if worker is None:
            brief = self.brief
            setup = Setup(brief.library.office, brief.today, brief.with_basis, brief.with_digest)
            worker = start_worker(brief.library, setup, self.engine.command)
        with self.lock:
            self.at_work.add(worker)
            if self.ended.is_set():
                worker.kill()
        return worker

    def _dismiss(self, worker: Worker) -> None:
        """Back to the bench; ended where there is none, or where the run was broken off and it may be at a book."""
        with self.lock:
            self.at_work.discard(worker)
            bench = None if self.ended.is_set() or worker.lost else self.engine.bench
        if bench is None:
            worker.stop()
        else:
            bench.put(worker)

    def _gone(self, worker: Worker) -> None:
        with self.lock:
            self.at_work.discard(worker)
        worker.stop()

    def _hand_over(self, unread: list[tuple[int, bytes | BookOutcome]], worker: Worker) -> None:
        """Read the answers; a worker that answers what cannot be read is ended, and that book refused."""
        for index, answer in unread:
            outcome: object = answer
            if isinstance(answer, bytes):
                try:
                    outcome = OUTCOMES.load(answer)
                except Exception as error:  # whatever it raises
                    outcome = self._lost(index, WorkerError(str(error)))
                    worker.stop()
            self.answers.put((index, outcome))
        unread.clear()

    def _asked(self, worker: Worker, index: int) -> bytes | BookOutcome:
        """The answer about a book; its refusal where the worker is lost over it."""
        book = self.books[index]
        with self.lock:
            self.due[worker] = time.monotonic() + self.seconds
        try:
            return worker.ask_unread(book)
        except WorkerError as error:
            return self._lost(index, error)
        finally:
            with self.lock:
                del self.due[worker]

    def _lost(self, index: int, error: WorkerError) -> BookOutcome:
        label = self.books[index].label
        return refused(label, lost_over(label, error, self.seconds))

    def _give_up_overdue(self) -> None:
        """End the workers that take too long: looked at here, since a clock for each book costs more than a look."""
        with self.lock:
            now = time.monotonic()
            for worker, due in self.due.items():
                if due < now:
                    worker.give_up()
