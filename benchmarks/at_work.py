"""CPU time of a book where the process is at work already, as a page or a server is: the same for few books and many?

    python benchmarks/at_work.py FOLDER COUNT…

Each count of books, drawn from the folder, is the whole job: read, checked, facts and the month return written. A
batch before them, which does not count, brings what a command pays for at its start.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from chibo.consolidation import period_table
from chibo.definitions.library import Library
from chibo.engine.in_process import InProcess
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.garbage import collect_seldom
from chibo.model import Period
from chibo.reports import return_workbook

BEFORE = 100
ROUNDS = 3
TODAY, MONTH = date(2026, 11, 1), Period(2026, 3, 3)


def main(folder: str, *counts: int) -> None:
    """Print the median CPU milliseconds of a book for each count."""
    collect_seldom()  # as in `chibo` and its workers
    library, drawing = Library(), random.Random(1)
    books = sorted(Path(folder).glob("*.xlsx"))
    job(drawing.sample(books, BEFORE), library)
    for count in counts:
        spent = [job(drawing.sample(books, count), library) for _ in range(ROUNDS)]
        print(f"{count} books: {statistics.median(spent) * 1000 / count:.2f} ms of CPU a book")


def job(books: list[Path], library: Library) -> float:
    """The CPU seconds of the whole job on these books."""
    start = time.process_time()
    run = run_books(find_sources(books), library, today=TODAY, engine=InProcess())
    "".join(run.consolidation.facts_csv())
    return_workbook(library.returns["thang"], period_table(run.consolidation, MONTH), library.issuer, TODAY)
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
