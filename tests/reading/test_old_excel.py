"""Workbooks of old Excel (.xls) and under Excel's default password: the same book is read as from an .xlsx."""

from __future__ import annotations

import pytest

from chibo.model import MeetingCode
from chibo.workbook import Reading, read_book
from old_excel import locked, renamed_stream, without_results, xls
from tables import INFO, LIBRARY, MEETINGS, MEMBERS, SheetTable, a_workbook

SHEETS: dict[str, str | SheetTable] = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS}


def read(data: bytes, file: str = "so.xls") -> Reading:
    return read_book(data, file, LIBRARY)


@pytest.mark.parametrize("date_1904", [False, True])
def test_the_same_book_comes_out_of_an_xls(date_1904: bool) -> None:
    reading = read(xls(SHEETS, date_1904))

    assert reading.findings == ()
    assert reading.book == read(a_workbook(date_1904=date_1904), "so.xlsx").book


def test_error_cells_hidden_things_and_merges_are_seen() -> None:
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc |
        | 2026-03 | Thường kỳ | d:2026-03-05   | !#REF!      | t:15:30      |
        | 2026-04 | Thường kỳ | d:2026-04-05   | t:14:00     | t:15:30      |
    """
    reading = read(
        xls({**SHEETS, "Sinh hoạt": SheetTable(meetings, hidden=True, hidden_rows=(3,), hidden_columns=("E",))})
    )

    assert {(finding.code, finding.place.address) for finding in reading.findings} == {
        ("HIDDEN_SHEET", ""),
        ("CELL_ERROR", "D2"),
        ("HIDDEN_ROWS", "A3"),
        ("HIDDEN_COLUMNS", "E1"),
    }


def test_a_percentage_keeps_its_meaning() -> None:
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Tỷ lệ tham gia (%) |
        | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | %:0.95             |
    """
    old, new = read(xls({**SHEETS, "Sinh hoạt": meetings})), read(a_workbook({"Sinh hoạt": meetings}), "so.xlsx")

    assert old.book == new.book


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "wOrKbOoK"])
def test_the_stream_is_known_in_any_letter_case(name: str) -> None:
    assert [finding.code for finding in read(renamed_stream(name)).findings] == ["NOT_A_CELL_BOOK"]


def test_the_ending_of_the_name_does_not_matter() -> None:
    assert read(xls(SHEETS), "so.xlsx").book is not None
    assert read(a_workbook(), "so.xls").book is not None


def test_a_workbook_that_excel_opens_without_asking_is_opened() -> None:
    reading = read(locked(a_workbook()), "so.xlsx")

    assert reading.findings == ()
    assert reading.book == read(a_workbook(), "so.xlsx").book


def test_any_other_password_is_refused_politely() -> None:
    (finding,) = read(locked(a_workbook(), "bí mật"), "so.xlsx").findings

    assert (finding.code, finding.of_book) == ("ENCRYPTED", True)


ROLL_CALL = """
    | Mã đảng viên                                 | Họ và tên | 2026-03 |
    | =IF('Đảng viên'!$B$2="";"";'Đảng viên'!$B$2) | Người Một | X       |
    | =IF('Đảng viên'!$B$3="";"";'Đảng viên'!$B$3) | Người Hai | P       |
"""


def test_a_formula_saved_without_its_result_is_not_taken_for_zero() -> None:
    reading = read(without_results(xls({**SHEETS, "Điểm danh": ROLL_CALL})))

    assert reading.findings == ()
    assert reading.book is not None
    assert reading.book.roll_call.marks == {MeetingCode.parse("2026-03"): {"DV01": "X", "DV02": "P"}}


def test_a_zero_that_may_be_an_empty_text_is_not_told_where_chibo_counts_itself() -> None:
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Có mặt |
        | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | =A9-A9 |
    """
    counted = read(without_results(xls({**SHEETS, "Sinh hoạt": meetings, "Điểm danh": ROLL_CALL})))

    assert counted.findings == ()
    assert counted.book is not None
    assert counted.book.meetings[0].present is None


def test_what_only_a_missing_result_could_tell_is_asked_for() -> None:
    """The second code is computed: its row cannot be told, and says so at its cell."""
    computed = ROLL_CALL.replace("'Đảng viên'!$B$3)", "CONCATENATE('Đảng viên'!$B$3))", 1)
    reading = read(without_results(xls({**SHEETS, "Điểm danh": computed})))

    assert [(finding.code, finding.place.address) for finding in reading.findings] == [("KEY_UNREADABLE", "A3")]


def test_a_zero_that_a_formula_gave_stays_one() -> None:
    """Nothing in this workbook says that its results are missing."""
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Vắng có lý do |
        | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | =A9-A9        |
    """
    reading = read(without_results(xls({**SHEETS, "Sinh hoạt": meetings})))

    assert reading.book is not None
    assert reading.book.meetings[0].excused == 0
