"""What if the frame were another one: thresholds and weights, checked again; meetings regraded without rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from builders import a_book, a_meeting, code
from chibo.definitions.frames.frame import Frame
from chibo.errors import DefinitionError, UnknownNameError
from chibo.model import Grade, ScoreSheet
from chibo.scoring import MeetingScore, score_meeting
from chibo.scoring.what_if import regraded, with_maxima, with_maximum, with_thresholds
from scored import LIBRARY, full_scores

FRAME = LIBRARY.frames["hd42-thuong-ky"]


def scored(frame: Frame = FRAME, **points: str) -> MeetingScore:
    row = a_meeting()
    sheet = ScoreSheet({code("2026-03"): full_scores(frame.id, **points)})
    return score_meeting(a_book(row, self_scores=sheet), row, frame)


def test_another_threshold_changes_the_grade_and_leaves_the_frame_alone() -> None:
    lenient = with_thresholds(FRAME, {Grade.GOOD: "80"})
    assert (FRAME.grade_of(Decimal(85)), lenient.grade_of(Decimal(85))) == (Grade.FAIR, Grade.GOOD)
    assert regraded(scored(c7="15"), lenient).self_grade is Grade.GOOD


def test_thresholds_out_of_order_are_refused_by_key() -> None:
    with pytest.raises(DefinitionError) as caught:
        with_thresholds(FRAME, {"Tốt": 60})
    assert caught.value.key == "grades.Khá.at_least"


def test_a_weight_takes_group_total_levels_and_bands_along() -> None:
    heavier = with_maximum(FRAME, "7", 45)
    assert heavier.total == 115
    assert [level.points for level in heavier.criteria["7"].levels] == [
        45,
        Decimal("40.5"),
        36,
        30,
        Decimal("22.5"),
        15,
    ]
    assert with_maximum(heavier, "7", 30) == FRAME


def test_a_total_below_the_thresholds_is_refused() -> None:
    with pytest.raises(DefinitionError, match="ngưỡng"):
        with_maximum(FRAME, "7", 15)


def test_a_weight_keeps_all_kinds_of_meeting_adding_up() -> None:
    heavier = with_maximum(FRAME, "4b", "20")
    assert (heavier.criteria["4b"].max, list(heavier.criteria["4b"].max_for.values())) == (20, [15])
    assert heavier.total == 105


def test_weights_can_change_together_so_that_the_total_stays() -> None:
    moved = with_maxima(FRAME, {"7": 20, "4b": 25})
    assert (moved.total, moved.criteria["7"].max, moved.criteria["4b"].max) == (100, 20, 25)


def test_an_unknown_criterion_is_named() -> None:
    with pytest.raises(UnknownNameError, match="9z"):
        with_maximum(FRAME, "9z", 5)


def test_points_keep_their_share_of_another_maximum_unrounded() -> None:
    score = scored(c5c="1", c7="20")
    under = regraded(score, with_maxima(FRAME, {"5c": 1, "7": 32}))
    assert under.self_total == 100 - 30 - 3 + Fraction(1, 3) + Fraction(20 * 32, 30)
    assert (under.official_total, under.official_grade) == (None, None)


def test_the_same_frame_regrades_to_the_same() -> None:
    score = scored(c7="20", c5a="1.5")
    under = regraded(score, FRAME)
    assert (under.self_total, under.self_grade) == (score.self_total, score.self_grade)


def test_gates_hold_under_another_frame_too() -> None:
    gated = LIBRARY.frames["binh-thuan-cong"]
    score = scored(gated, c1="4")
    assert regraded(score, with_thresholds(gated, {"Tốt": 95})).self_grade is Grade.FAIR


def test_a_frame_with_other_criteria_cannot_regrade() -> None:
    with pytest.raises(ValueError, match="same criteria"):
        regraded(scored(), LIBRARY.frames["hd42-10-dong"])
