"""Where on the page a value of a row is recorded, by its sheet, its row and its column."""

from __future__ import annotations

from typing import Any

import pytest

from builders import a_book, a_meeting
from chibo.model import MeetingCode
from chibo_widgets.cell.finding_targets import target_of_value

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
