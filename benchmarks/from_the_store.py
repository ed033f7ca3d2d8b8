"""A month consolidated from the files of its cells, and from an office in which they were handed in: CPU time of each.

`python benchmarks/from_the_store.py COUNT` prints the figures that stand in docs/performance.md.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from books import YEAR, make_books

from chibo.consolidation import period_table
from chibo.definitions.library import Library
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.model import Period
from chibo.office.home import init_home
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.periods import open_period
from chibo.office.memory.submitting import hand_in
from chibo.register import ChangeOfUnit, Register, UnitChange, UnitLevel
from chibo.register.revising import revisions
from chibo.store.register import read_register, save_revisions

MONTH = Period(YEAR, 10, 10)
DAY = date(YEAR, 11, 3)


def main(count: int) -> None:
    """Measure with the books of `count` cells."""
    with tempfile.TemporaryDirectory() as place:
        folder, home = Path(place) / "so", Path(place) / "vp"
        make_books(folder, count)
        init_home(home)
        memory = open_memory(Library(home), "bench", lambda: datetime(YEAR, 11, 3, 12, tzinfo=UTC))
        library = memory.library
        period_table(run_books(find_sources([folder]), library, today=DAY, workers=1).consolidation, MONTH)
        files, from_files = measured(
            lambda: run_books(find_sources([folder]), library, today=DAY, workers=1).consolidation
        )
        reading, handing = _hand_in_all(memory, sorted(folder.iterdir()))
        _, first = measured(lambda: from_office(memory, MONTH).consolidation)
        store, from_store = measured(lambda: from_office(memory, MONTH).consolidation)
        assert len(period_table(store, MONTH).cells) == len(period_table(files, MONTH).cells) == count
        memory.close()
    print(f"{count} books, from files: {from_files:.2f} s of CPU")
    print(
        f"from the store: {from_store:.3f} s ({from_files / from_store:.0f} times less), the first time {first:.3f} s"
    )
    print(f"handing in: reading {1000 * reading / count:.0f} ms a book, the rest {1000 * handing / count:.0f} ms")


def measured(work: Callable[[], object]) -> tuple[object, float]:
    """What the work gives, and its CPU seconds, those of the processes it started among them."""
    begun = _cpu()
    return work(), _cpu() - begun


def _hand_in_all(memory: Memory, books: list[Path]) -> tuple[float, float]:
    """Hand every book in; the CPU seconds of reading, and of all else."""
    reading = handing = 0.0
    looked = {}
    for book in books:
        looked[book.name], seconds = measured(
            lambda book=book: look_at(book.read_bytes(), book.name, memory.library, DAY)
        )
        reading += seconds
    changes = tuple(
        UnitChange(
            unit_code=one.book.info.cell_code,
            day=date(YEAR, 1, 1),
            change=ChangeOfUnit.FOUNDED,
            name=one.book.info.cell_name,
            level=UnitLevel.GRASSROOTS_CELL,
        )
        for one in looked.values()
    )
    with memory.store.writing("bench") as writing:
        save_revisions(writing, revisions(read_register(writing), Register(changes=changes)))
    open_period(memory, MONTH)
    for name, one in looked.items():
        _, seconds = measured(lambda name=name, one=one: hand_in(memory, name, one, MONTH))
        handing += seconds
    return reading, handing


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]))
