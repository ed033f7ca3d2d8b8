"""What came in: editions of each unit's book by period, what each says of it, and the decisions made."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from attrs import evolve, fields, frozen

from chibo.audit import AuditAct, Head
from chibo.model import CellIdentity, MeetingRecord, Period
from chibo.periods import Content
from chibo.store.columns import Day, Flag, Json, Line, Moment, Packed, PeriodCode, StrangeValueError, Text, Whole, Word
from chibo.store.packing import as_text, of_text, packed, unpacked
from chibo.store.rows import digester, row_digest, typed_row
from chibo.store.schema import METADATA, row_of, without_types
from chibo.store.sessions import Reading, Writing
from chibo.store.tidy import facts_text
from chibo.store.trash import DESTROYED, TRASH, needed_again
from chibo.submissions import Edition, GivenPoints, PartScores, Reason, Step, StepKind, Submission


def _key(**more: Any) -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("unit_code", Line(64), **more),
        sa.Column("period", PeriodCode, sa.ForeignKey("periods.period"), index=True, **more),
    )


EDITIONS = sa.Table(
    "editions",
    METADATA,
    *_key(primary_key=True),
    sa.Column("content_hash", Line(64), primary_key=True),
    sa.Column("file_name", Text(), nullable=False),
    sa.Column("part", Line(64), nullable=False),
    sa.Column("values", Line(64), nullable=False),
    sa.Column("grown_from", Line(64), nullable=False),
    sa.Column("saved_at", Moment),
    sa.Column("content", Word(Content), nullable=False),
    sa.Column("submitted_by", Text(), nullable=False),
    sa.Column("submitted_on", Day(), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("receipt", Whole(), nullable=False, unique=True),
    sa.Column("head_count", Whole(), nullable=False),
    sa.Column("head_hash", Line(64), nullable=False),
    sa.Column("in_use", Flag(), nullable=False),
)
PARTS = sa.Table(
    "parts",
    METADATA,
    *_key(primary_key=True),
    sa.Column("content_hash", Line(64), primary_key=True),
    sa.Column("book", Packed(), nullable=False),
    sa.Column("facts", Json(), nullable=False),
    sa.Column("scores", Json(), nullable=False),
)
STEPS = sa.Table(
    "steps",
    METADATA,
    sa.Column("number", Whole(), primary_key=True),
    *_key(nullable=False),
    sa.Column("kind", Word(StepKind), nullable=False),
    sa.Column("actor", Text(), nullable=False),
    sa.Column("day", Day(), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("part", Line(64), nullable=False),
    sa.Column("content_hash", Line(64), nullable=False),
    sa.Column("note", Text(), nullable=False),
    *(sa.Column(name, Json(), nullable=False) for name in ("reasons", "points", "touched")),
    sa.Column("sent_copy", Line(64), nullable=False),
)
LISTS: Mapping[str, Any] = {
    "reasons": tuple[Reason, ...],
    "points": tuple[GivenPoints, ...],
    "touched": tuple[str, ...],
}
"""What of a decision is kept as JSON."""
edition_digest = digester((*EDITIONS.columns.keys(), "said"), without=("head_count", "head_hash", "in_use"))
"""The digest of the row of an edition and, as its last value, of the digest of what stands of it among the parts.

Outside it are the head of the log, which comes of it, and which edition is in use, which all of them together say.
"""
step_digest = digester(STEPS.columns.keys(), without=("number",))
"""The digest of the row of a decision; its number only gives an order."""
ACTS = {
    StepKind.RETURNED: AuditAct.SUBMISSION_RETURNED,
    StepKind.VERIFIED: AuditAct.SUBMISSION_VERIFIED,
    StepKind.ACCEPTED: AuditAct.SUBMISSION_ACCEPTED,
    StepKind.LOCKED: AuditAct.SUBMISSION_LOCKED,
    StepKind.UNLOCKED: AuditAct.SUBMISSION_UNLOCKED,
    StepKind.REOPENED: AuditAct.SUBMISSION_REOPENED,
    StepKind.CHOSEN: AuditAct.EDITION_CHOSEN,
}
"""What the log calls a decision."""


_BATCH = 500


@frozen(kw_only=True)
class BookPart:
    """What a book says of one period: whose it is, its meetings, their points."""

    identity: CellIdentity
    records: tuple[MeetingRecord, ...]
    scores: PartScores


@frozen
class _Kept:
    """The part of a `BookPart` that only we read."""

    identity: CellIdentity
    records: tuple[MeetingRecord, ...]


def read_submissions(reading: Reading, period: Period, unit_code: str | None = None) -> Mapping[str, Submission]:
    """Everything of a period (of one unit of it) by unit code; a unit of which nothing came in has none."""
    editions, steps = _edition_rows(reading, period, unit_code), _step_rows(reading, period, unit_code)
    return {
        code: Submission(unit_code=code, period=period, editions=tuple(found), steps=tuple(steps.get(code, ())))
        for code, found in editions.items()
    }


def read_submission(reading: Reading, unit_code: str, period: Period) -> Submission:
    """Everything of one unit for a period."""
    found = read_submissions(reading, period, unit_code).get(unit_code)
    return found or Submission(unit_code=unit_code, period=period)


def add_edition(writing: Writing, submission: Submission, edition: Edition, part: BookPart) -> Edition:
    """Keep an edition and what it says; it comes back with the number of its receipt, the next one of the office."""
    last = writing.connection.scalar(sa.select(sa.func.max(EDITIONS.c.receipt))) or 0
    numbered = evolve(edition, receipt=last + 1)
    key = {"unit_code": submission.unit_code, "period": submission.period}
    before = submission.current
    row = {**key, **row_of(numbered, EDITIONS)}
    facts, scores = facts_text(record.facts for record in part.records), as_text(part.scores, PartScores)
    book = packed(_Kept(part.identity, part.records))
    head = writing.note(
        AuditAct.SUBMITTED,
        subject_of(submission),
        before=before.part if before else "",
        after=edition.part,
        record=row_digest({**row, "said": said_digest(facts, scores, book)}),
    )
    ends = {"head_count": head.count, "head_hash": head.hash, "in_use": False}
    writing.connection.execute(EDITIONS.insert(), {**row, **ends})
    said = {"facts": facts, "scores": scores, "book": book}
    writing.connection.execute(PARTS.insert(), {**key, "content_hash": edition.content_hash, **said})
    after = evolve(submission, editions=(*submission.editions, numbered))
    _mark_in_use(writing, after)
    needed_again(writing, numbered.content_hash, subject_of(submission), came_anew=True)
    if after.current is not None and after.current != numbered:  # what a newer file brings back into use
        needed_again(writing, after.current.content_hash, subject_of(submission), came_anew=False)
    return numbered


def choose_edition(writing: Writing, submission: Submission, step: Step) -> Submission:
    """Keep the choice of an edition whose file was handed in just now; the submission after it."""
    needed_again(writing, step.content_hash, subject_of(submission), came_anew=False)
    add_step(writing, submission, step)
    after = evolve(submission, steps=(*submission.steps, step))
    _mark_in_use(writing, after)
    return after


def add_step(writing: Writing, submission: Submission, step: Step) -> Head:
    """Keep a decision; the head of the log after it."""
    key = {"unit_code": submission.unit_code, "period": submission.period}
    lists = {name: as_text(getattr(step, name), kind) for name, kind in LISTS.items()}
    row = {**key, **row_of(step, STEPS), **lists}
    writing.connection.execute(STEPS.insert(), row)
    needed_again(writing, step.sent_copy, subject_of(submission), came_anew=True)
    subject, record = subject_of(submission), row_digest(row)
    return writing.note(ACTS[step.kind], subject, after=step.part, reason=why_of(step), record=record)


def said_digest(facts: str, scores: str, book: bytes) -> str:
    """The digest of what stands of an edition among the parts: two lines of JSON, and the packed book."""
    return hashlib.sha256(f"{facts}\n{scores}\n".encode() + book).hexdigest()


def why_of(step: Step) -> str:
    """The reason of a decision as the log has it: its note, its reasons, its points."""
    points = (f"{one.subject} = {one.points}" for one in step.points)
    return "; ".join(filter(None, (step.note, *(reason.text for reason in step.reasons), *points)))


def read_parts(reading: Reading, period: Period, wanted: Mapping[str, str]) -> Mapping[str, BookPart]:
    """What the wanted editions say (unit code → content hash), by unit code."""
    own = PARTS.c.unit_code.in_(wanted) & PARTS.c.content_hash.in_(set(wanted.values()))
    found = {}
    for row in reading.connection.execute(sa.select(PARTS).where(PARTS.c.period == period, own)):
        if wanted.get(row.unit_code) == row.content_hash:
            kept = unpacked(row.book, _Kept)
            scores = of_text(row.scores, PartScores)  # type: ignore[type-abstract]
            found[row.unit_code] = BookPart(identity=kept.identity, records=kept.records, scores=scores)
    return found


def kept_hashes(reading: Reading, *, as_it_lies: bool = False) -> tuple[str, ...]:
    """The hashes of all files that the store names: what came in, marked copies, the trash, nothing destroyed.

    Raises StrangeValueError for what is no text; `as_it_lies` passes it over, for whoever tells of it elsewhere.
    """
    editions, steps, trash = (without_types(one) if as_it_lies else one for one in (EDITIONS, STEPS, TRASH))
    came, went = sa.select(editions.c.content_hash), sa.select(steps.c.sent_copy).where(steps.c.sent_copy != "")
    named = sa.union(came, went, sa.select(trash.c.content_hash)).subquery()
    wanted = sa.select(named.c[0]).where(named.c[0].not_in(DESTROYED)).order_by(named.c[0])
    return tuple(one for one in reading.connection.scalars(wanted) if isinstance(one, str))


def read_head_of(reading: Reading, receipt: int) -> Head | None:
    """The head of the log that stands on a receipt."""
    wanted = sa.select(EDITIONS.c.head_count, EDITIONS.c.head_hash).where(EDITIONS.c.receipt == receipt)
    row = reading.connection.execute(wanted).first()
    return Head(row.head_count, row.head_hash) if row else None


def receipt_heads(reading: Reading) -> Iterator[tuple[int, Head]]:
    """The heads of the log that stand on all receipts, each with its number; what is no number is no head."""
    bare = without_types(EDITIONS).c
    wanted = sa.select(bare.receipt, bare.head_count, bare.head_hash).order_by(bare.receipt)
    for receipt, count, digest in reading.connection.execute(wanted.execution_options(yield_per=_BATCH)):
        if isinstance(count, int):
            yield receipt, Head(count, digest)


def of_receipt(reading: Reading, receipt: int) -> tuple[str, Period] | None:
    """The unit and period of a receipt."""
    wanted = sa.select(EDITIONS.c.unit_code, EDITIONS.c.period).where(EDITIONS.c.receipt == receipt)
    row = reading.connection.execute(wanted).first()
    return (row.unit_code, row.period) if row else None


def subject_of(submission: Submission) -> str:
    """What the log calls a submission: `2026-03 · CB01`."""
    return f"{submission.period} · {submission.unit_code}"


def _mark_in_use(writing: Writing, submission: Submission) -> None:
    """Mark the edition in use, for the views of analysts."""
    current = submission.current
    own = (EDITIONS.c.unit_code == submission.unit_code) & (EDITIONS.c.period == submission.period)
    used = EDITIONS.c.content_hash == (current.content_hash if current else "")
    writing.connection.execute(EDITIONS.update().where(own & (EDITIONS.c.in_use != used)).values(in_use=used))


def _edition_rows(reading: Reading, period: Period, unit_code: str | None) -> Mapping[str, list[Edition]]:
    names = [field.name for field in fields(Edition)]
    found: defaultdict[str, list[Edition]] = defaultdict(list)
    for row in reading.connection.execute(_of(EDITIONS, names, period, unit_code).order_by(EDITIONS.c.receipt)):
        found[row.unit_code].append(Edition(**{name: row._mapping[name] for name in names}))
    return found


def _step_rows(reading: Reading, period: Period, unit_code: str | None) -> Mapping[str, list[Step]]:
    names = [field.name for field in fields(Step)]
    found: defaultdict[str, list[Step]] = defaultdict(list)
    for row in reading.connection.execute(_of(STEPS, names, period, unit_code).order_by(STEPS.c.number)):
        found[row.unit_code].append(_step({name: row._mapping[name] for name in names}))
    return found


def _step(values: Mapping[str, Any]) -> Step:
    lists = {name: of_text(text, kind) if (text := values[name]) != "[]" else () for name, kind in LISTS.items()}
    return Step(**{**values, **lists})


def step_of(row: Any) -> Step | None:
    """The decision of a row as it lies in the database; None where it is none that we understand."""
    typed = typed_row(STEPS, row)
    try:
        return None if typed is None else _step({field.name: typed[field.name] for field in fields(Step)})
    except StrangeValueError:
        return None


def _of(table: sa.Table, names: list[str], period: Period, unit_code: str | None) -> sa.Select[Any]:
    wanted = sa.select(table.c.unit_code, *(table.c[name] for name in names)).where(table.c.period == period)
    return wanted if unit_code is None else wanted.where(table.c.unit_code == unit_code)
