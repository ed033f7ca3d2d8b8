"""The states of a submission, from which of them each decision can be made, and who then has to act."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from chibo.register import Role
from chibo.submissions.steps import StepKind


class State(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    REOPENED = "reopened"

    @property
    def takes_editions(self) -> bool:
        """Whether the unit may hand in another edition."""
        return self not in {State.ACCEPTED, State.LOCKED}


STATE_AFTER: Mapping[StepKind, State] = {
    StepKind.RETURNED: State.RETURNED,
    StepKind.VERIFIED: State.VERIFIED,
    StepKind.ACCEPTED: State.ACCEPTED,
    StepKind.LOCKED: State.LOCKED,
    StepKind.REOPENED: State.REOPENED,
}
"""In which state a decision leaves what it is about; a lock taken off and a choice leave what was decided before."""
ALLOWED: Mapping[StepKind, frozenset[State]] = {
    StepKind.RETURNED: frozenset({State.SUBMITTED, State.RESUBMITTED, State.VERIFIED, State.REOPENED}),
    StepKind.VERIFIED: frozenset({State.SUBMITTED, State.RESUBMITTED, State.REOPENED}),
    StepKind.ACCEPTED: frozenset({State.VERIFIED}),
    StepKind.LOCKED: frozenset(State) - {State.DRAFT, State.LOCKED},
    StepKind.UNLOCKED: frozenset({State.LOCKED}),
    StepKind.REOPENED: frozenset({State.ACCEPTED, State.LOCKED}),
    StepKind.CHOSEN: frozenset(state for state in State if state.takes_editions) - {State.DRAFT},
}
"""From which states each decision can be made."""
AGAIN_WITH_POINTS = State.VERIFIED
"""Official points may be added or corrected until the bloc has accepted them: verified anew, of the same part."""
WANTS_REASON = {StepKind.RETURNED, StepKind.UNLOCKED, StepKind.REOPENED}
NEEDS_OTHER_EYES = {StepKind.VERIFIED, StepKind.ACCEPTED}

STATE_WORDS: Mapping[State, str] = {
    State.DRAFT: "chưa nộp",
    State.SUBMITTED: "đã nộp, chờ thẩm định",
    State.RETURNED: "đã trả lại để sửa",
    State.RESUBMITTED: "đã nộp lại, chờ thẩm định",
    State.VERIFIED: "đã thẩm định",
    State.ACCEPTED: "đã chấp nhận",
    State.LOCKED: "đã khóa",
    State.REOPENED: "đã mở lại",
}
EMPTY_WORDS = "đã nộp sổ trống"
"""Where a book stands that says nothing of its period: nothing waits for a review."""
STEP_WORDS: Mapping[StepKind, str] = {
    **{kind: STATE_WORDS[state] for kind, state in STATE_AFTER.items()},
    StepKind.UNLOCKED: "đã mở khóa cùng kỳ",
    StepKind.CHOSEN: "chọn dùng lại",
}
"""What was done, in words."""

ROLE_AT_WORK: Mapping[State, Role | None] = {
    State.DRAFT: Role.SUBMITTER,
    State.SUBMITTED: Role.REVIEWER,
    State.RETURNED: Role.SUBMITTER,
    State.RESUBMITTED: Role.REVIEWER,
    State.VERIFIED: Role.BOARD,
    State.ACCEPTED: None,
    State.LOCKED: None,
    State.REOPENED: Role.SUBMITTER,
}
"""Who has to do the next thing in each state; None where it is done."""
