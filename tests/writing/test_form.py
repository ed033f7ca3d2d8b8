"""The workbook as an Excel form: lists, limits, locks, names, print set-up, and formulas that say what they should."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import takewhile
from pathlib import Path

import pytest
from attrs import evolve
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from builders import a_book, a_meeting, a_roll_call, an_info, some_scores
from chibo.definitions.layouts import ValueType
from chibo.definitions.library import Library
from chibo.model import CellBook, Member
from chibo.workbook import read_book, write_book
from excel import text_of
from recalculation import recalculated

LIBRARY = Library()
TODAY = date(2026, 6, 15)
LAYOUT = LIBRARY.layout
ENTERED = {sheet.code: sheet for sheet in LAYOUT.sheets}


def opened(book: CellBook, *, values: bool = False) -> Workbook:
    """The written workbook, its formulas or (`values`) what is stored with them."""
    return load_workbook(BytesIO(write_book(book, LIBRARY, TODAY)), data_only=values)


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return opened(CellBook(info=an_info()))


@pytest.fixture(scope="module")
def filled() -> Workbook:
    book = a_book(
        a_meeting("2026-03", **dict.fromkeys(("membership", "exempt", "present", "excused", "unexcused"))),
        a_meeting("2026-04"),
        roll_call=a_roll_call({"2026-03": "XXXXXXXPPK"}),
        self_scores=some_scores("2026-03", c1=5, c3a=1),
    )
    return opened(book)


def header_of(sheet: Worksheet, label: str) -> tuple[int, int]:
    """Row and column of a heading."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.removesuffix(" *") == label:
                return cell.row, cell.column
    raise AssertionError(f"{sheet.title} has no heading {label}")


def validation_at(sheet: Worksheet, row: int, column: int) -> DataValidation | None:
    """The rule on what may be typed into a cell."""
    address = sheet.cell(row, column).coordinate
    return next((rule for rule in sheet.data_validations.dataValidation if address in rule.sqref), None)


def offered(book: Workbook, rule: DataValidation) -> list[object]:
    """What a drop-down offers."""
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    name, _, area = rule.formula1.rpartition("!")
    return [cell.value for (cell,) in book[name.strip("'")][area]]


def test_every_list_column_has_its_drop_down(blank: Workbook) -> None:
    for layout in LAYOUT.sheets:
        sheet = blank[layout.name]
        for column in layout.columns:
            if column.type in {ValueType.LIST, ValueType.YES_NO}:
                row, at = header_of(sheet, column.label)
                rule = validation_at(sheet, row + 1, at)
                assert rule is not None, (layout.name, column.label)
                values = [entry.value for entry in LAYOUT.lists[column.list or "yes_no"]]
                assert offered(blank, rule) == values
                assert rule.showErrorMessage


@pytest.mark.parametrize(
    ("sheet", "label", "kind", "bounds"),
    [
        ("Sinh hoạt", "Đảng số", "whole", ("0", "9999")),
        ("Sinh hoạt", "Kết quả thực hiện nghị quyết, kết luận kỳ trước (%)", "decimal", ("0", "100")),
        ("Kế hoạch chuyên đề", "Tháng", "whole", ("1", "12")),
    ],
)
def test_numbers_have_their_limits(blank: Workbook, sheet: str, label: str, kind: str, bounds: tuple[str, str]) -> None:
    row, column = header_of(blank[sheet], label)
    rule = validation_at(blank[sheet], row + 1, column)
    assert rule is not None
    assert (rule.type, rule.formula1, rule.formula2) == (kind, *bounds)


def test_days_and_times_warn_but_let_other_ways_of_writing_pass(blank: Workbook) -> None:
    sheet = blank["Sinh hoạt"]
    for label, kind, shown in (("Ngày sinh hoạt", "date", "dd/mm/yyyy"), ("Giờ bắt đầu", "time", "hh:mm")):
        row, column = header_of(sheet, label)
        rule = validation_at(sheet, row + 1, column)
        assert rule is not None
        assert (rule.type, rule.errorStyle) == (kind, "warning")
        assert sheet.cell(row + 1, column).number_format == shown


def test_points_are_limited_by_their_criterion(blank: Workbook) -> None:
    sheet = blank["Chấm điểm"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    picked = validation_at(sheet, rows["2a"], 4)
    assert picked is not None
    assert offered(blank, picked) == ["4", "3", "2", "1"]
    bounded = validation_at(sheet, rows["5a"], 4)
    assert bounded is not None
    assert (bounded.type, bounded.formula1, bounded.formula2) == ("decimal", "0", "2")
    by_kind = validation_at(sheet, rows["4b"], 4)
    assert by_kind is not None
    assert by_kind.type == "custom"
    assert "15" in by_kind.formula1
    assert "10" in by_kind.formula1


def test_points_out_of_place_are_marked(blank: Workbook) -> None:
    sheet = blank["Chấm điểm"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}

    def marks(code: str) -> list[str]:
        area = sheet.cell(rows[code], 4).coordinate
        found = [entry.rules for entry in sheet.conditional_formatting if area in entry.sqref]
        return [formula for rules in found for rule in rules for formula in rule.formula]

    over, unfit = marks("2a")
    assert f"D{rows['2a']}>4" in over
    assert f"D{rows['2a']}<>3" in unfit
    assert any('"Thường kỳ",TRUE' in mark for mark in marks("4c")), "scored at combined meetings only"
    assert any("MOD(" in mark for mark in marks("5a"))


def test_an_empty_required_cell_is_marked_once_its_row_is_begun(blank: Workbook) -> None:
    sheet = blank["Đảng viên"]
    row, column = header_of(sheet, "Họ và tên")
    cell = sheet.cell(row + 1, column).coordinate
    (mark,) = [
        formula
        for entry in sheet.conditional_formatting
        if cell in entry.sqref
        for rule in entry.rules
        for formula in rule.formula
    ]
    assert mark.startswith(f'AND({cell}=""')


def test_each_criterion_explains_itself(blank: Workbook) -> None:
    sheet = blank["Chấm điểm"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    frame = LIBRARY.frames["hd42-thuong-ky"]
    for code, criterion in frame.criteria.items():
        comment = sheet.cell(rows[code], 2).comment
        assert comment is not None, code
        assert criterion.label in comment.text
    assert "90" in sheet.cell(rows["2a"], 2).comment.text


def test_every_sheet_is_protected_without_a_password_and_inputs_are_open(filled: Workbook) -> None:
    for layout in LAYOUT.sheets:
        sheet = filled[layout.name]
        assert sheet.protection.sheet, layout.name
        assert not sheet.protection.password, layout.name
        for column in layout.columns:
            row, at = header_of(sheet, column.label)
            assert sheet.cell(row, at).protection.locked, (layout.name, column.label)
            if layout.code not in {"roll_call", "dues", "self_scores", "official_scores"}:
                shown = column.type is ValueType.SHOWN
                assert sheet.cell(row + 1, at).protection.locked is shown, (layout.name, column.label)


def test_totals_groups_and_grade_are_locked_formulas(filled: Workbook) -> None:
    sheet = filled["Chấm điểm"]
    for label in ("Tổng điểm", "Xếp loại", "Còn phải chấm (tiêu chí)", "1. Thời gian, thời lượng sinh hoạt"):
        row = next(cell.row for (cell,) in sheet.iter_rows(min_col=2, max_col=2) if cell.value == label)
        for column in (4, 27):
            cell = sheet.cell(row, column)
            assert cell.data_type == "f", label
            assert cell.protection.locked, label
    row = next(cell.row for (cell,) in sheet.iter_rows(min_col=1, max_col=1) if cell.value == "3a")
    assert not sheet.cell(row, 4).protection.locked


def test_the_roll_call_gives_the_counts_until_one_is_typed(filled: Workbook) -> None:
    sheet = filled["Sinh hoạt"]
    row, present = header_of(sheet, "Có mặt")
    counted, typed = sheet.cell(row + 1, present), sheet.cell(row + 2, present)
    assert "COUNTIF" in counted.value
    assert "'Điểm danh'!" in counted.value
    assert not counted.protection.locked
    assert typed.value == 10


def test_counts_are_stored_with_their_formulas() -> None:
    untyped = dict.fromkeys(("membership", "exempt", "present", "excused", "unexcused"))
    book = a_book(a_meeting("2026-03", **untyped), roll_call=a_roll_call({"2026-03": "XXXXXXXPPK"}))
    sheet = opened(book, values=True)["Sinh hoạt"]
    row, _ = header_of(sheet, "Có mặt")
    shown = {
        label: sheet.cell(row + 1, header_of(sheet, label)[1]).value for label in ("Đảng số", "Có mặt", "Vắng có lý do")
    }
    assert shown == {"Đảng số": 10, "Có mặt": 7, "Vắng có lý do": 2}


def test_a_verdict_stands_beside_each_meeting_in_the_words_of_the_check() -> None:
    backwards = a_meeting("2026-03", starts_at=a_meeting().ends_at, ends_at=a_meeting().starts_at)
    sheet = opened(a_book(a_meeting("2026-02"), backwards), values=True)["Sinh hoạt"]
    row, column = header_of(sheet, "Kiểm tra")
    assert sheet.cell(row + 1, column).value == "OK"
    title = LIBRARY.catalogue.entries["END_NOT_AFTER_START"].vi.title
    assert title in sheet.cell(row + 2, column).value
    assert sheet.cell(row + 2, column).protection.locked


def test_codes_and_meeting_headings_are_text(blank: Workbook) -> None:
    for layout in LAYOUT.sheets:
        sheet = blank[layout.name]
        for column in layout.columns:
            if column.type in {ValueType.CODE, ValueType.MEMBER_CODE, ValueType.MEETING_CODE, ValueType.CRITERION}:
                row, at = header_of(sheet, column.label)
                first = row + 1 if layout.code not in {"self_scores", "official_scores"} else row + 7
                assert sheet.cell(first, at).number_format == "@", (layout.name, column.label)
        if layout.spread and layout.spread.over == "meetings":
            row, at = header_of(sheet, "2026-01")
            assert [sheet.cell(row, at + index).number_format for index in range(24)] == ["@"] * 24


def test_there_is_room_for_more(blank: Workbook) -> None:
    for name, label, rows in (("Sinh hoạt", "Mã kỳ", 24), ("Đảng viên", "Họ và tên", 80)):
        row, column = header_of(blank[name], label)
        assert all(not blank[name].cell(row + index, column).protection.locked for index in (1, rows)), name


def test_a_cell_whose_members_are_known_gets_a_dozen_spare_rows_not_pages_of_them() -> None:
    def offered(count: int) -> list[int]:
        members = tuple(Member(member_code=f"DV{number:02d}", full_name=f"Người {number}") for number in range(count))
        book = opened(CellBook(info=an_info(), members=members))
        names = ("Đảng viên", "Điểm danh", "Đảng phí")
        rows = []
        for name in names:
            row, column = header_of(book[name], "Mã đảng viên")
            below = (book[name].cell(row + index, column) for index in range(1, 300))
            rows.append(sum(1 for cell in takewhile(lambda cell: cell.border.left.style, below)))
        return rows

    assert offered(0) == [80, 80, 80]
    assert offered(10) == [22, 22, 22]
    assert offered(40) == [60, 60, 60]
    assert offered(70) == [87, 87, 87]


def test_the_months_of_the_year_head_the_grids(blank: Workbook) -> None:
    for name in ("Điểm danh", "Chấm điểm", "Thẩm định"):
        row, column = header_of(blank[name], "2026-01")
        assert [blank[name].cell(row, column + index).value for index in (0, 11, 12)] == ["2026-01", "2026-12", None]


def test_the_bands_of_meetings_are_merged_headings(blank: Workbook) -> None:
    sheet = blank["Sinh hoạt"]
    areas = sorted(sheet.merged_cells.ranges, key=lambda area: area.min_col)
    merged = [sheet.cell(area.min_row, area.min_col).value for area in areas]
    named = [band for band in merged if band]
    assert list(dict.fromkeys(named)) == ["Đăng ký", "Chuẩn bị", "Diễn biến", "Kết quả"]


def test_every_page_of_the_meetings_has_the_title_and_the_names_of_its_bands(blank: Workbook) -> None:
    sheet = blank["Sinh hoạt"]
    row, _ = header_of(sheet, "Mã kỳ")
    assert "CÁC BUỔI SINH HOẠT CHI BỘ TRONG NĂM" in sheet.oddHeader.left.text
    assert sheet.print_area.startswith(f"'Sinh hoạt'!$A${row - 1}:")
    breaks = [found.id for found in sheet.col_breaks.brk]
    assert breaks
    for column in breaks:  # the first column of a page is the next one
        assert sheet.cell(row - 1, column + 1).value, "the band's name stands where the page begins"
        crossing = [area for area in sheet.merged_cells.ranges if area.min_col <= column < area.max_col]
        assert not crossing, column


def test_every_anchor_has_a_name(blank: Workbook) -> None:
    names = blank.defined_names
    for layout in LAYOUT.sheets:
        for label in layout.labels:
            sheet, address = next(iter(names[f"chibo.{layout.code}.{label.code}"].destinations))
            value = blank[sheet][address.replace("$", "")]
            beside = blank[sheet].cell(value.row, value.column - 1).value
            assert beside.removesuffix(" *") == label.label
        if layout.columns:
            sheet, address = next(iter(names[f"chibo.{layout.code}.header"].destinations))
            headings = {str(cell.value).removesuffix(" *") for cell in blank[sheet][address.replace("$", "")][0]}
            assert {column.label for column in layout.columns} <= headings
    assert "chibo.roll_call.grid" in names
    assert "chibo.self_scores.headings" in names


def test_the_version_of_the_layout_stands_on_a_very_hidden_sheet(blank: Workbook) -> None:
    hidden = [sheet for sheet in blank.worksheets if sheet.title.startswith("_")]
    assert {sheet.sheet_state for sheet in hidden} == {"veryHidden"}
    sheet, address = next(iter(blank.defined_names["chibo.layout_version"].destinations))
    assert blank[sheet][address.replace("$", "")].value == LAYOUT.version


def test_headings_stay_in_sight_and_pages_are_set_up(blank: Workbook) -> None:
    for layout in LAYOUT.sheets:
        sheet = blank[layout.name]
        assert sheet.page_setup.paperSize == 9, layout.name
        assert sheet.print_area, layout.name
        if layout.columns:
            assert sheet.freeze_panes, layout.name
            assert sheet.print_title_rows, layout.name
    assert blank["Sinh hoạt"].page_setup.orientation == "landscape"
    slip = blank["Phiếu đánh giá"]
    assert slip.page_setup.orientation == "portrait"
    assert slip.sheet_properties.pageSetUpPr.fitToPage


def test_everything_is_set_in_times_new_roman(filled: Workbook) -> None:
    fonts = {cell.font.name for sheet in filled.worksheets for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Times New Roman"}


def test_nothing_typed_becomes_a_formula() -> None:
    sly = Member(member_code="=1+1", full_name='=HYPERLINK("http://x.invalid","bấm")', note="@SUM(A1)", group="+84")
    sheet = opened(CellBook(info=an_info(cell_name="-cmd"), members=(sly,)))["Đảng viên"]
    row, code = header_of(sheet, "Mã đảng viên")
    for label in ("Mã đảng viên", "Họ và tên", "Ghi chú", "Tổ đảng"):
        cell = sheet.cell(row + 1, header_of(sheet, label)[1])
        assert cell.data_type == "s", label
        assert cell.hyperlink is None
    assert sheet.cell(row + 1, code).value == "=1+1"


def test_help_says_what_not_to_write(blank: Workbook) -> None:
    sheet = blank["Thuyết minh điểm"]
    row, column = header_of(sheet, "Lý do")
    rule = validation_at(sheet, row + 1, column)
    assert rule is not None
    assert rule.prompt == "Không ghi bệnh tật, đời tư."


def test_the_first_sheet_says_what_to_do(blank: Workbook) -> None:
    assert blank.sheetnames[0] == "Thông tin"
    assert blank.active.title == "Thông tin"
    words = " ".join(str(cell.value or "") for row in blank["Thông tin"].iter_rows(max_row=9) for cell in row)
    for sheet in ("Đảng viên", "Sinh hoạt", "Điểm danh", "Chấm điểm", "Kiểm tra", "Phiếu đánh giá"):
        assert f"«{sheet}»" in words


def test_the_score_sheet_shows_the_meeting_chosen() -> None:
    book = a_book(a_meeting("2026-03", votes_for=9, votes_entitled=10), self_scores=some_scores("2026-03", c1=5, c2a=3))
    sheet = opened(book, values=True)["Phiếu đánh giá"]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"PHIẾU ĐÁNH GIÁ", "ĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ VĂN PHÒNG", "T/M CHI ỦY", "BÍ THƯ"} <= cells
    assert "chất lượng sinh hoạt chi bộ tháng 3 năm 2026" in cells
    assert "Chi bộ biểu quyết: 9/10 đồng ý." in cells
    row = next(cell.row for (cell,) in sheet.iter_rows(min_col=1, max_col=1) if cell.value == "2a")
    assert [sheet.cell(row, column).value for column in (3, 4, 5)] == [4, 3, None]


def test_a_cell_without_a_committee_signs_for_the_cell() -> None:
    sheet = opened(a_book(info=an_info(has_committee=False)), values=True)["Phiếu đánh giá"]
    assert "T/M CHI BỘ" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_two_frames_have_a_section_and_a_score_sheet_each() -> None:
    book = opened(a_book(info=an_info(frame_thematic="chuyen-de-nghe-an-08")))
    codes = {cell.value for (cell,) in book["Chấm điểm"].iter_rows(min_col=1, max_col=1)}
    assert {"2a", "CĐ1"} <= codes
    assert {"Phiếu đánh giá", "Phiếu đánh giá (2)"} <= set(book.sheetnames)


def test_a_code_that_two_members_have_is_told_beside_both() -> None:
    one, two, *rest = a_book().members
    book = a_book(members=(one, evolve(two, member_code=one.member_code), *rest))
    sheet = opened(book, values=True)["Đảng viên"]
    row, column = header_of(sheet, "Kiểm tra")
    title = LIBRARY.catalogue.entries["MEMBER_CODE_TWICE"].vi.title
    assert [sheet.cell(row + index, column).value for index in (1, 2, 3)] == [title, title, "OK"]


def test_a_blank_can_be_filled_by_a_program_that_does_not_calculate() -> None:
    """Formulas then have no values; what matters is read all the same."""
    book = load_workbook(BytesIO(write_book(CellBook(info=an_info()), LIBRARY, TODAY)))
    for name, values in (
        (
            "Đảng viên",
            {
                "Mã đảng viên": "DV01",
                "Họ và tên": "Người Một",
                "Chính thức/Dự bị": "Chính thức",
                "Tình trạng": "Sinh hoạt",
            },
        ),
        ("Sinh hoạt", {"Mã kỳ": "2026-01", "Loại": "Thường kỳ", "Ngày sinh hoạt": date(2026, 1, 5)}),
    ):
        for label, value in values.items():
            row, column = header_of(book[name], label)
            book[name].cell(row + 1, column).value = value
    row, column = header_of(book["Điểm danh"], "2026-01")
    book["Điểm danh"].cell(row + 1, column).value = "X"
    stream = BytesIO()
    book.save(stream)
    reading = read_book(stream.getvalue(), "so.xlsx", LIBRARY)
    assert reading.book is not None
    (meeting,) = reading.book.meetings
    assert reading.book.roll_call.of(meeting.meeting_code) == {"DV01": "X"}


def test_an_office_may_do_without_optional_sheets(tmp_path: Path) -> None:
    """An office's own layout need not have every sheet: the rest still hangs together."""
    library = Library()
    kept = [sheet for sheet in LAYOUT.sheets if sheet.code in {"info", "members", "meetings"}]
    library.__dict__["layout"] = LAYOUT.model_copy(update={"sheets": tuple(kept)})
    book = load_workbook(BytesIO(write_book(CellBook(info=an_info(), meetings=(a_meeting(),)), library, TODAY)))
    assert [name for name in book.sheetnames if not name.startswith("_")] == [sheet.name for sheet in kept]


def test_an_office_may_do_without_optional_columns() -> None:
    """An office's own layout need have no more columns than a record cannot be made without."""
    library = Library()
    reduced = [
        sheet.model_copy(update={"columns": tuple(column for column in sheet.columns if column.required)})
        for sheet in LAYOUT.sheets
    ]
    library.__dict__["layout"] = LAYOUT.model_copy(update={"sheets": tuple(reduced)})
    book = a_book(roll_call=a_roll_call({"2026-03": "XXXXXXXXXX"}), self_scores=some_scores("2026-03", c1=5, c2a=4))
    found = read_book(write_book(book, library, TODAY), "so.xlsx", LIBRARY).book
    assert found is not None
    assert (found.roll_call, found.self_scores) == (book.roll_call, book.self_scores)
    assert [meeting.meeting_code for meeting in found.meetings] == [meeting.meeting_code for meeting in book.meetings]


@pytest.mark.libreoffice
def test_libreoffice_prints_every_sheet(tmp_path: Path) -> None:
    book = a_book(roll_call=a_roll_call({"2026-03": "XXXXXXXXXX"}), self_scores=some_scores("2026-03", c1=5))
    (pdf,) = recalculated({"so": write_book(book, LIBRARY)}, tmp_path, to="pdf").values()
    (tmp_path / "so.pdf").write_bytes(pdf)
    words = text_of(tmp_path / "so.pdf")
    for layout in LAYOUT.sheets:
        assert layout.title in words, layout.name
    assert "PHIẾU ĐÁNH GIÁ" in words
