"""Every seeded fault in a workbook that was pulled about: told at its true cell, and nothing else told.

The tables of faults say what must be found of a book in memory; here the book is typed into a workbook with blank rows,
moved columns, merged and hidden parts, and goes the whole way of a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
import test_attendance_faults
import test_meeting_faults
import test_people_faults
import test_record_faults
import test_score_faults

from chibo.engine.receiving import receive_book
from chibo.findings import Finding
from disarranged import disarranged
from faults import Fault
from scored import LIBRARY

TABLES = (test_attendance_faults, test_meeting_faults, test_people_faults, test_record_faults, test_score_faults)
LATER = [
    Fault(code, book, at, today=late, without=without) for code, book, late, _, at, without in test_record_faults.LATER
]
NOT_IN_FILES = {"ROLL_CALL_OF_UNKNOWN_MEMBER", "DUES_OF_UNKNOWN_MEMBER"}
"""A row of marks whose code is not on the list of members is no record; marks in it are told by the reader."""
FAULTS = [
    fault
    for fault in (*(fault for table in TABLES for fault in table.FAULTS), *LATER)
    if not NOT_IN_FILES & {fault.code, *fault.also}
]
HIDDEN = {"HIDDEN_ROWS", "HIDDEN_COLUMNS"}


def test_the_faults_are_many() -> None:
    assert len({fault.code for fault in FAULTS}) >= 100


def told(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter((one.code, one.place.sheet, one.place.address) for one in findings if one.code not in HIDDEN)


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[f"{n}-{fault}" for n, fault in enumerate(FAULTS)])
def test_a_fault_is_told_at_its_true_cell_and_nothing_else(number: int) -> None:
    fault = FAULTS[number]
    book = fault.placed()
    made = disarranged(book, number)
    expected = Counter((one.code, (place := made.true(one.place)).sheet, place.address) for one in fault.findings())

    found = told(receive_book(made.data, book.file, LIBRARY, fault.today).findings)

    assert found == expected
