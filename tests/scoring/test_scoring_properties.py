"""Laws of scoring: monotone in the facts, within bounds, sums that agree, nothing rounded."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import a_book, a_meeting, code
from chibo.definitions.frames.frame import Criterion, CriterionKind, Frame
from chibo.model import Meeting, MeetingKind, ScoreSheet
from chibo.scoring import MeetingScore, score_meeting
from scored import LIBRARY

FRAMES = list(LIBRARY.frames.values())
HD42 = LIBRARY.frames["hd42-thuong-ky"]

minutes = st.integers(1, 900)
counts = st.integers(0, 200)
days = st.none() | st.integers(-5, 10).map(lambda shift: date(2026, 3, 5) + timedelta(days=shift))


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """A held regular or combined meeting with any facts, missing ones too."""
    owed = draw(st.integers(1, 200))
    present = draw(st.integers(0, owed))
    unexcused = draw(st.integers(0, owed - present))
    return a_meeting(
        kind=draw(st.sampled_from([MeetingKind.REGULAR, MeetingKind.COMBINED])),
        ends_at=draw(st.none() | st.times(time(14, 1), time(23, 59))),
        membership=draw(st.sampled_from([None, owed])),
        present=draw(st.sampled_from([None, present])),
        excused=owed - present - unexcused,
        unexcused=draw(st.sampled_from([None, unexcused])),
        speakers=draw(st.none() | st.integers(0, present)),
        minutes_criticism=draw(st.none() | st.integers(0, 60)),
        previous_resolution_rate=draw(st.none() | st.fractions(0, 100)),
        committee_met_on=draw(days),
        notified_on=draw(days),
        papers_sent_on=draw(days),
        reported_on=draw(days),
        minutes_kept=draw(st.sampled_from([None, True, False])),
    )


def scored(meeting: Meeting, frame: Frame = HD42, **book: Any) -> MeetingScore:
    return score_meeting(a_book(meeting, **book), meeting, frame)


def points_of(criterion: Criterion, kind: MeetingKind) -> st.SearchStrategy[Decimal]:
    """Any points that may be given in a criterion."""
    if choices := criterion.choices(kind):
        return st.sampled_from(choices)
    step = criterion.step or Decimal(1)
    low, high = criterion.minimum(kind), criterion.maximum(kind)
    return st.integers(int(low / step), int(high / step)).map(lambda steps: steps * step)


@st.composite
def scored_meetings(draw: st.DrawFn) -> tuple[MeetingScore, dict[str, Decimal]]:
    """A meeting fully scored by any shipped frame, and the points given."""
    frame = draw(st.sampled_from(FRAMES))
    kind = draw(st.sampled_from(frame.applies.meeting_kinds))
    points = {line.criterion.code: draw(points_of(line.criterion, kind)) for line in frame.lines(kind) if line.applies}
    meeting = a_meeting(kind=kind)
    sheet = ScoreSheet({code("2026-03"): points})
    return score_meeting(a_book(meeting, self_scores=sheet), meeting, frame), points


@given(scored_meetings())
def test_the_total_is_the_exact_sum_of_points_and_of_groups(case: tuple[MeetingScore, dict[str, Decimal]]) -> None:
    score, points = case
    assert score.self_total == sum(points.values()) == sum(score.self_tally.by_group.values())
    assert 0 <= (score.self_total or 0) <= score.maximum


@given(scored_meetings())
def test_the_grade_is_that_of_the_highest_threshold_reached_or_of_a_gate(
    case: tuple[MeetingScore, dict[str, Decimal]],
) -> None:
    score, points = case
    total = score.self_total
    assert total is not None
    reached = [entry.grade for entry in score.frame.grades if entry.at_least is None or total >= entry.at_least]
    barred = any(
        points.get(gated, 0) < score.criterion(gated).maximum
        for gate in score.frame.gates
        if gate.grade is reached[0]
        for gated in gate.full_marks
    )
    assert score.self_grade is (score.frame.gates[0].otherwise if barred else reached[0])


@given(scored_meetings(), st.data())
def test_without_one_criterion_there_is_no_total(
    case: tuple[MeetingScore, dict[str, Decimal]], data: st.DataObject
) -> None:
    score, points = case
    left_out = data.draw(st.sampled_from(sorted(points)))
    rest = {name: value for name, value in points.items() if name != left_out}
    meeting = a_meeting(kind=score.kind)
    book = a_book(meeting, self_scores=ScoreSheet({code("2026-03"): rest}))
    partly = score_meeting(book, meeting, score.frame)
    assert (partly.self_total, partly.self_grade, partly.self_tally.unscored) == (None, None, (left_out,))
    assert partly.self_tally.points_so_far == sum(rest.values())


@given(meetings())
def test_facts_only_give_points_that_the_criterion_knows(meeting: Meeting) -> None:
    score = scored(meeting)
    for entry in score.criteria:
        if entry.fact is not None and entry.fact.points is not None:
            assert entry.criterion.allows(entry.fact.points, meeting.kind)


@given(meetings())
def test_the_fact_total_is_the_sum_of_decided_points_within_what_facts_can_decide(meeting: Meeting) -> None:
    score = scored(meeting)
    decided = [entry.fact.points for entry in score.criteria if entry.fact is not None and entry.fact.decided]
    assert score.fact_total == sum(points for points in decided if points is not None)
    assert 0 <= (score.fact_total or 0) <= score.fact_maximum == 53


@given(meetings())
def test_points_typed_never_change_what_the_facts_say(meeting: Meeting) -> None:
    sheet = ScoreSheet({code("2026-03"): {"1": Decimal(1), "7": Decimal(30)}})
    assert scored(meeting, self_scores=sheet, official_scores=sheet).fact_total == scored(meeting).fact_total


@given(meetings())
def test_every_reason_is_a_whole_sentence_in_both_languages(meeting: Meeting) -> None:
    for entry in scored(meeting).criteria:
        if entry.fact is not None:
            for language in ("vi", "en"):
                reason = entry.fact.reason(language)
                assert reason
                assert "{" not in reason
                assert "None" not in reason
                if entry.fact.decided:
                    assert "?" not in reason


def fact_points(meeting: Meeting, criterion: str) -> Decimal:
    fact = scored(meeting).criterion(criterion).fact
    assert fact is not None
    assert fact.points is not None
    return fact.points


@given(minutes, minutes, counts, st.sampled_from([MeetingKind.REGULAR, MeetingKind.COMBINED]))
def test_longer_is_never_worse(one: int, other: int, members: int, kind: MeetingKind) -> None:
    def lasting(length: int) -> Meeting:
        hours, rest = divmod(length, 60)
        return a_meeting(kind=kind, membership=members, starts_at=time(0, 0), ends_at=time(hours, rest))

    shorter, longer = sorted((one, other))
    assert fact_points(lasting(shorter), "1") <= fact_points(lasting(longer), "1")


@given(st.integers(1, 200), st.data())
def test_more_present_is_never_worse(owed: int, data: st.DataObject) -> None:
    few, many = sorted((data.draw(st.integers(1, owed)), data.draw(st.integers(1, owed))))

    def attended(present: int) -> Meeting:
        return a_meeting(membership=owed, present=present, excused=owed - present, unexcused=0)

    assert fact_points(attended(few), "2a") <= fact_points(attended(many), "2a")


@given(st.integers(1, 200), st.data())
def test_an_unexcused_absence_is_never_better_than_an_excused_one(owed: int, data: st.DataObject) -> None:
    absent = data.draw(st.integers(0, owed - 1))
    unexcused = data.draw(st.integers(0, absent))
    excused_all = a_meeting(membership=owed, present=owed - absent, excused=absent, unexcused=0)
    some_not = evolve(excused_all, excused=absent - unexcused, unexcused=unexcused)
    assert fact_points(some_not, "2a") <= fact_points(excused_all, "2a")


@given(st.integers(1, 200), st.data())
def test_more_speakers_are_never_worse(present: int, data: st.DataObject) -> None:
    few, many = sorted((data.draw(st.integers(0, present)), data.draw(st.integers(0, present))))
    row = a_meeting(membership=present, present=present)
    assert fact_points(evolve(row, speakers=few), "4đ") <= fact_points(evolve(row, speakers=many), "4đ")


@given(
    st.integers(-30, 30), st.integers(-30, 30), st.sampled_from(["committee_met_on", "papers_sent_on", "reported_on"])
)
def test_earlier_is_never_worse(one: int, other: int, column: str) -> None:
    criterion = {"committee_met_on": "3c", "papers_sent_on": "3đ", "reported_on": "8c"}[column]
    row = a_meeting()
    assert row.held_on is not None
    early, late = sorted((row.held_on + timedelta(days=one), row.held_on + timedelta(days=other)))
    assert fact_points(evolve(row, **{column: late}), criterion) <= fact_points(
        evolve(row, **{column: early}), criterion
    )


@given(meetings(), st.sampled_from(["speakers", "minutes_criticism", "ends_at"]))
def test_forgetting_a_number_never_raises_the_fact_total(meeting: Meeting, column: str) -> None:
    assert (scored(evolve(meeting, **{column: None})).fact_total or 0) <= (scored(meeting).fact_total or 0)


def test_every_kind_of_criterion_is_in_the_shipped_frames_but_deductions() -> None:
    kinds = {criterion.kind for frame in FRAMES for criterion in frame.criteria.values()}
    assert kinds == set(CriterionKind) - {CriterionKind.DEDUCTION}
