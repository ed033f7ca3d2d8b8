"""CPU time of writing 288 scores into a cell's own workbook: into the package, with everything around, by openpyxl."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from statistics import median

import openpyxl
from attrs import evolve

from chibo.definitions.library import Library
from chibo.office.demo import demo_book, demo_cells
from chibo.workbook import read_book, write_back, write_book
from chibo.workbook.patching.cells import write_cells
from chibo.workbook.patching.package_edit import open_for_editing
from chibo.workbook.patching.results import Results
from chibo.workbook.patching.values import CellEdit

SHEET, SCORES = "Chấm điểm", 288
TODAY = date(2026, 12, 31)


def main(repeat: int = 5) -> None:
    """Measure and print, openpyxl = 1."""
    library = Library()
    data = write_book(demo_book(demo_cells(1)[0], 1, 2026, library), library, TODAY)
    book = read_book(data, "so.xlsx", library).book
    assert book is not None
    origin = book.self_scores.origin
    assert origin is not None
    places = [(row, column) for column in origin.columns.values() for row in origin.rows.values()][:SCORES]

    def package() -> bytes:
        """The cells alone: results are calculated by whoever opens the workbook."""
        edit = open_for_editing(data)
        write_cells(edit, {SHEET: {place: CellEdit(1) for place in places}}, Results())
        return edit.saved()

    def whole() -> bytes | None:
        """With our own results stored, read again and checked."""
        scores = book.self_scores
        changed = {code: dict.fromkeys(points, Decimal(1)) for code, points in scores.points.items()}
        after = evolve(book, self_scores=evolve(scores, points=changed))
        return write_back(data, book, after, library, TODAY).data

    def by_openpyxl() -> bytes:
        workbook = openpyxl.load_workbook(BytesIO(data))
        for row, column in places:
            workbook[SHEET].cell(row, column).value = 1
        stream = BytesIO()
        workbook.save(stream)
        return stream.getvalue()

    slow = _cpu(by_openpyxl, repeat)
    for name, work in (("package", package), ("whole", whole)):
        seconds = _cpu(work, repeat)
        print(f"{name}: {seconds * 1000:.0f} ms, openpyxl {slow * 1000:.0f} ms: {slow / seconds:.1f} times")


def _cpu(work: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


if __name__ == "__main__":
    main()
