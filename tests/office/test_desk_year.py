"""The year at a glance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from builders import a_book, a_meeting, code
from chibo.model import MeetingKind, MeetingState, PlanTopic, ScoreSheet, ThematicPlan
from chibo.model.vocabulary import TopicState
from chibo.office.desk.year import Standing, year_of
from desks import TODAY, library


def full_marks(meeting: str) -> dict[str, Decimal]:
    frame = library().frames["hd42-thuong-ky"]
    return {
        line.criterion.code: line.maximum
        for line in frame.lines(MeetingKind.REGULAR)
        if line.criterion.applies_to(MeetingKind.REGULAR)
    }


def standings(book: object, *to_mend: str) -> list[str]:
    months, _ = year_of(book, library(), TODAY, [code(meeting) for meeting in to_mend])  # type: ignore[arg-type]
    return [month.standing.value for month in months]


def test_months_tell_how_far_they_have_come() -> None:
    some = {"1": Decimal(5)}
    book = a_book(
        a_meeting("2026-01"),
        a_meeting("2026-02"),
        a_meeting("2026-03"),
        a_meeting("2026-04", held_on=None, state=MeetingState.POSTPONED),
        a_meeting("2026-05", held_on=None),
        self_scores=ScoreSheet({code("2026-01"): full_marks("2026-01"), code("2026-02"): some}),
    )
    assert standings(book)[:7] == ["scored", "doing", "held", "postponed", "registered", "empty", "empty"]


def test_a_meeting_to_be_mended_has_no_grade_even_where_its_row_could_not_be_read() -> None:
    book = a_book(a_meeting("2026-01"), self_scores=ScoreSheet({code("2026-01"): full_marks("2026-01")}))
    assert standings(book, "2026-01", "2026-02", "2026-03-CĐ")[:3] == ["to-mend", "to-mend", "missing"]


def test_a_month_that_is_over_without_a_meeting_is_missing() -> None:
    book = a_book(a_meeting("2026-01"), a_meeting("2026-03", held_on=None))
    assert standings(book)[:4] == ["held", "missing", "missing", "empty"]


def test_scores_of_a_scored_month_are_there() -> None:
    book = a_book(a_meeting("2026-01"), self_scores=ScoreSheet({code("2026-01"): full_marks("2026-01")}))
    months, _ = year_of(book, library(), TODAY)
    regular = months[0].regular
    assert regular is not None
    assert regular.score is not None
    assert regular.score.self_total == 100


def test_other_meetings_stand_beside_the_regular_one() -> None:
    book = a_book(a_meeting("2026-02"), a_meeting("2026-02-CĐ", kind=MeetingKind.THEMATIC))
    months, _ = year_of(book, library(), TODAY)
    assert [str(line.meeting.meeting_code) for line in months[1].others] == ["2026-02-CĐ"]
    assert months[1].others[0].standing is Standing.HELD


def test_quarters_count_topics_held() -> None:
    plan = ThematicPlan(
        topics=(
            PlanTopic(no="1", quarter=1, topic="Một"),
            PlanTopic(no="2", quarter=1, topic="Hai", state=TopicState.HELD),
            PlanTopic(no="3", quarter=2, topic="Ba"),
        )
    )
    book = a_book(a_meeting("2026-02", kind=MeetingKind.COMBINED, plan_no="1"), plan=plan)
    _, quarters = year_of(book, library(), date(2026, 4, 1))
    assert [(len(q.planned), len(q.held), q.over) for q in quarters] == [
        (2, 2, True),
        (1, 0, False),
        (0, 0, False),
        (0, 0, False),
    ]
