"""Faults of points, totals, grades, frames and explanations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from builders import a_meeting, a_roll_call, code
from chibo.model import CellBook, Explanation, MeetingKind, ScoreSheet
from faults import Fault, assert_found, codes
from healthy import FEBRUARY, MARCH, healthy_book, with_info, with_meeting, with_points
from scored import full_scores

SHEET = "self_scores"
JANUARY_COLUMN, FEBRUARY_COLUMN, MARCH_COLUMN = "D", "E", "F"
ROWS = {name: row for row, name in enumerate(full_scores("hd42-thuong-ky", MeetingKind.COMBINED), start=5)}
"""Row of each criterion on the sheets of points."""


def at(criterion: str, column: str = FEBRUARY_COLUMN, sheet: str = SHEET) -> tuple[str, str, int]:
    return (sheet, f"={column}{ROWS[criterion]}", 0)


def _with_points_of(meeting: str, points: dict[str, Decimal], sheet: str = SHEET) -> CellBook:
    book = healthy_book()
    grid: ScoreSheet = getattr(book, sheet)
    return evolve(book, **{sheet: evolve(grid, points={**grid.points, code(meeting): points})})


def _with_meeting_too(book: CellBook, meeting) -> CellBook:
    marks = {str(m): "X" * 10 for m in (*book.roll_call.marks, meeting.meeting_code)}
    return evolve(book, meetings=(*book.meetings, meeting), roll_call=a_roll_call(marks))


def _typed(**typed) -> CellBook:
    book = healthy_book()
    return evolve(book, self_scores=evolve(book.self_scores, **typed))


def _explained(meeting: str, criterion: str) -> CellBook:
    row = Explanation(meeting_code=code(meeting), criterion=criterion, reason="Có công văn riêng")
    return healthy_book(explanations=(row,))


THEMATIC = a_meeting(
    "2026-03-CĐ",
    kind=MeetingKind.THEMATIC,
    held_on=date(2026, 3, 19),
    planned_on=date(2026, 3, 19),
    reported_on=date(2026, 3, 20),
    plan_no="1",
)
EXTRA = evolve(
    THEMATIC, meeting_code=code("2026-03-BT1"), kind=MeetingKind.EXTRAORDINARY, plan_no="", speakers=6, opinions=6
)

FAULTS = [
    Fault("SCORE_OVER_MAXIMUM", with_points("2026-02", c4b="15.5"), at("4b")),
    Fault("SCORE_OVER_MAXIMUM", with_points("2026-03", c4b="10.5"), at("4b", MARCH_COLUMN)),
    Fault(
        "SCORE_OVER_MAXIMUM",
        with_points("2026-01", "official_scores", c1="6"),
        ("official_scores", f"=D{ROWS['1']}", 0),
    ),
    Fault("SCORE_UNDER_MINIMUM", with_points("2026-02", c5a="-0.5"), at("5a")),
    Fault("SCORE_NOT_A_LEVEL", with_points("2026-02", c1="4.5"), at("1")),
    Fault("SCORE_NOT_A_LEVEL", with_points("2026-02", c1="0"), at("1")),
    Fault("SCORE_NOT_YES_OR_NO", with_points("2026-02", c4a="3"), at("4a")),
    Fault("SCORE_OFF_STEP", with_points("2026-02", c5b="3.25"), at("5b")),
    Fault("CRITERION_NOT_APPLICABLE", with_points("2026-02", c4c="5"), at("4c")),
    Fault("SCORE_OF_UNKNOWN_CRITERION", with_points("2026-02", c9z="1"), ("self_scores", f"=A{5 + len(ROWS)}", 0)),
    Fault(
        "SCORE_OF_UNKNOWN_MEETING",
        _with_points_of("2026-05", full_scores("hd42-thuong-ky")),
        ("self_scores", "=G4", 0),
    ),
    Fault(
        "SCORE_OF_MEETING_NOT_HELD",
        _with_points_of("2026-04", full_scores("hd42-thuong-ky")),
        ("self_scores", "=G4", 0),
    ),
    Fault(
        "EXTRAORDINARY_SCORED",
        _with_meeting_too(_with_points_of("2026-03-BT1", {"1": Decimal(5)}), EXTRA),
        ("self_scores", "=G4", 0),
    ),
    Fault(
        "THEMATIC_SCORED_WITHOUT_FRAME",
        _with_meeting_too(_with_points_of("2026-03-CĐ", {"CĐ1": Decimal(20)}), THEMATIC),
        ("self_scores", "=G4", 0),
        also={"SCORE_OF_UNKNOWN_CRITERION"},
    ),
    Fault("SCORING_INCOMPLETE", with_points("2026-02", c4a=None, c8b=None), ("self_scores", "=E4", 0)),
    Fault(
        "SCORING_INCOMPLETE",
        with_points("2026-01", "official_scores", c4a=None),
        ("official_scores", "=D4", 0),
    ),
    Fault("TYPED_TOTAL_DIFFERS", _typed(typed_totals={code("2026-02"): Decimal(95)}), ("self_scores", "=E90", 0)),
    Fault("TYPED_GRADE_DIFFERS", _typed(typed_grades={code("2026-02"): "Khá"}), ("self_scores", "=E91", 0)),
    Fault("PRINTED_MAXIMUM_DIFFERS", _typed(maxima={"1": Decimal(10)}), ("self_scores", "=C5", 0)),
    Fault("EXPLANATION_OF_UNKNOWN_MEETING", _explained("2026-09", "1"), ("explanations", "meeting_code", 0)),
    Fault("EXPLANATION_OF_UNKNOWN_CRITERION", _explained("2026-02", "9z"), ("explanations", "criterion", 0)),
    Fault("GRADE_DROPPED", with_points("2026-02", c7="10"), ("self_scores", "=E4", 0)),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_found_at_its_place(fault):
    assert_found(fault)


def test_a_self_score_above_the_facts_is_found_unless_explained():
    short = with_meeting(FEBRUARY, minutes_criticism=10)
    fault = Fault("SELF_ABOVE_FACT", short, at("4g"))
    assert_found(fault)
    [found] = fault.findings()
    assert (found.seen, found.expected) == ("1", "≤ 0")
    assert [place.sheet for place in found.other_places] == ["Sinh hoạt"]
    row = Explanation(meeting_code=code("2026-02"), criterion="4G", reason="Ghi nhầm số phút")
    assert not Fault("", evolve(short, explanations=(row,)), None).findings()


def test_a_self_score_below_the_facts_needs_no_explanation():
    assert not Fault("", with_points("2026-02", c4g="0", c1="4"), None).findings()


def test_a_point_over_the_maximum_is_told_once_though_it_is_above_the_facts_as_well():
    assert codes(Fault("", with_points("2026-02", c1="6"), None).findings()) == {"SCORE_OVER_MAXIMUM"}


def test_zero_points_where_a_criterion_does_not_apply_are_let_be():
    assert not Fault("", with_points("2026-02", c4c="0"), None).findings()


def test_a_total_and_a_grade_that_agree_are_let_be_however_they_are_written():
    agreeing = _typed(typed_totals={code("2026-02"): Decimal("100.0")}, typed_grades={code("2026-02"): " tốt "})

    assert not Fault("", agreeing, None).findings()


def test_the_total_of_an_incomplete_score_is_compared_with_the_points_there_are():
    part = with_points("2026-02", c4a=None)
    right = evolve(part.self_scores, typed_totals={code("2026-02"): Decimal(95)})
    wrong = evolve(part.self_scores, typed_totals={code("2026-02"): Decimal(100)})

    assert codes(Fault("", evolve(part, self_scores=right), None).findings()) == {"SCORING_INCOMPLETE"}
    assert "TYPED_TOTAL_DIFFERS" in codes(Fault("", evolve(part, self_scores=wrong), None).findings())


def test_a_held_meeting_without_points_is_reminded_of_after_its_days():
    book = healthy_book()
    unscored = evolve(book.self_scores, points={m: p for m, p in book.self_scores.points.items() if m.month.number < 3})
    fault = Fault("MEETING_NOT_SCORED", evolve(book, self_scores=unscored), ("self_scores", "", 0))

    assert_found(fault)
    assert fault.code not in codes(Fault("", fault.book, None, today=date(2026, 3, 7)).findings())


def test_no_frame_in_force_before_the_frame_begins():
    old = a_meeting("2025-03")
    book = healthy_book(meetings=(old,), info=with_info(year=2025).info, roll_call=a_roll_call({"2025-03": "X" * 10}))
    fault = Fault("NO_FRAME_IN_FORCE", book, ("meetings", "held_on", 0))

    [found] = [finding for finding in fault.findings() if finding.code == fault.code]

    assert found.place == fault.place()
    assert found.expected == "≥ 28/10/2025"


def test_one_absence_that_decides_in_a_small_cell_is_noted():
    small = healthy_book().members[:7]
    marks = a_roll_call({"2026-01": "XXXXXXX", "2026-02": "XXXXXXP", "2026-03": "XXXXXXX"})
    dues = healthy_book().dues[:7]
    book = healthy_book(members=small, roll_call=marks, dues=dues)
    for index in range(3):
        book = with_meeting(index, book, membership=7, present=6 if index == FEBRUARY else 7, excused=int(index == 1))
    book = evolve(book, self_scores=with_points("2026-02", c2a="3").self_scores)

    assert_found(Fault("ONE_ABSENCE_DECIDES", book, ("roll_call", "=E4", 0)))


def test_a_combined_meeting_may_fill_the_thematic_criterion():
    assert not [f for f in Fault("", with_meeting(MARCH), None).findings() if f.code == "CRITERION_NOT_APPLICABLE"]
