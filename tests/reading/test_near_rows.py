"""A row that lacks one cell is told at that cell; remarks, signatures and prepared rows are left in peace."""

from __future__ import annotations

import pytest

from tables import LIBRARY, MEETINGS, MEMBERS, SheetTable, found, read_workbook

PLAN = "| TT | Quý | Tháng | Chuyên đề | Người chuẩn bị |\n| 1 | n:1 | n:2 | Học và làm theo Bác | Ai |\n"
INSPECTIONS = (
    "| Ngày | Cơ quan thực hiện | Hình thức | Nội dung |\n| d:2026-03-01 | Đảng ủy cơ sở | Kiểm tra | Đảng phí |\n"
)
DOCUMENTS = "| Số văn bản | Ngày văn bản | Trích yếu | Ngày phổ biến |\n| 01 | d:2026-01-01 | x | d:2026-01-05 |\n"
ASSESSMENT = "| Kỳ | Mục | Nội dung | Người phụ trách |\n| 6 tháng | Ưu điểm | Đều đặn | A |\n"


@pytest.mark.parametrize(
    ("sheet", "table", "row", "cell"),
    [
        ("Kế hoạch chuyên đề", PLAN, "| | n:2 | n:5 | Nêu gương | B |", "A3"),
        ("Kế hoạch chuyên đề", PLAN, "| 2 | | n:5 | Nêu gương | B |", "B3"),
        ("Kiểm tra, giám sát", INSPECTIONS, "| | Đảng ủy cơ sở | Kiểm tra | Đảng phí |", "A3"),
        ("Kiểm tra, giám sát", INSPECTIONS, "| d:2026-05-01 | Đảng ủy cơ sở | Kiểm tra | |", "D3"),
        ("Phổ biến văn bản", DOCUMENTS, "| | d:2026-02-01 | y | d:2026-02-05 |", "A3"),
        ("Phổ biến văn bản", DOCUMENTS, "| 02 | | y | d:2026-02-05 |", "B3"),
        ("Đánh giá năm", ASSESSMENT, "| 6 tháng | | Còn chậm | A |", "B3"),
        ("Sinh hoạt", MEETINGS, "| | | d:2026-04-05 | t:14:00 | t:15:30 |", "A3"),
        ("Đảng viên", MEMBERS, "| n:4 | DV04 | | Đảng viên | Chính thức | Sinh hoạt |", "C5"),
        ("Đảng viên", MEMBERS, "| n:4 | DV04 | n:4 | Đảng viên | Chính thức | Sinh hoạt |", "C5"),
    ],
)
def test_the_cell_that_is_missing_is_told(sheet: str, table: str, row: str, cell: str) -> None:
    assert found(read_workbook({sheet: table + row})) == [("ROW_INCOMPLETE", f"{sheet}!{cell}")]


def test_an_example_is_not_told_as_the_value_to_be_written() -> None:
    lacking = read_workbook({"Đảng viên": MEMBERS + "| n:4 | | Người Bốn | Đảng viên | Chính thức | Sinh hoạt |"})
    no_kind = read_workbook({"Sinh hoạt": MEETINGS + "| 2026-04 | | d:2026-04-05 | t:14:00 | t:15:30 |"})
    code, kind = (LIBRARY.catalogue.message(found.findings[0]).mend for found in (lacking, no_kind))
    assert code == "Ghi «Mã đảng viên» (DV01 …)."
    assert kind.startswith("Ghi «Loại»: Thường kỳ; ")


@pytest.mark.parametrize(
    ("sheet", "table", "row"),
    [
        ("Kế hoạch chuyên đề", PLAN, "| 2 | n:2 | n:5 | | |"),
        ("Kế hoạch chuyên đề", PLAN, "| | Quý II | | | |"),
        ("Kế hoạch chuyên đề", PLAN, "| NGƯỜI LẬP | | | BÍ THƯ | |"),
        ("Phổ biến văn bản", DOCUMENTS, "| NGƯỜI LẬP | | | BÍ THƯ |"),
        ("Đánh giá năm", ASSESSMENT, "| 6 tháng | Hạn chế | | |"),
        ("Sinh hoạt", MEETINGS, "| | Bí thư | d:2026-12-31 | | |"),
        ("Đảng viên", MEMBERS, "| n:4 | DV04 | | | | |"),
        ("Đảng viên", MEMBERS, "| n:4 | DV04 | | | Chính thức | |"),
        ("Đảng viên", MEMBERS, "| | Tổng số: 3 | | | 2 chính thức | 1 dự bị |"),
    ],
)
def test_remarks_signatures_and_prepared_rows_are_text(sheet: str, table: str, row: str) -> None:
    assert found(read_workbook({sheet: table + row})) == []


def test_a_remark_merged_over_columns_is_text() -> None:
    rows = PLAN + "| | n:2 | n:5 | Chuyên đề do chi ủy phân công | B |"
    reading = read_workbook({"Kế hoạch chuyên đề": SheetTable(rows, merges=("D3:E3",))})

    assert found(reading) == []
