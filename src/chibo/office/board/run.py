"""Books being taken for the board: read in a thread of their own while more arrive; may be stopped and resumed."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import islice

from attrs import evolve

from chibo.consolidation import BookOutcome, Consolidation, consolidate
from chibo.definitions.intake_limits import FileLimits
from chibo.definitions.library import Library
from chibo.engine.bench import Bench
from chibo.engine.book_source import BookSource, Skipped, SkipReason, Sources
from chibo.engine.ports import Engine
from chibo.engine.remembering import OutcomeCache
from chibo.engine.running import run_books
from chibo.errors import ChiboError
from chibo.office.board.memory import give_back_memory
from chibo.office.board.progress import Phase, Progress
from chibo.office.board.recent import RecentSources
from chibo.office.board.standing_in import StandIns

_NAMED = 5
"""Files of another kind that are named."""
_AT_ONCE = 100
"""Books handed to the engine together: enough for several processes, few enough to meet new arrivals soon."""

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
        self._library = library
        self._today = today
        self._engine = engine
        self._cache = cache
        self._bench = Bench()
        self._changed = changed
        self._lock = threading.Lock()
        self._waiting: deque[BookSource] = deque()
        self._reading = 0
        self._gathering = 0
        self._skipped: list[Skipped] = []
        self._outcomes: list[BookOutcome] = []
        self._folded = Consolidation()
        self._stand_ins = StandIns()
        self._labels: set[str] = set()
        self._recent = RecentSources()
        self._worker: threading.Thread | None = None
        self._stopped = False
        self._problem = ""
        self._round = 0
        self._seconds = 0.0
        self._timed = 0

    def add(self, sources: Sources) -> None:
        """Take books; reading them begins at once, unless the run is stopped."""
        with self._lock:
            self._take(sources)
        self._changed()

    def gather(self, find: Callable[[], Sources]) -> None:
        """Take the books that `find` comes back with; it is called in a thread of its own (an archive, a folder)."""
        with self._lock:
            self._gathering += 1
            work = threading.Thread(target=self._gather, args=(find, self._round), name="chibo-gather", daemon=True)
        work.start()
        self._changed()

    def stand_in(self, label: str, others: Collection[str]) -> None:
        """Let a book of the run count alone: the others of its cell count no more, and stay at hand."""
        with self._lock:
            self._stand_ins.stand_in(label, others)
            self._folded = Consolidation()
        self._changed()

    def add_in_place(self, made: BookSource, others: Collection[str]) -> str:
        """Take a book that was made of others and counts in their place; the label that it got."""
        with self._lock:
            label = self._own_label(made.label)
            self._stand_ins.stand_in(label, others, made=True)
            self._folded = Consolidation()
            self._put_in_line(evolve(made, label=label))
            self._go_on()
        self._changed()
        return label

    def part(self, label: str) -> None:
        """Let the books count again that this one stands for; where it was made of them, it counts no more."""
        with self._lock:
            self._stand_ins.part(label)
            self._folded = Consolidation()
        self._changed()

    def stop(self) -> None:
        """Read no further book; those being read are finished or put back."""
        with self._lock:
            self._stopped = bool(self._waiting) or self._reading > 0 or self._gathering > 0
        self._changed()

    def resume(self) -> None:
        """Read on where `stop` left off."""
        with self._lock:
            self._stopped = False
            self._problem = ""
            self._go_on()
        self._changed()

    def clear(self) -> None:
        """Drop every book, read or not."""
        with self._lock:
            self._round += 1
            self._waiting.clear()
            self._outcomes.clear()
            self._folded = Consolidation()
            self._stand_ins.clear()
            self._labels.clear()
            self._recent.clear()
            self._reading = self._gathering = 0
            self._skipped.clear()
            self._stopped = False
            self._problem = ""
            self._worker = None
        self._changed()

    @property
    def consolidation(self) -> Consolidation:
        """The books read so far, settled over the whole."""
        with self._lock:
            return self._settle()

    def sources_of(self, labels: Collection[str]) -> tuple[BookSource, ...]:
        """Where these books can be read again, in the order in which they came; some may have been let go."""
        with self._lock:
            return self._recent.of(labels)

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
            done = sum(self._stand_ins.came(outcome.file) for outcome in self._outcomes)
            total = done + self._reading + len(self._waiting)
            return Progress(
                phase=self._phase(total),
                done=done,
                total=total,
                accepted=done - len(self._settle().refused),
                gathering=self._gathering,
                skipped=len(self._skipped),
                other_kinds=_other_kinds(self._skipped),
                left=self._seconds / self._timed * (total - done) if self._timed else None,
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

    def _settle(self) -> Consolidation:
        """The books read so far, compared with each other; the lock is held."""
        counting = [outcome for outcome in self._outcomes if self._stand_ins.counts(outcome.file)]
        if len(self._folded.outcomes) != len(counting):
            self._folded = consolidate(counting)
        return self._folded

    def _gather(self, find: Callable[[], Sources], this_round: int) -> None:
        found = Sources()
        try:
            found = find()
        finally:
            with self._lock:
                if this_round == self._round:
                    self._gathering -= 1
                    self._take(found)
                    self._stopped = self._stopped and bool(self._waiting)
            self._changed()

    def _take(self, sources: Sources) -> None:
        """Put books in line; the lock is held."""
        self._skipped += sources.skipped
        for refusal in sources.refused:
            label = self._own_label(refusal.label)
            self._outcomes.append(BookOutcome(file=label, accepted=False, findings=(refusal.finding,)))
        for book in sources.books:
            self._put_in_line(evolve(book, label=self._own_label(book.label)))
        self._go_on()

    def _put_in_line(self, book: BookSource) -> None:
        self._waiting.append(book)
        self._recent.remember(book)

    def _phase(self, total: int) -> Phase:
        if self._worker is not None or self._gathering:
            return Phase.WORKING
        if self._waiting:
            return Phase.STOPPED
        return Phase.READY if total else Phase.EMPTY

    def _own_label(self, label: str) -> str:
        """The label, with a number where another book has it: people tell books apart by it."""
        own, number = label, 1
        while own in self._labels:
            number += 1
            own = f"{label} ({number})"
        self._labels.add(own)
        return own

    def _go_on(self) -> None:
        """Start the reading thread where there is something to read; the lock is held."""
        if self._worker is None and self._waiting and not self._stopped:
            self._worker = threading.Thread(target=self._work, args=(self._round,), name="chibo-board", daemon=True)
            self._worker.start()

    def _work(self, this_round: int) -> None:
        try:
            while books := self._next(this_round):
                self._read(books, this_round)
        except ChiboError as error:
            self._bench.clear()  # whoever mends the definition wants it read anew
            with self._lock:
                if this_round == self._round:
                    self._problem = str(error)
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
            if this_round != self._round or self._stopped or not self._waiting:
                if this_round == self._round:
                    self._worker = None
                return ()
            count = min(_AT_ONCE, len(self._waiting)) if self._timed else 1
            books = [self._waiting.popleft() for _ in range(count)]
            self._reading = len(books)
            return books

    def _read(self, books: Sequence[BookSource], this_round: int) -> None:
        started = time.monotonic()
        delivered: set[str] = set()

        def deliver(_done: int, _total: int, outcome: BookOutcome) -> None:
            with self._lock:
                if this_round != self._round:
                    return
                delivered.add(outcome.file)
                self._outcomes.append(outcome)
                self._reading -= 1
            self._changed()

        try:
            run_books(
                Sources(tuple(books)),
                self._library,
                today=self._today,
                engine=self._engine,
                bench=self._bench,
                cache=self._cache,
                on_done=deliver,
                cancelled=lambda: self._stopped or this_round != self._round,
            )
        finally:
            with self._lock:
                if this_round == self._round:
                    self._seconds += time.monotonic() - started
                    self._timed += len(delivered)
                    self._reading = 0
                    undone = [book for book in books if book.label not in delivered]
                    self._waiting.extendleft(reversed(undone))


def _other_kinds(skipped: Iterable[Skipped]) -> tuple[str, ...]:
    """The first files in which somebody's book may be, and «…» for the others."""
    maybe = (one.label for one in skipped if one.reason in {SkipReason.OTHER_KIND, SkipReason.ARCHIVE})
    named = tuple(islice(maybe, _NAMED + 1))
    return named if len(named) <= _NAMED else (*named[:_NAMED], "…")
