"""Tables are found by the meaning of their headings, wherever they stand and whatever stands around them."""

from __future__ import annotations

from datetime import date, time
from unicodedata import normalize

import pytest

from builders import code
from chibo.findings import Severity
from chibo.model import MeetingKind
from chibo.model.vocabulary import Post, Standing
from chibo.workbook import read_book
from chibo.workbook.reading.kinds import LEFT_OUT
from tables import INFO, LIBRARY, MEETINGS, MEMBERS, SheetTable, found, read_workbook, xlsx

ONE_SCORE = "| Mã tiêu chí | Tiêu chí | 2026-03 |\n| 1a | Đúng kỳ | n:1 |"


def test_a_plain_book_is_read_without_a_finding() -> None:
    reading = read_workbook()

    (meeting,) = reading.book.meetings
    assert reading.findings == ()
    assert (meeting.meeting_code, meeting.kind, meeting.minutes) == (code("2026-03"), MeetingKind.REGULAR, 90)
    assert [member.member_code for member in reading.book.members] == ["DV01", "DV02", "DV03"]
    assert reading.book.members[0].post is Post.SECRETARY
    assert reading.book.info.cell_name == "Chi bộ Văn phòng"
    assert set(reading.book.tables) == {"info", "members", "meetings"}


def test_titles_reordered_and_foreign_columns_blank_rows_and_notes_do_not_matter() -> None:
    reading = read_workbook(
        {
            "Sinh hoạt": """
            |   | SỔ SINH HOẠT CHI BỘ NĂM 2026 |
            |
            |   | Ngày họp       | Ghi thêm  | LOẠI       | Mã  Kỳ (bắt buộc) | Bắt đầu | Kết thúc |
            |   | (1)            | (2)       | (3)        | (4)               | (5)     | (6)      |
            |   | d:2026-03-05   | n:7       | Thường kỳ  | 2026-03           | t:14:00 | t:15:30  |
            |
            |   | d:2026-04-07   |           | Kết hợp    | 2026-04           | t:08:00 | t:10:15  |
            |
            |   | Ghi chú: các buổi đều có biên bản |
            |   | d:2026-12-31   |           |            | NGƯỜI LẬP BIỂU    |         |          |
            """
        }
    )

    assert reading.findings == ()
    march, april = reading.book.meetings
    assert (march.held_on, april.kind, april.minutes) == (date(2026, 3, 5), MeetingKind.COMBINED, 135)
    assert march.origin.place("held_on").address == "B5"
    assert april.origin.place("ends_at").address == "G7"
    assert reading.book.tables["meetings"].header_row == 3


@pytest.mark.parametrize(
    "heading",
    [
        "Mã đảng viên",
        "MÃ ĐẢNG VIÊN *",
        "Mã⏎đảng viên",
        "  mã   đảng viên (bắt buộc)",
        normalize("NFD", "Mã đảng viên"),
        "Mã\u00a0đảng\u00a0viên",
        "Mã ĐV",
    ],
)
def test_a_heading_is_known_in_all_its_spellings(heading: str) -> None:
    reading = read_workbook({"Đảng viên": MEMBERS.replace("Mã đảng viên", heading)})

    assert [member.member_code for member in reading.book.members] == ["DV01", "DV02", "DV03"]


@pytest.mark.parametrize("name", ["sinh hoạt", "SINH HOẠT ", normalize("NFD", "Sinh hoạt"), "Sinh  hoạt"])
def test_a_sheet_is_known_in_all_its_spellings(name: str) -> None:
    data = xlsx({"Thông tin": INFO, "Đảng viên": MEMBERS, name: MEETINGS})

    assert len(read_book(data, "so.xlsx", LIBRARY).book.meetings) == 1


def test_labels_merged_over_two_header_rows_are_one_header() -> None:
    reading = read_workbook(
        {
            "Sinh hoạt": SheetTable(
                """
                | CÁC BUỔI SINH HOẠT |
                | Mã kỳ   | Loại      | Diễn biến      |             |
                |         |           | Ngày sinh hoạt | Giờ bắt đầu |
                | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     |
                """,
                merges=("A1:D1", "A2:A3", "B2:B3", "C2:D2"),
            )
        }
    )

    (meeting,) = reading.book.meetings
    assert (meeting.held_on, meeting.starts_at) == (date(2026, 3, 5), time(14, 0))
    assert meeting.origin.place("meeting_code").address == "A4"


def test_a_remark_merged_over_the_table_is_no_row() -> None:
    plan = """
        | TT | Quý | Chuyên đề |
        | 1  | I   | Học và làm theo Bác |
        | Các chuyên đề do chi ủy phân công | x | y |
    """
    reading = read_workbook({"Kế hoạch chuyên đề": SheetTable(plan, merges=("A3:C3",))})

    assert [topic.no for topic in reading.book.plan.topics] == ["1"]
    assert reading.findings == ()


def test_a_column_that_stands_twice_is_read_once_and_reported() -> None:
    sheet = "| Mã kỳ | Loại | Địa điểm | ĐỊA ĐIỂM |\n| 2026-03 | Thường kỳ | Phòng 1 | Phòng 2 |"
    reading = read_workbook({"Sinh hoạt": sheet})

    assert reading.book.meetings[0].venue == "Phòng 1"
    (finding,) = reading.findings
    assert finding.code == "COLUMN_TWICE"
    assert (finding.place.address, [place.address for place in finding.other_places]) == ("C1", ["D1"])


def test_required_columns_that_are_missing_refuse_the_book() -> None:
    reading = read_workbook({"Sinh hoạt": "| Mã kỳ | Ngày họp |\n| 2026-03 | d:2026-03-05 |"})

    (finding,) = reading.findings
    assert (finding.code, finding.place.sheet, finding.expected, finding.of_book) == (
        "COLUMN_MISSING",
        "Sinh hoạt",
        "Loại",
        True,
    )


def test_an_optional_sheet_without_its_columns_is_only_reported() -> None:
    reading = read_workbook({"Nhiệm vụ": "| Mã kỳ giao | Nhiệm vụ |\n| 2026-03 | Rà soát |"})

    assert found(reading) == [("TABLE_UNREADABLE", "Nhiệm vụ!")]
    assert reading.book.tasks == ()
    assert "tasks" not in reading.book.tables


def test_an_empty_optional_sheet_is_no_trouble() -> None:
    assert read_workbook({"Nhiệm vụ": "|", "Điểm danh": "| ĐIỂM DANH |"}).findings == ()


def test_two_sheets_of_the_same_meaning_are_reported() -> None:
    reading = read_workbook(
        {
            "Giải trình": "| Mã kỳ | Mã tiêu chí | Lý do |\n| 2026-03 | 1 | Họp ngắn |",
            "Thuyết minh điểm": "| Mã kỳ | Mã tiêu chí | Lý do |\n| 2026-03 | 1 | Khác |",
        }
    )

    assert found(reading) == [("SHEET_AMBIGUOUS", "Thuyết minh điểm!")]
    assert [explanation.reason for explanation in reading.book.explanations] == ["Khác"]


@pytest.mark.parametrize(
    "name",
    ["Chấm điểm (2)", "Chấm điểm 2026", "Cham diem", "Bản sao của Chấm điểm", "ChấmĐiểm", "Châm điêm", "Chấmm điểm"],
)
def test_a_sheet_under_nearly_the_right_name_is_told_as_not_read(name: str) -> None:
    reading = read_workbook({name: ONE_SCORE})

    (finding,) = reading.findings
    assert (finding.code, finding.place.sheet, finding.expected) == ("SHEET_MISNAMED", name, "Chấm điểm")
    assert finding.kind in LEFT_OUT
    assert reading.book.self_scores.points == {}


@pytest.mark.parametrize("name", ["Chấm công", "Điểm số", "Ghi chú", "Sheet1", "2026"])
def test_a_sheet_of_somebodys_own_is_left_in_peace(name: str) -> None:
    assert read_workbook({name: ONE_SCORE}).findings == ()


@pytest.mark.parametrize("name", ["Chấm điểm (2)", "Chấm điểm1", "Bản sao của Chấm điểm", "Copy of Chấm điểm"])
def test_a_copy_beside_the_sheet_itself_is_noted_as_not_read(name: str) -> None:
    (finding,) = read_workbook({"Chấm điểm": ONE_SCORE, name: ONE_SCORE}).findings

    assert (finding.code, finding.severity, finding.place.sheet) == ("SHEET_COPY", Severity.NOTE, name)


@pytest.mark.parametrize("name", ["Sinh hoạt chi đoàn", "Danh sách đảng viên", "Copy", "2026"])
def test_a_sheet_that_only_shares_words_with_one_that_is_there_is_no_copy(name: str) -> None:
    assert read_workbook({name: ONE_SCORE}).findings == ()


def test_a_column_by_its_own_name_is_read_before_one_by_an_alias() -> None:
    sheet = "| Mã kỳ | Loại | Ngày họp | Ngày sinh hoạt |\n| 2026-03 | Thường kỳ | d:2026-03-04 | d:2026-03-05 |"
    reading = read_workbook({"Sinh hoạt": sheet})

    assert reading.book.meetings[0].held_on == date(2026, 3, 5)
    assert found(reading) == [("COLUMN_TWICE", "Sinh hoạt!D1")]


def test_a_row_that_lacks_a_mandatory_value_is_taken_out() -> None:
    rows = MEETINGS + "| 2026-04 | | d:2026-04-07 | | |\n| 2026-05 | Buổi lạ | d:2026-05-07 | | |"
    reading = read_workbook({"Sinh hoạt": rows})

    assert [str(meeting.meeting_code) for meeting in reading.book.meetings] == ["2026-03"]
    assert found(reading) == [("ROW_INCOMPLETE", "Sinh hoạt!B3"), ("ROW_INCOMPLETE", "Sinh hoạt!B4")]
    assert [finding.meeting for finding in reading.findings] == [code("2026-04"), code("2026-05")]
    assert not any(finding.of_book for finding in reading.findings)


def test_a_member_keeps_his_row_without_standing_or_status() -> None:
    reading = read_workbook(
        {"Đảng viên": "| Mã đảng viên | Họ và tên | Tư cách | Tình trạng |\n| DV01 | Người Một | | Nghỉ phép |"}
    )

    (member,) = reading.book.members
    assert (member.standing, member.status) == (None, None)
    assert found(reading) == [("LIST_UNKNOWN", "Đảng viên!D2"), ("REQUIRED_EMPTY", "Đảng viên!C2")]


def test_text_under_the_members_is_no_member() -> None:
    under = """
    |    | Tổng số: 3 | đảng viên |    |    |    |
    |    | Tổng       | 3 người   |    |    |    |
    |    | NGƯỜI LẬP  | BÍ THƯ    |    |    |    |
    |    | (2)        | (3)       |    |    |    |
    |    | n:2        | n:3       |    |    |    |
    """
    reading = read_workbook({"Đảng viên": MEMBERS.rstrip() + under})

    assert len(reading.book.members) == 3
    assert reading.findings == ()


def test_member_codes_keep_their_form() -> None:
    rows = """
    | Mã đảng viên | Họ và tên | Tư cách     | Tình trạng |
    | 0071         | Người Một | Chính thức  | Sinh hoạt  |
    | n:1001       | Người Hai | dự bị       | Miễn       |
    | ĐV 03        | Người Ba  | Chính thức  | Sinh hoạt  |
    """
    reading = read_workbook({"Đảng viên": rows})

    assert [member.member_code for member in reading.book.members] == ["0071", "1001", "ĐV 03"]
    assert reading.book.members[1].standing is Standing.PROBATIONARY
    assert found(reading) == [("VALUE_RETYPED", "Đảng viên!A3")]


CHANGES = """
| Mã đảng viên | Ngày         | Biến động |
| dv02         | d:2026-02-01 | Chuyển đi |
| DV99         | d:2026-02-01 | Chuyển đi |
| n:77         | d:2026-02-01 | Chuyển đi |
| d:2026-02-01 | d:2026-02-01 | Chuyển đi |
| !#REF!       | d:2026-02-01 | Chuyển đi |
| Ghi chú      |              |           |
"""


def test_a_change_of_a_member_who_is_not_listed_is_read() -> None:
    reading = read_workbook({"Biến động đảng viên": CHANGES})

    assert [change.member_code for change in reading.book.changes] == ["DV02", "DV99", "77"]
    assert found(reading) == [
        ("VALUE_RETYPED", "Biến động đảng viên!A4"),
        ("KEY_UNREADABLE", "Biến động đảng viên!A5"),
        ("KEY_UNREADABLE", "Biến động đảng viên!A6"),
    ]


def test_without_the_list_of_members_codes_that_lead_to_it_are_no_fault() -> None:
    roll_call = "| Mã đảng viên | Họ và tên | 2026-03 |\n| !#REF! | !#REF! | X |"
    sheets = {"Thông tin": INFO, "Sinh hoạt": MEETINGS, "Biến động đảng viên": CHANGES, "Điểm danh": roll_call}
    reading = read_book(xlsx(sheets), "so.xlsx", LIBRARY)

    assert [change.member_code for change in reading.book.changes] == ["dv02", "DV99", "77"]
    assert found(reading) == [
        ("SHEET_MISSING", "!"),
        ("VALUE_RETYPED", "Biến động đảng viên!A4"),
        ("KEY_UNREADABLE", "Biến động đảng viên!A5"),
    ]


def test_an_error_in_the_key_of_a_filled_row_is_no_text() -> None:
    reading = read_workbook({"Sinh hoạt": MEETINGS + "| !#REF! | Thường kỳ | d:2026-04-07 | | |\n| !#REF! | | | | |"})

    assert found(reading) == [("KEY_UNREADABLE", "Sinh hoạt!A3")]
    assert len(reading.book.meetings) == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("", "ROW_INCOMPLETE"),
        ("n:202604", "KEY_UNREADABLE"),
        ("202604", "KEY_UNREADABLE"),
        ("Buổi 4", "KEY_UNREADABLE"),
    ],
)
def test_a_meeting_without_a_code_is_told_and_does_not_count(code: str, kind: str) -> None:
    reading = read_workbook({"Sinh hoạt": MEETINGS + f"| {code} | Thường kỳ | d:2026-04-07 | | |"})

    assert found(reading) == [(kind, "Sinh hoạt!A3")]
    assert len(reading.book.meetings) == 1


def test_a_row_that_numbers_the_columns_is_text() -> None:
    table = "| Mã kỳ | Mã tiêu chí | Lý do |\n| (1) | (2) | (3) |\n| 2026-03 | 2a | Họp trực tuyến |"
    reading = read_workbook({"Thuyết minh điểm": table})

    assert len(reading.book.explanations) == 1
    assert reading.findings == ()


def test_a_code_merged_over_two_meetings_is_the_first_one_s() -> None:
    rows = MEETINGS + "| | Thường kỳ | d:2026-04-07 | | |"
    reading = read_workbook({"Sinh hoạt": SheetTable(rows, merges=("A2:A3",))})

    assert found(reading) == [("ROW_INCOMPLETE", "Sinh hoạt!A3")]


@pytest.mark.parametrize(
    ("rows", "found_at"),
    [
        ("| | Người Hai | Chính thức | Sinh hoạt |", [("ROW_INCOMPLETE", "Đảng viên!A3")]),
        ("| d:2026-02-01 | Người Hai | Chính thức | Sinh hoạt |", [("KEY_UNREADABLE", "Đảng viên!A3")]),
        ("| | Tổ đảng 2 | | |", []),
        ("| | Người Hai | như trên | Sinh hoạt |", []),
    ],
)
def test_a_member_without_a_code_is_told(rows: str, found_at: list[tuple[str, str]]) -> None:
    head = (
        "| Mã đảng viên | Họ và tên | Chính thức/Dự bị | Tình trạng |\n| DV01 | Người Một | Chính thức | Sinh hoạt |\n"
    )
    reading = read_workbook({"Đảng viên": head + rows})

    assert found(reading) == found_at
    assert len(reading.book.members) == 1


@pytest.mark.parametrize(
    "head", ["| Mã số | Họ và tên | 2026-03 |", "| Mã số | 2026-03 | Tháng 4 |", "| TT | Họ và tên | T3 |"]
)
def test_a_grid_without_its_column_of_codes_is_told(head: str) -> None:
    told = [("TABLE_UNREADABLE", "Điểm danh!")]

    assert found(read_workbook({"Điểm danh": f"{head}\n| 1 | X | X |"})) == told
    assert found(read_workbook({"Điểm danh": f"{head}\n| | | |"})) == []
    assert found(read_workbook({"Điểm danh": "| Ghi chú | Họ tên viết tắt |\n| 1 | X |"})) == []


def test_a_date_of_a_signature_under_the_table_is_no_meeting() -> None:
    reading = read_workbook({"Sinh hoạt": MEETINGS + "| d:2026-12-31 | NGƯỜI LẬP | | | |\n| 31/12/2026 | | | | |"})

    assert len(reading.book.meetings) == 1
    assert reading.findings == ()


RENAMED = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | {heading}   | Giờ kết thúc | Ý riêng |
    | 2026-03 | Thường kỳ | d:2026-03-05   | {value}     | t:15:30      | n:7     |
"""


@pytest.mark.parametrize("heading", ["Mấy giờ họp", ""])
def test_data_in_the_place_of_a_column_under_another_heading_are_told(heading: str) -> None:
    reading = read_workbook({"Sinh hoạt": RENAMED.format(heading=heading, value="t:14:00")})

    (finding,) = (one for one in reading.findings if one.code != "REQUIRED_EMPTY")
    assert (finding.code, finding.place.address) == ("COLUMN_RENAMED", "D1")
    assert "Giờ bắt đầu" in str(LIBRARY.catalogue.message(finding))


@pytest.mark.parametrize(("heading", "value"), [("Mấy giờ họp", ""), ("", ""), ("Bắt đầu", "t:14:00")])
def test_a_column_without_data_or_under_a_known_name_is_no_loss(heading: str, value: str) -> None:
    reading = read_workbook({"Sinh hoạt": RENAMED.format(heading=heading, value=value)})

    assert "COLUMN_RENAMED" not in [one.code for one in reading.findings]


def test_the_same_headings_over_other_data_are_told_of_the_book_that_has_them() -> None:
    told = [
        [one.code for one in read_workbook({"Sinh hoạt": RENAMED.format(heading="Mấy giờ họp", value=value)}).findings]
        for value in ("t:14:00", "", "t:14:00")
    ]
    assert [codes.count("COLUMN_RENAMED") for codes in told] == [1, 0, 1]


TASKS = """
    | Mã kỳ   | Nhiệm vụ   | Người phụ trách | Hạn          | Kết quả    | {heading}    |
    | 2026-03 | Ra báo cáo | Người Một       | d:2026-03-31 | Hoàn thành | {value}      |
"""
MOVED = """
    | Mã kỳ   | {heading}    | Nhiệm vụ   | Hạn          | Kết quả    | Ngày hoàn thành |
    | 2026-03 | {value}      | Ra báo cáo | d:2026-03-31 | Hoàn thành | d:2026-03-30    |
"""


@pytest.mark.parametrize(
    ("form", "heading", "value", "place", "label"),
    [
        (TASKS, "Xong hôm nào", "d:2026-03-30", "F1", "Ngày hoàn thành"),
        (TASKS, "", "d:2026-03-30", "F1", "Ngày hoàn thành"),
        (MOVED, "Những người phụ trách", "Người Một", "B1", "Người phụ trách"),
    ],
)
def test_the_last_column_and_a_moved_one_under_another_heading_are_told(
    form: str, heading: str, value: str, place: str, label: str
) -> None:
    (finding,) = read_workbook({"Nhiệm vụ": form.format(heading=heading, value=value)}).findings

    assert (finding.code, finding.place.address) == ("COLUMN_RENAMED", place)
    assert label in str(LIBRARY.catalogue.message(finding))


@pytest.mark.parametrize(
    ("form", "heading", "value"),
    [
        (TASKS, "Xong hôm nào", ""),
        (TASKS, "Ghi thêm", "nhớ hỏi lại"),
        (MOVED, "Nơi làm", "Xã Hạ"),
    ],
)
def test_a_column_of_ones_own_in_a_table_that_lacks_one_is_no_loss(form: str, heading: str, value: str) -> None:
    assert read_workbook({"Nhiệm vụ": form.format(heading=heading, value=value)}).findings == ()


PLACED = """
    | {heading} | Mục     | Nội dung  | Người phụ trách | Hạn          | Kết quả |
    | {value}   | Ưu điểm | Họp đều   | Người Một       | d:2026-06-30 | Đạt     |
"""


@pytest.mark.parametrize("value", ["6 tháng", "chưa rõ"])
def test_a_first_column_is_told_where_its_cells_say_what_it_is(value: str) -> None:
    found = read_workbook({"Đánh giá năm": PLACED.format(heading="Đợt nào", value=value)}).findings

    assert ("COLUMN_RENAMED" in [one.code for one in found]) is (value == "6 tháng")


SCORES = """
    | Mã tiêu chí | Điểm tối đa | {first} | {second} |
    | 2a          | n:4         | n:4     | n:3      |
    | 2b          | n:4         | n:4     | n:2      |
    | 3a          | n:5         | n:4     | {third}  |
"""
TWO_HELD = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      |
    | 2026-04 | Thường kỳ | d:2026-04-05   | t:14:00     | t:15:30      |
"""


def unreadable(sheets: dict[str, str]) -> list[tuple[str, str]]:
    """The headings that name no meeting: where they stand, and the meeting that each should name."""
    findings = read_workbook(sheets).findings
    return [(one.place.address, str(one.expected)) for one in findings if one.code == "HEADING_UNREADABLE"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2026-03", "2026-04", []),
        ("2026-03", "buổi sau", [("D1", "2026-04")]),
        ("buổi đầu", "2026-04", [("C1", "2026-03")]),
        ("2026-03", "", [("D1", "2026-04")]),
        ("2026-04", "Trung bình", []),
    ],
)
def test_points_under_a_heading_that_names_no_meeting_are_told(
    first: str, second: str, told: list[tuple[str, str]]
) -> None:
    scores = SCORES.format(first=first, second=second, third="n:3")

    assert unreadable({"Sinh hoạt": TWO_HELD, "Chấm điểm": scores}) == told


def test_a_column_of_ones_own_on_a_score_sheet_is_no_loss() -> None:
    remarks = SCORES.format(first="2026-03", second="Ghi chú", third="").replace("n:3 ", "xem lại").replace("n:2 ", "")
    averages = SCORES.format(first="2026-03", second="Trung bình", third="n:3")

    assert unreadable({"Sinh hoạt": TWO_HELD, "Chấm điểm": remarks}) == []
    assert unreadable({"Sinh hoạt": MEETINGS, "Chấm điểm": averages}) == []


def test_marks_under_a_heading_that_names_no_meeting_are_told_before_the_others_too() -> None:
    marks = "| Mã đảng viên | Họ và tên | {} | 2026-04 |\n| DV01 | Người Một | X | X |\n| DV02 | Người Hai | {} | X |"

    assert unreadable({"Sinh hoạt": TWO_HELD, "Điểm danh": marks.format("buổi đầu", "X")}) == [("C1", "2026-03")]
    assert unreadable({"Sinh hoạt": TWO_HELD, "Điểm danh": marks.format("Nữ", "")}) == []
    assert unreadable({"Sinh hoạt": TWO_HELD, "Điểm danh": marks.format("2026-03", "X")}) == []


@pytest.mark.parametrize(("first", "second"), [("n:3", "n:4"), ("3", "4"), ("Lần 1", "Lần 2")])
def test_a_grid_none_of_whose_headings_names_a_meeting_or_month_is_told_column_by_column(
    first: str, second: str
) -> None:
    marks = (
        f"| Mã đảng viên | Họ và tên | {first} | {second} |\n| DV01 | Người Một | X | X |\n| DV02 | Người Hai | X | P |"
    )
    points = SCORES.format(first=first, second=second, third="n:3")

    assert [place for place, _ in unreadable({"Sinh hoạt": TWO_HELD, "Điểm danh": marks})] == ["C1", "D1"]
    assert [place for place, _ in unreadable({"Sinh hoạt": TWO_HELD, "Chấm điểm": points})] == ["C1", "D1"]
    assert [place for place, _ in unreadable({"Đảng phí": marks.replace("P", "x")})] == ["C1", "D1"]


def test_a_number_over_a_column_between_those_of_meetings_is_told() -> None:
    scores = SCORES.format(first="2026-03", second="n:4", third="n:3")

    assert unreadable({"Sinh hoạt": TWO_HELD, "Chấm điểm": scores}) == [("D1", "2026-04")]


def test_a_table_whose_whole_row_of_headings_is_gone_is_told() -> None:
    _, *rows = SCORES.strip().split("\n")
    signed = "| Ngày 5/3/2026 | |\n| BÍ THƯ | THƯ KÝ |\n| Người Một | Người Hai |"

    assert found(read_workbook({"Chấm điểm": "\n".join(rows).format(third="n:3")})) == [
        ("TABLE_UNREADABLE", "Chấm điểm!")
    ]
    assert read_workbook({"Chấm điểm": signed}).findings == ()


@pytest.mark.parametrize(("heading", "told"), [("Theo quyết định", True), ("Kiểm tra", False), ("KIỂM TRA *", False)])
def test_our_own_column_of_verdicts_stands_in_nobodys_place(heading: str, told: bool) -> None:
    changes = f"""
        | Mã đảng viên | Ngày         | Biến động | {heading} |
        | DV01         | d:2026-03-05 | Từ trần   | OK        |
    """
    codes = [one.code for one in read_workbook({"Biến động đảng viên": changes}).findings]
    assert ("COLUMN_RENAMED" in codes) is told


OUR_FORM = INFO + "    | Phiên bản mẫu | 1 |\n"
LAST_TWO = """
    | Mã đảng viên | Họ và tên | Tổ đảng | Chức vụ Đảng | Chính thức/Dự bị | Tình trạng | Từ ngày | {0} | {1} |
    | DV01         | Người Một | 1       | Bí thư       | Chính thức       | Sinh hoạt  |         | {2} | {3} |
"""
GONE = """
    | Mã kỳ   | {0}          | Nhiệm vụ   | Người phụ trách | Kết quả    | Ngày hoàn thành |
    | 2026-03 | {1}          | Ra báo cáo | Người Một       | Hoàn thành | d:2026-03-30    |
"""


def strange(sheet: str, table: str, info: str = OUR_FORM) -> list[tuple[str, str, int]]:
    """The columns told as gone, where the first of the strange ones stands, and how many more there are."""
    findings = read_workbook({"Thông tin": info, sheet: table}).findings
    return [
        (one.expected, one.place.address, len(one.other_places)) for one in findings if one.code == "COLUMNS_STRANGE"
    ]


def test_columns_of_our_form_that_gave_way_to_others_are_told() -> None:
    two = LAST_TWO.format("Hết hạn", "Dặn thêm", "d:2026-09-30", "hỏi lại")

    assert strange("Đảng viên", two) == [("«Đến ngày», «Ghi chú»", "H1", 1)]
    assert strange("Nhiệm vụ", GONE.format("Phải xong trước", "d:2026-03-31")) == [("«Hạn»", "B1", 0)]


def test_columns_of_ones_own_are_left_in_peace_where_they_cannot_be_those_of_the_form() -> None:
    added = "| Mã kỳ | Nhiệm vụ | Người phụ trách | Hạn | Kết quả | Ngày hoàn thành | Ý riêng |\n"

    assert strange("Nhiệm vụ", added + "| 2026-03 | Ra báo cáo | Người Một | | Hoàn thành | | hay |") == []
    assert strange("Nhiệm vụ", GONE.format("Phải xong trước", "sớm")) == []
    assert strange("Nhiệm vụ", GONE.format("Phải xong trước", "")) == []
    assert strange("Nhiệm vụ", GONE.format("Phải xong trước", "=DATE(2026,3,31) -> 46112")) == []


def test_a_book_of_another_hand_never_had_all_columns_of_our_form() -> None:
    assert strange("Đảng viên", LAST_TWO.format("Hết hạn", "Dặn thêm", "d:2026-09-30", "hỏi lại"), INFO) == []
    assert strange("Nhiệm vụ", GONE.format("Phải xong trước", "d:2026-03-31"), INFO) == []
