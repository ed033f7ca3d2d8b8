"""The rows of the month return worked out again from the written rules: what each spreadsheet cell has to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from plain_oracle import expected_row

from sketched_books import Sketch

GRADES = ("Tốt", "Khá", "Trung bình", "Kém")
STANDALONE = ""


@dataclass
class ReturnRow:
    """One unit: columns (2) to (10); `remarks` are parts that (10) has to hold, all of it if `only`."""

    name: str
    counted: str | None = None
    day: date | None = None
    points: object = None
    grade: str | None = None
    remarks: list[str] = field(default_factory=list)


def expected_groups(books: Iterable[Sketch], month: str) -> dict[str, list[ReturnRow]]:
    """Name of the base organisation ("" for cells straight under the bloc, which come last) -> its rows by code."""
    ordered = sorted(books, key=lambda book: (book.info.get("committee_code", "~"), book.info["cell_code"]))
    groups: dict[str, list[ReturnRow]] = {}
    for book in ordered:
        groups.setdefault(str(book.info.get("committee_name", STANDALONE)), []).append(expected_unit(book, month))
    return groups


def expected_unit(book: Sketch, month: str) -> ReturnRow:
    unit = ReturnRow(str(book.info["cell_name"]))
    meeting = next((one for one in book.meetings if one["meeting_code"] == month), None)
    if meeting is not None and "held_on" in meeting:
        fill_held(unit, expected_row(book, meeting))
    elif meeting is not None and meeting.get("state") == "Hoãn":
        unit.remarks = [f"Hoãn đến {meeting['postponed_to']:%d/%m/%Y}"]
    elif meeting is not None and meeting.get("state") == "Không tổ chức":
        unit.remarks = [f"Không tổ chức: {meeting['state_reason']}"]
    else:
        unit.remarks = ["Chưa báo cáo"]
    thematic = [
        str(one["meeting_code"])
        for one in book.meetings
        if one["kind"] == "Chuyên đề" and "held_on" in one and str(one["meeting_code"]).startswith(f"{month}-")
    ]
    unit.remarks += thematic
    return unit


def fill_held(unit: ReturnRow, row: dict[str, object]) -> None:
    unit.counted, unit.day = f"{row['present']}/{row['membership']}", row["held_on"]
    if row["official_total"] is not None:
        unit.points, unit.grade = row["official_total"], row["official_grade"]
    elif row["self_total"] is not None:
        unit.points, unit.grade, unit.remarks = row["self_total"], row["self_grade"], ["(tự chấm)"]
    else:
        unit.remarks = ["Chưa chấm đủ"]
