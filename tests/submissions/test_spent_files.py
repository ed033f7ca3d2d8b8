"""What may go of a submission: never what is in use, was decided for good, or is still to be answered."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from chibo.periods import ReportingPeriod
from chibo.submissions import StepKind, StepRefusedError, Submission
from chibo.submissions.retention import kept_until, spent_files
from submissions.test_ladder import MARCH, a_submission, after, an_edition, with_file

A, B, C = an_edition("a", 1), an_edition("b", 2), an_edition("c", 3)


def sent_back(submission: Submission, copy: str) -> Submission:
    """The submission sent back with a marked copy."""
    back = after(submission, StepKind.RETURNED)
    return evolve(back, steps=(*back.steps[:-1], evolve(back.steps[-1], sent_copy=copy)))


def test_what_another_edition_replaced_may_go() -> None:
    assert spent_files(a_submission(A)) == frozenset()
    assert spent_files(a_submission(A, B, C)) == {"a", "b"}


@pytest.mark.parametrize("kind", [StepKind.VERIFIED, StepKind.LOCKED])
def test_what_was_decided_for_good_stays_and_so_does_every_file_that_says_the_same(kind: StepKind) -> None:
    same = an_edition("a, saved again", 0, part="a")
    decided = after(a_submission(A, same), kind)
    assert spent_files(with_file(decided, B)) == frozenset()


def test_a_marked_copy_may_go_once_it_is_answered() -> None:
    back = sent_back(a_submission(A), "marked")
    assert spent_files(back) == frozenset()
    again = with_file(back, B)
    assert spent_files(again) == {"a", "marked"}
    assert spent_files(sent_back(again, "marked twice")) == {"a", "marked"}


def test_a_marked_copy_that_was_handed_in_as_it_was_is_an_edition_like_any_other() -> None:
    assert spent_files(with_file(sent_back(a_submission(A), "b"), B)) == {"a"}


@given(st.lists(st.sampled_from([A, B, C, an_edition("d", 4, part="a"), *StepKind]), max_size=12))
def test_nothing_in_use_or_decided_ever_goes(history: list[object]) -> None:
    submission = a_submission()
    for one in history:
        try:
            submission = after(submission, one) if isinstance(one, StepKind) else with_file(submission, one)  # type: ignore[arg-type]
        except StepRefusedError:
            continue
    spent = spent_files(submission)
    verified, current = submission.verified, submission.current
    assert not {one.content_hash for one in (verified, current) if one is not None} & spent
    accepted = {step.content_hash for step in submission.steps if step.kind is StepKind.ACCEPTED}
    assert not accepted & spent
    assert spent <= {one.content_hash for one in submission.editions}


@pytest.mark.parametrize(
    ("locks", "closed", "until"),
    [
        (date(2026, 5, 5), None, date(2031, 5, 5)),
        (date(2026, 5, 5), date(2026, 4, 20), date(2031, 5, 5)),
        (date(2026, 5, 5), date(2026, 7, 1), date(2031, 7, 1)),
        (date(2024, 2, 29), None, date(2029, 2, 28)),
    ],
)
def test_years_count_from_the_day_on_which_the_period_was_locked(locks: date, closed: date | None, until: date) -> None:
    day = date(2024, 1, 1)
    period = ReportingPeriod(period=MARCH, opened_on=day, due_on=day, grace_until=day, locks_on=locks, closed_on=closed)
    assert kept_until(period, 5) == until
