"""Locking what came in for a period, and taking the lock off again: which submissions, and how each stands after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from attrs import evolve, frozen

from chibo.model import Period
from chibo.office.memory.remembering import Standing
from chibo.periods import ReportingPeriod, owed_units
from chibo.store import Reading, Writing
from chibo.store.periods import read_exceptions, read_expected
from chibo.store.submissions import add_step, read_submissions
from chibo.submissions import State, Step, StepKind, Submission


@frozen(kw_only=True)
class PeriodChange:
    """A period that is opened, closed or opened again, as it is afterwards.

    `kept` counts the submissions that are locked by it, or whose lock it takes off, by the state in which each was
    before its lock, and is again once that is off. Of `silent` units that owe nothing came in; those among them that
    still have time that was given on top are in `promised`, with its last day, where the period is being closed.
    """

    period: ReportingPeriod
    kept: Mapping[State, int]
    silent: int
    promised: Mapping[str, date] = {}


def change_of(reading: Reading, after: ReportingPeriod, kind: StepKind) -> PeriodChange:
    """What comes of it where everything of a period is locked, or all its locks are taken off (`kind`)."""
    submissions = read_submissions(reading, after.period)
    freed = Counter(_freed(one).state for one in _touched(submissions, kind))
    owed = owed_units(read_expected(reading, after.period), read_exceptions(reading, after.period))
    silent = [one for one in owed if not one.is_exempt and one.expected.unit_code not in submissions]
    closing = after.closed_on
    promised = {
        one.expected.unit_code: one.until
        for one in silent
        if one.until and closing is not None and one.until >= closing
    }
    kept = {state: freed[state] for state in State if freed[state]}
    return PeriodChange(period=after, kept=kept, silent=len(silent), promised=promised)


def lock_all(writing: Writing, standing: Standing, period: Period, kind: StepKind, note: str) -> None:
    """Lock everything that came in for a period, or take the locks off (`kind`)."""
    for submission in _touched(read_submissions(writing, period), kind):
        current = submission.ordered[-1]
        step = Step(
            kind=kind,
            actor=standing.actor.user,
            day=standing.day,
            at=writing.at,
            part=current.part,
            content_hash=current.content_hash,
            note=note,
        )
        add_step(writing, submission, step)


def _touched(submissions: Mapping[str, Submission], kind: StepKind) -> list[Submission]:
    wanted = kind is StepKind.UNLOCKED
    return [one for one in submissions.values() if (one.state is State.LOCKED) is wanted]


def _freed(submission: Submission) -> Submission:
    """The submission as it would be without the lock on it."""
    last = submission.last_decision
    if last is None or last.kind is not StepKind.LOCKED:
        return submission
    return evolve(submission, steps=(*submission.steps, evolve(last, kind=StepKind.UNLOCKED)))
