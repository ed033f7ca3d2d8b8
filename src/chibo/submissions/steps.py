"""Decisions about what came in: what can be decided, with which reasons and official points."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from attrs import frozen


class StepKind(StrEnum):
    """What can be decided about a submission."""

    RETURNED = "returned"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    """The lock was taken off with that of the period: everything stands as it did before it."""
    REOPENED = "reopened"
    CHOSEN = "chosen"
    """The unit wants this edition in use, though another is newer, or though it came back as it is."""


@frozen(kw_only=True)
class Reason:
    """Why something comes back, at a place of the book ("" for the whole of it)."""

    text: str
    sheet: str = ""
    address: str = ""


@frozen(kw_only=True)
class GivenPoints:
    """Official points of one criterion at one meeting: the reviewer's own record, which stands beside the unit's."""

    meeting: str
    criterion: str
    points: Decimal
    reason: str = ""

    @property
    def subject(self) -> str:
        """What the points are for, as touched criteria are named: `2026-03 4b`."""
        return f"{self.meeting} {self.criterion}"


@frozen(kw_only=True)
class Step:
    """One decision. `part` and `content_hash` are those of the edition in use when it was made.

    A verification has the official `points` given with it, and the criteria `touched` since the one before; a book sent
    back has the hash of the marked copy that went out with it.
    """

    kind: StepKind
    actor: str
    day: date
    at: datetime
    part: str = ""
    content_hash: str = ""
    note: str = ""
    reasons: tuple[Reason, ...] = ()
    points: tuple[GivenPoints, ...] = ()
    touched: tuple[str, ...] = ()
    sent_copy: str = ""


def in_force(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The decisions of those who review, without the locks that were taken off again, as if there had been none."""
    found: list[Step] = []
    for step in steps:
        if step.kind is StepKind.CHOSEN:
            continue
        if step.kind is StepKind.UNLOCKED and found and found[-1].kind is StepKind.LOCKED:
            found.pop()
        else:
            found.append(step)
    return tuple(found)
