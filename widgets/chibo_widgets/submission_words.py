"""Where a submission stands, in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chibo.register import Role
from chibo.submissions import ROLE_AT_WORK, State

STATE_TONES: Mapping[State, str] = {
    State.DRAFT: "",
    State.SUBMITTED: "note",
    State.RETURNED: "warn",
    State.RESUBMITTED: "note",
    State.VERIFIED: "good",
    State.ACCEPTED: "good",
    State.LOCKED: "good",
    State.REOPENED: "warn",
}
"""The colour of each state."""
_HOLDERS = {Role.SUBMITTER: "unit", Role.REVIEWER: "reviewer", Role.BOARD: "board", None: "nobody"}


def holder_word(state: State, tongue: Callable[..., str]) -> str:
    """Who has to do the next thing with a submission in this state."""
    return tongue(f"holder_{_HOLDERS[ROLE_AT_WORK[state]]}")
