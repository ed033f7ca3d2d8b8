"""Where a submission stands, in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from chibo.register import Role
from chibo.submissions import State

if TYPE_CHECKING:
    from chibo.office.memory.status import UnitStatus

_TONES: Mapping[State, str] = {
    State.DRAFT: "",
    State.SUBMITTED: "note",
    State.RETURNED: "warn",
    State.RESUBMITTED: "note",
    State.VERIFIED: "good",
    State.ACCEPTED: "good",
    State.LOCKED: "good",
    State.REOPENED: "warn",
}
_HOLDERS = {Role.SUBMITTER: "unit", Role.REVIEWER: "reviewer", Role.BOARD: "board", None: "nobody"}


def state_words(status: UnitStatus, tongue: Callable[..., str]) -> str:
    """Where it stands; an empty book waits for nobody, and what was locked unverified is not done."""
    if status.says_nothing:
        return tongue("submission_empty")
    if status.is_locked_unverified:
        return tongue("submission_unverified")
    return tongue(f"submission_{status.submission.state.value}")


def state_tone(status: UnitStatus) -> str:
    """The colour of that."""
    if status.says_nothing or status.is_locked_unverified:
        return "warn"
    return _TONES[status.submission.state]


def holder_words(status: UnitStatus, tongue: Callable[..., str]) -> str:
    """Who has to do the next thing."""
    if status.is_locked_unverified or status.is_shut_out:
        return tongue("holder_locked")
    return tongue(f"holder_{_HOLDERS[status.at_work]}")
