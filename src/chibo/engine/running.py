"""Running many books: an engine is chosen, every book gets an outcome, one bad book never stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from chibo.consolidation import BookOutcome, Consolidation, consolidate, of_one_cell
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource, Skipped, Sources
from chibo.engine.ports import Brief, Deliver, Engine

if TYPE_CHECKING:
    from chibo.engine.bench import Bench
    from chibo.engine.remembering import OutcomeCache

OnDone = Callable[[int, int, BookOutcome], None]
"""Called after each book in the calling thread: how many are done, of how many, and what became of this one.

Books of one cell that have to be told apart are not done yet when they are told of first, and are told of again.
"""

_BOOKS_PER_WORKER = 12
"""Below this a further process takes longer to start than it saves."""


@frozen
class Run:
    """What came of a run. A cancelled one holds the outcomes there were until then."""

    consolidation: Consolidation
    skipped: tuple[Skipped, ...] = ()
    cancelled: bool = False


def run_books(
    sources: Sources,
    library: Library,
    *,
    today: date,
    workers: int | None = None,
    engine: Engine | None = None,
    bench: Bench | None = None,
    cache: OutcomeCache | None = None,
    alone: bool = False,
    on_done: OnDone | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Run:
    """Judge every book in `workers` limited processes; None chooses by the number of books and cores.

    What the `cache` knows of is not read again; another `engine` may take the place of the limited processes. Workers
    that wait on the `bench` are taken from there and put back, for the next run of the same brief. A run that stays
    `alone`, its outcomes neither kept nor put together with those of another one, makes digests only of books that meet
    another one of their cell.
    The result is the same whatever the engine and the order in which books are done. Raises ChiboError where a
    definition of ours is wrong, or where no process can be had that reads books within its limits.
    """
    outcomes: dict[int, BookOutcome] = {}
    refused = [BookOutcome(file=one.label, accepted=False, findings=(one.finding,)) for one in sources.refused]

    def deliver(index: int, outcome: BookOutcome) -> None:
        outcomes[index] = outcome
        if on_done is not None:
            on_done(len(outcomes), sources.count, outcome)

    for index, refusal in enumerate(refused, len(sources.books)):
        deliver(index, refusal)
    chosen = engine or _UsualEngine(workers, bench)
    if cache is not None:
        from chibo.engine.remembering import Remembering  # noqa: PLC0415 - it knows the rules, a digest of all our code

        chosen = Remembering(chosen, cache)
    # Workers of a bench may be wanted for a run that is remembered.
    kept = cache is not None or bench is not None
    brief = Brief(library, today, with_basis=kept, with_digest=kept or not alone)
    chosen.run(sources.books, brief, deliver, cancelled)

    def judge_again(indexes: Sequence[int]) -> None:
        books = [sources.books[index] for index in indexes]
        with_digest = evolve(brief, with_digest=True)
        chosen.run(books, with_digest, lambda at, outcome: deliver(indexes[at], outcome), cancelled)

    if not brief.with_digest:
        _tell_apart(outcomes, judge_again)
    return Run(consolidate(outcomes.values()), sources.skipped, cancelled=len(outcomes) < sources.count)


def _tell_apart(outcomes: dict[int, BookOutcome], judge_again: Callable[[Sequence[int]], None]) -> None:
    """Have the books that meet another one of their cell judged once more, now with the digest that tells them apart.

    A file that changed meanwhile may then meet a third one. Of a run that is cancelled meanwhile they are among the
    books that it did not come to.
    """
    asked: set[int] = set()
    while again := [index for index in _not_told_apart(outcomes) if index not in asked]:
        asked.update(again)
        for index in again:
            del outcomes[index]
        judge_again(again)


def _not_told_apart(outcomes: Mapping[int, BookOutcome]) -> list[int]:
    """The positions of books without a digest that meet another one of their cell."""
    listed = list(outcomes.items())
    meeting = (listed[at] for group in of_one_cell(outcomes.values()) for at in group)
    return [index for index, outcome in meeting if not outcome.digest]


@frozen
class _UsualEngine:
    """Worker processes on this machine, as many as pay for the books that are to be read.

    What judges is loaded once there is a book to be judged: where all are remembered there is none.
    """

    workers: int | None
    bench: Bench | None

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        workers = self.workers if self.workers is not None else _usual_workers(len(books))
        from chibo.engine.in_process import InProcess  # noqa: PLC0415 - what judges books
        from chibo.engine.local_workers import LocalWorkers  # noqa: PLC0415
        from chibo.engine.worker_process import can_fork  # noqa: PLC0415

        # A new process loads the definitions from the office folder: a library changed in memory exists here only, and
        # in copies of this process.
        loadable = type(brief.library) is Library or can_fork()
        engine: Engine = LocalWorkers(workers, bench=self.bench) if loadable else InProcess()
        engine.run(books, brief, deliver, cancelled)


def _usual_workers(books: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, books // _BOOKS_PER_WORKER))
