"""Scoring on the desk: what the facts set, what may be set by hand, what needs an explanation."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest
from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, code, some_members
from chibo.model import Mark, MeetingKind
from chibo.office.desk.desk import ActRefusedError, Desk, Reason
from chibo.office.desk.meetings import record
from chibo.office.desk.roll_call import set_mark
from chibo.office.desk.scores import begin_scoring, explain, follow_facts, scored, set_points, unexplained
from desks import TODAY, a_desk, library

MARCH = code("2026-03")


def score(desk: Desk, criterion: str, points: str | None) -> Desk:
    given = None if points is None else Decimal(points)
    return set_points(desk, MARCH, criterion, given, library=library(), today=TODAY)


def points(desk: Desk) -> dict[str, Decimal]:
    return dict(desk.book.self_scores.of(MARCH))


def begun(desk: Desk) -> Desk:
    return begin_scoring(desk, MARCH, library(), TODAY)


def say(desk: Desk, criterion: str, reason: str) -> Desk:
    return explain(desk, MARCH, criterion, reason, library=library(), today=TODAY)


@pytest.fixture
def desk() -> Desk:
    return a_desk(a_book(a_meeting(), roll_call=a_roll_call({"2026-03": "X" * 10})))


def test_points_are_given_changed_and_taken_away(desk: Desk) -> None:
    assert points(score(desk, "4b", "13.5")) == {"4b": Decimal("13.5")}
    assert points(score(score(desk, "4b", "13.5"), "4b", "14")) == {"4b": Decimal(14)}
    assert points(score(score(desk, "4b", "13.5"), "4b", None)) == {}


@pytest.mark.parametrize(("criterion", "given"), [("1", "6"), ("1", "0"), ("4b", "15.5"), ("4b", "1.2"), ("3a", "1")])
def test_points_that_the_criterion_does_not_allow_are_refused(desk: Desk, criterion: str, given: str) -> None:
    with pytest.raises(ActRefusedError, match=Reason.BAD_POINTS.value):
        score(desk, criterion, given)


@pytest.mark.parametrize(
    ("criterion", "reason"), [("9z", Reason.UNKNOWN_CRITERION), ("4c", Reason.CRITERION_NOT_SCORED)]
)
def test_a_criterion_that_is_unknown_or_does_not_apply_is_refused(desk: Desk, criterion: str, reason: Reason) -> None:
    with pytest.raises(ActRefusedError, match=reason.value):
        score(desk, criterion, "1")


def test_d_and_d_with_a_stroke_are_two_criteria(desk: Desk) -> None:
    assert points(score(score(desk, "3d", "1"), "3đ", "2")) == {"3d": Decimal(1), "3đ": Decimal(2)}


def test_only_held_and_scored_meetings_take_points() -> None:
    with pytest.raises(ActRefusedError, match=Reason.NOT_HELD.value):
        score(a_desk(a_book(a_meeting(held_on=None))), "1", "5")
    other = a_meeting("2026-03-BT1", kind=MeetingKind.EXTRAORDINARY)
    with pytest.raises(ActRefusedError, match=Reason.NOT_SCORED.value):
        set_points(a_desk(a_book(other)), other.meeting_code, "1", Decimal(5), library=library(), today=TODAY)


def test_beginning_sets_what_the_facts_decide_and_nothing_else(desk: Desk) -> None:
    found = points(begun(desk))
    frame = library().frames["hd42-thuong-ky"]
    decided = {name for name, criterion in frame.criteria.items() if criterion.fact is not None} - {"7"}
    assert set(found) == decided
    assert found["1"] == 5
    assert found["2a"] == 4


def test_a_declared_rate_is_a_hint_that_sets_no_points() -> None:
    declared = begun(a_desk(a_book(a_meeting(previous_resolution_rate=85))))
    assert "7" not in points(declared)
    found = scored(declared.book, MARCH, library(), TODAY).score
    assert found is not None
    assert found.criterion("7").fact is not None
    assert found.criterion("7").fact.proposed == 27


def test_a_hint_that_was_taken_does_not_move_by_itself() -> None:
    taken = score(begun(a_desk(a_book(a_meeting(previous_resolution_rate=85)))), "7", "27")
    after = record(taken, MARCH, {"previous_resolution_rate": 95})
    assert follow_facts(taken, after, MARCH, library(), TODAY).criteria == ()


def test_a_meeting_somebody_has_begun_is_left_alone(desk: Desk) -> None:
    mine = score(desk, "3a", "3")
    assert begun(mine) == mine


def test_points_follow_the_facts_they_came_from(desk: Desk) -> None:
    before = begun(desk)
    after = record(before, MARCH, {"ends_at": time(15, 25)})
    followed = follow_facts(before, after, MARCH, library(), TODAY)
    assert followed.criteria == ("1",)
    assert points(followed.desk)["1"] == 4


def test_points_set_apart_from_the_facts_do_not_follow(desk: Desk) -> None:
    before = score(begun(desk), "1", "3")
    after = record(before, MARCH, {"ends_at": time(15, 25)})
    followed = follow_facts(before, after, MARCH, library(), TODAY)
    assert followed.criteria == ()
    assert points(followed.desk)["1"] == 3


def test_the_roll_call_moves_attendance(desk: Desk) -> None:
    before = begun(desk)
    after = set_mark(before, MARCH, "DV05", Mark.UNEXCUSED)
    followed = follow_facts(before, after, MARCH, library(), TODAY)
    assert followed.criteria == ("2a",)
    assert points(followed.desk)["2a"] == 1


def test_points_above_the_facts_want_an_explanation() -> None:
    desk = a_desk(a_book(a_meeting(), members=some_members(10), roll_call=a_roll_call({"2026-03": "XXXXXXXXPP"})))
    high = score(begun(desk), "2a", "4")
    found = scored(high.book, MARCH, library(), TODAY).score
    assert found is not None
    assert unexplained(found) == ("2a",)
    told = scored(say(high, "2a", " Hai đồng chí  đã chuyển đi ").book, MARCH, library(), TODAY).score
    assert told is not None
    assert unexplained(told) == ()
    assert told.criterion("2a").explanation == "Hai đồng chí đã chuyển đi"


def test_an_explanation_is_replaced_and_taken_away(desk: Desk) -> None:
    twice = say(say(desk, "4b", "Lý do một"), "4b", "Lý do hai")
    assert [row.reason for row in twice.book.explanations] == ["Lý do hai"]
    assert say(twice, "4b", " ").book.explanations == ()


def test_an_endless_explanation_is_refused(desk: Desk) -> None:
    with pytest.raises(ActRefusedError, match=Reason.TOO_LONG.value):
        say(desk, "4b", "a" * 1001)


def test_typed_totals_of_a_changed_meeting_no_longer_hold(desk: Desk) -> None:
    typed = evolve(desk.book.self_scores, typed_totals={MARCH: Decimal(99)}, typed_grades={MARCH: "Tốt"})
    after = score(desk.with_book(evolve(desk.book, self_scores=typed)), "1", "5")
    assert after.book.self_scores.typed_totals == {}
    assert after.book.self_scores.typed_grades == {}
