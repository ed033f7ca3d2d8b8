"""The engine of several machines: groups of books go to the workers of a Dask cluster, their outcomes come back.

Only this module and `chibo.engine.dask_scheduler` know Dask. A group whose worker is lost goes to another one; the
answer is read as plain values, like that of any process that has to do with books of unknown origin.
"""

from __future__ import annotations

import os
import pickle
import time
import warnings
from collections.abc import Callable, Iterator, Sequence, Set
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from pkgutil import resolve_name
from urllib.parse import urlsplit

from attrs import define, evolve, field, frozen
from distributed import Client, Future, Status, get_worker, wait

import chibo
from chibo.definitions.folders import own_definitions
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.assignment import GROUPS, Assignment, do
from chibo.engine.book_source import BookSource
from chibo.engine.dask_scheduler import NO_WORKERS, connected
from chibo.engine.judging import refused, sound
from chibo.engine.messages import Broken
from chibo.engine.ports import Brief, Deliver
from chibo.engine.reading_bytes import BookBytes, book_bytes
from chibo.engine.rules import rules_of
from chibo.errors import ChiboError
from chibo.findings import Finding

BOOKS_PER_TASK = 500
"""Half a minute of work: what a task costs the cluster by itself (milliseconds) does not count any more."""

_TASKS_A_THREAD = 2
"""At the cluster at any time: one being worked on, one that waits; what is sent along lies in the memory there."""
_SECONDS_WITHOUT_WORKERS = 60
_POLL = 0.5
"""Seconds between looks at whether the run was cancelled."""


@frozen
class DaskCluster:
    """Judges the books on the workers of the Dask scheduler at `address` (tcp://…, tls://…).

    The files are sent along, unless they are `shared`: then every machine sees them under the same path.
    """

    address: str
    books_per_task: int = BOOKS_PER_TASK
    shared: bool = False

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        """Deliver the outcomes group by group. Raises ChiboError where the cluster cannot do the work."""
        if not books:
            return
        with connected(self.address) as client, book_bytes(brief.library.intake.file) as reader:
            groups = _Groups(self, books, brief, deliver, reader)
            _Round(client, groups, cancelled).run()


@frozen(eq=False)
class _Groups:
    """The books of a run cut into assignments."""

    engine: DaskCluster
    books: Sequence[BookSource]
    brief: Brief
    deliver: Deliver
    reader: BookBytes

    def __iter__(self) -> Iterator[tuple[list[int], Assignment]]:
        """Each assignment with the positions of its books; a book that has no bytes is delivered at once, refused."""
        definitions, rules = own_definitions(self.brief.library.office), rules_of(self.brief.library)
        for start in range(0, len(self.books), self.engine.books_per_task):
            indexes, sent, sizes = [], [], []
            for index, book in enumerate(self.books[start : start + self.engine.books_per_task], start):
                source, size = self._shown(book) or (self._sent(book), 0)
                if isinstance(source, Finding):
                    self.deliver(index, refused(book.label, source))
                else:
                    indexes.append(index)
                    sent.append(source)
                    sizes.append(size)
            if sent:
                yield indexes, Assignment(rules, self.brief.today, definitions, tuple(sent), tuple(sizes))

    @property
    def patience(self) -> float:
        """Seconds after which some group must be done, were each of its books, and of those before it, the slowest."""
        of_a_group = self.engine.books_per_task * self.brief.library.intake.process.wall_seconds
        return _TASKS_A_THREAD * of_a_group + _SECONDS_WITHOUT_WORKERS

    def take(self, indexes: Sequence[int], answer: object) -> None:
        """Deliver what a worker has answered. Raises ChiboError where it could not judge."""
        if isinstance(answer, Broken):
            raise answer.error
        if not isinstance(answer, tuple) or len(answer) != len(indexes):
            raise ChiboError(_UNFINISHED.format(why="trả lời sai dạng"))
        rules = rules_of(self.brief.library).digest
        for index, answered in zip(indexes, answer, strict=True):
            outcome = sound(_told(answered), self.books[index].label, self.brief.library)
            if outcome.basis is not None and outcome.basis.rules != rules:
                raise ChiboError(_CHANGED)
            self.deliver(index, outcome)

    def _shown(self, book: BookSource) -> tuple[BookSource, int] | None:
        """A book that the workers read for themselves, and the size of its file; None where they have to be sent it."""
        if self.engine.shared and book.path is not None:
            with suppress(OSError):
                path = book.path.resolve()
                return (evolve(book, path=path), path.stat().st_size) if os.access(path, os.R_OK) else None
        return None

    def _sent(self, book: BookSource) -> BookSource | Finding:
        data = self.reader.read(book)
        return data if isinstance(data, Finding) else evolve(book, path=None, member=None, data=data)


def _told(answered: bytes) -> object:
    """What a machine tells of one book. Raises ChiboError where that cannot be read, or is too much."""
    try:
        return OUTCOMES.load(answered)
    except Exception as error:  # whatever it raises
        raise ChiboError(_UNFINISHED.format(why=type(error).__name__)) from error


@define(eq=False)
class _Round:
    """One run at the cluster: never more tasks there than its workers can take up soon."""

    client: Client
    groups: _Groups
    cancelled: Callable[[], bool]
    at_work: dict[Future, list[int]] = field(factory=dict)
    seen_workers: float = field(factory=time.monotonic)
    latest: float = field(factory=time.monotonic)
    """When the last group was done."""

    def run(self) -> None:
        """Submit and collect until all is done or the run is cancelled."""
        left = iter(self.groups)
        more = True
        while not self.cancelled():
            while more and len(self.at_work) < _TASKS_A_THREAD * max(1, self._threads()):
                more = self._submit(next(left, None))
            if not self.at_work:
                return
            self._collect()
        self.client.cancel(list(self.at_work))

    def _submit(self, group: tuple[list[int], Assignment] | None) -> bool:
        if group is None:
            return False
        indexes, assignment = group
        with _told_when_lost(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that much is sent along: it is meant to be
            self.at_work[self.client.submit(pickle.loads, _packed(assignment), pure=False)] = indexes
        return True

    def _collect(self) -> None:
        finished = self._finished()
        if finished:
            self.latest = time.monotonic()
        else:
            self._look_for_workers()
        for future in finished:
            indexes = self.at_work.pop(future)
            self.groups.take(indexes, self._answer(future))

    def _finished(self) -> Set[Future]:
        """Those that are done; none where a look takes too long."""
        with _told_when_lost():
            try:
                done: Set[Future] = wait(list(self.at_work), timeout=_POLL, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                return set()
            return done

    def _threads(self) -> int:
        with _told_when_lost():
            return int(self.client.scheduler_info(n_workers=0)["total_threads"])

    def _look_for_workers(self) -> None:
        if self.client.status != "running":
            raise ChiboError(_LOST)
        now = time.monotonic()
        if self._threads():
            self.seen_workers = now
        elif now - self.seen_workers > _SECONDS_WITHOUT_WORKERS:
            raise ChiboError(NO_WORKERS)
        if now - self.latest > self.groups.patience:
            raise ChiboError(_UNFINISHED.format(why=f"{self.groups.patience / 60:.0f} phút không xong nhóm nào"))

    def _answer(self, future: Future) -> object:
        try:
            return GROUPS.load(future.result())
        except (ImportError, AttributeError):
            where = ", ".join(_hosts_without_this_chibo(self.client)) or "?"
            raise ChiboError(_OTHER_CHIBO.format(where=where)) from None
        except CancelledError:
            raise ChiboError(_LOST) from None
        except Exception as error:  # of whatever kind: Dask hands on what happened there
            raise ChiboError(_UNFINISHED.format(why=type(error).__name__)) from error


_LOST = "mất liên lạc với bộ điều phối giữa chừng. Hãy chạy lại: sổ nào đã xong thì không phải đọc lại."
_UNFINISHED = (
    "cụm máy không làm xong một nhóm sổ ({why}). Hãy chạy lại, nếu vẫn thế thì giao mỗi lần ít sổ hơn (?books=50): "
    "sổ nào đã xong thì không phải đọc lại."
)
_OTHER_CHIBO = "máy nhận việc chưa cài Chibo, hoặc cài bản khác: {where}. Hãy cài cùng một bản trên mọi máy."
_CHANGED = (
    "một máy của cụm đổi định nghĩa hoặc bản Chibo giữa chừng. Hãy khởi động lại dask worker trên mọi máy rồi chạy lại."
)


@contextmanager
def _told_when_lost() -> Iterator[None]:
    """Raises ChiboError where the scheduler is gone, whatever Dask says then."""
    try:
        yield
    except Exception:
        raise ChiboError(_LOST) from None


def _hosts_without_this_chibo(client: Client) -> list[str]:
    """The machines that say so; none where they cannot be asked."""
    with suppress(Exception):
        versions = client.run(resolve_name, "chibo:__version__", on_error="return")
        others = [worker for worker, version in versions.items() if version != chibo.__version__]
        return sorted({urlsplit(worker).hostname or worker for worker in others})
    return []


# What runs on the workers.


def _packed(assignment: Assignment) -> bytes:
    """An assignment as bytes that have it done where they are unpickled.

    So whatever passes them on, the scheduler and the worker's own messages, neither needs Chibo nor looks into a book.
    """
    return pickle.dumps(_Deed(assignment), protocol=5)


@frozen
class _Deed:
    assignment: Assignment

    def __reduce__(self) -> tuple[Callable[[Assignment], bytes], tuple[Assignment]]:
        return _done, (self.assignment,)


def _done(assignment: Assignment) -> bytes:
    """The answer of this worker; its files lie where Dask clears up, also what a worker that was killed has left."""
    worker = get_worker()
    key = worker.get_current_task()

    def unwanted() -> bool:
        """Whether the one who asked has gone away, or the scheduler."""
        task = worker.state.tasks.get(key)
        return task is None or task.state == "cancelled" or worker.status in _ENDING

    return do(assignment, Path(worker.local_directory), unwanted)


_ENDING = {Status.closing, Status.closed, Status.failed, Status.stopping}
