"""The roll call, the scores and the dues: rows by code, columns by meeting or month."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builders import code
from chibo.model import Mark
from chibo.model.vocabulary import DuesMark
from tables import MEETINGS, SheetTable, found, read_workbook

ROLL_CALL = """
    | ĐIỂM DANH |
    | TT  | Mã đảng viên | Họ và tên | 2026-03 * | d:2026-04-01 | T5 | Tổng cộng |
    | n:1 | DV01         | Người Một | X         | p            | đ  | n:2       |
    | n:2 | dv02         | Người Hai |           | K            | T  | n:0       |
    | n:3 | DV99         | Người Lạ  | X         | X            | X  |           |
    |     | X: có mặt · P: có phép |  |           |              |    |           |
"""


def test_marks_are_read_by_listed_member_and_meeting() -> None:
    reading = read_workbook({"Điểm danh": ROLL_CALL})
    roll_call = reading.book.roll_call

    assert roll_call.of(code("2026-03")) == {"DV01": Mark.PRESENT}
    assert roll_call.of(code("2026-04")) == {"DV01": Mark.EXCUSED, "DV02": Mark.UNEXCUSED}
    assert roll_call.of(code("2026-05")) == {"DV01": Mark.SPECIAL_DUTY, "DV02": Mark.TRANSFERRED}
    assert roll_call.names == {"DV01": "Người Một", "DV02": "Người Hai"}
    assert found(reading) == [
        ("VALUE_REPAIRED", "Điểm danh!E2"),
        ("VALUE_REPAIRED", "Điểm danh!F2"),
        ("ROLL_CALL_OF_UNKNOWN_MEMBER", "Điểm danh!B5"),
    ]


def test_codes_that_lost_their_zeros_are_known_again() -> None:
    members = "| Mã đảng viên | Họ và tên | Tư cách | Tình trạng |\n| 007 | Người Bảy | Dự bị | Sinh hoạt |"
    reading = read_workbook({"Đảng viên": members, "Điểm danh": "| Mã đảng viên | 2026-03 |\n| n:7 | X |"})

    assert reading.book.roll_call.of(code("2026-03")) == {"007": Mark.PRESENT}
    assert found(reading) == [("VALUE_REPAIRED", "Điểm danh!A2")]


def test_every_mark_has_its_place() -> None:
    roll_call = read_workbook({"Điểm danh": ROLL_CALL}).book.roll_call

    assert roll_call.place(code("2026-04"), "DV02").address == "E4"
    assert roll_call.place(code("2026-05")).address == "F2"


def test_a_letter_that_is_no_mark_is_reported_with_its_meeting() -> None:
    reading = read_workbook({"Điểm danh": "| Mã đảng viên | 2026-03 |\n| DV01 | D |"})

    (finding,) = reading.findings
    assert (finding.code, finding.place.address, finding.meeting) == ("MARK_UNKNOWN", "B2", code("2026-03"))


def test_a_heading_that_is_almost_a_code_is_reported_where_it_stands_over_marks() -> None:
    reading = read_workbook({"Điểm danh": "| Mã đảng viên | 2026-13 | 2026-14 | !#REF! |\n| DV01 | X | | X |"})

    assert found(reading) == [("HEADING_UNREADABLE", "Điểm danh!B1"), ("CELL_ERROR", "Điểm danh!D1")]


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("tháng tư năm nay", [("HEADING_UNREADABLE", "Điểm danh!C1")]),
        ("", [("HEADING_UNREADABLE", "Điểm danh!C1")]),
    ],
)
def test_marks_under_a_heading_that_names_no_meeting_are_told(heading: str, codes: list[tuple[str, str]]) -> None:
    grid = f"| Mã đảng viên | 2026-03 | {heading} | Ghi chú |\n| DV01 | X | P | |\n| DV02 | X | X | đi học |"
    assert found(read_workbook({"Điểm danh": grid})) == codes


def test_an_own_column_beside_the_marks_is_left_in_peace() -> None:
    grid = """
        | Mã đảng viên | Nữ | 2026-03 | Cộng | Ghi chú   |
        | DV01         | X  | X       | n:1  | X         |
        | DV02         |    | X       | n:1  | P, đi học |
        | DV03         | X  | X       | n:1  | họp       |
    """
    assert found(read_workbook({"Điểm danh": grid})) == []


def test_dues_under_a_heading_that_names_no_month_are_told() -> None:
    grid = "| Mã đảng viên | T1 | tháng hai | T3 |\n| DV01 | x | x | x |"
    assert found(read_workbook({"Đảng phí": grid})) == [("HEADING_UNREADABLE", "Đảng phí!C1")]


def test_meetings_and_members_that_stand_twice_are_read_once() -> None:
    grid = "| Mã đảng viên | 2026-03 | 2026-03 |\n| DV01 | X | P |\n| DV01 | K | K |"
    reading = read_workbook({"Điểm danh": grid})

    assert reading.book.roll_call.of(code("2026-03")) == {"DV01": Mark.PRESENT}
    assert sorted(found(reading)) == [("GRID_ROW_TWICE", "Điểm danh!A2"), ("HEADING_TWICE", "Điểm danh!B1")]


SCORES = """
    | CHI BỘ TỰ CHẤM ĐIỂM |
    | Mã tiêu chí | Tiêu chí        | Thang điểm | 2026-03 | 2026-04 |
    | n:1         | Thời gian       | n:5        | n:5     | n:4     |
    | 2A          | Tỷ lệ dự        | n:4        | 3,5     |         |
    | 3đ          | Tài liệu        | n:2        |         | n:0     |
    | 99          | Tiêu chí lạ     |            | n:1     |         |
    | A           | Nhóm            |            | n:9     |         |
    |             | Tổng điểm       | n:100      | n:9.5   | n:4     |
    |             | Xếp loại        |            | Khá     |         |
    |             | T/M CHI ỦY      |            | BÍ THƯ  |         |
"""


def test_points_are_exact_and_empty_is_not_zero() -> None:
    reading = read_workbook({"Chấm điểm": SCORES})
    scores = reading.book.self_scores

    assert scores.of(code("2026-03")) == {"1": Decimal(5), "2a": Decimal("3.5"), "99": Decimal(1)}
    assert scores.of(code("2026-04")) == {"1": Decimal(4), "3đ": Decimal(0)}
    assert scores.maxima == {"1": Decimal(5), "2a": Decimal(4), "3đ": Decimal(2)}
    assert scores.place(code("2026-04"), "3đ").address == "E5"
    assert scores.range_of(code("2026-03")).address == "D3:D6"


def test_what_a_number_means_is_not_taken_for_what_true_means() -> None:
    reading = read_workbook(
        {
            "Chấm điểm": """
    | Mã tiêu chí | Tiêu chí  | Thang điểm | 2026-03 | 2026-04 |
    | n:1         | Thời gian | n:5        | n:1     | b:1     |
    """
        }
    )

    assert reading.book.self_scores.points == {code("2026-03"): {"1": Decimal(1)}}
    assert ("NUMBER_UNREADABLE", "Chấm điểm!E2") in found(reading)


def test_typed_totals_and_grades_are_kept_with_their_places() -> None:
    scores = read_workbook({"Chấm điểm": SCORES}).book.self_scores

    assert scores.typed_totals == {code("2026-03"): Decimal("9.5"), code("2026-04"): Decimal(4)}
    assert scores.typed_grades == {code("2026-03"): "Khá"}
    assert scores.places["total:2026-04"].address == "E8"
    assert scores.places["grade:2026-03"].address == "D9"


def test_a_total_that_was_never_calculated_is_only_noted() -> None:
    scores = "| Mã tiêu chí | 2026-03 | 2026-04 |\n| 1 | n:5 | |\n| Tổng điểm | =SUM(B2:B2) | =SUM(C2:C2) |"
    reading = read_workbook({"Thẩm định": scores})

    assert found(reading) == [("COMPUTED_NO_VALUE", "Thẩm định!B3")]
    assert reading.book.official_scores.typed_totals == {}


def test_totals_that_were_never_calculated_are_one_note_at_the_first_of_them() -> None:
    scores = "| Mã tiêu chí | 2026-03 | 2026-04 |\n| 1 | n:5 | n:4 |\n| Tổng điểm | =SUM(B2:B2) | =SUM(C2:C2) |"
    reading = read_workbook({"Thẩm định": scores})

    assert found(reading) == [("COMPUTED_NO_VALUE", "Thẩm định!B3")]
    (note,) = reading.findings
    assert (note.values["count"], note.seen, note.meeting) == ("2", "=SUM(B2:B2)", None)


DUES = """
    | Mã đảng viên | Họ và tên | T1 | Tháng 2 | T3 | T12 |
    | DV01         | Người Một | x  | X       | m  |     |
    | dv02         | Người Hai | T  | n:50000 |    |     |
"""


def test_dues_are_read_by_month() -> None:
    reading = read_workbook({"Đảng phí": DUES})
    first, second = reading.book.dues

    assert first.months == {1: DuesMark.PAID, 2: DuesMark.PAID, 3: DuesMark.EXEMPT}
    assert (second.member_code, second.full_name, second.months) == ("DV02", "Người Hai", {1: DuesMark.PAID_ELSEWHERE})
    assert first.origin.place("T12").address == "F2"
    assert found(reading) == [("MARK_UNKNOWN", "Đảng phí!D3")]


def test_hidden_rows_columns_and_sheets_are_read_and_noted() -> None:
    grid = "| Mã đảng viên | 2026-03 | 2026-04 |\n| DV01 | X | X |\n| DV02 | X | X |\n| DV03 | X | X |"
    sheet = SheetTable(grid, hidden_rows=(2, 3), hidden_columns=("C",), hidden=True)
    reading = read_workbook({"Điểm danh": sheet})

    assert len(reading.book.roll_call.of(code("2026-04"))) == 3
    assert found(reading) == [
        ("HIDDEN_SHEET", "Điểm danh!"),
        ("HIDDEN_ROWS", "Điểm danh!A2"),
        ("HIDDEN_COLUMNS", "Điểm danh!C1"),
    ]
    assert [finding.seen for finding in reading.findings] == ["Điểm danh", "2–3", "C"]


def test_formulas_that_repeat_another_cell_need_no_stored_value() -> None:
    reading = read_workbook(
        {
            "Điểm danh": """
            | Mã đảng viên                                      | =IF('Sinh hoạt'!A2="","",'Sinh hoạt'!A2) | =A9 |
            | =IF('Đảng viên'!B2="","",'Đảng viên'!B2)          | X                                          |     |
            | ='Đảng viên'!$B$3                                 | =B2                                        |     |
            | =IF('Đảng viên'!B9="","",'Đảng viên'!B9)          |                                            |     |
            """
        }
    )

    assert reading.book.roll_call.marks == {code("2026-03"): {"DV01": Mark.PRESENT, "DV02": Mark.PRESENT}}
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("marks", "expected"),
    [("| DV01 | X |", "COMPUTED_NO_VALUE"), ("| DV01 | |", "CELL_NO_VALUE")],
)
def test_a_count_without_value_is_no_loss_where_marks_give_it(marks: str, expected: str) -> None:
    header, row = MEETINGS.strip().splitlines()
    meetings = f"{header} Có mặt |\n{row} =COUNTIF(A1:A9,1) |"
    reading = read_workbook({"Điểm danh": f"| Mã đảng viên | 2026-03 |\n{marks}", "Sinh hoạt": meetings})

    assert found(reading) == [(expected, "Sinh hoạt!F2")]


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("| DV99 | | X | |", "A4"),
        ("| DV 05 | | | P |", "A4"),
        ("| n:7 | | X | |", "A4"),
        ("| Năm | Người Năm | X | X |", "A4"),
        ("| DV99 | Người Mới | | |", ""),
        ("| Khách | | X | |", ""),
        ("| Cộng lần 2 | | n:2 | n:2 |", ""),
        ("| DV99 | | X | n:2 |", ""),
        ("| DV01 | | X | |", ""),
        ("| 1 | 2 | 3 | 4 |", ""),
    ],
)
def test_marks_of_a_code_that_is_no_members_are_told_at_the_code(below: str, told: str) -> None:
    marks = (
        "| Mã đảng viên | Họ và tên | 2026-03 | 2026-04 |\n| DV01 | Người Một | X | X |\n| DV02 | Người Hai | X | P |"
    )
    findings = read_workbook({"Điểm danh": f"{marks}\n{below}"}).findings

    assert [one.place.address for one in findings if one.code == "ROLL_CALL_OF_UNKNOWN_MEMBER"] == [told][: bool(told)]


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("| | Người Hai | X | P |", ["A3"]),
        ("| | | | P |", ["A3"]),
        ("| | Người Hai | | |", []),
        ("| | Cộng có mặt | n:1 | n:2 |", []),
        ("| | Ký hiệu | X | có mặt |", []),
    ],
)
def test_marks_beside_an_empty_code_are_told(below: str, told: list[str]) -> None:
    marks = f"| Mã đảng viên | Họ và tên | 2026-03 | 2026-04 |\n| DV01 | Người Một | X | X |\n{below}"
    findings = read_workbook({"Điểm danh": marks}).findings

    assert [one.place.address for one in findings if one.code == "ROW_INCOMPLETE"] == told


def test_dues_beside_an_empty_code_are_told() -> None:
    dues = "| Mã đảng viên | Họ và tên | T1 | T2 |\n| DV01 | Người Một | x | x |\n| | Người Hai | x | M |"

    assert found(read_workbook({"Đảng phí": dues})) == [("ROW_INCOMPLETE", "Đảng phí!A3")]


def test_where_no_members_are_listed_it_is_not_told_of_each_row_of_marks() -> None:
    marks = "| Mã đảng viên | 2026-03 |\n| DV01 | X |"
    findings = read_workbook({"Đảng viên": "| Mã đảng viên | Tên |", "Điểm danh": marks}).findings

    assert "ROLL_CALL_OF_UNKNOWN_MEMBER" not in [one.code for one in findings]
