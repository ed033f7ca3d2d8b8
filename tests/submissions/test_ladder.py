"""The ladder of a submission: a state for every history, the same whatever order the files came in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from chibo.model import Period
from chibo.periods import Content
from chibo.submissions import Edition, GivenPoints, Reason, State, Step, StepKind, StepRefusedError, Submission
from chibo.submissions.states import ALLOWED, STATE_WORDS

MARCH = Period(2026, 3, 3)
BEGIN = datetime(2026, 4, 1, 8, tzinfo=UTC)
ARRIVED = BEGIN + timedelta(days=1)


def an_edition(name: str, saved: int | None = 0, *, part: str = "", by: str = "nop", **more: object) -> Edition:
    """A file called `name`, saved so many hours after the beginning, that says `part` of the period (its own name)."""
    return Edition(
        content_hash=name,
        file_name=f"{name}.xlsx",
        part=part or name,
        values=name,
        saved_at=None if saved is None else BEGIN + timedelta(hours=saved),
        submitted_by=by,
        submitted_on=date(2026, 4, 2),
        at=ARRIVED,
        **more,
    )


def a_submission(*editions: Edition) -> Submission:
    return Submission(unit_code="CB01", period=MARCH, editions=editions)


def after(submission: Submission, kind: StepKind, actor: str = "xem", reason: str = "vì thế") -> Submission:
    """The submission after a decision that the ladder allows."""
    edition = submission.check_step(kind, actor, reason=reason)
    step = Step(
        kind=kind, actor=actor, day=date(2026, 4, 3), at=BEGIN, part=edition.part, content_hash=edition.content_hash
    )
    return evolve(submission, steps=(*submission.steps, step))


def with_file(submission: Submission, edition: Edition) -> Submission:
    return evolve(submission, editions=(*submission.editions, edition))


A, B, C = an_edition("a", 1), an_edition("b", 2), an_edition("c", 3)


def test_the_way_of_a_book_that_needs_nothing() -> None:
    one = a_submission(A)
    assert a_submission().state is State.DRAFT
    assert one.state is State.SUBMITTED
    verified = after(one, StepKind.VERIFIED)
    accepted = after(verified, StepKind.ACCEPTED)
    locked = after(accepted, StepKind.LOCKED)
    states = (verified.state, accepted.state, locked.state, after(locked, StepKind.REOPENED).state)
    assert states == (State.VERIFIED, State.ACCEPTED, State.LOCKED, State.REOPENED)


def test_what_comes_back_is_handed_in_again_until_it_is_verified() -> None:
    returned = after(a_submission(A), StepKind.RETURNED)
    assert returned.state is State.RETURNED
    again = with_file(returned, B)
    assert again.state is State.RESUBMITTED
    once_more = with_file(after(again, StepKind.RETURNED), C)
    assert after(once_more, StepKind.VERIFIED).state is State.VERIFIED
    assert once_more.version == 3


def test_an_older_file_that_arrives_late_changes_no_state() -> None:
    returned = after(a_submission(B), StepKind.RETURNED)
    late = with_file(returned, A)
    assert (late.state, late.current) == (State.RETURNED, B)
    verified = with_file(after(a_submission(B), StepKind.VERIFIED), A)
    assert (verified.state, verified.verified) == (State.VERIFIED, B)


def test_a_change_after_verification_takes_it_back_and_is_counted() -> None:
    changed = with_file(after(a_submission(A), StepKind.VERIFIED), B)
    assert (changed.state, changed.modifications, changed.verified) == (State.RESUBMITTED, 1, A)
    again = after(changed, StepKind.VERIFIED)
    assert (again.state, again.modifications, again.verified) == (State.VERIFIED, 1, B)
    assert with_file(again, C).modifications == 2


def test_a_file_that_says_the_same_of_the_period_leaves_the_verification() -> None:
    saved_again = with_file(after(a_submission(A), StepKind.VERIFIED), an_edition("b", 5, part="a"))
    assert (saved_again.state, saved_again.modifications, saved_again.version) == (State.VERIFIED, 0, 1)


def test_what_was_sent_back_after_verification_is_verified_no_more() -> None:
    returned = after(after(a_submission(A), StepKind.VERIFIED), StepKind.RETURNED)
    assert returned.verified is None
    assert returned.verifier == ""


def test_what_was_accepted_stays_the_figure_while_it_is_open_again() -> None:
    opened = with_file(after(after(after(a_submission(A), StepKind.VERIFIED), StepKind.ACCEPTED), StepKind.REOPENED), B)
    assert (opened.state, opened.verified) == (State.RESUBMITTED, A)


def test_a_book_that_says_nothing_of_the_period_is_not_verified() -> None:
    empty = a_submission(an_edition("a", 1, content=Content.EMPTY))
    with pytest.raises(StepRefusedError, match="chưa ghi gì của kỳ 2026-03") as refused:
        empty.check_step(StepKind.VERIFIED, "xem", reason="")
    assert refused.value.command.startswith("chibo return CB01 --period 2026-03")
    told = with_file(after(empty, StepKind.RETURNED), an_edition("b", 2, content=Content.PARTIAL))
    assert after(told, StepKind.VERIFIED).state is State.VERIFIED


@pytest.mark.parametrize("state", [State.ACCEPTED, State.LOCKED])
def test_what_is_accepted_or_locked_takes_no_further_file(state: State) -> None:
    assert not state.takes_editions
    assert all(other.takes_editions for other in State if other not in {State.ACCEPTED, State.LOCKED})


def in_state(state: State) -> Submission:
    """A submission in a state, by the shortest way."""
    ways = {
        State.DRAFT: [],
        State.SUBMITTED: [A],
        State.RETURNED: [A, StepKind.RETURNED],
        State.RESUBMITTED: [A, StepKind.RETURNED, B],
        State.VERIFIED: [A, StepKind.VERIFIED],
        State.ACCEPTED: [A, StepKind.VERIFIED, StepKind.ACCEPTED],
        State.LOCKED: [A, StepKind.LOCKED],
        State.REOPENED: [A, StepKind.LOCKED, StepKind.REOPENED],
    }
    submission = a_submission()
    for step in ways[state]:
        submission = with_file(submission, step) if isinstance(step, Edition) else after(submission, step)
    assert submission.state is state
    return submission


WHOLE = [State.SUBMITTED, State.RETURNED, State.RESUBMITTED, State.VERIFIED, State.ACCEPTED, State.REOPENED]


@pytest.mark.parametrize("state", WHOLE)
def test_a_lock_that_is_taken_off_leaves_everything_as_it_was(state: State) -> None:
    before = in_state(state)
    locked = after(before, StepKind.LOCKED)
    assert (locked.state, locked.is_verified) == (State.LOCKED, before.verified is not None)
    again = after(after(after(locked, StepKind.UNLOCKED), StepKind.LOCKED), StepKind.UNLOCKED)
    for one in (after(locked, StepKind.UNLOCKED), again):
        assert (one.state, one.is_verified, one.verified) == (before.state, before.is_verified, before.verified)
        assert (one.last_decision, one.official, one.modifications) == (
            before.last_decision,
            before.official,
            before.modifications,
        )


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", list(StepKind))
def test_each_decision_is_made_from_its_states_alone(state: State, kind: StepKind) -> None:
    submission = in_state(state)
    if state in ALLOWED[kind] and kind in {StepKind.UNLOCKED, StepKind.CHOSEN}:
        stays = {StepKind.UNLOCKED: State.SUBMITTED, StepKind.CHOSEN: state}[kind]
        assert after(submission, kind).state is (State.RESUBMITTED if stays is State.RETURNED else stays)
    elif state in ALLOWED[kind]:
        assert after(submission, kind).state is State(kind.value)
    else:
        with pytest.raises(StepRefusedError, match="chỉ làm được khi") as refused:
            after(submission, kind)
        current, *possible = re.findall(r"«([^»]*)»", str(refused.value))
        assert current == STATE_WORDS[state]
        assert set(possible) == {STATE_WORDS[one] for one in ALLOWED[kind]}
        assert refused.value.command.startswith("chibo history ")


def test_nobody_verifies_or_accepts_what_he_handed_in() -> None:
    mine = a_submission(an_edition("a", by="An"))
    with pytest.raises(StepRefusedError, match="phải là người khác"):
        after(mine, StepKind.VERIFIED, actor="an")
    with pytest.raises(StepRefusedError, match="phải là người khác"):
        after(after(mine, StepKind.VERIFIED), StepKind.ACCEPTED, actor="AN")
    handed_in_by_two = with_file(mine, an_edition("b", part="a", by="ba"))
    for actor in ("an", "ba"):
        with pytest.raises(StepRefusedError):
            after(handed_in_by_two, StepKind.VERIFIED, actor=actor)
    assert after(with_file(mine, an_edition("b", 9, by="ba")), StepKind.VERIFIED, actor="an").state is State.VERIFIED


@pytest.mark.parametrize("kind", [StepKind.RETURNED, StepKind.REOPENED])
def test_sending_back_and_opening_again_want_a_reason(kind: StepKind) -> None:
    submission = in_state(State.SUBMITTED if kind is StepKind.RETURNED else State.ACCEPTED)
    with pytest.raises(StepRefusedError, match="lý do"):
        after(submission, kind, reason=" ")


def test_a_book_that_grew_from_another_is_newer_whatever_its_properties_say() -> None:
    older = an_edition("a", 9)
    newer = an_edition("b", 1, grown_from="a")
    assert a_submission(newer, older).current == newer
    assert a_submission(older, newer).ordered == (older, newer)


def test_the_first_day_is_that_of_the_first_file_that_tells_of_the_period() -> None:
    empty = an_edition("a", 1, content=Content.EMPTY)
    told = evolve(an_edition("b", 2), submitted_on=date(2026, 4, 20))
    assert a_submission(empty).first_on == date(2026, 4, 2)
    assert a_submission(empty, told).first_on == date(2026, 4, 20)


@st.composite
def some_editions(draw: st.DrawFn) -> list[Edition]:
    """Files saved at any moments, many at the same, some made from others, some saying the same of the period."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6, unique=True))
    return [
        an_edition(
            name,
            draw(st.none() | st.integers(0, 2)),
            part=draw(st.sampled_from(["x", "y", name])),
            grown_from=draw(st.sampled_from(["", *names])),
        )
        for name in names
    ]


@given(editions=some_editions(), data=st.data())
def test_any_order_of_arrival_gives_one_state(editions: list[Edition], data: st.DataObject) -> None:
    """Files come, something is decided, further files come: within each of the two, order is nothing."""
    first = data.draw(st.integers(1, len(editions)))
    kind = data.draw(st.sampled_from([StepKind.RETURNED, StepKind.VERIFIED, None]))

    def arrived() -> Submission:
        submission = a_submission(*data.draw(st.permutations(editions[:first])))
        if kind is not None:
            submission = after(submission, kind)
        return evolve(submission, editions=(*submission.editions, *data.draw(st.permutations(editions[first:]))))

    def seen(one: Submission) -> tuple[object, ...]:
        return one.state, one.current, one.version, one.ordered, one.verified, one.modifications

    assert seen(arrived()) == seen(arrived())


def test_reasons_are_kept_with_their_places() -> None:
    reason = Reason(text="thiếu dấu", sheet="Điểm danh", address="C14")
    step = Step(kind=StepKind.RETURNED, actor="xem", day=date(2026, 4, 3), at=BEGIN, part="a", reasons=(reason,))
    assert evolve(a_submission(A), steps=(step,)).state is State.RETURNED


POINTS = st.builds(
    GivenPoints, meeting=st.just("2026-03"), criterion=st.sampled_from("ab"), points=st.integers(0, 9).map(Decimal)
)
DECIDED = st.lists(
    st.tuples(
        st.sampled_from([StepKind.VERIFIED, StepKind.RETURNED]),
        st.lists(POINTS, max_size=2),
        st.sets(st.sampled_from(["2026-03 a", "2026-03 b"])),
    ),
    max_size=6,
)


@given(decided=DECIDED, subject=st.sampled_from(["2026-03 a", "2026-03 b"]))
def test_official_points_are_those_given_last_that_nothing_took_away_since(decided, subject: str) -> None:
    """Backwards from the end: the first word on a criterion holds, be it points, a touch, or a send-back."""
    steps = [
        Step(
            kind=kind, actor="xem", day=date(2026, 4, 3), at=BEGIN, points=tuple(points), touched=tuple(sorted(touched))
        )
        for kind, points, touched in decided
    ]
    expected = None
    for step in reversed(steps):
        if step.kind is StepKind.RETURNED:
            break
        given_now = [one.points for one in step.points if one.subject == subject]
        if given_now or subject in step.touched:
            expected = given_now[-1] if given_now else None
            break
    found = evolve(a_submission(A), steps=tuple(steps)).official.get(subject)
    assert (found.points if found else None) == expected
