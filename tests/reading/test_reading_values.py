"""Values that depend on their neighbours: two counts in one cell, empty answers, the epoch of 1904, broken cells."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from zipfile import ZipFile

import pytest

from builders import code
from chibo.definitions.library import Library
from chibo.findings import all_kinds
from chibo.model.vocabulary import InspectionKind, InspectionSubject
from chibo.workbook import read_book
from chibo.workbook.reading import kinds
from tables import MEETINGS, a_workbook, found, read_workbook


def meetings(**columns: str) -> str:
    """The sheet of one held meeting with further columns."""
    header, row = MEETINGS.strip().splitlines()
    labels = [label.replace("_", " ") for label in columns]
    return f"{header.strip()} {' | '.join(labels)} |\n{row.strip()} {' | '.join(columns.values())} |"


def meeting_with(**columns: str):
    """The reading, and its one meeting."""
    reading = read_workbook({"Sinh hoạt": meetings(**columns)})
    return reading, reading.book.meetings[0]


@pytest.mark.parametrize(
    ("present", "membership", "expected", "codes"),
    [
        ("17/18", "", (17, 18), ["VALUE_REPAIRED"]),
        ("17/18", "n:18", (17, 18), ["VALUE_REPAIRED"]),
        ("d:2026-10-09", "", (9, 10), ["VALUE_REPAIRED"]),
        ("n:17", "17/18", (17, 18), ["VALUE_REPAIRED"]),
        ("", "17/18", (17, 18), ["VALUE_REPAIRED"]),
        ("17/18", "n:20", (17, 20), ["VALUE_REPAIRED", "COUNTS_DIFFER"]),
        ("n:16", "17/18", (16, 18), ["VALUE_REPAIRED", "COUNTS_DIFFER"]),
        ("n:17", "n:18", (17, 18), []),
    ],
)
def test_two_counts_in_one_cell(present: str, membership: str, expected: tuple[int, int], codes: list[str]) -> None:
    reading, meeting = meeting_with(**{"Có_mặt": present, "Đảng_số": membership})

    assert (meeting.present, meeting.membership) == expected
    assert [finding.code for finding in reading.findings] == codes


def test_counts_that_differ_name_both_cells() -> None:
    reading, _ = meeting_with(**{"Có_mặt": "17/18", "Đảng_số": "n:20"})

    finding = reading.findings[-1]
    assert (finding.place.address, [place.address for place in finding.other_places]) == ("F2", ["G2"])
    assert (finding.seen, finding.expected, finding.meeting) == ("17/18", "20", code("2026-03"))


def test_an_empty_answer_of_a_held_meeting_is_no_where_the_layout_says_so() -> None:
    columns = {"Biên_bản_ghi_đầy_đủ": "", "Cấp_trên_dự": "", "Biên_bản_họp_chi_ủy": ""}
    reading, meeting = meeting_with(**columns)

    assert (meeting.minutes_kept, meeting.supervisor_present, meeting.committee_minutes) == (False, False, None)
    assert reading.findings == ()


def test_an_empty_answer_of_a_meeting_not_held_stays_unknown() -> None:
    sheet = "| Mã kỳ | Loại | Ngày họp | Biên bản |\n| 2026-03 | Thường kỳ | | |"
    (meeting,) = read_workbook({"Sinh hoạt": sheet}).book.meetings

    assert meeting.minutes_kept is None


def test_an_answer_that_cannot_be_read_stays_unknown() -> None:
    reading, meeting = meeting_with(**{"Biên_bản": "chưa xong", "Cấp_trên_dự": "!#REF!"})

    assert (meeting.minutes_kept, meeting.supervisor_present) == (None, None)
    assert found(reading) == [("YES_NO_UNREADABLE", "Sinh hoạt!F2"), ("CELL_ERROR", "Sinh hoạt!G2")]


def test_dates_that_count_from_1904() -> None:
    header, row = MEETINGS.strip().splitlines()
    rows = f"{header} Ngày đăng ký |\n{row} n:44624 |"
    reading = read_book(a_workbook({"Sinh hoạt": rows}, date_1904=True), "so.xlsx", Library())

    (meeting,) = reading.book.meetings
    assert (meeting.held_on, meeting.starts_at, meeting.registered_on) == (
        date(2026, 3, 5),
        time(14, 0),
        date(2026, 3, 5),
    )


def test_an_extension_does_not_change_where_dates_count_from() -> None:
    """The list of extensions of a workbook may have a `workbookPr` too, in a namespace of its own."""
    extension = b'<extLst><ext xmlns:x14="urn:x14"><x14:workbookPr defaultImageDpi="32767"/></ext></extLst></workbook>'
    given, made = BytesIO(a_workbook(date_1904=True)), BytesIO()
    with ZipFile(given) as package, ZipFile(made, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(b"</workbook>", extension))
    reading = read_book(made.getvalue(), "so.xlsx", Library())

    assert reading.book == read_book(given.getvalue(), "so.xlsx", Library()).book


def test_the_stored_values_of_formulas_are_read() -> None:
    reading, meeting = meeting_with(**{"Đảng_số": "=10+8 -> 18", "Chủ_trì": '=A1&"" -> Người Một'})

    assert (meeting.membership, meeting.chair) == (18, "Người Một")
    assert reading.findings == ()


def test_inspections_take_several_subjects_and_bodies_of_the_list() -> None:
    reading = read_workbook(
        {
            "Kiểm tra giám sát": """
            | Ngày         | Cơ quan thực hiện | Hình thức | Nội dung                              | Kết luận số |
            | d:2026-06-10 | UBKT cơ sở        | giám sát  | Đảng phí; Chế độ sinh hoạt đảng       | 05-KL/UBKT  |
            | d:2026-09-10 | Thanh tra         | Kiểm tra  | Đảng phí; Việc khác                   |             |
            | Ghi chú      |                   |           |                                       |             |
            """
        }
    )

    first, second = reading.book.inspections
    assert (first.authority, first.kind) == ("UBKT Đảng ủy cơ sở", InspectionKind.REGULAR_SUPERVISION)
    assert first.subjects == (InspectionSubject.DUES, InspectionSubject.MEETING_REGIME)
    assert (second.authority, second.subjects) == ("Thanh tra", (InspectionSubject.DUES,))
    assert found(reading) == [
        ("AUTHORITY_UNKNOWN", "Kiểm tra giám sát!B3"),
        ("LIST_UNKNOWN", "Kiểm tra giám sát!D3"),
    ]


def test_the_meeting_of_a_dissemination_may_be_absent_or_unreadable() -> None:
    reading = read_workbook(
        {
            "Phổ biến văn bản": """
            | Số văn bản | Ngày văn bản | Kỳ sinh hoạt | Số đảng viên dự | Số đảng viên phải dự |
            | 50-CT/TW   | d:2025-07-23 | T3           | 17/18           |                      |
            | 42-HD/BTCTW | 28/10/2025  | họp riêng    |                 |                      |
            """
        }
    )

    first, second = reading.book.disseminations
    assert (first.meeting_code, first.reached, first.owed) == (code("2026-03"), 17, 18)
    assert (second.meeting_code, second.document_date) == (None, date(2025, 10, 28))
    assert "MEETING_CODE_UNREADABLE" in [finding.code for finding in reading.findings]


def test_every_kind_of_reading_has_its_sentences() -> None:
    entries = Library().catalogue.entries
    own = {kind.code for kind in all_kinds() if kind in vars(kinds).values()}

    assert own
    assert own <= entries.keys()
