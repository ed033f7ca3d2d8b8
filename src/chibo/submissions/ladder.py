"""The ladder: draft → submitted → returned ↔ resubmitted → verified → accepted → locked, and opened again.

The state is computed from what came in and what was decided, never kept: every decision says on which content it was
made, and what came in later and says something else of the period takes the state back to resubmitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from chibo.errors import ChiboError
from chibo.model import Period
from chibo.periods import Content
from chibo.submissions.editions import Edition, ages, in_order
from chibo.submissions.states import (
    AGAIN_WITH_POINTS,
    ALLOWED,
    NEEDS_OTHER_EYES,
    STATE_AFTER,
    STATE_WORDS,
    WANTS_REASON,
    State,
)
from chibo.submissions.steps import GivenPoints, Step, StepKind, in_force


class StepRefusedError(ChiboError):
    """A decision that cannot be made as things stand; the text says why and what would do."""


@frozen(slots=False, kw_only=True)
class Submission:
    """Everything of one unit for one period: `editions` in any order, `steps` in the order in which they were made."""

    unit_code: str
    period: Period
    editions: tuple[Edition, ...] = ()
    steps: tuple[Step, ...] = ()

    @cached_property
    def ordered(self) -> tuple[Edition, ...]:
        """The editions from the oldest to the newest."""
        return in_order(self.editions, self.chosen)

    @property
    def chosen(self) -> Mapping[str, datetime]:
        """When the unit chose editions last, by content hash."""
        return {step.content_hash: step.at for step in self.steps if step.kind is StepKind.CHOSEN}

    def can_be_told_apart(self, one: Edition, other: Edition) -> bool:
        """Whether anything but chance says which of two editions is the newer one."""
        age = ages(self.editions, self.chosen)
        return one == other or age[one.content_hash] != age[other.content_hash]

    @property
    def current(self) -> Edition | None:
        """The edition in use."""
        return self.ordered[-1] if self.editions else None

    @property
    def version(self) -> int:
        """How many different things were said of the period; 0 where nothing came in."""
        return len({edition.part for edition in self.editions})

    @property
    def version_in_use(self) -> int:
        """Which of them is in use, counted as they came in: not the last one where an earlier was chosen again."""
        if self.current is None:
            return 0
        came_in = dict.fromkeys(edition.part for edition in sorted(self.editions, key=lambda one: one.receipt))
        return [*came_in].index(self.current.part) + 1

    @property
    def state(self) -> State:
        """Where the submission stands."""
        current = self.current
        if current is None:
            return State.DRAFT
        last = self.last_decision
        if last is None:
            return State.SUBMITTED
        if last.kind is StepKind.RETURNED and self._is_answered(last):
            return State.RESUBMITTED
        if last.kind is StepKind.LOCKED or last.part == current.part:
            return STATE_AFTER[last.kind]
        return State.RESUBMITTED

    def _is_answered(self, sent_back: Step) -> bool:
        """Whether the unit stands by what was sent back: it chose, after that, just this."""
        for step in reversed(self.steps):
            if step is sent_back:
                return False
            if step.kind is StepKind.CHOSEN and step.part == sent_back.part:
                return True
        return False

    @property
    def last_decision(self) -> Step | None:
        """The decision that holds, None where nothing was decided; a lock that was taken off is none."""
        return next(reversed(in_force(self.steps)), None)

    @property
    def verified(self) -> Edition | None:
        """The edition that was verified last, unless it was sent back since; the newest of those that say the same."""
        part = ""
        for step in self.steps:
            if step.kind is StepKind.VERIFIED:
                part = step.part
            elif step.kind is StepKind.RETURNED:
                part = ""
        return next((edition for edition in reversed(self.ordered) if part and edition.part == part), None)

    @property
    def is_verified(self) -> bool:
        """Whether what is in use has been verified: locking verifies nothing, what is reopened by itself waits anew."""
        if self.state is State.LOCKED:
            return self.verified is not None and self.verified.part == self.ordered[-1].part
        return self.state in {State.VERIFIED, State.ACCEPTED}

    @property
    def verifier(self) -> str:
        """Who verified last, "" where nothing is verified."""
        if self.verified is None:
            return ""
        return next(step.actor for step in reversed(self.steps) if step.kind is StepKind.VERIFIED)

    @property
    def official(self) -> Mapping[str, GivenPoints]:
        """The official points of what was verified last, by what they are for.

        Later ones take the place of earlier ones; those of criteria that were touched since, and all of a book that was
        sent back, hold no longer.
        """
        found: dict[str, GivenPoints] = {}
        for step in self.steps:
            if step.kind is StepKind.RETURNED:
                found.clear()
            elif step.kind is StepKind.VERIFIED:
                found = {subject: one for subject, one in found.items() if subject not in step.touched}
                found |= {one.subject: one for one in step.points}
        return found

    @property
    def sent_copy(self) -> str:
        """The hash of the marked copy that was sent back last, "" where none was."""
        return next((step.sent_copy for step in reversed(self.steps) if step.sent_copy), "")

    @property
    def modifications(self) -> int:
        """How often what had been verified was changed afterwards."""
        parts = [step.part for step in self.steps if step.kind is StepKind.VERIFIED]
        if parts and self.current is not None:
            parts.append(self.current.part)
        return sum(before != after for before, after in pairwise(parts))

    @property
    def first_on(self) -> date | None:
        """The day on which first something came in that tells of the period; anything at all, where nothing does."""
        telling = [one.submitted_on for one in self.editions if one.content is not Content.EMPTY]
        return min(telling or [one.submitted_on for one in self.editions], default=None)

    def has(self, content_hash: str) -> Edition | None:
        """The edition that is exactly this file."""
        return next((edition for edition in self.editions if edition.content_hash == content_hash), None)

    def check_step(self, kind: StepKind, actor: str, *, reason: str, with_points: bool = False) -> Edition:
        """The edition that the decision would be about. Raises StepRefusedError where it cannot be made."""
        current, state = self.current, self.state
        again = with_points and kind is StepKind.VERIFIED and state is AGAIN_WITH_POINTS
        if current is None or not (again or state in ALLOWED[kind]):
            possible = " hoặc ".join(f"«{STATE_WORDS[one]}»" for one in State if one in ALLOWED[kind])
            raise StepRefusedError(
                f"Sổ {self.unit_code} kỳ {self.period} đang ở tình trạng «{STATE_WORDS[state]}»; việc này chỉ làm được "
                f"khi tình trạng là {possible}.",
                command=f"chibo history {self.unit_code} --period {self.period}",
            )
        if kind is StepKind.VERIFIED and current.content is Content.EMPTY:
            raise StepRefusedError(
                f"Sổ {self.unit_code} đã nộp chưa ghi gì của kỳ {self.period}: không có gì để thẩm định. Trả lại để "
                "đơn vị ghi; đơn vị không phải báo cáo kỳ này thì nhờ Ban Tổ chức miễn.",
                command=f"chibo return {self.unit_code} --period {self.period} --reason «…»",
            )
        if kind in WANTS_REASON and not reason.strip():
            raise StepRefusedError("Việc này phải nêu lý do.", command="--reason «…»")
        if kind in NEEDS_OTHER_EYES and actor.casefold() in self.submitters(current.part):
            raise StepRefusedError(f"«{actor}» đã nộp sổ này nên không thẩm định, chấp nhận được; phải là người khác.")
        return current

    def submitters(self, part: str) -> frozenset[str]:
        """Who handed in, or chose, what is said in this part."""
        handed_in = {one.submitted_by for one in self.editions if one.part == part}
        chose = {step.actor for step in self.steps if step.kind is StepKind.CHOSEN and step.part == part}
        return frozenset(user.casefold() for user in handed_in | chose)
