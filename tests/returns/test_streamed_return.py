"""A long return is streamed into its workbook: what comes of it is what xlsxwriter makes of a short one."""

from __future__ import annotations

import io
import tracemalloc
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from chibo.consolidation import period_table
from chibo.engine.in_process import InProcess
from chibo.engine.running import run_books
from chibo.engine.sources import find_uploads
from chibo.model import Period, Place
from chibo.returns import return_table
from chibo.returns.paper import ReturnPaper, paper_of
from chibo.returns.table import Figure, ReturnTable, RowKind, Source
from chibo.workbook.returns.recognising import is_return
from chibo.workbook.returns.workbook import write_return
from excel import convert, without_cached_values
from golden_office import golden_office
from scored import LIBRARY
from sheet_looks import looks_of

DAY = date(2026, 4, 5)
TEXTS = (
    "<r><t>không phải thẻ</t></r>",
    "</t></is></c> & <c>",
    "  khoảng trắng hai đầu ",
    "hai\ndòng",
    "_x0041_ là chữ",
    "dấu \x07 điều khiển",
    "=1+1",
    "x" * 40_000,
    "",
)


@pytest.fixture(scope="module")
def golden() -> ReturnTable:
    """The golden return, with every kind of row and value."""
    run = run_books(find_uploads(golden_office().items()), LIBRARY, today=DAY, engine=InProcess())
    return return_table(LIBRARY.returns["thang"], period_table(run.consolidation, Period.parse("2026-03")))


@pytest.fixture(scope="module")
def table(golden: ReturnTable) -> ReturnTable:
    """The golden return with texts that look like something else."""
    rows = list(golden.rows)
    at, row = next((at, row) for at, row in enumerate(rows) if row.kind is RowKind.ROW)
    place = Place("<r>tệp</r>.xlsx", "Trang «lạ»", "A1")
    odd = [Figure(text, (Source(text, text, place),)) for text in TEXTS]
    figures = tuple(
        new if isinstance(old.value, str | None) and new is not None else old
        for old, new in zip(row.figures, [*odd, *[None] * len(row.figures)], strict=False)
    )
    rows[at] = evolve(row, figures=figures)
    return evolve(golden, rows=tuple(rows))


@pytest.fixture(scope="module")
def paper(table: ReturnTable) -> ReturnPaper:
    return paper_of(table, LIBRARY.issuer, DAY)


@pytest.fixture(scope="module")
def streamed(paper: ReturnPaper) -> bytes:
    return write_return(paper, held_rows=0)


@pytest.mark.parametrize("stored", [False, True], ids=["formulas", "stored values"])
def test_both_ways_give_the_same_workbook(paper: ReturnPaper, streamed: bytes, stored: bool):
    expected, found = looks_of(write_return(paper), stored=stored), looks_of(streamed, stored=stored)
    assert found.keys() == expected.keys()
    for what in expected:
        assert found[what] == expected[what], what


def test_a_streamed_return_is_known_again_and_always_the_same(paper: ReturnPaper, streamed: bytes):
    assert is_return(streamed)
    assert write_return(paper, held_rows=0) == streamed


def test_the_number_of_rows_decides(paper: ReturnPaper, streamed: bytes):
    rows = len(paper.table.rows)
    assert write_return(paper, held_rows=rows - 1) == streamed
    assert write_return(paper, held_rows=rows) == write_return(paper) != streamed


def test_without_sources_only_the_paper_is_streamed(paper: ReturnPaper):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(write_return(paper, with_sources=False, held_rows=0)))
    assert sheet.title == paper.table.definition.sheet


def test_a_stream_keeps_no_cells(golden: ReturnTable):
    figures = [row for row in golden.rows if row.kind is RowKind.ROW]

    def peak(times: int) -> int:
        paper = paper_of(evolve(golden, rows=(*figures * times, golden.rows[-1])), LIBRARY.issuer, DAY)
        tracemalloc.start()
        write_return(paper, held_rows=0)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(80)  # what is remembered of texts is there from now on
    added = 40 * len(figures)
    assert (peak(80) - peak(40)) / added < 4_000, "bytes a row; xlsxwriter keeps some 15,000"


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_calculates_the_same(golden: ReturnTable, tmp_path: Path):
    paper = paper_of(golden, LIBRARY.issuer, DAY)
    streamed = write_return(paper, held_rows=0)
    calculated = convert(without_cached_values(streamed, DAY), "xlsx", tmp_path).read_bytes()
    assert numbers_of(calculated) == numbers_of(write_return(paper))


def numbers_of(data: bytes) -> dict[tuple[str, str], float]:
    return {
        (sheet.title, cell.coordinate): pytest.approx(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
