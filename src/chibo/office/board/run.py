"""Books being taken for the board: read in a thread of their own while more arrive; may be stopped and resumed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial

from chibo.consolidation import BookOutcome, Consolidation
from chibo.definitions.intake_limits import FileLimits
from chibo.definitions.library import Library
from chibo.engine.bench import Bench
from chibo.engine.book_source import BookSource, Skipped, Sources
from chibo.engine.no_worker import NoWorkerError, threads_needed
from chibo.engine.ports import Engine
from chibo.engine.remembering import OutcomeCache
from chibo.engine.running import run_books
from chibo.errors import ChiboError, Words
from chibo.office.board.books_in_line import BooksInLine
from chibo.office.board.books_read import BooksRead
from chibo.office.board.memory import give_back_memory
from chibo.office.board.progress import Phase, Progress, other_kinds

_GATHERING_LOOK = 0.02
"""Seconds between looks at whether books have been found, while somebody waits for them."""


class BoardRun:
    """The books of one board. Every method may be called from any thread.

    `changed` is called after every book from the reading thread, and after every act from the calling one; it must be
    quick. `engine` is who judges the books, None choosing by their number; what the `cache` knows of is not read again.
    """

    def __init__(
        self,
        library: Library,
        today: date,
        changed: Callable[[], None],
        engine: Engine | None = None,
        cache: OutcomeCache | None = None,
    ) -> None:
        self._bench = Bench()
        self._judge = partial(run_books, library=library, today=today, engine=engine, bench=self._bench, cache=cache)
        self._library = library
        self._changed = changed
        self._lock = threading.Lock()
        self._line = BooksInLine()
        self._read = BooksRead()
        self._gathering = 0
        self._skipped: list[Skipped] = []
        self._worker: threading.Thread | None = None
        self._stopped = False
        self._problem: Words | None = None
        self._round = 0

    def add(self, sources: Sources) -> None:
        """Take books; reading them begins at once, unless the run is stopped."""
        with self._lock:
            self._take(sources)
        self._changed()

    def gather(self, find: Callable[[], Sources]) -> None:
        """Take the books that `find` comes back with; it is called in a thread of its own (an archive, a folder)."""
        with self._lock:
            work = threading.Thread(target=self._gather, args=(find, self._round), name="chibo-gather", daemon=True)
            self._gathering += self._begun(work)
        self._changed()

    def stand_in(self, label: str, others: Collection[str]) -> None:
        """Let a book of the run count alone: the others of its cell count no more, and stay at hand."""
        with self._lock:
            self._read.stand_in(label, others)
        self._changed()

    def add_in_place(self, made: BookSource, others: Collection[str]) -> str:
        """Take a book that was made of others and counts in their place; the label that it got."""
        with self._lock:
            label = self._line.put(made)
            self._read.stand_in(label, others, made=True)
            self._go_on()
        self._changed()
        return label

    def part(self, label: str) -> None:
        """Let the books count again that this one stands for; where it was made of them, it counts no more."""
        with self._lock:
            self._read.part(label)
        self._changed()

    def stop(self) -> None:
        """Read no further book; those being read are finished or put back."""
        with self._lock:
            self._stopped = self._line.unread > 0 or self._gathering > 0
        self._changed()

    def resume(self) -> None:
        """Read on where `stop` left off."""
        with self._lock:
            self._stopped = False
            self._problem = None
            self._go_on()
        self._changed()

    def clear(self) -> None:
        """Drop every book, read or not."""
        with self._lock:
            self._round += 1
            self._line.clear()
            self._read.clear()
            self._skipped.clear()
            self._gathering = 0
            self._stopped = False
            self._problem = None
            self._worker = None
        self._changed()

    @property
    def consolidation(self) -> Consolidation:
        """The books read so far, settled over the whole."""
        with self._lock:
            return self._read.settled()

    def sources_of(self, labels: Collection[str]) -> tuple[BookSource, ...]:
        """Where these books can be read again, in the order in which they came; some may have been let go."""
        with self._lock:
            return self._line.sources_of(labels)

    def versions(self, labels: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Which books these are now: each label with the digest of what was read of it."""
        return tuple((book.file, book.digest) for book in self.consolidation.outcomes if book.file in labels)

    @property
    def limits(self) -> FileLimits:
        """How large a book may be in this office."""
        return self._library.intake.file

    @property
    def progress(self) -> Progress:
        """How far the run has come."""
        with self._lock:
            done = self._read.count
            total = done + self._line.unread
            return Progress(
                phase=self._phase(total),
                done=done,
                total=total,
                accepted=done - len(self._read.settled().refused),
                gathering=self._gathering,
                skipped=len(self._skipped),
                other_kinds=other_kinds(self._skipped),
                left=self._line.seconds_left,
                problem=self._problem,
            )

    def wait(self, timeout: float) -> bool:
        """Wait for so many seconds at most until nothing is being read; whether that came to be."""
        deadline = time.monotonic() + timeout
        while self.progress.phase is Phase.WORKING and time.monotonic() < deadline:
            worker = self._worker
            if worker is not None:
                worker.join(max(0.0, deadline - time.monotonic()))
            else:
                time.sleep(_GATHERING_LOOK)
        return self.progress.phase is not Phase.WORKING

    def _gather(self, find: Callable[[], Sources], this_round: int) -> None:
        found = Sources()
        try:
            found = find()
        finally:
            with self._lock:
                if this_round == self._round:
                    self._gathering -= 1
                    self._take(found)
                    self._stopped = self._stopped and self._line.waits
            self._changed()

    def _take(self, sources: Sources) -> None:
        """Put books in line; the lock is held."""
        self._skipped += sources.skipped
        for refusal in sources.refused:
            label = self._line.own_label(refusal.label)
            self._read.add(BookOutcome(file=label, accepted=False, findings=(refusal.finding,)))
        for book in sources.books:
            self._line.put(book)
        self._go_on()

    def _phase(self, total: int) -> Phase:
        if self._worker is not None or self._gathering:
            return Phase.WORKING
        if self._line.waits:
            return Phase.STOPPED
        return Phase.READY if total else Phase.EMPTY

    def _go_on(self) -> None:
        """Start the reading thread where there is something to read; the lock is held."""
        if self._worker is None and self._line.waits and not self._stopped:
            work = threading.Thread(target=self._work, args=(self._round,), name="chibo-board", daemon=True)
            if self._begun(work):
                self._worker = work

    def _begun(self, work: threading.Thread) -> bool:
        """Whether the system starts the thread; where it does not, that is the problem of the run. The lock is held."""
        try:
            with threads_needed():
                work.start()
        except NoWorkerError as refusal:
            self._problem = refusal.words
            return False
        self._problem = None
        return True

    def _work(self, this_round: int) -> None:
        try:
            while books := self._next(this_round):
                self._read_books(books, this_round)
        except ChiboError as error:
            self._bench.clear()  # whoever mends the definition wants it read anew
            with self._lock:
                if this_round == self._round:
                    self._problem = error.words
        finally:
            with self._lock:
                if self._worker is threading.current_thread():
                    self._worker = None
                cleared = this_round != self._round
            if cleared:
                give_back_memory()  # the books that were still being read
            self._changed()

    def _next(self, this_round: int) -> Sequence[BookSource]:
        """The next books to read; none ends the thread, which then counts as gone."""
        with self._lock:
            if this_round != self._round:
                return ()
            books = () if self._stopped else self._line.next()
            if not books:
                self._worker = None
            return books

    def _read_books(self, books: Sequence[BookSource], this_round: int) -> None:
        started = time.monotonic()
        delivered: set[str] = set()

        def deliver(_done: int, _total: int, outcome: BookOutcome) -> None:
            with self._lock:
                if this_round != self._round:
                    return
                delivered.add(outcome.file)
                self._read.add(outcome)
                self._line.one_read()
            self._changed()

        try:
            self._judge(
                Sources(tuple(books)), on_done=deliver, cancelled=lambda: self._stopped or this_round != self._round
            )
        finally:
            with self._lock:
                if this_round == self._round:
                    self._line.end(books, delivered, time.monotonic() - started)
