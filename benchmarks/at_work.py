"""CPU time of a book where the process is at work already, as a page or a server is: the same for few books and many?

    python benchmarks/at_work.py FOLDER COUNT…

Each count of books, drawn from the folder, is the whole job: taken in with all defences by a worker, checked, facts and
the month return written. Chibo and the good script do it in turn, on the same books. A batch before them, which does
not count, brings what a command pays for at its start and what recurs from book to book.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import psutil

from chibo.consolidation import period_table
from chibo.definitions.library import Library
from chibo.engine.bench import Bench
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.garbage import collect_seldom
from chibo.model import Period
from chibo.model.facts_rows import FACTS_HEADING
from chibo.reports import return_workbook

sys.path.insert(0, str(Path(__file__).parent / "competitors"))

import good_script

BEFORE, ROUNDS = 500, 3
FEW, MANY = 100, 1000
TODAY, MONTH = date(2026, 11, 1), Period(2026, 3, 3)


def main(folder: str, *counts: int) -> None:
    """Print the median CPU milliseconds of a book for each count and contender, in rounds over all counts."""
    collect_seldom()  # as in `chibo` and its workers
    drawing, books = random.Random(1), sorted(Path(folder).glob("*.xlsx"))
    contenders = {"Chibo": chibo(), "good script": good}
    for job in contenders.values():
        spent(job, drawing.sample(books, BEFORE))
    taken = {(count, name): [] for count in counts for name in contenders}
    for count in one_round(counts) * ROUNDS:
        some = drawing.sample(books, count)
        for name, job in contenders.items():
            taken[count, name].append(spent(job, some) * 1000 / count)
    for count in counts:
        told = ", ".join(f"{name} {statistics.median(taken[count, name]):.2f}" for name in contenders)
        print(f"{count} books: {told} ms of CPU a book")


def one_round(counts: Sequence[int]) -> list[int]:
    """The counts in turn, few books before and after the many: a machine's slower minutes are so for all of them."""
    fewest, *others = sorted(counts)
    turns = [fewest] * times(fewest)
    for count in others:
        turns += [count] * times(count) + [fewest] * times(fewest)
    return turns


def times(count: int) -> int:
    """How often in a row so many books are gone through."""
    return 5 if count < FEW else 3 if count < MANY else 1


def spent(job: Callable[[list[Path], Path], None], books: list[Path]) -> float:
    """The CPU seconds that this process and those it started have spent on a job."""
    with tempfile.TemporaryDirectory() as folder:
        for number, book in enumerate(books):
            os.symlink(book.resolve(), Path(folder, f"{number:05d} {book.name}"))
        start = cpu_seconds()
        job(sorted(Path(folder).glob("*.xlsx")), Path(folder, "out"))
        return cpu_seconds() - start


def cpu_seconds() -> float:
    """Of this process and of its workers, ended ones too; of those at work to the nanosecond, as Linux counts."""
    children = psutil.Process().children(recursive=True)
    of_children = (int(Path(f"/proc/{child.pid}/schedstat").read_text().split()[0]) for child in children)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(of_children) / 1e9


def chibo() -> Callable[[list[Path], Path], None]:
    """Chibo's whole job, its worker waiting between the batches."""
    library, engine = Library(), LocalWorkers(1, bench=Bench(idle_seconds=3600))

    def job(books: list[Path], out: Path) -> None:
        run = run_books(find_sources(books), library, today=TODAY, engine=engine, alone=True)
        out.with_suffix(".csv").write_text("".join([FACTS_HEADING, *run.consolidation.facts_csv()]), encoding="utf-8")
        table = period_table(run.consolidation, MONTH)
        out.with_suffix(".xlsx").write_bytes(return_workbook(library.returns["thang"], table, library.issuer, TODAY))

    return job


def good(books: list[Path], out: Path) -> None:
    """The good script's whole job in this process."""
    good_script.main(str(books[0].parent), str(MONTH), str(out), "1")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
