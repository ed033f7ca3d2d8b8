"""Every example of docs/values.md is what the reader does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from builders import code
from tables import MEETINGS, Reading, read_workbook, rows_of

PAGE = Path(__file__).parents[2] / "docs" / "values.md"
_PREFIX = {
    "number": "n:",
    "date": "d:",
    "datetime": "d:",
    "time": "t:",
    "percent": "%:",
    "number as date": "dn:",
    "": "",
}
_CODES = {
    "Địa điểm": "venue",
    "Ngày sinh hoạt": "held_on",
    "Giờ bắt đầu": "starts_at",
    "Có mặt": "present",
    "Kết quả nghị quyết trước (%)": "previous_resolution_rate",
    "Biên bản họp chi ủy": "committee_minutes",
    "Hình thức": "mode",
    "Mã kỳ": "meeting_code",
    "Số nghị quyết/kết luận": "resolution_number",
    "Nội dung bắt buộc đã đưa vào": "topics_covered",
    "Số ý kiến": "opinions",
}


def examples() -> list[Any]:
    """Column, cell, expected value and expected finding of every example."""
    found, column = [], ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"<!-- column: (.*) -->", line)
        column = heading[1] if heading else column
        cells = re.match(r"\| (?P<kind>[a-z ]*?) ?`(?P<cell>.*)` \| (?P<value>.*?) \| (?P<code>.*?) ?\|$", line)
        if cells:
            cell = _PREFIX[cells["kind"]] + cells["cell"]
            found.append(pytest.param(column, cell, cells["value"], cells["code"], id=f"{column}: {cell}"))
    return found


def read_example(column: str, cell: str) -> tuple[Reading, Any]:
    """The reading of a workbook with `cell` in a column, and the value read there."""
    sheet, _, label = column.partition(" / ")
    if sheet == "Chấm điểm":
        criterion, points = (cell, "n:1") if label == "Mã tiêu chí" else ("1", cell)
        reading = read_workbook({sheet: f"| Mã tiêu chí | 2026-03 |\n| {criterion} | {points} |"})
        scores = reading.book.self_scores.of(code("2026-03"))
        read = dict(scores)
        return reading, next(iter(read), None) if label == "Mã tiêu chí" else read.get("1")
    if sheet == "Điểm danh":
        reading = read_workbook({sheet: f"| Mã đảng viên | 2026-03 |\n| DV01 | {cell} |"})
        marks = reading.book.roll_call.of(code("2026-03"))
        return reading, marks.get("DV01")
    if sheet == "Kế hoạch chuyên đề":
        reading = read_workbook({sheet: f"| TT | Quý | Chuyên đề |\n| 1 | {cell} | Một chuyên đề |"})
        return reading, next((topic.quarter for topic in reading.book.plan.topics), None)
    header, row = rows_of(MEETINGS)
    values = dict(zip(header, row, strict=True)) | {label: cell}
    lines = [" | ".join(values), " | ".join(values.values())]
    reading = read_workbook({sheet: "\n".join(f"| {line} |" for line in lines)})
    return reading, next((getattr(meeting, _CODES[label]) for meeting in reading.book.meetings), None)


def shown(value: Any) -> str:
    """A value as the page writes it."""
    if value in (None, "", ()):
        return "–"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    text = str(value)
    return text[:5] if re.fullmatch(r"\d\d:\d\d:00", text) else text


@pytest.mark.parametrize(("column", "cell", "value", "code"), examples())
def test_page_says_what_is_read(column: str, cell: str, value: str, code: str) -> None:
    reading, read = read_example(column, cell)

    assert (shown(read), ", ".join(finding.code for finding in reading.findings)) == (value, code)


def test_page_has_examples_for_every_kind_of_column() -> None:
    assert len(examples()) > 100
