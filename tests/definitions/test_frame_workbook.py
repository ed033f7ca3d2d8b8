"""A frame goes out to an Excel workbook and comes back the same; what is typed wrong there is named by its cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chibo.definitions.frames.frame import Frame
from chibo.definitions.frames.loading import frame_document, parse_frame
from chibo.definitions.library import Library
from chibo.errors import OutputError
from chibo.model import Grade, MeetingKind
from chibo.workbook.frames.reading import FrameSheetError, read_frame
from chibo.workbook.frames.sheet import write_frame

FRAMES = Library().frames
HD42 = FRAMES["hd42-thuong-ky"]
MAIN = "Khung tiêu chí"


def opened(frame: Frame) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_frame(frame)))


def reread(book: Any) -> Frame:
    stream = io.BytesIO()
    book.save(stream)
    return read_frame(stream.getvalue(), "khung.xlsx")


def beside(sheet: Any, label: str) -> Any:
    """The cell of a labelled value."""
    row = next(row for row in sheet.iter_rows(max_col=1) if row[0].value == label)
    return sheet.cell(row[0].row, 3)


def in_table(sheet: Any, column: str, **where: Any) -> Any:
    """The cell of a column, in the row whose other columns hold what is asked for."""
    headers: dict[str, int] = {}
    for row in sheet.iter_rows():
        labels = {cell.value: cell.column for cell in row if cell.value is not None}
        if column in labels and all(name in labels for name in where):
            headers = labels
        elif headers and all(sheet.cell(row[0].row, headers[name]).value == value for name, value in where.items()):
            return sheet.cell(row[0].row, headers[column])
    raise AssertionError((column, where))


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
def test_every_shipped_frame_comes_back_the_same(frame: Frame) -> None:
    assert read_frame(write_frame(frame), "khung.xlsx") == frame


def test_the_same_frame_gives_the_same_bytes() -> None:
    assert write_frame(HD42) == write_frame(HD42)


def test_a_frame_with_everything_a_frame_can_say_comes_back_the_same() -> None:
    document = frame_document(HD42)
    document["effective"]["to"] = document["effective"]["from"].replace(year=2030)
    document["applies"]["cell_kinds"] = ["Cơ quan Đảng, Mặt trận, đoàn thể", "Trường học"]
    document["denominators"]["attendance_leaves_out"] = ["exempt", "excused"]
    document["denominators"]["speaking_over"] = "owed"
    document["look_back"] = "12_months"
    document["status"] = "official"
    document["gates"] = [{"grade": "Tốt", "full_marks": ["1", "3đ"], "otherwise": "Trung bình"}]
    document["yearly"] = [{"grade": "Tốt", "every": "Khá", "of": "Tốt", "count": 7}]
    document["required_minutes"]["granted_replaces"] = False
    attendance = document["groups"][1]["criteria"][0]["fact"]
    attendance["by_size"] = [
        {"membership_below": size, "bands": [dict(band) for band in attendance["bands"]]} for size in (5, 10)
    ]
    document["groups"][4]["criteria"] += [
        {"code": "5.x", "label": "Trễ hạn", "kind": "deduction", "max": "2", "step": "0.25"},
    ]
    frame = parse_frame(document, Path("hd42-thuong-ky.toml"))
    assert read_frame(write_frame(frame), "khung.xlsx") == frame


letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cn", "Cc"), exclude_characters="{}")
texts = st.text(letters, min_size=1, max_size=60).filter(str.strip)
shares = st.decimals("0.01", "99", places=2)


@st.composite
def edited_frames(draw: st.DrawFn) -> Frame:
    """A shipped frame with texts, weights and thresholds changed at random, still adding up."""
    frame = draw(st.sampled_from(list(FRAMES.values())))
    document = frame_document(frame)
    document["title"] = draw(texts)
    document["sources"][0]["issuer"] = draw(texts)
    for group in document["groups"]:
        group["label"] = draw(texts)
        for item in group["criteria"]:
            item["label"], item["help"] = draw(texts), draw(texts)
            for level in item.get("levels", ()):
                level["label"] = draw(texts)
    moved = draw(st.integers(1, 9)) * Decimal("0.5")
    first, last = document["groups"][0], document["groups"][-1]
    if "levels" not in first["criteria"][0]:
        for group, sign in ((first, 1), (last, -1)):
            group["max"] = str(Decimal(group["max"]) + sign * moved)
            group["criteria"][-1]["max"] = str(Decimal(group["criteria"][-1]["max"]) + sign * moved)
    good, fair, average = sorted(draw(st.lists(shares, min_size=3, max_size=3, unique=True)), reverse=True)
    for entry, value in zip(document["grades"], (good, fair, average), strict=False):
        entry["at_least"] = str(value)
    return parse_frame(document, Path(f"{frame.id}.toml"))


@given(edited_frames())
@settings(max_examples=40)
def test_any_edited_frame_comes_back_the_same(frame: Frame) -> None:
    assert read_frame(write_frame(frame), "khung.xlsx") == frame


@given(texts)
@example("=1+1")
@example("_x0041_ và _x000D_")
@example("01/03/2026")
@example("'x")
@example("1e5")
@example("a\r\nb\rc\td")
@example("TRUE")
@settings(max_examples=60)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    document = frame_document(FRAMES["khoi-phu-tho"])
    document["title"] = document["groups"][0]["label"] = text
    try:
        frame = parse_frame(document, Path("khoi-phu-tho.toml"))
    except Exception:
        return
    assert read_frame(write_frame(frame), "khung.xlsx") == frame


def test_a_text_longer_than_a_cell_is_refused_before_anything_is_lost() -> None:
    document = frame_document(HD42)
    document["confirm_note"] = "dài " * 9000
    with pytest.raises(OutputError, match="hd42-thuong-ky"):
        write_frame(parse_frame(document, Path("hd42-thuong-ky.toml")))


def test_the_workbook_says_in_vietnamese_what_the_definition_says_in_codes() -> None:
    book = opened(HD42)
    assert book.sheetnames == [MAIN, "Mức điểm", "Dữ kiện", "Bậc điểm", "Câu giải thích"]
    main = book[MAIN]
    assert in_table(main, "Cách chấm", Mã="2a", Dòng="Tiêu chí").value == "Chọn mức"
    assert in_table(main, "Điểm tối đa", Mã="4b", Dòng="Tiêu chí").value == 15
    assert in_table(main, "Tối đa riêng theo loại buổi", Mã="4b", Dòng="Tiêu chí").value == "Kết hợp: 10"
    assert in_table(main, "Chỉ chấm ở buổi", Mã="4c", Dòng="Tiêu chí").value == "Kết hợp"
    assert beside(main, "Không tính vào số phải dự").value.startswith("Miễn sinh hoạt; Nhiệm vụ đặc biệt")
    assert in_table(book["Dữ kiện"], "Phép đo", **{"Mã tiêu chí": "3đ"}).value == "Làm đúng hạn"
    assert in_table(main, "Điểm tối đa", **{"Nội dung": "Cộng các nhóm"}).value.startswith("=SUMIF")


def test_an_owner_can_change_weights_and_thresholds_in_excel() -> None:
    book = opened(HD42)
    main = book[MAIN]
    in_table(main, "Điểm tối đa", Mã="5b", Dòng="Tiêu chí").value = 3.5
    in_table(main, "Điểm tối đa", Mã="5c", Dòng="Tiêu chí").value = "3,5"
    in_table(main, "Từ điểm", **{"Xếp loại": "Tốt"}).value = 92
    beside(main, "Mã khung").value = "khoi-minh"
    frame = reread(book)
    assert (frame.id, frame.grade_of(Decimal("91.5"))) == ("khoi-minh", Grade.FAIR)
    assert [frame.criteria[code].maximum(MeetingKind.REGULAR) for code in ("5b", "5c")] == [Decimal("3.5")] * 2


def test_columns_moved_rows_between_and_codes_as_numbers_do_no_harm() -> None:
    book = opened(FRAMES["hd42-10-dong"])
    main = book[MAIN]
    code_cell = in_table(main, "Mã", **{"Nội dung": "Nội dung chuẩn bị đúng, đủ, có trọng tâm"})
    code_cell.value, code_cell.number_format = 3.1, "General"
    header = in_table(main, "Số văn bản", **{"Cơ quan ban hành": "Ban Tổ chức Trung ương"}).row - 1
    for row in (header, header + 1):
        left, right = main.cell(row, 1), main.cell(row, 3)
        left.value, right.value = right.value, left.value
    criteria = in_table(main, "Mã", Dòng="Nhóm", Mã="5").row
    main.insert_rows(criteria)
    book.create_sheet("Ghi chép riêng")["A1"] = "không đọc"
    assert reread(book) == FRAMES["hd42-10-dong"]


def test_a_percentage_typed_as_a_number_is_the_same_edge() -> None:
    book = opened(HD42)
    edge = in_table(book["Bậc điểm"], "Từ (≥)", **{"Mã tiêu chí": "2a", "Điểm": 4})
    edge.value, edge.number_format = 0.9, "0%"
    assert reread(book) == HD42


COLUMN = "Cột của trang Sinh hoạt"
DAYS = "Hạn so với ngày sinh hoạt (ngày)"
Change = Callable[[Any], Any]
WRONG: list[tuple[str, Change, Any, str]] = [
    ("a maximum that does not add up", lambda b: in_table(b[MAIN], "Điểm tối đa", Mã="4a", Dòng="Tiêu chí"), 6, "nhóm"),
    ("text for points", lambda b: in_table(b[MAIN], "Điểm tối đa", Mã="4a", Dòng="Tiêu chí"), "năm", "số điểm"),
    ("a blank maximum", lambda b: in_table(b[MAIN], "Điểm tối đa", Mã="4a", Dòng="Tiêu chí"), None, "thiếu"),
    ("an unknown kind", lambda b: in_table(b[MAIN], "Cách chấm", Mã="4a", Dòng="Tiêu chí"), "Tùy", "danh sách"),
    ("a blank code", lambda b: in_table(b[MAIN], "Mã", Mã="4a", Dòng="Tiêu chí"), None, "trống"),
    ("a kind of row", lambda b: in_table(b[MAIN], "Dòng", Mã="4a", Dòng="Tiêu chí"), "Mục", "danh sách"),
    ("a total", lambda b: beside(b[MAIN], "Tổng điểm của khung"), 90, "cộng lại"),
    ("a status", lambda b: beside(b[MAIN], "Tình trạng"), "nháp", "danh sách"),
    ("an id", lambda b: beside(b[MAIN], "Mã khung"), "Khung Mới", ""),
    ("no title", lambda b: beside(b[MAIN], "Tên khung"), None, "thiếu"),
    ("a day", lambda b: beside(b[MAIN], "Hiệu lực từ ngày"), "hôm qua", "ngày"),
    ("a source's day", lambda b: in_table(b[MAIN], "Ngày ban hành", **{"Số văn bản": "42-HD/BTCTW"}), 5, "ngày"),
    ("a threshold", lambda b: in_table(b[MAIN], "Từ điểm", **{"Xếp loại": "Khá"}), 95, "thấp hơn"),
    ("a level", lambda b: in_table(b["Mức điểm"], "Điểm", **{"Mã tiêu chí": "7", "Điểm": 30}), 29, "tối đa"),
    ("a level of nothing", lambda b: in_table(b["Mức điểm"], "Mã tiêu chí", **{"Mã tiêu chí": "7"}), "9", "«9»"),
    ("a measure", lambda b: in_table(b["Dữ kiện"], "Phép đo", **{"Mã tiêu chí": "1"}), "Cảm nhận", "danh sách"),
    ("a column", lambda b: in_table(b["Dữ kiện"], COLUMN, **{"Mã tiêu chí": "4g"}), "venue", "cột"),
    ("a date column", lambda b: in_table(b["Dữ kiện"], COLUMN, **{"Mã tiêu chí": "3d"}), "venue", "cột"),
    ("days", lambda b: in_table(b["Dữ kiện"], DAYS, **{"Mã tiêu chí": "8c"}), 1.5, "nguyên"),
    ("an edge", lambda b: in_table(b["Bậc điểm"], "Từ (≥)", **{"Mã tiêu chí": "2a", "Điểm": 4}), "nhiều", "mốc"),
    ("a gap", lambda b: in_table(b["Bậc điểm"], "Từ (≥)", **{"Mã tiêu chí": "2a", "Điểm": 4}), "95%", "khoảng trống"),
    ("a cap", lambda b: in_table(b["Bậc điểm"], "Điểm", **{"Khống chế theo số": "Vắng không lý do"}), 4, "trần"),
    ("a sentence", lambda b: in_table(b["Câu giải thích"], "Tiếng Việt", **{"Mã tiêu chí": "1"}), "{phut}", "phut"),
    ("an empty sentence", lambda b: in_table(b["Câu giải thích"], "Tiếng Anh", **{"Mã tiêu chí": "1"}), None, "trống"),
]  # fmt: skip


@pytest.mark.parametrize(("find", "value", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_named_by_sheet_and_cell(find: Change, value: Any, words: str) -> None:
    book = opened(HD42)
    cell = find(book)
    cell.value = value
    with pytest.raises(FrameSheetError) as caught:
        reread(book)
    place = caught.value.place
    expected = cell.coordinate
    if words in {"nhóm", "tối đa", "khoảng trống", "trần"}:
        # A sum or a set of bands is wrong as a whole: the sheet is named, and a cell of that group or set.
        assert (place.sheet, bool(place.address)) == (cell.parent.title, True)
    else:
        assert (place.sheet, place.address) == (cell.parent.title, expected)
    assert words in str(caught.value)
    assert "khung.xlsx" in str(caught.value)


def test_a_sentence_taken_away_is_asked_for_at_its_criterion() -> None:
    book = opened(HD42)
    sheet = book["Câu giải thích"]
    sheet.delete_rows(in_table(sheet, "Tiếng Việt", **{"Mã tiêu chí": "2a", "Trường hợp": "Bị khống chế"}).row)
    with pytest.raises(FrameSheetError) as caught:
        reread(book)
    assert caught.value.place.sheet == "Dữ kiện"


def test_another_workbook_and_no_workbook_are_refused_politely() -> None:
    other = openpyxl.Workbook()
    with pytest.raises(FrameSheetError, match="không có trang «Khung tiêu chí»"):
        reread(other)
    with pytest.raises(FrameSheetError, match=r"\.xlsx"):
        read_frame(b"not a workbook", "khung.xlsx")


def test_an_empty_main_sheet_names_what_is_missing() -> None:
    book = openpyxl.Workbook()
    book.active.title = MAIN
    with pytest.raises(FrameSheetError, match="bảng tiêu chí"):
        reread(book)


def test_a_formula_without_a_result_and_a_sheet_taken_away_are_named() -> None:
    book = opened(HD42)
    in_table(book[MAIN], "Điểm tối đa", **{"Mã": "2b"}).value = "=2+1"
    with pytest.raises(FrameSheetError, match="công thức chưa được tính"):
        reread(book)
    book = opened(HD42)
    del book["Bậc điểm"]
    with pytest.raises(FrameSheetError, match="Tệp không có trang «Bậc điểm»"):
        reread(book)
