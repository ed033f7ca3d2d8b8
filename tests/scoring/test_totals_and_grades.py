"""Totals and grades of the three scores: exact, complete or none, gates applied."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from builders import a_book, a_meeting, code
from chibo.model import Explanation, Grade, MeetingKind, MeetingState, ScoreSheet
from chibo.scoring import MeetingScore, score_meeting
from scored import LIBRARY, full_scores

FRAME = LIBRARY.frames["hd42-thuong-ky"]
GATED = LIBRARY.frames["binh-thuan-cong"]
MARCH = code("2026-03")


def scored(
    points: dict[str, Any], frame: Any = FRAME, official: dict[str, Any] | None = None, **row: Any
) -> MeetingScore:
    def sheet(values: dict[str, Any] | None) -> ScoreSheet:
        return ScoreSheet({MARCH: {name: Decimal(str(value)) for name, value in (values or {}).items()}})

    meeting = a_meeting(**row)
    return score_meeting(a_book(meeting, self_scores=sheet(points), official_scores=sheet(official)), meeting, frame)


@pytest.mark.parametrize(
    ("changes", "total", "grade"),
    [
        ({}, "100", Grade.GOOD),
        ({"c7": "20"}, "90", Grade.GOOD),
        ({"c7": "20", "c5a": "1.5"}, "89.5", Grade.FAIR),
        ({"c7": "10", "c4a": "0", "c3a": "0", "c3b": "0"}, "70", Grade.FAIR),
        ({"c7": "10", "c4a": "0", "c3a": "0", "c3b": "0", "c5a": "1.5"}, "69.5", Grade.AVERAGE),
        ({"c7": "10", "c4a": "0", "c4b": "0", "c5b": "0", "c5c": "0", "c3a": "0"}, "50", Grade.AVERAGE),
        ({"c7": "10", "c4a": "0", "c4b": "0", "c5b": "0", "c5c": "0", "c3a": "0", "c5d": "0.5"}, "49.5", Grade.POOR),
    ],
)
def test_grades_by_thresholds_compared_exactly(changes: dict[str, str], total: str, grade: Grade) -> None:
    score = scored(full_scores("hd42-thuong-ky", **changes))
    assert (score.self_total, score.self_grade) == (Decimal(total), grade)


def test_a_combined_meeting_has_the_thematic_criterion_and_less_for_the_regular_one() -> None:
    points = full_scores("hd42-thuong-ky", MeetingKind.COMBINED)
    score = scored(points, kind=MeetingKind.COMBINED)
    assert score.self_total == 100
    assert (score.criterion("4b").maximum, score.criterion("4c").maximum) == (10, 5)
    assert scored(full_scores("hd42-thuong-ky")).criterion("4b").maximum == 15


def test_points_of_a_criterion_that_does_not_apply_count_for_nothing() -> None:
    score = scored({**full_scores("hd42-thuong-ky"), "4c": 5, "zz": 3})
    assert score.self_total == 100
    assert not score.criterion("4c").applies
    assert score.criterion("4c").maximum == 0


def test_one_unscored_criterion_leaves_total_and_grade_empty_but_shows_the_sum_so_far() -> None:
    points = full_scores("hd42-thuong-ky")
    del points["5b"]
    score = scored(points)
    assert (score.self_total, score.self_grade) == (None, None)
    assert score.self_tally.points_so_far == 96
    assert score.self_tally.unscored == ("5b",)


def test_an_empty_sheet_is_not_a_score_of_zero() -> None:
    score = scored({})
    assert (score.self_total, score.self_tally.points_so_far) == (None, 0)


def test_a_score_of_zero_is_a_score() -> None:
    points = dict.fromkeys(full_scores("hd42-10-dong"), 0)
    score = scored(points, frame=LIBRARY.frames["hd42-10-dong"])
    assert (score.self_total, score.self_grade) == (0, Grade.POOR)


def test_official_inherits_nothing_from_self() -> None:
    points = full_scores("hd42-thuong-ky")
    partly = scored(points, official={"7": 20})
    assert (partly.self_total, partly.official_total, partly.official_grade) == (100, None, None)
    fully = scored({}, official={**points, "7": 20})
    assert (fully.self_total, fully.official_total, fully.official_grade) == (None, 90, Grade.GOOD)


def test_group_sums_add_up_to_the_total() -> None:
    score = scored(full_scores("hd42-thuong-ky", c5a="1.5"))
    assert sum(score.self_tally.by_group.values()) == score.self_total
    assert score.self_tally.by_group["5"] == Decimal("9.5")


@pytest.mark.parametrize("short", [{"c1": "4"}, {"c2a": "3"}, {"c4đ": "4"}, {"c4e": "0"}])
def test_the_gate_turns_tot_into_kha_unless_all_its_criteria_are_full(short: dict[str, str]) -> None:
    score = scored(full_scores("binh-thuan-cong", **short), frame=GATED)
    assert score.self_total is not None
    assert score.self_total >= 90
    assert score.self_grade is Grade.FAIR
    assert [gate.grade for gate in score.self_tally.gates] == [Grade.GOOD]


def test_with_the_gate_met_tot_stays_and_lower_grades_are_untouched() -> None:
    assert scored(full_scores("binh-thuan-cong", c3b="0"), frame=GATED).self_grade is Grade.GOOD
    low = scored(full_scores("binh-thuan-cong", c1="1", c7="10"), frame=GATED)
    assert (low.self_grade, low.self_tally.gates) == (Grade.FAIR, ())


def test_the_gate_judges_official_points_by_themselves() -> None:
    points = full_scores("binh-thuan-cong")
    score = scored(points, frame=GATED, official={**points, "1": 4})
    assert (score.self_grade, score.official_grade) == (Grade.GOOD, Grade.FAIR)


def test_facts_decide_at_most_53_points_in_this_frame() -> None:
    for kind in FRAME.applies.meeting_kinds:
        row = a_meeting(kind=kind)
        assert score_meeting(a_book(row), row, FRAME).fact_maximum == 53


def test_the_fact_total_adds_decided_points_and_nothing_for_the_unknown() -> None:
    assert scored({}).fact_total == 5 + 4 + 2 + 1 + 2 + 5 + 1 + 1 + 1
    assert scored({}, speakers=None).fact_total == 22 - 5


def test_frames_without_facts_have_a_fact_total_of_zero() -> None:
    score = scored({}, frame=LIBRARY.frames["hd42-10-dong"])
    assert (score.fact_total, score.fact_maximum) == (0, 0)


@pytest.mark.parametrize(
    "row", [{"held_on": None}, {"state": MeetingState.POSTPONED}, {"state": MeetingState.NOT_HELD}]
)
def test_a_meeting_that_was_not_held_is_not_scored_and_has_no_facts(row: dict[str, Any]) -> None:
    points = full_scores("hd42-thuong-ky")
    score = scored(points, official=points, **row)
    assert (score.fact_total, score.self_total, score.official_total, score.self_grade) == (None, None, None, None)
    assert all(entry.fact is None for entry in score.criteria)


def test_a_frame_for_other_meetings_is_refused() -> None:
    with pytest.raises(ValueError, match="not for meetings"):
        scored({}, kind=MeetingKind.THEMATIC)


def test_above_the_facts_an_explanation_is_asked_for_below_nothing() -> None:
    late = {"reported_on": None}
    above = scored({"2a": 4, "8c": 1, "4đ": 5}, present=8, excused=2, speakers=2, **late)
    assert {entry.code for entry in above.criteria if entry.needs_explanation} == {"2a", "8c", "4đ"}
    assert above.criterion("4đ").excess == 3
    below = scored({"2a": 1, "1": 1})
    assert not any(entry.needs_explanation for entry in below.criteria)


def test_an_explanation_answers_whatever_the_letter_case_of_its_code() -> None:
    meeting = a_meeting(present=8, excused=2)
    reasons = (
        Explanation(meeting_code=MARCH, criterion="2A", reason="Hai đồng chí đi công tác"),
        Explanation(meeting_code=code("2026-04"), criterion="2a", reason="Kỳ khác"),
        Explanation(meeting_code=MARCH, criterion="2a", reason="có xác nhận"),
    )
    sheet = ScoreSheet({MARCH: {"2a": Decimal(4)}})
    entry = score_meeting(a_book(meeting, self_scores=sheet, explanations=reasons), meeting, FRAME).criterion("2a")
    assert entry.explanation == "Hai đồng chí đi công tác; có xác nhận"
    assert not entry.needs_explanation
    assert entry.excess == 1


def test_a_declared_rate_sets_no_limit() -> None:
    assert scored({"7": 30}).criterion("7").supported is None


def test_d_is_not_dd() -> None:
    meeting = a_meeting(present=8, excused=2, speakers=2)
    sheet = ScoreSheet({MARCH: {"4d": Decimal(2)}})
    score = score_meeting(a_book(meeting, self_scores=sheet), meeting, FRAME)
    assert (score.criterion("4d").self_points, score.criterion("4đ").self_points) == (2, None)


def test_places_of_facts_are_none_for_a_book_made_in_memory_and_counts_stay() -> None:
    entry = scored({}).criterion("1")
    assert entry.fact is not None
    assert entry.fact.places == ()
    assert evolve(entry).label("en") == "Time and duration kept"


def test_one_criterion_asked_for_alone_is_that_of_the_whole_form() -> None:
    score = scored({**full_scores("hd42-thuong-ky"), "1": 2}, official={"1": 1})
    assert tuple(score.criteria) == tuple(score.criterion(entry.code) for entry in score.criteria)
    assert score.criteria == scored({**full_scores("hd42-thuong-ky"), "1": 2}, official={"1": 1}).criteria
    assert score.criteria != scored(full_scores("hd42-thuong-ky")).criteria
    with pytest.raises(KeyError):
        score.criterion("zz")


def test_the_decisions_are_those_of_the_criteria_that_facts_speak_of() -> None:
    score = scored(full_scores("hd42-thuong-ky"))
    spoken_of = {entry.code: (entry.fact.outcome, entry.fact.points) for entry in score.criteria if entry.fact}
    assert {name: (one.outcome, one.points) for name, one in score.decisions.items()} == spoken_of
    assert scored({}, held_on=None).decisions == {}
