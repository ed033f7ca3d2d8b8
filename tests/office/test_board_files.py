"""The files that the board hands out, read back."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import openpyxl
import pytest

from chibo.consolidation import consolidate
from chibo.definitions.library import Library
from chibo.errors import UnknownNameError
from chibo.model import FACT_COLUMNS, Month
from chibo.office.board.board import board_of
from chibo.office.board.files import FileKind, make_file
from offices import TODAY, an_office, outcome

LIBRARY = Library()
BOOKS = consolidate(outcome(book) for book in an_office())
BOARD = board_of(BOOKS, Month(2026, 3))
MARCH = [row for row in BOOKS.facts if row.meeting_code.month == BOARD.month]


def made(kind: FileKind, **options: bool) -> bytes:
    return make_file(kind, BOOKS, BOARD, LIBRARY, TODAY, **options).data


def test_the_return_holds_every_cell_of_the_board_and_its_sources_where_wanted():
    book = openpyxl.load_workbook(io.BytesIO(made(FileKind.RETURN)))
    names = {row[1].value for row in book.worksheets[0].iter_rows()}
    assert {cell.identity.cell_name for cell in BOARD.table.cells} <= names
    assert book.sheetnames[1:] == ["Nguồn"]
    bare = openpyxl.load_workbook(io.BytesIO(made(FileKind.RETURN, with_sources=False)))
    assert len(bare.sheetnames) == 1


def test_csv_facts_are_the_months_meetings_in_a_form_that_excel_opens():
    data = made(FileKind.FACTS_CSV)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert tuple(rows[0]) == FACT_COLUMNS
    assert [row["meeting_code"] for row in rows] == [str(row.meeting_code) for row in MARCH]
    assert {row["thematic"] for row in rows} <= {"Có", "Không"}


def test_excel_facts_hold_numbers_dates_and_text_each_as_what_it_is():
    (sheet,) = openpyxl.load_workbook(io.BytesIO(made(FileKind.FACTS_XLSX))).worksheets
    header, *lines = sheet.iter_rows(values_only=True)
    assert header == FACT_COLUMNS
    assert len(lines) == len(MARCH)
    for facts, line in zip(MARCH, lines, strict=True):
        shown = dict(zip(FACT_COLUMNS, line, strict=True))
        assert shown["cell_code"] == facts.cell_code
        assert shown["present"] == facts.present
        assert shown["self_total"] == (None if facts.self_total is None else float(facts.self_total))
        assert shown["held_on"] == (facts.held_on and datetime.combine(facts.held_on, datetime.min.time()))
        assert shown["official_grade"] == (facts.official_grade and facts.official_grade.value)


@pytest.mark.parametrize("kind", FileKind)
def test_the_same_board_on_the_same_day_gives_the_same_bytes(kind: FileKind):
    assert made(kind) == made(kind)


def test_an_office_without_the_month_return_is_told():
    bare = Library()
    bare.__dict__["returns"] = {}
    with pytest.raises(UnknownNameError, match="Không có biểu «thang»"):
        make_file(FileKind.RETURN, BOOKS, BOARD, bare, TODAY)
