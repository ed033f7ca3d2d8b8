"""Faults in real workbooks: read from bytes, the checks name the very cells; a whole healthy book gives no finding."""

from __future__ import annotations

import pytest

from chibo.engine.receiving import receive_book
from chibo.findings import Severity
from chibo.workbook import write_book
from healthy import TODAY, healthy_book
from scored import LIBRARY
from tables import INFO, MEMBERS, a_workbook

MEETINGS = """
    | SỔ SINH HOẠT |
    |
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Bắt đầu | Kết thúc | Đảng số | Có mặt | Số người phát biểu | Chuyên đề số |
    | 2026-01 | Thường kỳ | d:2026-01-05   | t:14:00 | t:15:30  | n:3     | n:3    | n:2                |              |
    |
    | 2026-02 | Kết hợp   | d:2026-02-05   | t:14:00 | t:16:00  | n:3     | n:3    | n:2                | 1            |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00 | t:15:30  | n:3     | n:3    | n:2                |              |
"""
ROLL_CALL = """
    | TT  | Mã đảng viên | Họ và tên | 2026-03 | 2026-01 |
    | n:1 | DV01         | Người Một | X       | X       |
    | n:2 | DV02         | Người Hai |         | X       |
    |
    | n:3 | DV03         | Người Ba  | X       | X       |
"""
SCORES = """
    | Tiêu chí     | Mã tiêu chí | Điểm tối đa | 2026-01 |
    | Thời lượng   | n:1         | n:5         | n:5     |
    | Dự sinh hoạt | 2a          | n:9         | n:6     |
    | Lạ           | 9z          | n:1         | n:1     |
    | Tổng điểm    |             |             | n:50    |
"""
DUES = """
    | Mã đảng viên | Họ và tên  | T1 | T2 | T3 |
    | DV01         | Người Một  | x  | x  | x  |
    | DV02         | Người khác | x  |    | x  |
    | DV03         | Người Ba   | x  | x  | M  |
"""
PLAN = """
    | Số kế hoạch | | |
    | Ngày ban hành | d:2026-02-03 | |
    | TT | Quý   | Chuyên đề   | Tình trạng |
    | 1  | Quý I | Chuyên đề 1 | Đã sinh hoạt |
    | 2  | II    | Chuyên đề 2 | Chuyển quý |
    | 3  | n:3   | Chuyên đề 3 | Chưa |
    | 4  | n:4   | Chuyên đề 4 | Chưa |
"""
EXPLANATIONS = """
    | Mã kỳ   | Mã tiêu chí | Lý do |
    | 2026-09 | 1           | Không có buổi này |
"""

CASES = [
    (
        {"Sinh hoạt": MEETINGS.replace("n:3    | n:2                | 1", "n:5    | n:2                | 1")},
        "PRESENT_OVER_MEMBERSHIP",
        "Sinh hoạt!G6",
    ),
    ({"Sinh hoạt": MEETINGS.replace("t:16:00", "t:13:00")}, "END_NOT_AFTER_START", "Sinh hoạt!E6"),
    ({"Sinh hoạt": MEETINGS}, "PLAN_NO_UNKNOWN", "Sinh hoạt!I6"),
    ({"Sinh hoạt": MEETINGS.replace("| 2026-03 |", "| 2026-02 |")}, "MEETING_CODE_TWICE", "Sinh hoạt!A6"),
    ({"Điểm danh": ROLL_CALL, "Sinh hoạt": MEETINGS}, "ROLL_CALL_PARTIAL", "Điểm danh!D3"),
    ({"Chấm điểm": SCORES, "Sinh hoạt": MEETINGS}, "SCORE_OVER_MAXIMUM", "Chấm điểm!D3"),
    ({"Chấm điểm": SCORES, "Sinh hoạt": MEETINGS}, "PRINTED_MAXIMUM_DIFFERS", "Chấm điểm!C3"),
    ({"Chấm điểm": SCORES, "Sinh hoạt": MEETINGS}, "SCORE_OF_UNKNOWN_CRITERION", "Chấm điểm!B4"),
    ({"Chấm điểm": SCORES, "Sinh hoạt": MEETINGS}, "TYPED_TOTAL_DIFFERS", "Chấm điểm!D5"),
    ({"Chấm điểm": SCORES, "Sinh hoạt": MEETINGS}, "SCORING_INCOMPLETE", "Chấm điểm!D1"),
    ({"Chấm điểm": SCORES}, "SCORE_OF_UNKNOWN_MEETING", "Chấm điểm!D1"),
    ({"Đảng phí": DUES}, "DUES_UNPAID", "Đảng phí!D3"),
    ({"Đảng phí": DUES}, "DUES_NAME_DIFFERS", "Đảng phí!B3"),
    ({"Kế hoạch chuyên đề": PLAN}, "PLAN_LATE", "Kế hoạch chuyên đề!B2"),
    ({"Kế hoạch chuyên đề": PLAN}, "PLAN_HELD_WITHOUT_MEETING", "Kế hoạch chuyên đề!D4"),
    ({"Giải trình": EXPLANATIONS}, "EXPLANATION_OF_UNKNOWN_MEETING", "Giải trình!A2"),
    ({"Thông tin": INFO.replace("| Đảng bộ Sở Thử nghiệm |", "|  |")}, "COMMITTEE_NAME_MISSING", "Thông tin!B4"),
    ({"Đảng viên": MEMBERS.replace("| DV03 ", "| DV02 ")}, "MEMBER_CODE_TWICE", "Đảng viên!B3"),
]


@pytest.mark.parametrize(("sheets", "code", "where"), CASES, ids=[case[1] for case in CASES])
def test_the_very_cell_is_named(sheets, code, where):
    received = receive_book(a_workbook(sheets), "so.xlsx", LIBRARY, TODAY)

    places = [f"{f.place.sheet}!{f.place.address}" for f in received.findings if f.code == code]
    assert places[:1] == [where]


def test_a_workbook_of_the_three_sheets_that_must_be_there_gets_no_reproach_for_the_others():
    without_plan = {"Sinh hoạt": MEETINGS.replace("| 1            |", "|              |")}

    received = receive_book(a_workbook(without_plan), "so.xlsx", LIBRARY, TODAY)

    assert {finding.code for finding in received.findings if finding.severity is not Severity.NOTE} == set()


def test_a_healthy_book_written_and_read_again_is_the_same_and_gives_no_finding():
    received = receive_book(write_book(healthy_book(), LIBRARY), "so.xlsx", LIBRARY, TODAY)

    assert received.findings == ()
    assert received.book == healthy_book()
