"""Where the pages of a printed return end: no heading without its rows, no signatures without rows."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from openpyxl.worksheet.worksheet import Worksheet

from chibo.consolidation import period_table
from chibo.engine.in_process import InProcess
from chibo.engine.running import run_books
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.returns import return_table
from chibo.returns.paper import paper_of
from chibo.returns.table import Figure, ReturnRow, ReturnTable, RowKind
from chibo.workbook.returns.pages import Strip, pages_of
from chibo.workbook.returns.workbook import write_return
from excel import convert, text_of
from golden_office import golden_office
from scored import LIBRARY

DAY = date(2026, 4, 5)
PAGE = 170 * 72 / 25.4
"""Points of a landscape A4 page between margins of 20 mm."""
GROUPS = (1, 4, 2, 9, 3, 1, 6)
"""Cells of the base organisations, in turn."""


@pytest.fixture(scope="module")
def golden() -> ReturnTable:
    run = run_books(find_uploads(golden_office().items()), LIBRARY, today=DAY, engine=InProcess())
    return return_table(LIBRARY.returns["thang"], period_table(run.consolidation, Period.parse("2026-03")))


def long_return(golden: ReturnTable, count: int) -> ReturnTable:
    """A return of `count` cells in groups; every fifth has a note of two or three lines."""
    cell = next(row for row in golden.rows if row.kind is RowKind.ROW)
    total = golden.rows[-1]
    rows: list[ReturnRow] = []
    sizes, made = itertools.cycle(GROUPS), 0
    while made < count:
        size = min(next(sizes), count - made)
        rows.append(ReturnRow(kind=RowKind.GROUP, title="Đảng bộ Sở", ordinal="I"))
        for _ in range(size):
            made += 1
            note = Figure(
                "Vắng có lý do đi công tác đột xuất theo điều động. " * (1 + made % 2) if made % 5 == 0 else None
            )
            rows.append(evolve(cell, figures=(Figure(made), *cell.figures[1:-1], note)))
        rows.append(evolve(total, kind=RowKind.SUBTOTAL, title="Cộng"))
    return evolve(golden, rows=(*rows, total))


def sheet_of(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def pages(sheet: Worksheet) -> Iterator[Sequence[int]]:
    """The rows (from 1) of each page."""
    ends = [found.id for found in sheet.row_breaks.brk]
    last = sheet.max_row if not sheet.print_area else int(sheet.print_area.rpartition("$")[2])
    for start, end in itertools.pairwise([0, *ends, last]):
        yield range(start + 1, end + 1)


def scale_of(sheet: Worksheet) -> float:
    """How much the sheet is shrunk to be one page wide: 252 mm between the margins, 8 pixels a digit in 12 points."""
    pixels = sum(round(sheet.column_dimensions[letter].width * 8) for letter in "ABCDEFGHIJ")
    return min(1.0, 252 * 72 / 25.4 / (pixels * 0.75))


def height(sheet: Worksheet, rows: Sequence[int]) -> float:
    return sum(sheet.row_dimensions[row].height or 15 for row in rows)


@pytest.mark.parametrize(("held_rows", "step"), [(10_000, 1), (0, 7)], ids=["kept", "streamed"])
def test_whatever_the_number_of_rows_pages_hold_what_belongs_together(
    golden: ReturnTable, held_rows: int, step: int
) -> None:
    for count in range(1, 80, step):
        table = long_return(golden, count)
        sheet = sheet_of(write_return(paper_of(table, LIBRARY.issuer, DAY), with_sources=False, held_rows=held_rows))
        first = next(cell.row for cell in sheet["A"] if cell.value == "(1)") + 1
        kinds = {first + at: row.kind for at, row in enumerate(table.rows)}
        found = list(pages(sheet))
        if sheet.page_setup.fitToHeight is None:  # one page, as the file format has it
            assert len(found) == 1, count
            assert height(sheet, found[0]) * 9 / 12 <= PAGE, (count, "letters of nine points at least")
            continue
        assert sheet.page_setup.fitToHeight == 0
        header, scale = height(sheet, range(first - 3, first)), scale_of(sheet)
        for number, page in enumerate(found):
            assert (height(sheet, page) + (header if number else 0)) * scale <= PAGE, (count, number)
            assert kinds.get(page[-1]) is not RowKind.GROUP, (count, number)
            assert kinds.get(page[0]) in {None, RowKind.GROUP, RowKind.ROW}, (count, number)
        assert any(kinds.get(row) is RowKind.ROW for row in found[-1]), count


def test_a_block_longer_than_a_page_and_huge_returns_still_have_pages() -> None:
    definition = LIBRARY.returns["thang"]
    glued = [Strip(100, keeps_next=True)] * 30
    assert pages_of(definition, [*glued, Strip(10)], 40).breaks == ()
    assert pages_of(definition, [Strip(10), *glued, Strip(10)], 40).breaks == (1,)
    many = pages_of(definition, [Strip(17)] * 60_000, 40).breaks
    assert len(many) == 1023
    assert many[-1] > 59_900
    assert pages_of(definition, [Strip(10)] * 300, 10_000).breaks


@pytest.mark.libreoffice
def test_libreoffice_prints_rows_beside_the_signatures(golden: ReturnTable, tmp_path: Path) -> None:
    for count in (10, 14, 61):
        table = long_return(golden, count)
        data = write_return(paper_of(table, LIBRARY.issuer, DAY), with_sources=False)
        texts = text_of(convert(data, "pdf", tmp_path / str(count))).split("\f")[:-1]
        assert len(texts) == len(list(pages(sheet_of(data)))), count
        assert "NGƯỜI LẬP BIỂU" in texts[-1]
        assert "Chi bộ" in texts[-1].partition("Tổng cộng")[0]
        for text in texts:
            body = [line for line in text.splitlines() if line.strip()]
            assert "Đảng bộ Sở" not in body[-2], "a heading at the foot of a page"
