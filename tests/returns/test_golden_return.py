"""The month return from workbooks to workbook: golden parts, live totals, sources that can be read again.

The golden parts lie in tests/golden/thang-2026-03/. To make them anew after a change that is meant, run
`CHIBO_UPDATE_GOLDEN=1 pytest tests/returns/test_golden_return.py` and read the difference before committing it.
"""

from __future__ import annotations

import io
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdf
import pytest

from chibo.consolidation import Consolidation, period_table
from chibo.engine.running import run_books
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.reports import return_workbook
from excel import convert, parts_of, text_of, without_cached_values
from golden_office import golden_office
from scored import LIBRARY

GOLDEN = Path(__file__).parents[1] / "golden" / "thang-2026-03"
DAY = date(2026, 4, 5)
BOOKS = golden_office()


@pytest.fixture(scope="module")
def consolidation() -> Consolidation:
    return run_books(find_uploads(BOOKS.items()), LIBRARY, today=DAY).consolidation


def month_return(consolidation: Consolidation, **options) -> bytes:
    table = period_table(consolidation, Period.parse("2026-03"))
    return return_workbook(LIBRARY.returns["thang"], table, LIBRARY.issuer, DAY, **options)


@pytest.fixture(scope="module")
def data(consolidation) -> bytes:
    return month_return(consolidation)


@pytest.fixture(scope="module")
def sheet(data):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]


def rows(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_starting(sheet, text: str) -> int:
    """The last row (from 1) whose first cell starts with this text."""
    return max(cell.row for cell in sheet["A"] if str(cell.value or "").startswith(text))


def test_the_return_is_part_by_part_the_golden_one(data):
    parts = parts_of(data)
    if os.environ.get("CHIBO_UPDATE_GOLDEN"):
        for name, text in parts.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, encoding="utf-8")
    stored = {
        path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8")
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }
    assert sorted(parts) == sorted(stored)
    for name, text in stored.items():
        assert parts[name] == text, name


def test_the_same_data_and_day_give_the_same_bytes(data, consolidation):
    again = run_books(find_uploads(reversed(BOOKS.items())), LIBRARY, today=DAY, workers=2).consolidation
    assert month_return(again) == data
    assert again == consolidation


def test_another_day_changes_date_line_and_properties_alone(data, consolidation):
    table = period_table(consolidation, Period.parse("2026-03"))
    other = return_workbook(LIBRARY.returns["thang"], table, LIBRARY.issuer, date(2026, 12, 10))
    before, after = parts_of(data), parts_of(other)
    assert {name for name in before if before[name] != after[name]} == {"docProps/core.xml", "xl/sharedStrings.xml"}
    assert "ngày 05 tháng 4 năm 2026" in before["xl/sharedStrings.xml"]
    assert "ngày 10 tháng 12 năm 2026" in after["xl/sharedStrings.xml"]


def test_the_head_names_the_party_the_issuer_and_the_subject(sheet):
    texts = [value for row in rows(sheet)[:8] for value in row if value]
    assert texts == [
        "ĐẢNG BỘ TỈNH",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
        "*",
        "................., ngày 05 tháng 4 năm 2026",
        "BIỂU TỔNG HỢP",
        "kết quả đánh giá, xếp loại chất lượng sinh hoạt chi bộ tháng 3 năm 2026",
        "-----",
    ]


def test_two_header_rows_and_the_numbering_row(sheet):
    numbering = next(row for row in sheet.iter_rows() if row[0].value == "(1)")
    assert [cell.value for cell in numbering] == [f"({number})" for number in range(1, 11)]
    top, second = (list(sheet[numbering[0].row - offset]) for offset in (2, 1))
    merged = {str(found) for found in sheet.merged_cells.ranges}
    row = top[0].row
    assert {f"A{row}:A{row + 1}", f"E{row}:I{row}", f"J{row}:J{row + 1}"} <= merged
    assert [cell.value for cell in top if cell.value] == [
        "STT",
        "Tên đơn vị",
        "Số lượng đảng viên",
        "Ngày họp",
        "Mức đánh giá xếp loại",
        "Ghi chú (thuyết minh điểm trừ)",
    ]
    assert [cell.value for cell in second if cell.value] == ["Số điểm", "Tốt", "Khá", "Trung bình", "Kém"]


def test_every_unit_has_its_row(sheet):
    first = next(row for row in sheet.iter_rows() if row[0].value == "(1)")[0].row + 1
    last = row_starting(sheet, "Tổng cộng")
    shown = [
        [value.date() if isinstance(value, datetime) else value for value in row]
        for row in rows(sheet)[first - 1 : last]
    ]
    march = date(2026, 3, 5)
    assert shown == [
        ["I", "Đảng bộ Sở Thử nghiệm", *[None] * 8],
        [1, "Chi bộ Phòng Tổng hợp", "2/3", march, 96.5, "x", None, None, None,
         "(tự chấm); Tiêu chí 2a (−3): Một đồng chí đi công tác xa theo phân công; "
         "Chuyên đề 2026-03-CĐ ngày 19/03/2026: Nêu gương của cán bộ, đảng viên"],
        [2, "Chi bộ Phòng Nghiệp vụ", "17/18", date(2026, 3, 6), 82.5, None, "x", None, None, None],
        ["Cộng", None, None, None, None, 1, 1, 0, 0, None],
        ["II", "Đảng bộ Ban Mẫu vật", *[None] * 8],
        [3, "Chi bộ Trung tâm", None, march, None, None, None, None, None, "Chưa chấm đủ"],
        [4, "Chi bộ Kho mẫu", *[None] * 7, "Hoãn đến 02/04/2026: Bận phòng chống lụt"],
        [5, "Chi bộ Bảo quản", *[None] * 7, "Chưa báo cáo"],
        ["Cộng", None, None, None, None, 0, 0, 0, 0, None],
        ["III", "Các chi bộ cơ sở trực thuộc Đảng ủy Khối", *[None] * 8],
        [6, "=Chi bộ Cơ sở", *[None] * 7, "Không tổ chức: +Mất điện <&>"],
        [7, "Chi bộ Trạm", None, march, 43, None, None, None, "x", "(tự chấm)"],
        ["Cộng", None, None, None, None, 0, 0, 0, 1, None],
        ["Tổng cộng", None, None, None, None, 1, 1, 0, 1, None],
    ]  # fmt: skip


def test_notes_and_signatures_stand_below_the_table(sheet):
    last = row_starting(sheet, "Tổng cộng")
    below = [value for row in rows(sheet)[last:] for value in row if value]
    assert below[0].startswith("Ghi chú: ")
    assert below[1] == "Tổng số 7 chi bộ; đã tổ chức 4; hoãn hoặc không tổ chức 2; chưa báo cáo 1."
    assert below[2:] == ["NGƯỜI LẬP BIỂU", "T/M BAN THƯỜNG VỤ", "BÍ THƯ"]


def test_the_sheet_is_set_up_to_be_printed(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    setup, margins = sheet.page_setup, sheet.page_margins
    assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (9, "landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage, "one page wide, which is what an absent fitToWidth means"
    in_mm = [round(getattr(margins, side) * 25.4) for side in ("top", "bottom", "left", "right")]
    assert in_mm == [20, 20, 30, 15]
    assert sheet.print_title_rows == "$9:$11"
    assert sheet.oddFooter.center.text == "&P/&N"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Times New Roman"}


def test_totals_are_live_formulas(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    total = row_starting(sheet, "Tổng cộng")
    assert sheet.cell(total, 6).value == f'=COUNTIF(F12:F{total - 1},"x")'
    assert sheet.cell(15, 6).value == '=COUNTIF(F13:F14,"x")'
    texts = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(texts) == 16, "nothing but the totals is a formula"


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_cached_totals(data, tmp_path):
    recalculated = convert(without_cached_values(data, DAY), "xlsx", tmp_path)
    theirs = openpyxl.load_workbook(recalculated, data_only=True).worksheets[0]
    ours = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    places = [cell.coordinate for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert {place: theirs[place].value for place in places} == {place: ours[place].value for place in places}


# The sheet Nguồn


def sources(data: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Nguồn"]
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def read_again(source: dict[str, object]) -> object:
    """What stands at a source's place in the cell's own workbook, read by another library."""
    book = openpyxl.load_workbook(io.BytesIO(BOOKS[source["Tệp"]]), data_only=True)
    found = book[source["Trang"]][source["Ô"]]
    values = [line[0].value for line in found] if isinstance(found, tuple) else [found.value]
    match source["Số liệu"]:
        case "Có mặt" if len(values) > 1:
            return sum(mark == "X" for mark in values)
        case "Đảng số" if len(values) > 1:
            return len(values)
        case "Điểm tự chấm" | "Điểm thẩm định":
            return float(sum(Decimal(str(points)) for points in values if points is not None))
        case "Xếp loại tự chấm" | "Xếp loại thẩm định":
            total = sum(Decimal(str(points)) for points in values if points is not None)
            return LIBRARY.frames["hd42-thuong-ky"].grade_of(total).value
    (value,) = values
    if isinstance(value, str) and value[2:3] == "/":
        return datetime.strptime(value, "%d/%m/%Y")
    return value


def test_every_figure_can_be_read_again_at_its_source(data):
    listed = sources(data)
    assert len(listed) == 27
    for source in listed:
        assert read_again(source) == source["Giá trị"], source


def test_the_source_of_a_figure_is_found_by_its_place_in_the_return(data, sheet):
    (score,) = [source for source in sources(data) if source["Ô của biểu"] == "E14"]
    assert (score["Cột"], score["Mã đơn vị"], score["Mã kỳ"]) == ("(5)", "GD02", "2026-03")
    assert (score["Tệp"], score["Trang"], score["Ô"]) == ("GD02.xlsx", "Thẩm định", "D2:D29")
    assert sheet["E14"].value == score["Giá trị"] == 82.5


def test_a_copy_for_outside_has_no_sources(consolidation):
    book = openpyxl.load_workbook(io.BytesIO(month_return(consolidation, with_sources=False)))
    assert book.sheetnames == ["Biểu tổng hợp"]


@pytest.mark.libreoffice
def test_the_return_prints_with_all_that_belongs_on_the_paper(data, tmp_path):
    printed = convert(data, "pdf", tmp_path)
    page = pypdf.PdfReader(printed).pages[0]
    assert page.mediabox.width > page.mediabox.height
    text = text_of(printed)
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "BIỂU TỔNG HỢP", "Chi bộ Phòng Tổng hợp", "Tổng cộng", "T/M BAN THƯỜNG VỤ"):
        assert words in text
