"""The sheet `Phiếu đánh giá`: what a printed score sheet says, in the words in which the page prints it as well."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from builders import a_book, a_meeting, an_info, some_scores
from chibo.definitions.library import Library
from chibo.model import CellBook, Explanation, MeetingCode
from chibo.workbook import write_book

LIBRARY = Library()
LONG = "Hai đồng chí đi công tác đột xuất theo điều động của cơ quan, đã báo cáo chi bộ trước buổi sinh hoạt. " * 3


def slip_of(book: CellBook) -> Worksheet:
    """The printed score sheet as it is stored."""
    return load_workbook(BytesIO(write_book(book, LIBRARY, date(2026, 6, 15))), data_only=True)["Phiếu đánh giá"]


def words_of(sheet: Worksheet) -> list[str]:
    """Its texts from top to bottom."""
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def row_of(sheet: Worksheet, code: str) -> int:
    """The row of a criterion."""
    return next(cell.row for (cell,) in sheet.iter_rows(min_col=1, max_col=1) if cell.value == code)


def explained(meeting: str, criterion: str, reason: str) -> Explanation:
    """An explanation."""
    return Explanation(meeting_code=MeetingCode.parse(meeting), criterion=criterion, reason=reason)


def test_the_paper_is_dated_on_the_day_of_scoring_else_of_the_meeting() -> None:
    place = LIBRARY.issuer.place
    held = a_meeting("2026-02", held_on=date(2026, 2, 4))
    assert f"{place}, ngày 04 tháng 02 năm 2026" in words_of(slip_of(a_book(held)))
    scored = a_meeting("2026-10", held_on=date(2026, 10, 5), scored_on=date(2026, 10, 7))
    assert f"{place}, ngày 07 tháng 10 năm 2026" in words_of(slip_of(a_book(scored)))
    assert f"{place}, ngày …… tháng …… năm ……" in words_of(slip_of(CellBook(info=an_info())))


def test_a_group_of_one_criterion_is_one_row() -> None:
    codes = [cell.value for (cell,) in slip_of(a_book(a_meeting("2026-03"))).iter_rows(min_col=1, max_col=1)]
    assert codes.count("1") == 1
    assert codes.count("7") == 1
    assert {"2", "2a", "2b"} <= set(codes)


def test_the_foot_tells_thresholds_source_and_who_signs() -> None:
    words = words_of(slip_of(a_book(a_meeting("2026-03"), self_scores=some_scores("2026-03", c1=5))))
    foot = words[words.index("Tổng điểm") :]
    levels = "Tốt từ 90 điểm trở lên; Khá từ 70 đến dưới 90 điểm; Trung bình từ 50 đến dưới 70 điểm; Kém dưới 50 điểm"
    assert f"Mức xếp loại: {levels}." in foot
    assert any(line.startswith("Khung chấm theo 42-HD/BTCTW ngày 28/10/2025 của ") for line in foot)
    assert foot.count("(Ký, ghi rõ họ tên)") == 2


def test_a_row_is_high_enough_for_the_longest_note_of_any_meeting() -> None:
    meetings = (a_meeting("2026-03"), a_meeting("2026-04", held_on=date(2026, 4, 3)))
    notes = (explained("2026-03", "2a", LONG), explained("2026-04", "3a", "Ngắn."))
    sheet = slip_of(a_book(*meetings, explanations=notes))
    heights = {code: sheet.row_dimensions[row_of(sheet, code)].height for code in ("2a", "2b", "3a")}
    letters = sheet.column_dimensions["F"].width * 1.4
    # The notes are set in 9 points: each line takes more than 10.
    assert heights["2a"] > len(LONG) / letters * 10
    assert heights["3a"] == heights["2b"]
    note = sheet.cell(row_of(sheet, "2b"), 6)
    assert (note.alignment.wrap_text, note.alignment.vertical) == (True, "top"), "a later note shows its beginning"
