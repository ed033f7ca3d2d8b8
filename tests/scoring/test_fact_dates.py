"""Criteria decided by dates: empty is not done, deadlines count calendar days, exemptions give full marks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from builders import a_book, a_meeting, an_info
from chibo.definitions.library import Library
from chibo.model import CellInfo
from chibo.scoring import FactVerdict, Outcome, score_meeting

FRAME = Library().frames["hd42-thuong-ky"]
HELD = date(2026, 3, 5)


def verdict(criterion: str, *, info: CellInfo | None = None, today: date | None = None, **meeting: Any) -> FactVerdict:
    row = a_meeting("2026-03", **meeting)
    book = a_book(row, info=info or an_info())
    fact = score_meeting(book, row, FRAME, today=today).criterion(criterion).fact
    assert fact is not None
    return fact


@pytest.mark.parametrize(
    ("criterion", "column", "last_good_day", "full"),
    [
        ("3c", "committee_met_on", 5, 2),
        ("3d", "notified_on", 5, 1),
        ("3đ", "papers_sent_on", 4, 2),
        ("8c", "reported_on", 7, 1),
    ],
)
def test_the_last_good_day_counts_the_next_does_not_and_empty_is_not_done(
    criterion: str, column: str, last_good_day: int, full: int
) -> None:
    day = date(2026, 3, last_good_day)
    assert verdict(criterion, **{column: day}).points == full
    assert verdict(criterion, **{column: day.replace(day=last_good_day + 1)}).points == 0
    undone = verdict(criterion, **{column: None})
    assert (undone.outcome, undone.decided, undone.points) == (Outcome.UNDONE, True, 0)


@pytest.mark.parametrize(("minutes", "expected"), [(True, 2), (None, 2), (False, 0)])
def test_the_committees_meeting_needs_minutes_unless_they_are_denied(minutes: bool | None, expected: int) -> None:
    assert verdict("3c", committee_minutes=minutes).points == expected


@pytest.mark.parametrize(
    ("has_committee", "deputy", "expected"),
    [(False, "", 2), (False, "Người Hai", 0), (True, "", 0), (True, "Người Hai", 0), (None, "", 0)],
)
def test_only_a_cell_with_neither_committee_nor_deputy_is_exempt(
    has_committee: bool | None, deputy: str, expected: int
) -> None:
    info = an_info(has_committee=has_committee, deputy_secretary=deputy)
    found = verdict("3c", info=info, committee_met_on=None)
    assert found.points == expected
    assert (found.outcome is Outcome.EXEMPT) == (expected == 2)


@pytest.mark.parametrize("today", [HELD, date(2026, 3, 7)])
def test_while_the_days_run_the_report_is_awaited_and_the_point_may_be_claimed(today: date) -> None:
    found = verdict("8c", reported_on=None, today=today)
    assert (found.outcome, found.claimable, found.decided, found.points) == (Outcome.WAITING, True, False, None)


@pytest.mark.parametrize("today", [date(2026, 3, 8), None])
def test_when_the_days_are_over_or_no_day_is_given_nothing_is_awaited(today: date | None) -> None:
    found = verdict("8c", reported_on=None, today=today)
    assert (found.claimable, found.points) == (False, 0)


def test_a_recorded_report_is_judged_at_once() -> None:
    assert verdict("8c", reported_on=date(2026, 3, 6), today=HELD).points == 1


def test_other_dates_are_never_awaited() -> None:
    assert verdict("3d", notified_on=None, today=date(2026, 3, 1)).outcome is Outcome.UNDONE


@pytest.mark.parametrize(("criterion", "full"), [("3đ", 2), ("4h", 1), ("8c", 1)])
def test_papers_that_may_not_be_posted_count_in_full(criterion: str, full: int) -> None:
    found = verdict(criterion, papers_withheld=True, papers_sent_on=None, reported_on=None)
    assert (found.outcome, found.points) == (Outcome.EXEMPT, full)


def test_withheld_papers_need_the_frames_setting() -> None:
    strict = FRAME.model_copy(update={"exempt_withheld_papers": False})
    row = a_meeting(papers_withheld=True, papers_sent_on=None)
    score = score_meeting(a_book(row), row, strict)
    fact = score.criterion("3đ").fact
    assert fact is not None
    assert fact.points == 0
    assert score.criterion("4h").fact is None


def test_a_criterion_without_a_fact_never_enters_the_fact_total() -> None:
    row = a_meeting()
    withheld = evolve(row, papers_withheld=True)
    plain, exempt = (score_meeting(a_book(row), entry, FRAME) for entry in (row, withheld))
    assert plain.fact_total == exempt.fact_total == Decimal(22)
