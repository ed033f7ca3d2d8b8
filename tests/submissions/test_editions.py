"""Which edition is in use: said by the files and by whoever chose one, never by the order in which they came."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from chibo.submissions import Edition, State, Step, StepKind, Submission
from chibo.submissions.editions import ages, in_order
from submissions.test_ladder import ARRIVED, BEGIN, a_submission, after, an_edition, some_editions, with_file

HOUR = timedelta(hours=1)


def names(editions: list[Edition], chosen: dict[str, int] | None = None) -> str:
    """The editions from the oldest to the newest, the same in every order of arrival; `chosen` at these hours."""
    at = {name: BEGIN + hours * HOUR for name, hours in (chosen or {}).items()}
    found = {"".join(one.content_hash for one in in_order(order, at)) for order in permutations(editions)}
    assert len(found) == 1
    return found.pop()


def chosen(submission: Submission, name: str, hours: int, by: str = "nop") -> Submission:
    """The submission after somebody chose an edition so many hours after the beginning."""
    edition = submission.has(name)
    assert edition is not None
    step = Step(
        kind=StepKind.CHOSEN,
        actor=by,
        day=ARRIVED.date(),
        at=BEGIN + hours * HOUR,
        part=edition.part,
        content_hash=name,
    )
    return evolve(submission, steps=(*submission.steps, step))


def test_the_one_written_last_is_in_use() -> None:
    assert names([an_edition("a", 3), an_edition("b", 2), an_edition("c", 1)]) == "cba"


def test_a_file_without_a_moment_is_older_than_any_with_one() -> None:
    assert names([an_edition("a", 1), an_edition("c", None)]) == "ca"


def test_what_was_made_from_another_is_newer_though_their_moments_are_the_same_or_unknown() -> None:
    line = [an_edition("c", 1), an_edition("b", 1, grown_from="c"), an_edition("a", None, grown_from="b")]
    assert names(line) == "cba"


def test_a_child_is_newer_than_everything_that_its_parent_is_newer_than() -> None:
    others = [an_edition("x", 4), an_edition("p", 5), an_edition("k", 1, grown_from="p")]
    assert names(others) == "xpk"


def test_a_return_to_what_was_said_before_is_the_newest() -> None:
    first, second = an_edition("z", 1), an_edition("y", 2, grown_from="z")
    again = evolve(an_edition("a", 3, grown_from="y"), values="z", part="z")
    assert names([first, second, again]) == "zya"
    third = an_edition("x", 4, grown_from="z")
    assert names([first, second, again, third]) == "zyax"


def test_a_circle_of_one_moment_is_told_apart_by_nothing() -> None:
    pair = [an_edition("a", 1, grown_from="b"), an_edition("b", 1, grown_from="a")]
    assert names(pair) == "ab"
    assert not a_submission(*pair).can_be_told_apart(*pair)


def test_a_moment_after_the_arrival_is_not_believed() -> None:
    future = evolve(an_edition("a", 24 * 365 * 70), at=BEGIN + 2 * HOUR)
    assert future.is_of_the_future
    assert names([future, an_edition("b", 1)]) == "ba"
    assert names([future, an_edition("b", 3)]) == "ab"
    minutes_ahead = evolve(an_edition("c", 0), at=BEGIN - timedelta(minutes=3))
    assert not minutes_ahead.is_of_the_future


def test_a_choice_counts_as_if_the_edition_were_written_then() -> None:
    line = [an_edition("a", 1), an_edition("b", 2, grown_from="a"), an_edition("c", 5, grown_from="b")]
    assert names(line[:2], {"a": 4}) == "ba"
    assert names(line, {"a": 4}) == "bac"
    assert names(line[:2], {"a": 3, "b": 4}) == "ab"


def test_whoever_chooses_a_verified_edition_again_has_it_verified() -> None:
    one = with_file(after(a_submission(an_edition("a", 1)), StepKind.VERIFIED), an_edition("b", 2))
    assert (one.state, chosen(one, "a", 3).state) == (State.RESUBMITTED, State.VERIFIED)
    assert chosen(one, "a", 3).submitters("a") == {"nop"}
    assert chosen(one, "a", 3, by="Ba").submitters("a") == {"nop", "ba"}


def test_standing_by_what_came_back_hands_it_in_again() -> None:
    returned = after(chosen(a_submission(an_edition("a", 1)), "a", 1), StepKind.RETURNED)
    assert returned.state is State.RETURNED, "an earlier choice answers nothing"
    stood_by = chosen(returned, "a", 3)
    assert stood_by.state is State.RESUBMITTED
    assert after(stood_by, StepKind.RETURNED).state is State.RETURNED
    assert after(stood_by, StepKind.VERIFIED).state is State.VERIFIED


@given(editions=some_editions(), data=st.data())
def test_random_histories_have_one_order_and_no_child_older_than_its_parent(
    editions: list[Edition], data: st.DataObject
) -> None:
    known = st.sampled_from([one.content_hash for one in editions])
    at = {name: BEGIN + hours * HOUR for name, hours in data.draw(st.dictionaries(known, st.integers(0, 5))).items()}
    order = in_order(data.draw(st.permutations(editions)), at)
    assert order == in_order(editions, at)
    age = ages(editions)
    by_name = {one.content_hash: one for one in editions}
    for child in editions:
        parent = by_name.get(child.grown_from)
        if parent is not None and parent is not child and parent.moment < child.moment:
            assert age[parent.content_hash] < age[child.content_hash]
    if at and max(at.values()) > max(one.moment for one in editions):
        last = max(at.values())
        assert at.get(order[-1].content_hash) == last, "the last choice holds where nothing was written after it"


def test_the_version_in_use_is_counted_as_they_came_in() -> None:
    first, second = (evolve(an_edition(name, hours), receipt=hours) for name, hours in (("a", 1), ("b", 2)))
    both = a_submission(second, first)

    assert (both.version_in_use, chosen(both, "a", 3).version_in_use, a_submission().version_in_use) == (2, 1, 0)
