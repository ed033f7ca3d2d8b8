"""A book saved by a program that calculates nothing: formulas have lost their values, the data has not."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import attrs
import openpyxl
import pytest

from chibo.findings import Severity
from chibo.model import CellBook
from chibo.workbook import read_book
from chibo.workbook.writing import write_book
from random_books import random_book
from tables import LIBRARY

TODAY = date(2026, 11, 23)


def differences(one: CellBook, other: CellBook | None) -> dict[str, tuple[object, object]]:
    """The parts in which two books differ."""
    assert other is not None
    return {
        part.name: (getattr(one, part.name), getattr(other, part.name))
        for part in attrs.fields(CellBook)
        if part.eq and getattr(one, part.name) != getattr(other, part.name)
    }


@pytest.mark.parametrize("seed", range(2))
def test_a_book_saved_by_a_program_that_calculates_nothing_reads_back_equal(seed: int) -> None:
    book = random_book(seed, LIBRARY, 2026)
    workbook = openpyxl.load_workbook(BytesIO(write_book(book, LIBRARY, TODAY)))
    stream = BytesIO()
    workbook.save(stream)

    reading = read_book(stream.getvalue(), book.file, LIBRARY)

    assert set(differences(book, reading.book)) <= {"meetings"}
    assert {finding.severity for finding in reading.findings} <= {Severity.NOTE, Severity.WARN}
