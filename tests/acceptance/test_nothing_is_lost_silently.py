"""What cannot be read of a cell is said with its place; nothing is dropped without a word, nor does it count."""

from __future__ import annotations

from datetime import datetime

import pytest
from command_line import chibo
from small_books import HEADINGS, INFO, MEETING, MEMBERS, Formula, Sheets, meetings, small_book, workbook

SCORES = ["Mã tiêu chí", "Tiêu chí", "Điểm tối đa", "2026-03"]
HELD = ["Tình trạng buổi", "Kết quả nghị quyết trước (%)", "Miễn"]


def of_meeting(**change: object) -> Sheets:
    """A book whose meeting differs in one value, its column named with _ for spaces."""
    values = {name.replace("_", " "): value for name, value in change.items()}
    more = tuple(name for name in values if name not in HEADINGS)
    return small_book(Sinh_hoạt=meetings(values, more=more))


def of_scores(*rows: tuple[object, ...]) -> Sheets:
    return small_book(Chấm_điểm=[SCORES, *(list(row) for row in rows)])


CASES: dict[str, tuple[Sheets, str, str, str, str]] = {
    # what is typed: the book, code, severity, sheet, cell
    "formula without a value": (of_meeting(Có_mặt=Formula("=1+2")), "CELL_NO_VALUE", "warn", "Sinh hoạt", "G2"),
    "day by a formula": (of_meeting(Ngày_sinh_hoạt=Formula("=DATE(2026,3,5)")), "CELL_NO_VALUE", "warn",
                         "Sinh hoạt", "C2"),
    "code by a formula": (of_meeting(Mã_kỳ=Formula('="2026-"&"03"')), "KEY_UNREADABLE", "block", "Sinh hoạt", "A2"),
    "error for a count": (of_meeting(Đảng_số="#REF!"), "CELL_ERROR", "warn", "Sinh hoạt", "F2"),
    "error for a code": (of_meeting(Mã_kỳ="#N/A"), "KEY_UNREADABLE", "block", "Sinh hoạt", "A2"),
    "error for a criterion": (of_scores(("#REF!", "", 5, 5)), "KEY_UNREADABLE", "block", "Chấm điểm", "A2"),
    "error for a member": (small_book(Đảng_viên=[*MEMBERS, ["#REF!", "Ai", "Chính thức", "Sinh hoạt"]]),
                           "KEY_UNREADABLE", "block", "Đảng viên", "A5"),
    "error for points": (of_scores(("1", "", 5, "#DIV/0!")), "CELL_ERROR", "warn", "Chấm điểm", "D2"),
    "words for points": (of_scores(("1", "", 5, "đạt")), "NUMBER_UNREADABLE", "warn", "Chấm điểm", "D2"),
    "points taken for a day": (of_scores(("1", "", 5, datetime(2026, 8, 5))), "NUMBER_AS_DATE", "warn",
                               "Chấm điểm", "D2"),
    "points over the maximum": (of_scores(("1", "", 5, 6)), "SCORE_OVER_MAXIMUM", "block", "Chấm điểm", "D2"),
    "negative points": (of_scores(("1", "", 5, -1)), "SCORE_UNDER_MINIMUM", "block", "Chấm điểm", "D2"),
    "points beyond all numbers": (of_scores(("1", "", 5, 1e308)), "NUMBER_UNREADABLE", "warn", "Chấm điểm", "D2"),
    "points off the step": (of_scores(("4b", "", 15, 7.3)), "SCORE_OFF_STEP", "warn", "Chấm điểm", "D2"),
    "no criterion of the frame": (of_scores(("9z", "", 5, 1)), "SCORE_OF_UNKNOWN_CRITERION", "warn",
                                  "Chấm điểm", "A2"),
    "criterion of combined meetings": (of_scores(("4c", "", 5, 5)), "CRITERION_NOT_APPLICABLE", "warn",
                                       "Chấm điểm", "D2"),
    "another printed maximum": (of_scores(("1", "", 6, 5)), "PRINTED_MAXIMUM_DIFFERS", "warn", "Chấm điểm", "C2"),
    "typed total": (of_scores(*((code, "", None, 1) for code in ("1", "2a")), ("Tổng điểm", "", None, 7)),
                    "SCORING_INCOMPLETE", "warn", "Chấm điểm", "D1"),
    "rate over a hundred": (of_meeting(**{HELD[1]: "150%"}), "RATE_OUT_OF_RANGE", "warn", "Sinh hoạt", "J2"),
    "rate below zero": (of_meeting(**{HELD[1]: -5}), "RATE_OUT_OF_RANGE", "warn", "Sinh hoạt", "J2"),
    "count below zero": (of_meeting(Vắng_có_lý_do=-1), "COUNT_NEGATIVE", "block", "Sinh hoạt", "H2"),
    "half a member": (of_meeting(Có_mặt=2.5), "NUMBER_UNREADABLE", "warn", "Sinh hoạt", "G2"),
    "more present than members": (of_meeting(Có_mặt=4), "PRESENT_OVER_MEMBERSHIP", "block", "Sinh hoạt", "G2"),
    "counts that do not add up": (of_meeting(Có_mặt=2), "COUNTS_DO_NOT_ADD_UP", "warn", "Sinh hoạt", "F2"),
    "end before start": (of_meeting(Giờ_kết_thúc="13:00"), "END_NOT_AFTER_START", "block", "Sinh hoạt", "E2"),
    "no time of the day": (of_meeting(Giờ_bắt_đầu="25h"), "TIME_UNREADABLE", "warn", "Sinh hoạt", "D2"),
    "no day of a month": (of_meeting(Ngày_sinh_hoạt="31/02/2026"), "DATE_UNREADABLE", "warn", "Sinh hoạt", "C2"),
    "no month": (of_meeting(Mã_kỳ="2026-13"), "KEY_UNREADABLE", "block", "Sinh hoạt", "A2"),
    "month of another year": (of_meeting(Mã_kỳ="2025-12"), "MEETING_OUTSIDE_YEAR", "block", "Sinh hoạt", "A2"),
    "kind against code": (of_meeting(Loại="Chuyên đề"), "MEETING_KIND_AGAINST_CODE", "block", "Sinh hoạt", "B2"),
    "no kind": (of_meeting(Loại=None), "ROW_INCOMPLETE", "block", "Sinh hoạt", "B2"),
    "unknown kind": (of_meeting(Loại="Thường lệ"), "ROW_INCOMPLETE", "block", "Sinh hoạt", "B2"),
    "held without a day": (of_meeting(Ngày_sinh_hoạt=None, **{HELD[0]: "Đã tổ chức"}), "HELD_WITHOUT_DAY", "warn",
                           "Sinh hoạt", "C2"),
    "postponed with a day": (of_meeting(**{HELD[0]: "Hoãn"}), "STATE_AGAINST_HELD_DAY", "warn", "Sinh hoạt", "J2"),
    "held in another month": (of_meeting(Ngày_sinh_hoạt=datetime(2026, 4, 2)), "DATE_OUTSIDE_MONTH", "warn",
                              "Sinh hoạt", "C2"),
    "topic that is not planned": (
        of_meeting(Chuyên_đề_số=7) | {"Kế hoạch chuyên đề": [["TT", "Quý", "Chuyên đề"], [1, 1, "Đạo đức"]]},
        "PLAN_NO_UNKNOWN", "warn", "Sinh hoạt", "J2",
    ),
    "mark that is none": (small_book(Điểm_danh=[["Mã đảng viên", "2026-03"], ["D1", "X"], ["D2", "D"], ["D3", "X"]]),
                          "MARK_UNKNOWN", "warn", "Điểm danh", "B3"),
    "member without a mark": (small_book(Điểm_danh=[["Mã đảng viên", "2026-03"], ["D1", "X"], ["D2", "X"]]),
                              "ROLL_CALL_PARTIAL", "warn", "Điểm danh", "B1"),
    "marks of nobody": (small_book(Điểm_danh=[["Mã đảng viên", "2026-03"], ["D1", "X"], ["D2", "X"], ["D9", "X"]]),
                        "ROLL_CALL_OF_UNKNOWN_MEMBER", "warn", "Điểm danh", "A4"),
    "dues of nobody": (small_book(Đảng_phí=[["Mã đảng viên", "T1", "T2"], ["D1", "x", "x"], ["D9", "x", ""]]),
                       "DUES_OF_UNKNOWN_MEMBER", "warn", "Đảng phí", "A3"),
    "marks against counts": (
        small_book(Điểm_danh=[["Mã đảng viên", "2026-03"], ["D1", "X"], ["D2", "P"], ["D3", "X"]]),
        "COUNT_AGAINST_ROLL_CALL", "warn", "Sinh hoạt", "G2",
    ),
    "marks of no meeting": (small_book(Điểm_danh=[["Mã đảng viên", "2026-05"], ["D1", "X"], ["D2", "X"], ["D3", "X"]]),
                            "ROLL_CALL_OF_UNKNOWN_MEETING", "warn", "Điểm danh", "B1"),
    "heading that is no month": (small_book(Điểm_danh=[["Mã đảng viên", "2026-13"], ["D1", "X"]]),
                                 "HEADING_UNREADABLE", "warn", "Điểm danh", "B1"),
    "marks under words": (small_book(Điểm_danh=[["Mã đảng viên", "2026-03", "tháng tư"], ["D1", "X", "X"]]),
                          "HEADING_UNREADABLE", "warn", "Điểm danh", "C1"),
    "column under another name": (
        small_book(Sinh_hoạt=[[*HEADINGS[:3], "Mấy giờ họp", *HEADINGS[4:]], MEETING]),
        "COLUMN_RENAMED", "warn", "Sinh hoạt", "D1",
    ),
    "own minimum without a document": (small_book({"Thời lượng tối thiểu được quy định (phút)": 60}),
                                       "OWN_MINIMUM_WITHOUT_DOCUMENT", "warn", "Thông tin", "B10"),
    "own minimum of nothing": (
        small_book({"Thời lượng tối thiểu được quy định (phút)": 0, "Văn bản quy định số": "12-CV"}),
        "OWN_MINIMUM_NOT_POSITIVE", "warn", "Thông tin", "B10",
    ),
    "unknown frame": (small_book({"Khung chấm thường kỳ": "khung-la"}), "FRAME_UNKNOWN", "warn", "Thông tin", "B10"),
    "one member twice": (small_book(Đảng_viên=[*MEMBERS, ["D1", "Ai khác", "Chính thức", "Sinh hoạt"]]),
                         "MEMBER_CODE_TWICE", "block", "Đảng viên", "A5"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_said_at_its_place(case, tmp_path):
    book, code, severity, sheet, cell = CASES[case]
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(book))
    called = chibo("check", path, "--format", "json")
    found = [(one["code"], one["severity"], one["sheet"], one["cell"]) for one in called.data()]
    assert (code, severity, sheet, cell) in found
    assert called.exit_code == (1 if "block" in {one[1] for one in found} else 0)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_message_leaves_nothing_empty(case, tmp_path):
    book, code, *_ = CASES[case]
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(book))
    for one in chibo("check", path, "--format", "json").data():
        if one["code"] == code:
            assert "«»" not in one["message"]
            assert "{" not in one["message"]
            assert f"ô {one['cell']}" in one["message"]
            assert one["mend"] in one["message"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_in_english_too(case, tmp_path):
    book, code, *_ = CASES[case]
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(book))
    (one, *_) = [one for one in chibo("check", path, "--format", "json", "--lang", "en").data() if one["code"] == code]
    assert not {"Trang", "Ghi", "Sửa", "Xem"} & set(one["message"].replace("«", " ").split())


def test_a_blocked_row_goes_alone(tmp_path):
    path = tmp_path / "so.xlsx"
    wrong, right = {"Có mặt": 4}, {"Mã kỳ": "2026-04", "Ngày sinh hoạt": datetime(2026, 4, 2)}
    path.write_bytes(workbook(small_book(Sinh_hoạt=meetings(wrong, right))))
    called = chibo("facts", path)
    assert (called.exit_code, [row["meeting_code"] for row in called.rows()]) == (1, ["2026-04"])


@pytest.mark.parametrize("kinds", [("Thường kỳ", "Chuyên đề"), ("Chuyên đề", "Thường kỳ"), ("Thường kỳ", "Kết hợp")])
def test_two_rows_of_one_code_are_both_out(tmp_path, kinds):
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(small_book(Sinh_hoạt=meetings(*({"Loại": kind} for kind in kinds)))))
    called = chibo("check", path, "--format", "json")
    assert [one["cell"] for one in called.data() if one["code"] == "MEETING_CODE_TWICE"] == ["A2", "A3"]
    assert chibo("facts", path).rows() == []


def test_equal_rows_count_once(tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(small_book(Sinh_hoạt=[HEADINGS, MEETING, MEETING])))
    assert [row["meeting_code"] for row in chibo("facts", path).rows()] == ["2026-03"]


def test_text_around_the_tables_is_no_finding(tmp_path):
    signed = [[], ["Người lập biểu", None, "T/M CHI ỦY"], ["Lê Văn A"], ["Ghi chú: số liệu đến cuối tháng"]]
    book = small_book(Sinh_hoạt=[["SỔ SINH HOẠT NĂM 2026"], [], HEADINGS, MEETING, *signed])
    book["Đảng viên"] = [["DANH SÁCH"], *MEMBERS, *signed]
    book["Thông tin"] = [["SỔ SINH HOẠT CHI BỘ"], *INFO]
    plain, dressed = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    plain.write_bytes(workbook(small_book()))
    dressed.write_bytes(workbook(book))
    codes = [[one["code"] for one in chibo("check", path, "--format", "json").data()] for path in (plain, dressed)]
    assert codes[0] == codes[1]
