"""A value merged over several rows or columns is held by the first cell alone: told where others lack it."""

from __future__ import annotations

import pytest

from builders import code
from chibo.workbook.reading.kinds import LEFT_OUT
from tables import SheetTable, found, read_workbook

HEADS = "| Mã kỳ | Loại | Ngày sinh hoạt | Địa điểm | Chủ trì | Của tôi |"
MEETINGS = f"""
    {HEADS}
    | 2026-03 | Thường kỳ | d:2026-03-05 | Phòng 1 | Người Một | riêng |
    | 2026-04 | Thường kỳ | d:2026-04-03 | | | |
    | 2026-05 | Thường kỳ | d:2026-05-05 | | Người Hai | |
    | Ghi chú chung | | | | | |
"""
ROLL_CALL = """
    | Mã đảng viên | Họ và tên | 2026-03 | 2026-04 |
    | DV01 | Người Một | P | P |
    | DV02 | Người Hai | | P |
    | DV03 | Người Ba | | P |
"""
PLACES = {"D2:D4": "Sinh hoạt!D2", "E2:E3": "Sinh hoạt!E2", "D2:D5": "Sinh hoạt!D2"}


def merged(*ranges: str, rows: str = MEETINGS, sheet: str = "Sinh hoạt") -> list[tuple[str, str]]:
    return found(read_workbook({sheet: SheetTable(rows, merges=ranges)}))


@pytest.mark.parametrize("cells", PLACES)
def test_a_value_merged_over_several_meetings_is_told_once(cells: str) -> None:
    reading = read_workbook({"Sinh hoạt": SheetTable(MEETINGS, merges=(cells,))})

    assert found(reading) == [("MERGED_DOWN", PLACES[cells])]
    (finding,) = reading.findings
    assert finding.kind in LEFT_OUT
    assert finding.values["cells"] == cells
    assert [meeting.venue for meeting in reading.book.meetings] == ["Phòng 1", "", ""]


def test_each_range_is_told_by_itself() -> None:
    assert merged("D2:D4", "E2:E3") == [("MERGED_DOWN", "Sinh hoạt!D2"), ("MERGED_DOWN", "Sinh hoạt!E2")]


@pytest.mark.parametrize(
    "cells",
    [
        "F2:F4",  # a column of one's own
        "D3:D4",  # holds nothing
        "D4:D5",  # covers no further meeting
        "A5:F6",  # a remark under the table
        "F2:G2",  # from a column of one's own on
        "E2:F2",  # into one
        "E4:E5",
    ],
)
def test_what_drops_no_value_is_left_in_peace(cells: str) -> None:
    assert merged(cells) == []


def test_a_range_over_rows_that_hold_values_drops_none() -> None:
    full = f"{HEADS}\n| 2026-03 | Thường kỳ | | P1 | | |\n| 2026-04 | Thường kỳ | | P2 | | |"
    assert merged("D2:D3", rows=full) == []


def test_a_mark_merged_over_several_members_is_told() -> None:
    reading = read_workbook({"Điểm danh": SheetTable(ROLL_CALL, merges=("C2:C4",))})

    assert found(reading) == [("MERGED_DOWN", "Điểm danh!C2")]
    assert list(reading.book.roll_call.of(code("2026-03"))) == ["DV01"]


def test_a_remark_merged_over_the_members_is_told_as_no_mark_alone() -> None:
    rows = ROLL_CALL.replace("| DV01 | Người Một | P |", "| DV01 | Người Một | nghỉ lễ |")

    assert merged("C2:C4", rows=rows, sheet="Điểm danh") == [("MARK_UNKNOWN", "Điểm danh!C2")]


def test_a_value_merged_over_several_columns_of_a_meeting_is_told_with_those_that_lack_it() -> None:
    rows = f"{HEADS}\n| 2026-03 | Thường kỳ | d:2026-03-05 | Phòng 1, Người Một | | |"
    reading = read_workbook({"Sinh hoạt": SheetTable(rows, merges=("D2:F2",))})

    assert found(reading) == [("MERGED_ACROSS", "Sinh hoạt!D2")]
    (finding,) = reading.findings
    assert finding.kind in LEFT_OUT
    assert (finding.values["cells"], finding.values["lacking"]) == ("D2:F2", "«Chủ trì»")


def test_a_mark_merged_over_several_meetings_is_told() -> None:
    rows = ROLL_CALL.replace("| DV02 | Người Hai | | P |", "| DV02 | Người Hai | P | |")
    reading = read_workbook({"Điểm danh": SheetTable(rows, merges=("C3:D3",))})

    assert found(reading) == [("MERGED_ACROSS", "Điểm danh!C3")]
    assert reading.findings[0].values["lacking"] == "«2026-04»"


def test_a_value_merged_over_rows_and_columns_is_told_of_both() -> None:
    rows = MEETINGS.replace("| Phòng 1 | Người Một |", "| Phòng 1 | |")
    assert sorted(merged("D2:E3", rows=rows)) == [("MERGED_ACROSS", "Sinh hoạt!D2"), ("MERGED_DOWN", "Sinh hoạt!D2")]


def test_marks_beside_a_code_that_is_merged_over_the_name_are_read() -> None:
    rows = ROLL_CALL.replace("| DV01 | Người Một |", "| DV01 | |")
    reading = read_workbook({"Điểm danh": SheetTable(rows, merges=("A2:B2",))})

    assert found(reading) == []
    assert list(reading.book.roll_call.of(code("2026-03"))) == ["DV01"]


def test_a_meeting_whose_code_is_merged_over_its_kind_is_told() -> None:
    rows = MEETINGS.replace("| 2026-04 | Thường kỳ |", "| 2026-04 | |")
    assert merged("A3:B3", rows=rows) == [("ROW_INCOMPLETE", "Sinh hoạt!B3")]


def test_a_topic_merged_over_the_column_beside_it_is_read() -> None:
    rows = "| TT | Quý | Chuyên đề | Người chuẩn bị |\n| 1 | II | Học và làm theo Bác, ông Một chuẩn bị | |"
    reading = read_workbook({"Kế hoạch chuyên đề": SheetTable(rows, merges=("C2:D2",))})

    assert found(reading) == [("MERGED_ACROSS", "Kế hoạch chuyên đề!C2")]
    assert len(reading.book.plan.topics) == 1
