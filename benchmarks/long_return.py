"""CPU time and memory of writing a long month return: kept by xlsxwriter until the end, and streamed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median

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
RUNS = 3


def main(folder: str, *counts: str) -> None:
    """Measure over so many cells, each way in processes of its own, in turn; the cells of the books repeat."""
    for count in counts:
        runs = [{way: _measured(folder, count, way) for way in WAYS} for _ in range(RUNS)]
        kept, streamed = ([run[way] for run in runs] for way in WAYS)
        for way, found in zip(WAYS, (kept, streamed), strict=True):
            print(way, {key: median(one[key] for one in found) for key in found[0]}, flush=True)
        ratio = median(one["cpu_s"] / other["cpu_s"] for one, other in zip(kept, streamed, strict=True))
        print(f"kept : streamed = {ratio:.1f}", flush=True)


def _measured(folder: str, count: str, way: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, folder, count, way], stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def one(folder: str, count: int, way: str) -> None:
    """Write one return; its CPU seconds, and how much memory the process took for it."""
    paper = _paper(Path(folder), count)
    before, start = _resident(), time.process_time()
    data = write_return(paper, held_rows=WAYS[way])
    seconds, grown = time.process_time() - start, _most_resident() - before
    rows = len(paper.table.rows)
    sources = sum(len(figure.sources) for row in paper.table.rows for figure in row.figures)
    print(json.dumps({"rows": rows, "sources": sources, "cpu_s": round(seconds, 2), "mib": grown, "bytes": len(data)}))


def _paper(folder: Path, count: int) -> ReturnPaper:
    library = Library()
    run = run_books(find_sources([folder]), library, today=DAY, cache=OutcomeStore())
    table = period_table(run.consolidation, Period.parse("2026-03"))
    copies = range(max(1, count // len(table.cells)))
    table = PeriodTable(period=table.period, groups=tuple(_again(g, copy) for copy in copies for g in table.groups))
    return paper_of(return_table(library.returns["thang"], table), library.issuer, DAY)


def _again(group: CommitteeGroup, copy: int) -> CommitteeGroup:
    cells = tuple(
        evolve(cell, identity=evolve(own, cell_code=f"{own.cell_code}-{copy}", cell_name=f"{own.cell_name} {copy}"))
        for cell in group.cells
        for own in (cell.identity,)
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
