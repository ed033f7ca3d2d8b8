"""A text that looks like the markup of formatted text is written as the text it is, in whichever workbook."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import python_calamine

from builders import a_book, an_info
from chibo.workbook import read_book, write_book
from chibo.workbook.text_book import TextBook
from scored import LIBRARY

TEXTS = ("<r>a & b</r>", "<r><t>x</t></r>", "<r></r>", "<r></t></si></sst></r>", "<r> \n</r>", "<R>a</R>", "<r>a")


def test_every_program_reads_the_text():
    stream = io.BytesIO()
    book = TextBook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Chữ")
    assert [sheet.write_string(row, 0, text) for row, text in enumerate(TEXTS)] == [0] * len(TEXTS)
    book.close()
    by_openpyxl = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active
    assert [row[0] for row in by_openpyxl.iter_rows(values_only=True)] == [*TEXTS]
    by_calamine = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue()))
    assert by_calamine.get_sheet_by_index(0).to_python() == [[text] for text in TEXTS]


@pytest.mark.parametrize("name", ["<r>Chi bộ</r>", "<r><t>Chi bộ</t></r>"])
def test_a_cell_with_such_a_name_keeps_it(name: str):
    book = a_book(info=an_info(cell_name=name))
    reading = read_book(write_book(book, LIBRARY, date(2026, 4, 5)), "so.xlsx", LIBRARY)
    assert reading.book is not None
    assert reading.book.info.cell_name == name
