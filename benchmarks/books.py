"""The books of a benchmark: clean workbooks of invented cells, made once and kept for the next run."""

from __future__ import annotations

from pathlib import Path

from chibo.definitions.library import Library
from chibo.office.demo import demo_book
from chibo.office.demo.cells import Role, demo_cells
from chibo.workbook import write_book

SEED = 1
YEAR = 2026


def make_books(folder: Path, count: int) -> None:
    """Fill `folder` with the workbooks of `count` cells that make no mistakes; books that stand there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    library = Library()
    cells = [cell for cell in demo_cells(count + 12) if cell.role not in {Role.FAULTY, Role.LATE}][:count]
    for cell in cells:
        path = folder / f"{cell.code}-{YEAR}.xlsx"
        if not path.exists():
            path.write_bytes(write_book(demo_book(cell, SEED, YEAR, library), library))
