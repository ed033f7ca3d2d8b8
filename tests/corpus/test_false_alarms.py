"""No real workbook, Vietnamese or not, is said to have lost letters."""

from __future__ import annotations

import pytest

from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.lost_text import find_lost_text
from chibo.workbook.reading.opening import open_book
from corpus_files import corpus, real_workbooks, sample, tell

pytestmark = pytest.mark.corpus


def test_no_false_alarm() -> None:
    files = [*sample(real_workbooks(".xlsx", ".xlsm", ".xls"), 60, seed=4), *sorted(corpus("vietnamese").glob("*.xls"))]
    found: list[tuple[str, str]] = []
    read = with_signs = 0
    for path in files:
        try:
            opened = open_book(path.read_bytes(), path.name)
            sheets = opened.read(opened.sheets)
        except RefusedError:
            continue
        read += 1
        cells = (cell for sheet in sheets.values() for row in sheet.rows.values() for cell in row)
        with_signs += sum(isinstance(cell, str) and ("?" in cell or "\ufffd" in cell) for cell in cells)
        convert_old_text(sheets)
        found += [(path.name, str(finding.seen)) for finding in find_lost_text(sheets.values())]

    tell(f"lost letters: {read} real workbooks, {with_signs} texts with a question mark, {len(found)} false alarms")
    assert read > 40
    assert found == []
