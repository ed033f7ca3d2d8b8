"""What of a submission may go one day: files on which nothing rests any more, and what lies in the trash meanwhile.

The edition in use, whatever was verified, accepted or locked, and the marked copy that a unit still has to answer stay
for good. Only files go: editions, decisions and receipts, with the hashes of all files, are never taken away.
"""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from chibo.periods import ReportingPeriod
from chibo.submissions.ladder import Submission
from chibo.submissions.states import State
from chibo.submissions.steps import StepKind

_FOR_GOOD = {StepKind.VERIFIED, StepKind.ACCEPTED, StepKind.LOCKED}


@frozen(kw_only=True)
class Discarded:
    """A file in the trash, or one that was in it and is destroyed; from `empties_on` on it may be destroyed."""

    content_hash: str
    actor: str
    day: date
    at: datetime
    reason: str
    empties_on: date
    destroyed_on: date | None = None


def spent_files(submission: Submission) -> frozenset[str]:
    """The hashes of the files of a submission on which nothing rests any more."""
    current = submission.current
    decided = {step.part for step in submission.steps if step.kind in _FOR_GOOD}
    held = {one.content_hash for one in submission.editions if one == current or one.part in decided}
    copies = {step.sent_copy for step in submission.steps if step.sent_copy}
    if submission.state is State.RETURNED:
        held.add(submission.sent_copy)
    return frozenset(({one.content_hash for one in submission.editions} | copies) - held)


def kept_until(period: ReportingPeriod, years: int) -> date:
    """The last day on which the spent files of a period are kept: years after it was locked, or closed if later."""
    locked = max(period.locks_on, period.closed_on or period.locks_on)
    try:
        return locked.replace(year=locked.year + years)
    except ValueError:  # the 29th of February
        return locked.replace(year=locked.year + years, day=28)
