"""The engine of several machines: groups of books go to the workers of a Dask cluster, their outcomes come back.

The only module that knows Dask. A group whose worker is lost goes to another one; the answer is read as plain values,
like that of any process that has to do with books of unknown origin.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from attrs import define, evolve, field, frozen
from distributed import Client, Future, Security, wait

from chibo.definitions.folders import own_definitions
from chibo.engine.assignment import Assignment, do
from chibo.engine.book_source import BookSource
from chibo.engine.judging import refused, sound
from chibo.engine.messages import Broken, load_values
from chibo.engine.ports import Brief, Deliver
from chibo.engine.reading_bytes import BookBytes, book_bytes
from chibo.engine.rules import rules_of
from chibo.errors import ChiboError
from chibo.findings import Finding

BOOKS_PER_TASK = 500
"""Half a minute of work: what a task costs the cluster by itself (milliseconds) does not count any more."""

_TASKS_A_THREAD = 2
"""At the cluster at any time: one being worked on, one that waits; what is sent along lies in the memory there."""
_SECONDS_TO_ANSWER = 10
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
        with _connected(self.address) as client, book_bytes(brief.library.intake.file) as reader:
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
            indexes, sent = [], []
            for index, book in enumerate(self.books[start : start + self.engine.books_per_task], start):
                source = self._sent(book)
                if isinstance(source, Finding):
                    self.deliver(index, refused(book.label, source))
                else:
                    indexes.append(index)
                    sent.append(source)
            if sent:
                yield indexes, Assignment(tuple(sent), definitions, rules, self.brief.today)

    def take(self, indexes: Sequence[int], answer: object) -> None:
        """Deliver what a worker has answered. Raises ChiboError where it could not judge."""
        if isinstance(answer, Broken):
            raise ChiboError(answer.problem)
        if not isinstance(answer, tuple) or len(answer) != len(indexes):
            raise ChiboError(_UNFINISHED.format(why="trả lời sai dạng"))
        for index, outcome in zip(indexes, answer, strict=True):
            self.deliver(index, sound(outcome, self.books[index].label))

    def _sent(self, book: BookSource) -> BookSource | Finding:
        if self.engine.shared and book.path is not None:
            return evolve(book, path=book.path.resolve())
        data = self.reader.read(book)
        return data if isinstance(data, Finding) else evolve(book, path=None, member=None, data=data)


@define(eq=False)
class _Round:
    """One run at the cluster: never more tasks there than its workers can take up soon."""

    client: Client
    groups: _Groups
    cancelled: Callable[[], bool]
    at_work: dict[Future, list[int]] = field(factory=dict)
    seen_workers: float = field(factory=time.monotonic)

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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that much is sent along: it is meant to be
            self.at_work[self.client.submit(do, assignment, pure=False)] = indexes
        return True

    def _collect(self) -> None:
        try:
            finished = wait(list(self.at_work), timeout=_POLL, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            self._look_for_workers()
            return
        for future in finished:
            indexes = self.at_work.pop(future)
            self.groups.take(indexes, _answer(future))

    def _threads(self) -> int:
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        return sum(worker["nthreads"] for worker in workers.values())

    def _look_for_workers(self) -> None:
        if self.client.status != "running":
            raise ChiboError(_LOST)
        now = time.monotonic()
        if self._threads():
            self.seen_workers = now
        elif now - self.seen_workers > _SECONDS_WITHOUT_WORKERS:
            raise ChiboError(_NO_WORKERS)


_LOST = "mất liên lạc với bộ điều phối giữa chừng. Hãy chạy lại: sổ nào đã xong thì không phải đọc lại."
_NO_WORKERS = (
    "bộ điều phối chưa có máy nào nhận việc. Trên mỗi máy đọc sổ hãy chạy: dask worker ĐỊA_CHỈ (xem docs/nhieu-may.md)."
)


_UNFINISHED = "cụm máy không làm xong một nhóm sổ ({why}). Hãy chạy lại: sổ nào đã xong thì không phải đọc lại."


def _answer(future: Future) -> object:
    try:
        return load_values(future.result())
    except ModuleNotFoundError:
        raise ChiboError("một máy của cụm chưa cài Chibo. Hãy cài cùng một bản trên mọi máy.") from None
    except Exception as error:  # of whatever kind: Dask hands on what happened there
        raise ChiboError(_UNFINISHED.format(why=type(error).__name__)) from error


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A client of the scheduler. Raises ChiboError where it does not answer, or has no workers."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is told in our own words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client = Client(address, timeout=_SECONDS_TO_ANSWER, security=_security(address), set_as_default=False)
    except (OSError, ValueError, TimeoutError, RuntimeError):
        raise ChiboError(
            f"bộ điều phối «{address}» không trả lời. Hãy kiểm tra địa chỉ, mạng, và lệnh dask scheduler có đang chạy."
        ) from None
    try:
        try:
            client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
        except TimeoutError:
            raise ChiboError(_NO_WORKERS) from None
        with client.as_current():
            yield client
    finally:
        client.close(timeout=_SECONDS_TO_ANSWER)


def _security(address: str) -> Security:
    """The certificates that Dask's own settings name. Raises ChiboError where there are none for a TLS address."""
    security = Security()
    if address.startswith("tls:") and security.get_connection_args("client").get("ssl_context") is None:
        raise ChiboError("dask+tls:// cần chứng thư: nêu trong cấu hình Dask của máy này (xem docs/nhieu-may.md).")
    return security
