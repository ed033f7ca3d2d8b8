"""Decisions about what came in: verified, sent back, accepted, opened again."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from chibo.access import Act
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.memory.official import checked_points
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Memory, Standing
from chibo.periods import Expected
from chibo.store import Reading
from chibo.store.periods import read_expected
from chibo.store.submissions import add_step, read_parts, read_submission
from chibo.submissions import GivenPoints, Reason, Step, StepKind, Submission, touched_criteria

_RIGHTS = {
    StepKind.VERIFIED: Act.VERIFY,
    StepKind.RETURNED: Act.RETURN,
    StepKind.ACCEPTED: Act.ACCEPT,
    StepKind.REOPENED: Act.REOPEN,
}


@frozen(kw_only=True)
class Decision:
    """A decision that was made; `touched` are the criteria that had changed since an earlier verification."""

    unit: Expected
    submission: Submission
    touched: tuple[str, ...] = ()


@frozen
class SentCopy:
    """A marked copy that goes out with a decision, by its hash; `marked` is the hash of the edition it was made of."""

    content_hash: str
    marked: str


def decide(
    memory: Memory,
    kind: StepKind,
    unit_code: str,
    period: Period,
    *,
    note: str = "",
    reasons: Iterable[Reason] = (),
    points: Iterable[GivenPoints] = (),
    sent: SentCopy | None = None,
) -> Decision:
    """Decide about the edition in use; `points` are official ones that a verification gives.

    Raises ChiboError where the actor may not, the ladder does not allow it, points cannot be given, or another edition
    came in since the copy was `sent`.
    """
    listed, given = tuple(reasons), tuple(points)
    with memory.writing() as (writing, standing):
        unit = expected_unit(writing, standing, unit_code, period)
        standing.require(_RIGHTS[kind], unit.unit_code)
        submission = read_submission(writing, unit.unit_code, period)
        reason = note or "; ".join(one.text for one in listed)
        current = submission.check_step(kind, standing.actor.user, reason=reason, with_points=bool(given))
        if sent is not None and sent.marked != current.content_hash:
            raise ChiboError(f"{unit.unit_code} vừa nộp bản khác cho kỳ {period}. Xem bản mới rồi hãy trả lại.")
        touched = open_criteria(writing, submission) if kind is StepKind.VERIFIED else ()
        step = Step(
            kind=kind,
            actor=standing.actor.user,
            day=standing.day,
            at=writing.at,
            part=current.part,
            content_hash=current.content_hash,
            note=note,
            reasons=listed,
            points=_official(memory, writing, submission, given, note),
            touched=touched,
            sent_copy=sent.content_hash if sent else "",
        )
        add_step(writing, submission, step)
        return Decision(unit=unit, submission=evolve(submission, steps=(*submission.steps, step)), touched=touched)


def _official(
    memory: Memory, reading: Reading, submission: Submission, given: tuple[GivenPoints, ...], note: str
) -> tuple[GivenPoints, ...]:
    """The official points for the edition in use as they are kept."""
    current = submission.current
    if not given or current is None:
        return ()
    unit, period = submission.unit_code, submission.period
    part = read_parts(reading, period, {unit: current.content_hash})[unit]
    return checked_points(given, part, memory.library.frames, note)


def expected_unit(reading: Reading, standing: Standing, unit_code: str, period: Period) -> Expected:
    """The unit among those that the period expects. Raises ChiboError where there is none."""
    opened_period(reading, period)
    known = standing.register.known_code(unit_code, standing.tree) or unit_code
    for unit in read_expected(reading, period):
        if unit.unit_code.casefold() == known.casefold():
            return unit
    raise ChiboError(f"«{unit_code}» không có trong danh sách phải báo cáo của kỳ {period}.")


def open_criteria(reading: Reading, submission: Submission) -> tuple[str, ...]:
    """The criteria that were touched since the last verification, to be looked at again; none where nothing was."""
    verified, current = submission.verified, submission.current
    if verified is None or current is None or verified.part == current.part:
        return ()
    unit, period = submission.unit_code, submission.period
    before = read_parts(reading, period, {unit: verified.content_hash})[unit]
    after = read_parts(reading, period, {unit: current.content_hash})[unit]
    return touched_criteria(before.scores, after.scores)
