"""What came in and what was decided, against the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import fields

from chibo.audit import AuditAct, Disagreement, Entry, How, Matter, Replay
from chibo.store.rows import raw_rows, typed_row
from chibo.store.sessions import Reading
from chibo.store.submissions import (
    ACTS,
    EDITIONS,
    LISTS,
    PARTS,
    STEPS,
    edition_digest,
    said_digest,
    step_digest,
    step_of,
    why_of,
)
from chibo.submissions import Edition, StepKind, in_order

_Row = Any
"""A row as it lies there, with the names of its columns."""
_Submission = tuple[Any, Any]
_KINDS = {str(kind): str(act) for kind, act in ACTS.items()}


def wrong_editions(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Editions that are not what was handed in, and a wrong one in use.

    Of a file that was destroyed the office no longer has what it said, and the digest of the whole cannot be made.
    """
    said = {_key(row): _said(row) for row in raw_rows(reading.connection, PARTS)}
    left, several = dict(replay.submitted), _several(reading)
    for row in raw_rows(reading.connection, EDITIONS, "receipt"):
        entry = left.pop(row.head_count, None)
        how = _edition_differs(row, said.get(_key(row)), entry, replay)
        if how is not None:
            found = {name: str(getattr(row, name)) for name in ("receipt", "file_name", "submitted_by", "at")}
            yield Disagreement(matter=Matter.EDITION, how=how, subject=_subject(row), found=found, entry=entry)
        if _submission(row) in several:
            several[_submission(row)].append(row)
        elif row.in_use != 1:  # one alone is in use
            yield _wrong_in_use(row)
    for entry in left.values():
        yield Disagreement(matter=Matter.EDITION, how=How.MISSING, subject=entry.subject, entry=entry)
    chosen = _chosen(reading)
    for submission, rows in several.items():
        if not _is_right_in_use(rows, chosen.get(submission, {})):
            yield _wrong_in_use(rows[0])


def _edition_differs(row: _Row, said: str | None, entry: Entry | None, replay: Replay) -> How | None:
    if entry is None or entry.subject != _subject(row):
        return How.UNTOLD
    if row.head_hash != entry.hash:
        return How.DIFFERENT
    if said is None and AuditAct.DESTROYED not in replay.trash.get(row.content_hash, ()):
        return How.DIFFERENT
    if said is None or not entry.record:
        own = (row.part, row.submitted_by, row.at)
        return None if own == (entry.after, entry.actor, _moment(entry)) else How.DIFFERENT
    return None if edition_digest((*row, said)) == entry.record else How.DIFFERENT


def _several(reading: Reading) -> dict[_Submission, list[_Row]]:
    """The submissions of which there is more than one edition, with room for them."""
    unit, period = sa.column("unit_code", sa.String), sa.column("period", sa.String)
    wanted = sa.select(unit, period).select_from(EDITIONS).group_by(unit, period).having(sa.func.count() > 1)
    return {(unit_code, period): [] for unit_code, period in reading.connection.execute(wanted)}


def _chosen(reading: Reading) -> Mapping[_Submission, Mapping[str, datetime]]:
    """When units chose editions last, by submission and content hash."""
    found: defaultdict[_Submission, dict[str, datetime]] = defaultdict(dict)
    for row in raw_rows(reading.connection, STEPS, "number", kind=StepKind.CHOSEN.value):
        if (typed := typed_row(STEPS, row)) is not None:
            found[_submission(row)][row.content_hash] = typed["at"]
    return found


def _is_right_in_use(rows: Sequence[_Row], chosen: Mapping[str, datetime]) -> bool:
    """Whether the edition in use is the newest of a submission."""
    if any(row.in_use not in {0, 1} for row in rows):
        return False
    typed = [typed_row(EDITIONS, row) for row in rows]
    names = [one.name for one in fields(Edition)]
    editions = [Edition(**{name: one[name] for name in names}) for one in typed if one is not None]
    right = [one.content_hash for one in in_order(editions, chosen)[-1:]]
    return [row.content_hash for row in rows if row.in_use] == right


def _wrong_in_use(row: _Row) -> Disagreement:
    return Disagreement(matter=Matter.IN_USE, how=How.DIFFERENT, subject=_subject(row))


def wrong_steps(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Decisions that are not those that were logged, in the order in which they were made."""
    made: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in raw_rows(reading.connection, STEPS, "number"):
        made[_subject(row)].append(row)
    for subject in sorted(made.keys() | replay.decisions.keys()):
        yield from _wrong_steps(subject, made.get(subject, []), replay.decisions.get(subject, []))


def _wrong_steps(subject: str, rows: list[_Row], entries: list[Entry]) -> Iterator[Disagreement]:
    """The decisions about one submission; one that was changed is known by the moment at which it was made."""
    left, odd, last = list(entries), list[tuple[_Row, Entry | None]](), 0
    for row in rows:
        entry = next((one for one in left if _is_step_of(row, one)), None)
        if entry is not None:
            left.remove(entry)
        if entry is None or entry.number < last:  # it says something else, or stands in another place
            odd.append((row, entry))
        else:
            last = entry.number
    for row, known in odd:
        entry = known or next((one for one in left if _moment(one) == row.at), None)
        if entry in left:
            left.remove(entry)
        how = How.UNTOLD if entry is None else How.DIFFERENT
        found = {name: str(getattr(row, name)) for name in ("kind", "actor", "at", "note")}
        yield Disagreement(matter=Matter.STEP, how=how, subject=subject, found=found, entry=entry)
    for entry in left:
        yield Disagreement(matter=Matter.STEP, how=How.MISSING, subject=subject, entry=entry)


def _is_step_of(row: _Row, entry: Entry) -> bool:
    own = (_KINDS.get(row.kind), row.actor, row.part)
    if own != (entry.act, entry.actor, entry.after):
        return False
    if not all(getattr(row, name) for name in LISTS):  # an empty text is no list, and no digest tells the two apart
        return False
    if entry.record:
        return step_digest(row) == entry.record
    step = step_of(row)
    return step is not None and row.at == _moment(entry) and why_of(step) == entry.reason


def _key(row: _Row) -> tuple[Any, ...]:
    return row.unit_code, row.period, row.content_hash


def _said(row: _Row) -> str:
    """The digest of what stands among the parts; "" where the book is none."""
    return said_digest(row.facts, row.scores, row.book) if isinstance(row.book, bytes) else ""


def _submission(row: _Row) -> _Submission:
    return row.unit_code, row.period


def _subject(row: _Row) -> str:
    return f"{row.period} · {row.unit_code}"


def _moment(entry: Entry) -> str:
    """The moment of an entry as it lies in a row."""
    return entry.at.isoformat(timespec="microseconds")
