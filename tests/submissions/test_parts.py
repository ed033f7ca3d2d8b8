"""The part of a book that a period is about: what touches it, what does not, and which criteria a change touches."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from builders import a_meeting, code
from chibo.model import CellBook, Explanation, Mark, Period, RollCall, ScoreSheet, Task
from chibo.model.vocabulary import TaskResult
from chibo.scoring.facts import appraise
from chibo.submissions import part_digest, part_scores, touched_criteria
from healthy import TODAY, healthy_book, with_meeting, with_points
from scored import LIBRARY

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)


def marked(book: CellBook, meeting: str, mark: Mark) -> CellBook:
    marks = {**book.roll_call.marks, code(meeting): {**book.roll_call.of(code(meeting)), "DV01": mark}}
    return evolve(book, roll_call=RollCall(marks))


CHANGES_OF_MARCH = {
    "a value of the meeting": lambda book: with_meeting(2, book, speakers=3),
    "a mark of the roll call": lambda book: marked(book, "2026-03", Mark.EXCUSED),
    "points": lambda book: with_points("2026-03", c2a="1"),
    "an explanation": lambda book: evolve(
        book, explanations=(Explanation(meeting_code=code("2026-03"), criterion="2a", reason="vì"),)
    ),
    "a task": lambda book: evolve(
        book, tasks=(*book.tasks, Task(meeting_code=code("2026-03"), task="Việc", result=TaskResult.NOT_BEGUN))
    ),
    "the meeting itself": lambda book: evolve(book, meetings=(*book.meetings[:2], *book.meetings[3:])),
    "the name of the cell": lambda book: evolve(book, info=evolve(book.info, cell_name="Tên khác")),
}


@pytest.mark.parametrize("change", CHANGES_OF_MARCH.values(), ids=CHANGES_OF_MARCH)
def test_a_change_of_what_the_book_says_of_the_period_changes_its_part(change) -> None:
    book = healthy_book()
    assert part_digest(change(book), MARCH) != part_digest(book, MARCH)


OTHERS = {
    "another month": lambda book: with_meeting(1, book, speakers=3),
    "a meeting added": lambda book: evolve(book, meetings=(*book.meetings, a_meeting("2026-05"))),
    "points of another month": lambda book: with_points("2026-01", c2a="1"),
    "the name of the file": lambda book: evolve(book, file="tên khác.xlsx"),
    "a member's name": lambda book: evolve(
        book, members=(evolve(book.members[0], full_name="Tên Khác"), *book.members[1:])
    ),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_what_belongs_to_no_meeting_of_the_period_leaves_its_part(change) -> None:
    book = healthy_book()
    assert part_digest(change(book), MARCH) == part_digest(book, MARCH)


def scores_of(book: CellBook, period: Period = MARCH):
    return part_scores((one.score for one in appraise(book, LIBRARY, (), TODAY) if one.score), period)


def test_points_are_those_of_the_period_alone() -> None:
    assert set(scores_of(healthy_book())) == {"2026-03"}
    assert scores_of(healthy_book(self_scores=ScoreSheet()))["2026-03"]["2a"].own is None


def test_only_the_criteria_whose_points_changed_are_touched() -> None:
    before = scores_of(healthy_book())
    assert touched_criteria(before, scores_of(with_points("2026-03", c2a="1"))) == ("2026-03 2a",)
    assert touched_criteria(before, scores_of(with_points("2026-02", c2a="1"))) == ()
    assert touched_criteria(before, before) == ()


def test_a_fact_that_no_longer_supports_its_points_touches_its_criterion() -> None:
    before, after = scores_of(healthy_book()), scores_of(with_meeting(2, speakers=1, opinions=1))
    touched = touched_criteria(before, after)
    assert touched
    for one in touched:
        meeting, criterion = one.split()
        assert before[meeting][criterion].own == after[meeting][criterion].own
        assert before[meeting][criterion].fact != after[meeting][criterion].fact


def test_points_of_a_criterion_are_exact() -> None:
    assert scores_of(with_points("2026-03", c2a="2.5"))["2026-03"]["2a"].own == Decimal("2.5")
