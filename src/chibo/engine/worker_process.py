"""A worker as the process that started it sees it: given one task at a time, stopped when it takes too long.

Where this process has no threads the worker is forked from it, which takes a few milliseconds and brings its
definitions along; elsewhere (in a kernel, on Windows and macOS) a new Python is started.
"""

from __future__ import annotations

import errno
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from attrs import define, field

from chibo.definitions.library import Library
from chibo.engine.answer_bytes import READY, AnswerBytes
from chibo.engine.book_source import BookSource
from chibo.engine.confinement import Protection
from chibo.engine.connection import Connection
from chibo.engine.errands import Errand
from chibo.engine.forked_process import ForkedProcess
from chibo.engine.judging import reader_failed
from chibo.engine.messages import (
    LONGEST_OUTCOME,
    MOST_OF_ONE_WORKER,
    Broken,
    Ready,
    Setup,
    receive_answer,
    send_task,
)
from chibo.engine.no_worker import Hindrance, NoWorkerError, threads_needed
from chibo.engine.spawned_process import SpawnedProcess
from chibo.findings import Finding
from chibo.model import Place
from chibo.workbook.intake.kinds import TIMEOUT

T = TypeVar("T")

COMMAND = (sys.executable, "-P", "-m", "chibo.engine.worker")
"""Starts a worker; -P: code in the current folder is never run."""
_SECONDS_TO_START = 120.0


class WorkerError(Exception):
    """A worker has died over a task. `out_of_time` where it took too long, by the clock or by its CPU."""

    def __init__(self, problem: str, out_of_time: bool = False) -> None:
        super().__init__(problem)
        self.out_of_time = out_of_time


def lost_over(label: str, error: WorkerError, seconds: float) -> Finding:
    """The finding on a book over which a worker was lost."""
    if error.out_of_time:
        return TIMEOUT.at(Place(label), expected=f"{seconds:g}", of_book=True)
    return reader_failed(label, "bộ đọc dừng giữa chừng")


class _Process(Protocol):
    """A child process."""

    @property
    def connection(self) -> Connection:
        """The way to it and back."""

    def kill(self) -> None:
        """End it now."""

    def poll(self) -> int | None:
        """Its return code, None while it lives."""

    def wait(self) -> int:
        """Its return code, once it has ended; -N where signal N ended it."""


@define(eq=False)
class Worker:
    """One worker process, ready for tasks."""

    _process: _Process
    protections: frozenset[Protection] = frozenset()
    _out_of_time: bool = False
    _lock: threading.Lock = field(factory=threading.Lock)
    _returned: int | None = None
    _told: int = 0

    @property
    def alive(self) -> bool:
        """Whether the process is there still."""
        with self._lock:
            return self._returned is None and self._process.poll() is None

    def ask(self, task: Setup | Errand, answers: AnswerBytes[T], seconds: float) -> T | Finding | Broken:
        """The answer to a task; WorkerError where the process dies over it or takes more than `seconds`."""
        with _after(seconds, self.give_up):
            return self._exchange(task, lambda: answers.load(receive_answer(self._process.connection.stdout)))

    def ask_unread(self, task: BookSource) -> bytes:
        """The answer to a task as it came; WorkerError where the process dies over it.

        Whoever asks has the time watched, and `give_up` called from another thread.
        """
        answer = self._exchange(task, lambda: receive_answer(self._process.connection.stdout, LONGEST_OUTCOME))
        self._told += len(answer)
        return answer

    @property
    def lost(self) -> bool:
        """Whether it was ended for taking too long, perhaps just after its answer, or has died over a task."""
        return self._out_of_time or self._returned is not None

    @property
    def has_told_enough(self) -> bool:
        """Whether another one is to take its place, however well it is."""
        return self._told > MOST_OF_ONE_WORKER

    def give_up(self) -> None:
        """End the process now, from whatever thread, because it takes too long."""
        self._out_of_time = True
        self.kill()

    def stop(self) -> int:
        """End the process now, and the connection to it; its return code."""
        self.kill()
        if self._returned is None:
            self._returned = self._process.wait()
            self._process.connection.close()
        return self._returned

    def kill(self) -> None:
        """End the process now, from whatever thread."""
        with self._lock:
            if self._returned is None:
                self._process.kill()
                self._process.connection.hang_up()

    def _exchange(self, message: object, receive: Callable[[], T]) -> T:
        try:
            send_task(self._process.connection.stdin, message)
            return receive()
        except Exception as error:  # whatever it is, this worker is of no more use
            out_of_cpu = self._ended_itself() == -getattr(signal, "SIGXCPU", -1)
            raise WorkerError(str(error), self._out_of_time or out_of_cpu) from error

    def _ended_itself(self) -> int:
        """The return code of a process whose connection broke; one that still lives after that is ended."""
        self._process.connection.hang_up()
        try:
            with _after(1.0, self.kill):
                self._returned = self._process.wait()
        except NoWorkerError:  # nobody can watch how long it takes to end by itself
            self.kill()
            self._returned = self._process.wait()
        self._process.connection.close()
        return self._returned


@contextmanager
def _after(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Act when what is done meanwhile takes longer."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    with threads_needed():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # so that this process may have no threads again, and can fork


def start_worker(library: Library, setup: Setup, command: Sequence[str] | None = None) -> Worker:
    """A worker that is ready. Raises NoWorkerError where none can be had, ChiboError where a definition is wrong."""
    try:
        forks = command is None and can_fork()
        worker = Worker(ForkedProcess(library) if forks else SpawnedProcess(command or COMMAND))
    except OSError as error:
        raise NoWorkerError(Hindrance.REFUSED, error) from error
    except MemoryError as error:
        raise NoWorkerError(Hindrance.REFUSED, OSError(errno.ENOMEM, str(error))) from error
    try:
        answer = worker.ask(setup, READY, _SECONDS_TO_START)
    except WorkerError as error:
        raise NoWorkerError(_hindrance_of(error)) from error
    except NoWorkerError:
        worker.stop()
        raise
    if isinstance(answer, Ready):
        worker.protections = answer.protections
        return worker
    worker.stop()
    if isinstance(answer, Broken):
        raise answer.error
    raise NoWorkerError(Hindrance.NOT_UNDERSTOOD)


def _hindrance_of(error: WorkerError) -> Hindrance:
    if error.out_of_time:
        return Hindrance.SLOW
    broke_off = isinstance(error.__cause__, EOFError | OSError)
    return Hindrance.ENDED if broke_off else Hindrance.NOT_UNDERSTOOD


def can_fork() -> bool:
    """Whether a copy of this process would be sound: other threads would be missing in it, with the locks they hold."""
    return sys.platform.startswith("linux") and threading.active_count() == 1
