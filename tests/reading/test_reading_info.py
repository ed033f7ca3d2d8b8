"""`Thông tin` and the labels around other tables; identity and refusals."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.findings import blocks_book
from chibo.model.vocabulary import AnnualGrade, AssessmentItem, AssessmentTerm, CellKind
from chibo.workbook import read_book
from tables import INFO, LIBRARY, MEETINGS, MEMBERS, SheetTable, found, read_workbook, xlsx


def test_labels_stand_anywhere_and_values_to_their_right() -> None:
    info = """
    |  | SỔ SINH HOẠT CHI BỘ |  |  |  |
    |
    |  | TÊN CHI BỘ *  | Chi bộ  Văn phòng |  | Năm (bắt buộc):  | n:2026 |
    |  | Loại hình     | trường học        |  | Mã chi bộ        | cb-01  |
    |  | Có chi ủy     | K                 |  | Bí thư là thủ trưởng đơn vị | X |
    |  | Bí thư        | Người Một         |  | Phó bí thư       |        |
    """
    reading = read_workbook({"Thông tin": info})
    cell = reading.book.info

    assert (cell.cell_name, cell.year, cell.cell_kind, cell.cell_code) == (
        "Chi bộ Văn phòng",
        2026,
        CellKind.SCHOOL,
        "cb-01",
    )
    assert (cell.has_committee, cell.secretary_is_head, cell.deputy_secretary) == (False, True, "")
    assert cell.places["cell_code"].address == "F4"
    assert reading.findings == ()


def test_the_value_of_a_merged_label_stands_right_of_the_merged_range() -> None:
    wide = "\n".join(line.replace("|", "|", 1).replace(" | ", " | | ", 1) for line in INFO.strip().splitlines())
    merges = tuple(f"A{row}:B{row}" for row in range(1, 10))
    reading = read_workbook({"Thông tin": SheetTable(wide, merges=merges)})

    assert reading.book.info.cell_code == "CB01"
    assert reading.book.info.places["cell_code"].address == "C1"


@pytest.mark.parametrize("label", ["Mã chi bộ", "Tên chi bộ", "Loại hình", "Năm", "Bí thư", "Có chi ủy"])
def test_a_required_label_that_is_missing_refuses_the_book(label: str) -> None:
    lines = [line for line in INFO.strip().splitlines() if line.split("|")[1].strip() != label]
    reading = read_workbook({"Thông tin": "\n".join(lines)})

    (finding,) = reading.findings
    assert (finding.code, finding.expected, blocks_book(reading.findings)) == ("LABEL_MISSING", label, True)


@pytest.mark.parametrize(
    ("label", "value"),
    [("Mã chi bộ", ""), ("Tên chi bộ", "!#REF!"), ("Loại hình", "Câu lạc bộ"), ("Năm", "n:26"), ("Năm", "năm nay")],
)
def test_without_identity_there_is_no_book_but_all_findings(label: str, value: str) -> None:
    lines = [line.rpartition("|")[0] for line in INFO.strip().splitlines()]
    changed = [f"| {label} | {value}" if line.strip().startswith(f"| {label} ") else line for line in lines]
    reading = read_workbook(
        {
            "Thông tin": "\n".join(f"{line}|" for line in changed),
            "Điểm danh": "| Mã đảng viên | 2026-03 |\n| DV01 | d |",
        }
    )

    codes = [finding.code for finding in reading.findings]
    assert reading.book is None
    assert "INFO_UNREADABLE" in codes
    assert "MARK_UNKNOWN" in codes
    assert blocks_book(reading.findings)


def test_an_empty_secretary_is_only_reported() -> None:
    reading = read_workbook({"Thông tin": INFO.replace("Người Một", "")})

    assert reading.book.info.secretary == ""
    assert found(reading) == [("INFO_EMPTY", "Thông tin!B8")]


def test_a_label_written_twice_gives_its_first_value() -> None:
    reading = read_workbook({"Thông tin": INFO + "| BÍ THƯ | Người Hai |\n| Mã chi bộ | cb01 |\n| Phó bí thư | |"})

    assert reading.book.info.secretary == "Người Một"
    (finding,) = reading.findings
    assert (finding.code, finding.place.address) == ("LABEL_TWICE", "B8")
    assert [place.address for place in finding.other_places] == ["B10"]


def test_an_identity_that_contradicts_itself_refuses_the_book() -> None:
    reading = read_workbook({"Thông tin": INFO + "| Mã chi bộ | CB02 |"})

    (finding,) = reading.findings
    assert (finding.code, finding.place.address, finding.of_book) == ("IDENTITY_CONTRADICTORY", "B1", True)
    assert [place.address for place in finding.other_places] == ["B10"]


@pytest.mark.parametrize("missing", ["Thông tin", "Đảng viên", "Sinh hoạt"])
def test_a_required_sheet_that_is_missing_refuses_the_book(missing: str) -> None:
    sheets = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS}
    data = xlsx({name: text for name, text in sheets.items() if name != missing})
    reading = read_book(data, "so.xlsx", LIBRARY)

    missed = next(finding for finding in reading.findings if finding.code == "SHEET_MISSING")
    assert (missed.expected, missed.of_book) == (missing, True)
    assert (reading.book is None) == (missing == "Thông tin")


@pytest.mark.parametrize("name", ["SINH HOẠT 2026", "Sinh hoat", "Sinh hoạt (2)", "Sinhhoạt"])
def test_a_required_sheet_under_nearly_the_right_name_is_named(name: str) -> None:
    sheets = {"Thông tin": INFO, "Đảng viên": MEMBERS, name: MEETINGS, "Ghi chú": "| x |"}
    reading = read_book(xlsx(sheets), "so.xlsx", LIBRARY)

    (missed,) = reading.findings
    assert (missed.code, missed.seen, missed.expected, missed.of_book) == ("SHEET_RENAMED", name, "Sinh hoạt", True)


def test_where_all_required_sheets_have_other_names_each_is_told() -> None:
    names = {"Thông tin": "Thong tin chung", "Đảng viên": "Danh sách đảng viên", "Sinh hoạt": "Trang 3"}
    changes = "| Mã đảng viên | Ngày | Biến động |\n| DV01 | d:2026-02-03 | Chuyển đến |"
    texts = dict(zip(names.values(), (INFO, MEMBERS, MEETINGS), strict=True))
    data = xlsx({**texts, "Biến động đảng viên": changes, "_tinh": SheetTable("| x |", very_hidden=True)})
    reading = read_book(data, "so.xlsx", LIBRARY)

    assert {(finding.code, finding.expected, finding.seen) for finding in reading.findings} == {
        ("SHEET_RENAMED", "Thông tin", "Thong tin chung"),
        ("SHEET_RENAMED", "Đảng viên", "Danh sách đảng viên"),
        ("SHEET_MISSING", "Sinh hoạt", ", ".join([*names.values(), "Biến động đảng viên"])),
    }


@pytest.mark.parametrize("names", [("Thông tin chung", "Doanh thu"), ("Danh sách đảng viên", "Đảng phí")])
def test_a_few_names_like_ours_make_no_book_of_a_cell(names: tuple[str, str]) -> None:
    reading = read_book(xlsx(dict.fromkeys(names, "| x |")), "khac.xlsx", LIBRARY)

    assert [finding.code for finding in reading.findings] == ["NOT_A_CELL_BOOK"]


def test_a_workbook_of_another_kind_is_refused_by_one_finding() -> None:
    reading = read_book(xlsx({"Danh sách": "| TT | Họ tên |", "Trang 2": "| x |"}), "khac.xlsx", LIBRARY)

    (finding,) = reading.findings
    assert (finding.code, finding.seen, reading.book) == ("NOT_A_CELL_BOOK", "Danh sách, Trang 2", None)


PLAN = """
    | KẾ HOẠCH SINH HOẠT CHUYÊN ĐỀ |     |            |                |               |
    | Số kế hoạch                  | 02-KH/CB |       | Ngày ban hành: | 15/01/2026    |
    | Số TT | Quý    | Chuyên đề        | Nội dung bắt buộc    | Tình trạng    |
    | n:1   | Quý I  | Học và làm theo  | KL01; NQTW4 khóa XII | đã sinh hoạt  |
    | n:2   | n:2    | Nâng cao         |                      |               |
"""


def test_labels_above_a_table_are_read_with_it() -> None:
    reading = read_workbook({"Kế hoạch chuyên đề": PLAN})
    plan = reading.book.plan

    assert (plan.plan_number, plan.plan_date) == ("02-KH/CB", date(2026, 1, 15))
    assert [(topic.no, topic.quarter, topic.required_topic) for topic in plan.topics] == [
        ("1", 1, ("KL01", "NQTW4-XII")),
        ("2", 2, ()),
    ]
    assert plan.places["plan_date"].address == "E2"
    assert found(reading) == [("VALUE_RETYPED", "Kế hoạch chuyên đề!E2")]


def test_committee_and_assessment_have_labels_and_rows() -> None:
    reading = read_workbook(
        {
            "Cấp ủy": """
            | Số lượng chi ủy viên theo quy định | n:3 |
            | Chức vụ    | Họ và tên | Ngày bồi dưỡng nghiệp vụ |
            | Bí thư     | Người Một | d:2026-05-04 |
            | Chi ủy viên |          |              |
            """,
            "Đánh giá năm": """
            | Kỳ      | Mục        | Nội dung        | Hạn          |
            | 6 tháng | Khuyết điểm | Ít ý kiến      |              |
            |         | Giải pháp  | Gợi mở trước    | d:2026-09-30 |
            |
            | Ngày tổ chức       | d:2026-12-10 |
            | Tự xếp loại chi bộ | HTTNV        |
            """,
        }
    )
    book = reading.book

    assert book.committee_seats == 3
    assert [(post.post, post.full_name) for post in book.committee] == [("Bí thư", "Người Một"), ("Chi ủy viên", "")]
    assert [(entry.term, entry.item) for entry in book.assessment.entries] == [
        (AssessmentTerm.HALF_YEAR, AssessmentItem.WEAKNESS),
        (AssessmentTerm.YEAR, AssessmentItem.REMEDY),
    ]
    assert (book.assessment.held_on, book.assessment.own_grade) == (date(2026, 12, 10), AnnualGrade.WELL)
    assert reading.findings == ()
