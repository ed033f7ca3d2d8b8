"""The rows of the month return, as values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from builders import a_meeting, code
from chibo.checks.steps import END_NOT_AFTER_START
from chibo.consolidation import consolidate, period_table
from chibo.errors import UnknownNameError
from chibo.model import CellIdentity, Explanation, MeetingKind, MeetingState, Period, Place, ScoreSheet
from chibo.returns import ReturnTable, RowKind, return_table
from offices import a_cell, an_office, outcome, placed
from scored import LIBRARY, full_scores

MARCH = Period.parse("2026-03")
THANG = LIBRARY.returns["thang"]


def month_return(*books, expected=()) -> ReturnTable:
    """The month return of March over these books."""
    return return_table(THANG, period_table(consolidate(map(outcome, books)), MARCH, expected))


def shown(table: ReturnTable) -> list[tuple[str, ...]]:
    """The rows as people read them: a title, or the ten columns."""
    return [
        (row.kind.value, row.ordinal, row.title)
        if row.kind is RowKind.GROUP
        else (row.title, *(str(figure.value if figure.value is not None else "") for figure in row.figures))
        for row in table.rows
    ]


def row_of(table: ReturnTable, cell: str) -> dict[str, object]:
    """The figures of a cell's row by column code."""
    (row,) = [row for row in table.rows if row.code == cell]
    return {column.code: figure.value for column, figure in zip(THANG.columns, row.figures, strict=True)}


def test_the_month_return_of_a_small_office():
    assert shown(month_return(*an_office())) == [
        ("group", "I", "Đảng bộ Sở Thử nghiệm"),
        ("", "1", "Chi bộ Phòng số 1", "10/10", "2026-03-05", "93.5", "x", "", "", "",
         "(tự chấm); Tiêu chí 7 (−6,5): Hai nhiệm vụ chuyển sang tháng sau do chờ văn bản"),
        ("", "2", "Chi bộ Phòng số 2", "17/18", "2026-03-05", "87.5", "", "x", "", "",
         "(tự chấm); Chuyên đề 2026-03-CĐ ngày 20/03/2026: Nêu gương của cán bộ, đảng viên"),
        ("", "3", "Chi bộ Phòng số 3", "10/10", "2026-03-05", "", "", "", "", "", "Chưa chấm đủ"),
        ("Cộng", "", "", "", "", "", "1", "1", "0", "0", ""),
        ("group", "II", "Đảng bộ Ban Mẫu vật"),
        ("", "4", "Chi bộ Phòng số 4", "", "", "", "", "", "", "", "Hoãn đến 02/04/2026"),
        ("", "5", "Chi bộ Phòng số 5", "", "", "", "", "", "", "", "Không tổ chức: Trùng đợt thiên tai"),
        ("", "6", "Chi bộ Phòng số 6", "", "", "", "", "", "", "", "Chưa báo cáo"),
        ("Cộng", "", "", "", "", "", "0", "0", "0", "0", ""),
        ("group", "III", "Các chi bộ cơ sở trực thuộc Đảng ủy Khối"),
        ("", "7", "Chi bộ Phòng số 7", "10/10", "2026-03-05", "85", "", "x", "", "", ""),
        ("", "8", "Chi bộ Phòng số 8", "", "2026-03-05", "", "", "", "", "", "Chưa chấm đủ"),
        ("", "9", "Chi bộ Phòng số 9", "8/10", "2026-03-05", "45.5", "", "", "", "x", "(tự chấm)"),
        ("Cộng", "", "", "", "", "", "0", "1", "0", "1", ""),
        ("Tổng cộng", "", "", "", "", "", "1", "2", "0", "1", ""),
    ]  # fmt: skip


def test_the_notes_count_the_cells_and_end_with_a_full_stop():
    *_, counts = month_return(*an_office()).notes
    assert counts == "Tổng số 9 chi bộ; đã tổ chức 6; hoãn hoặc không tổ chức 2; chưa báo cáo 1."


def test_an_expected_cell_without_a_book_has_not_reported():
    expected = [CellIdentity(cell_code="CB99", cell_name="Chi bộ im lặng", year=2026)]
    row = row_of(month_return(expected=expected), "CB99")
    assert (row["cell"], row["remarks"]) == ("Chi bộ im lặng", "Chưa báo cáo")


def test_the_official_score_wins_only_when_it_is_complete():
    full = full_scores("hd42-thuong-ky", c7="15")
    half = {key: value for key, value in full.items() if key != "8b"}
    march = code("2026-03")
    whole = row_of(month_return(placed(evolve(a_cell(1), official_scores=ScoreSheet({march: full})))), "CB01")
    part = row_of(month_return(placed(evolve(a_cell(1), official_scores=ScoreSheet({march: half})))), "CB01")
    assert (whole["score"], whole["fair"], whole["remarks"]) == (85, "x", None)
    assert (part["score"], part["good"], part["remarks"]) == (Decimal("93.5"), "x", "(tự chấm)")


def test_explanations_name_the_points_lost_by_the_score_that_is_shown():
    why = (
        Explanation(meeting_code=code("2026-03"), criterion="7", reason="Chờ văn bản"),
        Explanation(meeting_code=code("2026-02"), criterion="7", reason="Tháng trước"),
        Explanation(meeting_code=code("2026-03"), criterion="2A", reason="Hai đồng chí ốm"),
    )
    book = a_cell(1, explanations=why)
    official = ScoreSheet({code("2026-03"): full_scores("hd42-thuong-ky", c2a="2")})
    assert row_of(month_return(book), "CB01")["remarks"] == "(tự chấm); Tiêu chí 7 (−6,5): Chờ văn bản"
    verified = placed(evolve(book, official_scores=official))
    assert row_of(month_return(verified), "CB01")["remarks"] == "Tiêu chí 2a (−2): Hai đồng chí ốm"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": MeetingState.POSTPONED, "state_reason": "Bão"}, "Hoãn (chưa định ngày): Bão"),
        ({"state": MeetingState.NOT_HELD}, "Không tổ chức"),
        ({"state": None}, "Chưa báo cáo"),
        ({"state": MeetingState.HELD}, "Chưa báo cáo"),
    ],
)
def test_a_meeting_that_was_not_held_says_why(changes, said):
    book = a_cell(1, meetings=(a_meeting(held_on=None, **changes),))
    row = row_of(month_return(book), "CB01")
    assert row["remarks"] == said
    assert {row[name] for name in ("membership", "held_on", "score", "good")} == {None}


def test_a_meeting_with_an_error_in_it_leads_to_the_error():
    place = Place("CB01.xlsx", "Sinh hoạt", "Q7")
    fault = END_NOT_AFTER_START.at(place, seen="14:00", expected="> 15:45", meeting=code("2026-03"))
    silent = evolve(outcome(a_cell(1, meetings=(a_meeting("2026-02"),))), findings=(fault,))
    table = return_table(THANG, period_table(consolidate([silent]), MARCH))
    remark = next(row for row in table.rows if row.code == "CB01").figures[-1]
    assert remark.value == "Chưa báo cáo: sổ có lỗi phải sửa ở buổi này (trang «Sinh hoạt», ô Q7)"
    assert [(source.value, source.place, source.meeting) for source in remark.sources] == [("14:00", place, "2026-03")]
    elsewhere = evolve(silent, findings=(evolve(fault, meeting=code("2026-03-CĐ")),))
    assert (
        row_of(return_table(THANG, period_table(consolidate([elsewhere]), MARCH)), "CB01")["remarks"] == "Chưa báo cáo"
    )


def test_a_thematic_meeting_alone_does_not_stand_for_the_month():
    thematic = a_meeting("2026-03-CĐ", kind=MeetingKind.THEMATIC)
    row = row_of(month_return(a_cell(1, meetings=(thematic,))), "CB01")
    assert row["held_on"] is None
    assert row["remarks"] == "Chưa báo cáo; Chuyên đề 2026-03-CĐ ngày 05/03/2026"


def test_extraordinary_meetings_are_not_in_the_return():
    extra = a_meeting("2026-03-BT1", kind=MeetingKind.EXTRAORDINARY)
    assert row_of(month_return(a_cell(1, meetings=(extra,))), "CB01")["remarks"] == "Chưa báo cáo"


def test_units_of_a_group_stand_in_the_order_of_their_codes():
    table = month_return(*(a_cell(number) for number in (11, 2, 7)))
    assert [row.code for row in table.rows if row.kind is RowKind.ROW] == ["CB02", "CB07", "CB11"]


def test_each_figure_names_its_sources():
    table = month_return(*an_office())
    (row,) = [row for row in table.rows if row.code == "CB09"]
    sources = {
        column.code: [(source.label, source.value, source.place) for source in figure.sources]
        for column, figure in zip(THANG.columns, row.figures, strict=True)
        if figure.sources
    }
    marks, points = Place("CB09.xlsx", "Điểm danh", "E5:E14"), Place("CB09.xlsx", "Chấm điểm", "F4:F31")
    assert sources == {
        "membership": [("Có mặt", 8, marks), ("Đảng số", 10, marks)],
        "held_on": [("Ngày sinh hoạt", row.figures[3].value, Place("CB09.xlsx", "Sinh hoạt", "C5"))],
        "score": [("Điểm tự chấm", Decimal("45.5"), points)],
        "poor": [("Xếp loại tự chấm", "Kém", points)],
    }


def test_a_return_of_another_kind_of_period_is_refused():
    with pytest.raises(UnknownNameError, match="lập theo tháng"):
        return_table(THANG, period_table(consolidate([]), Period.parse("2026-Q1")))


def test_an_office_without_cells_gives_an_empty_return():
    assert shown(month_return()) == [("Tổng cộng", "", "", "", "", "", "0", "0", "0", "0", "")]
