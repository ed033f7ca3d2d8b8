"""What the row of facts of one meeting says."""

from __future__ import annotations

import pickle
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import a_book, a_meeting, a_roll_call, an_info, code
from chibo.findings import FindingKind, Severity
from chibo.model import (
    CellBook,
    Grade,
    GridOrigin,
    Meeting,
    MeetingFacts,
    MeetingKind,
    MeetingState,
    Origin,
    Place,
    PlanTopic,
    RollCall,
    ScoreSheet,
    TableOrigin,
    ThematicPlan,
)
from chibo.scoring.facts import facts_of, percent, plain
from scored import LIBRARY, full_sheet

BLOCK = FindingKind("TEST_BLOCK", Severity.BLOCK)
WARN = FindingKind("TEST_WARN", Severity.WARN)
NOTE = FindingKind("TEST_NOTE", Severity.NOTE)


def facts(book: CellBook, *findings: object) -> MeetingFacts:
    """The facts of the only meeting of a book."""
    (row,) = facts_of(book, LIBRARY, findings)  # type: ignore[arg-type]
    return row


def of_meeting(**changes: object) -> MeetingFacts:
    """The facts of an ordinary meeting, changed."""
    return facts(a_book(a_meeting(**changes)))


def test_the_row_names_the_cell_the_meeting_and_the_file():
    row = facts(a_book())
    assert (row.committee_code, row.cell_code, row.cell_name) == ("DB01", "CB01", "Chi bộ Văn phòng")
    assert (row.year, str(row.meeting_code), row.kind) == (2026, "2026-03", MeetingKind.REGULAR)
    assert (row.held_on, row.source, row.frame) == (date(2026, 3, 5), "so.xlsx", "hd42-thuong-ky")


def test_minutes_are_end_minus_start():
    assert of_meeting(starts_at=time(14, 5), ends_at=time(15, 30)).minutes == 85
    assert of_meeting(ends_at=None).minutes is None


def test_attendance_rate_is_present_over_those_who_had_to_come():
    row = of_meeting(membership=12, exempt=1, transferred=1, special_duty=1, present=8, excused=1, unexcused=0)
    assert row.attendance_rate == Decimal("88.89")


def test_the_frame_decides_whom_the_rate_leaves_out():
    meeting = a_meeting(membership=10, present=8, excused=2)
    frame = LIBRARY.frames["hd42-thuong-ky"]
    leaves_out = evolve_denominators(frame, ("exempt", "special_duty", "transferred", "suspended", "excused"))

    class Office:
        frames = {frame.id: leaves_out}  # noqa: RUF012
        defaults = LIBRARY.defaults

    (row,) = facts_of(a_book(meeting), Office())
    assert row.attendance_rate == 100
    (row,) = facts_of(a_book(a_meeting(membership=10, present=9, excused=2)), Office())
    assert row.attendance_rate is None  # 9 of 8 cannot be
    assert of_meeting(membership=10, present=8, excused=2).attendance_rate == 80


def evolve_denominators(frame, names):
    """The frame with another rule of whom the attendance rate leaves out."""
    return frame.model_copy(
        update={"denominators": frame.denominators.model_copy(update={"attendance_leaves_out": names})}
    )


@pytest.mark.parametrize(
    ("present", "owed", "shown"), [(1, 3, "33.33"), (2, 3, "66.67"), (1, 8, "12.5"), (7, 7, "100")]
)
def test_the_rate_is_rounded_half_up_to_two_decimals(present, owed, shown):
    assert str(percent(Fraction(present, owed))) == shown


@pytest.mark.parametrize(("rate", "shown"), [("0.00125", "0.13"), ("0.00124999", "0.12"), ("0.85505", "85.51")])
def test_a_half_of_the_last_digit_goes_up(rate, shown):
    assert str(percent(Fraction(rate))) == shown


@given(st.decimals(min_value=0, max_value=1000, places=3))
def test_plain_numbers_keep_their_value_and_show_no_exponent(number):
    shown = str(plain(number))
    assert Decimal(shown) == number
    assert "E" not in shown
    assert "." not in shown or not shown.endswith("0")


def test_a_full_roll_call_gives_the_counts():
    row = facts(a_book(a_meeting(present=3), roll_call=a_roll_call({"2026-03": "XXXXXXXPKM"})))
    counted = (row.membership, row.present, row.excused, row.unexcused, row.exempt)
    assert counted == (10, 7, 1, 1, 1)
    assert row.attendance_rate == Decimal("77.78")


def test_unknown_counts_stay_empty():
    nothing = dict.fromkeys(("membership", "exempt", "transferred", "special_duty", "suspended"))
    row = of_meeting(**nothing, present=None, excused=None, unexcused=None, speakers=None)
    assert (row.membership, row.present, row.exempt, row.attendance_rate, row.speakers) == (None,) * 5


def test_a_completely_scored_meeting_has_total_and_grade():
    row = facts(a_book(self_scores=full_sheet("2026-03", c5a="0.5", c2a="3")))
    assert (str(row.self_total), row.self_grade) == ("97.5", Grade.GOOD)
    assert (row.official_total, row.official_grade) == (None, None)


def test_one_missing_point_leaves_the_total_empty():
    sheet = full_sheet("2026-03")
    points = {code_: value for code_, value in sheet.of(code("2026-03")).items() if code_ != "8b"}
    row = facts(a_book(self_scores=ScoreSheet({code("2026-03"): points})))
    assert (row.self_total, row.self_grade) == (None, None)
    assert row.fact_total is not None


def test_the_official_score_stands_beside_the_self_score():
    row = facts(a_book(self_scores=full_sheet("2026-03"), official_scores=full_sheet("2026-03", c7="10", c4b="14.5")))
    assert (row.self_total, str(row.official_total), row.official_grade) == (100, "79.5", Grade.FAIR)


def test_a_cell_may_name_its_own_frame():
    row = facts(a_book(info=an_info(frame_regular="khoi-phu-tho")))
    assert (row.frame, row.fact_total) == ("khoi-phu-tho", 0)


def test_meetings_that_no_frame_scores_have_facts_but_no_points():
    extraordinary = a_meeting("2026-03-BT1", kind=MeetingKind.EXTRAORDINARY)
    row = facts(a_book(extraordinary))
    assert (row.frame, row.self_total, row.fact_total) == ("", None, None)
    assert row.present == 10


@pytest.mark.parametrize("state", [MeetingState.POSTPONED, MeetingState.NOT_HELD])
def test_a_meeting_that_was_not_held_keeps_its_row_without_figures(state):
    row = facts(a_book(a_meeting(state=state), self_scores=full_sheet("2026-03")))
    shown = {
        name
        for name in ("held_on", "minutes", "membership", "present", "frame", "self_total", "fact_total")
        if getattr(row, name) not in (None, "")
    }
    assert shown == set()
    assert str(row.meeting_code) == "2026-03"
    assert row.thematic is False


def test_a_meeting_is_thematic_when_a_row_of_the_plan_was_held_in_it():
    plan = ThematicPlan(topics=(PlanTopic(no="2", quarter=1, topic="Nêu gương"),))
    assert facts(a_book(a_meeting(plan_no="2"), plan=plan)).thematic is True
    assert facts(a_book(a_meeting(plan_no="3"), plan=plan)).thematic is False
    assert facts(a_book(a_meeting(), plan=plan)).thematic is False
    assert facts(a_book(a_meeting(plan_no="1; 2"), plan=plan)).thematic is True
    assert facts(a_book(a_meeting(plan_no="2", held_on=None), plan=plan)).thematic is False


def test_blocking_and_warning_findings_on_the_meeting_are_counted():
    place, march = Place("so.xlsx"), code("2026-03")
    found = [
        BLOCK.at(place, meeting=march),
        WARN.at(place, meeting=march),
        NOTE.at(place, meeting=march),
        WARN.at(place, meeting=code("2026-04")),
        WARN.at(place),
    ]
    assert facts(a_book(), *found).findings == 2


def test_rows_stand_in_the_order_of_the_sheet():
    book = a_book(a_meeting("2026-04"), a_meeting("2026-02"), a_meeting("2026-03-CĐ", kind=MeetingKind.THEMATIC))
    assert [str(row.meeting_code) for row in facts_of(book, LIBRARY)] == ["2026-04", "2026-02", "2026-03-CĐ"]


# Places


def placed_book(meeting: Meeting, **changes: object) -> CellBook:
    """A book whose meeting stands in row 7 of `Sinh hoạt`."""
    columns = {"meeting_code": 1, "held_on": 3, "starts_at": 4, "ends_at": 5, "membership": 9, "present": 28}
    table = TableOrigin("so.xlsx", "Sinh hoạt", 4, columns)
    return a_book(evolve(meeting, origin=Origin(table, 7)), **changes)


def test_typed_figures_stand_in_the_meetings_row():
    places = facts(placed_book(a_meeting())).places
    assert places["present"] == Place("so.xlsx", "Sinh hoạt", "AB7")
    assert places["attendance_rate"] == Place("so.xlsx", "Sinh hoạt", "I7,AB7")
    assert places["minutes"] == Place("so.xlsx", "Sinh hoạt", "D7:E7")
    assert "speakers" not in places
    assert "self_total" not in places


def test_counts_of_a_roll_call_come_from_its_column():
    marks = a_roll_call({"2026-03": "X" * 10})
    origin = GridOrigin("so.xlsx", "Điểm danh", 3, {f"DV{i:02d}": 3 + i for i in range(1, 11)}, {"2026-03": 5})
    row = facts(placed_book(a_meeting(), roll_call=RollCall(marks.marks, origin=origin)))
    assert row.places["membership"] == Place("so.xlsx", "Điểm danh", "E4:E13")
    assert row.places["held_on"] == Place("so.xlsx", "Sinh hoạt", "C7")


def test_the_source_of_a_score_is_the_range_of_its_points():
    origin = GridOrigin("so.xlsx", "Chấm điểm", 5, {"1": 6, "8c": 33}, {"2026-03": 6})
    sheet = ScoreSheet(full_sheet("2026-03").points, origin=origin)
    row = facts(placed_book(a_meeting(), self_scores=sheet))
    assert row.places["self_total"] == row.places["self_grade"] == Place("so.xlsx", "Chấm điểm", "F6:F33")


def test_places_travel_between_processes():
    row = facts(placed_book(a_meeting()))
    again = pickle.loads(pickle.dumps(row))
    assert again == row
    assert dict(again.places) == dict(row.places)
    assert set(row.places) == {"meeting_code", "held_on", "minutes", "membership", "present", "attendance_rate", "owed"}
