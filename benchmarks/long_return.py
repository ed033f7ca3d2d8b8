"""CPU time and memory of writing a long month return: kept by xlsxwriter until the end, and streamed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from attrs import evolve

from chibo.consolidation import period_table
from chibo.definitions.library import Library
from chibo.engine.outcome_store import OutcomeStore
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.model import CommitteeGroup, Period, PeriodTable
from chibo.returns import return_table
from chibo.returns.paper import ReturnPaper, paper_of
from chibo.workbook.returns.workbook import write_return

DAY = date(2026, 11, 29)
WAYS = {"kept": sys.maxsize, "streamed": 0}


def main(folder: str, *counts: str) -> None:
    """Measure over so many cells, each way in a process of its own; the cells of the books repeat."""
    for count in counts:
        for way in WAYS:
            command = [sys.executable, __file__, folder, count, way]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            print(json.loads(done.stdout), flush=True)


def one(folder: str, count: int, way: str) -> None:
    """Write one return; its CPU seconds, and how much memory the process took for it."""
    paper = _paper(Path(folder), count)
    before, start = _resident(), time.process_time()
    data = write_return(paper, held_rows=WAYS[way])
    seconds, grown = time.process_time() - start, _most_resident() - before
    rows = len(paper.table.rows)
    print(json.dumps({"rows": rows, "way": way, "cpu_s": round(seconds, 2), "mib": grown, "bytes": len(data)}))


def _paper(folder: Path, count: int) -> ReturnPaper:
    library = Library()
    run = run_books(find_sources([folder]), library, today=DAY, cache=OutcomeStore())
    table = period_table(run.consolidation, Period.parse("2026-03"))
    copies = range(max(1, count // len(table.cells)))
    table = PeriodTable(period=table.period, groups=tuple(_again(g, copy) for copy in copies for g in table.groups))
    return paper_of(return_table(library.returns["thang"], table), library.issuer, DAY)


def _again(group: CommitteeGroup, copy: int) -> CommitteeGroup:
    cells = tuple(
        evolve(cell, identity=evolve(cell.identity, cell_code=f"{cell.identity.cell_code}-{copy}"))
        for cell in group.cells
    )
    return evolve(group, committee_code=f"{group.committee_code}{copy}", cells=cells)


def _status(field: str) -> int:
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return int(lines[field].split()[0]) // 1024


def _resident() -> int:
    return _status("VmRSS")


def _most_resident() -> int:
    return _status("VmHWM")


if __name__ == "__main__":
    if sys.argv[-1] in WAYS:
        one(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    else:
        main(*sys.argv[1:])
