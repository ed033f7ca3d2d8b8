"""Chibo's whole job as one process: read and check every book, facts as CSV, the month return as a workbook.

It begins and ends as the command does (`chibo/__main__.py`).
"""

# ruff: noqa: E402

import os
import sys

from chibo.garbage import collect_no_more, collect_nothing_yet, collect_seldom

collect_nothing_yet()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from datetime import date
from itertools import chain
from pathlib import Path

from chibo.consolidation import period_table
from chibo.definitions.library import Library
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.model import Period
from chibo.model.facts_rows import FACTS_HEADING
from chibo.reports import return_workbook
from chibo.workbook.saving import save_atomically


def main(folder, month, out, workers):
    library, today = Library(), date(2026, 11, 1)
    run = run_books(find_sources([Path(folder)]), library, today=today, workers=int(workers), alone=True)
    lines = chain([FACTS_HEADING], run.consolidation.facts_csv())
    save_atomically(Path(f"{out}.csv"), (line.encode() for line in lines))
    table = period_table(run.consolidation, Period.parse(month))
    Path(f"{out}.xlsx").write_bytes(return_workbook(library.returns["thang"], table, library.issuer, today))


if __name__ == "__main__":
    collect_seldom()
    main(*sys.argv[1:])
    collect_no_more()
