"""Where on the page a value of a row is recorded, and a finding mended, by its sheet, its row and its column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from builders import a_book, a_meeting
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import CellBook, MeetingCode, Origin, Place, TableOrigin
from chibo_widgets.cell.finding_targets import target_of, target_of_value
from opcodes import growth

BOOK = a_book(a_meeting("2026-03"))
MARCH = MeetingCode.parse("2026-03")
APRIL = MeetingCode.parse("2026-04")


def to(step: int, field: str) -> dict[str, Any]:
    return {"go": "meeting", "meeting": "2026-03", "step": step, "field": field}


@pytest.mark.parametrize(
    ("sheet", "row", "column", "way"),
    [
        ("meetings", {"meeting_code": MARCH}, "ends_at", to(2, "ends_at")),
        ("explanations", {"meeting_code": MARCH, "criterion": "2a"}, "explanation", to(3, "2a")),
        ("self_scores", {"criterion": "2a"}, "2026-03", to(3, "2a")),
        ("meetings", {"meeting_code": MARCH}, "", to(2, "")),
        ("meetings", {"meeting_code": MARCH}, "plan_no", None),
        ("explanations", {"meeting_code": MARCH, "criterion": "2a"}, "", to(3, "2a")),
        ("roll_call", {"member_code": "DV01"}, "2026-03", to(2, "DV01")),
        ("roll_call", {"member_code": "DV77"}, "2026-03", None),
        ("roll_call", {"member_code": "DV01"}, "", None),
        ("meetings", {"meeting_code": APRIL}, "ends_at", None),
        ("self_scores", {"criterion": "2a"}, "meeting_code", None),
        ("explanations", {"meeting_code": None, "criterion": "2a"}, "explanation", None),
        ("members", {"member_code": "DV01"}, "full_name", None),
        ("official_scores", {"criterion": "2a"}, "2026-03", None),
        ("tasks", {"meeting_code": MARCH}, "result", None),
    ],
)
def test_the_way_to_a_value(sheet: str, row: dict[str, Any], column: str, way: dict[str, Any] | None) -> None:
    assert target_of_value(sheet, row, column, BOOK) == way


KIND = FindingKind.undeclared("END_NOT_AFTER_START", Severity.BLOCK, "")
IN_PROPORTION = 2.15
"""By how much more work twice as many findings may be."""
COLUMNS = {"meeting_code": 1, "held_on": 3, "ends_at": 5}


def a_year(meetings: int) -> CellBook:
    """A book with so many meetings, one below the other on their sheet."""
    table = TableOrigin("so.xlsx", "Sinh hoạt", 4, COLUMNS)
    codes = [f"2026-03-CĐ{number}" for number in range(1, meetings + 1)]
    rows = [evolve(a_meeting(code), origin=Origin(table, 5 + number)) for number, code in enumerate(codes)]
    return a_book(*rows)


@pytest.mark.parametrize(
    ("sheet", "address", "way"),
    [
        ("Sinh hoạt", "E6", ("2026-03-CĐ2", "ends_at")),
        ("Sinh hoạt", "C5", ("2026-03-CĐ1", "held_on")),
        ("Sinh hoạt", "B6", None),
        ("Sinh hoạt", "E4", None),
        ("Sinh hoạt", "E8", None),
        ("Sinh hoạt", "", None),
        ("Đảng viên", "E6", None),
    ],
)
def test_the_way_to_a_finding(sheet: str, address: str, way: tuple[str, str] | None) -> None:
    target = target_of(Finding(kind=KIND, place=Place("so.xlsx", sheet, address)), a_year(3))
    assert (target and (target["meeting"], target["field"])) == way


def test_the_ways_of_many_findings_are_found_in_proportion() -> None:
    def asked(meetings: int) -> Callable[[], object]:
        book = a_year(meetings)
        findings = [
            Finding(kind=KIND, place=Place("so.xlsx", "Sinh hoạt", f"E{row}")) for row in range(5, 5 + meetings)
        ]
        return lambda: [target_of(finding, book) for finding in findings]

    assert growth(asked, 45) < IN_PROPORTION
