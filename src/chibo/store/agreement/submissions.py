"""What came in and what was decided, against the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import fields

from chibo.audit import AuditAct, Disagreement, Entry, How, Matter, Replay
from chibo.store.rows import raw_rows, row_digest, typed_row
from chibo.store.sessions import Reading
from chibo.store.submissions import ACTS, EDITIONS, LISTS, PARTS, STEPS, edition_digest, said_digest, step_of, why_of
from chibo.submissions import Edition, StepKind, in_order

_Row = Mapping[str, Any]
_KEY = ("unit_code", "period", "content_hash")
_KINDS = {str(kind): str(act) for kind, act in ACTS.items()}


def wrong_editions(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Editions that are not what was handed in, and a wrong one in use.

    Of a file that was destroyed the office no longer has what it said, and the digest of the whole cannot be made.
    """
    said = {_key(row): said_digest(row) for row in raw_rows(reading.connection, PARTS, _KEY)}
    left, of_unit, chosen = dict(replay.submitted), list[_Row](), _chosen(reading)
    for row in raw_rows(reading.connection, EDITIONS, _KEY):
        entry = left.pop(row["head_count"], None)
        how = _edition_differs(row, said.get(_key(row)), entry, replay)
        if how is not None:
            found = {name: str(row[name]) for name in ("receipt", "file_name", "submitted_by", "at")}
            yield Disagreement(matter=Matter.EDITION, how=how, subject=_subject(row), found=found, entry=entry)
        if of_unit and _key(of_unit[0])[:2] != _key(row)[:2]:
            yield from _wrong_in_use(of_unit, chosen)
            of_unit = []
        of_unit.append(row)
    yield from _wrong_in_use(of_unit, chosen)
    for entry in left.values():
        yield Disagreement(matter=Matter.EDITION, how=How.MISSING, subject=entry.subject, entry=entry)


def _edition_differs(row: _Row, said: str | None, entry: Entry | None, replay: Replay) -> How | None:
    if entry is None or entry.subject != _subject(row):
        return How.UNTOLD
    own = (row["part"], row["submitted_by"], row["at"])
    if own != (entry.after, entry.actor, _moment(entry)) or row["head_hash"] != entry.hash:
        return How.DIFFERENT
    if said is None:
        destroyed = AuditAct.DESTROYED in replay.trash.get(row["content_hash"], ())
        return None if destroyed else How.DIFFERENT
    if entry.record and edition_digest(row, said) != entry.record:
        return How.DIFFERENT
    return None


def _chosen(reading: Reading) -> Mapping[tuple[Any, ...], Mapping[str, datetime]]:
    """When units chose editions last, by submission and content hash."""
    found: defaultdict[tuple[Any, ...], dict[str, datetime]] = defaultdict(dict)
    for row in raw_rows(reading.connection, STEPS, ["number"]):
        typed = typed_row(STEPS, row) if row["kind"] == StepKind.CHOSEN else None
        if typed is not None:
            found[_key(row)[:2]][row["content_hash"]] = typed["at"]
    return found


def _wrong_in_use(rows: list[_Row], chosen: Mapping[tuple[Any, ...], Mapping[str, datetime]]) -> Iterator[Disagreement]:
    """Whether the edition in use is the newest of a submission; one alone is."""
    used = [row["content_hash"] for row in rows if row["in_use"] == 1]
    if len(rows) < 2:
        right = [row["content_hash"] for row in rows]
    else:
        typed = [typed_row(EDITIONS, row) for row in rows]
        names = [one.name for one in fields(Edition)]
        editions = [Edition(**{name: one[name] for name in names}) for one in typed if one is not None]
        right = [one.content_hash for one in in_order(editions, chosen.get(_key(rows[0])[:2], {}))[-1:]]
    if used != right or any(row["in_use"] not in {0, 1} for row in rows):
        yield Disagreement(matter=Matter.IN_USE, how=How.DIFFERENT, subject=_subject(rows[0]))


def wrong_steps(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Decisions that are not those that were logged, in the order in which they were made."""
    made: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in raw_rows(reading.connection, STEPS, ["number"]):
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
        entry = known or next((one for one in left if _moment(one) == row["at"]), None)
        if entry in left:
            left.remove(entry)
        how = How.UNTOLD if entry is None else How.DIFFERENT
        found = {name: str(row[name]) for name in ("kind", "actor", "at", "note")}
        yield Disagreement(matter=Matter.STEP, how=how, subject=subject, found=found, entry=entry)
    for entry in left:
        yield Disagreement(matter=Matter.STEP, how=How.MISSING, subject=subject, entry=entry)


def _is_step_of(row: _Row, entry: Entry) -> bool:
    own = (_KINDS.get(row["kind"]), row["actor"], row["at"], row["part"])
    if own != (entry.act, entry.actor, _moment(entry), entry.after):
        return False
    if not all(row[name] for name in LISTS):  # an empty text is no list, and no digest tells the two apart
        return False
    if entry.record:
        return row_digest({name: value for name, value in row.items() if name != "number"}) == entry.record
    step = step_of(row)
    return step is not None and why_of(step) == entry.reason


def _key(row: _Row) -> tuple[str, ...]:
    return row["unit_code"], row["period"], row["content_hash"]


def _subject(row: _Row) -> str:
    return f"{row['period']} · {row['unit_code']}"


def _moment(entry: Entry) -> str:
    """The moment of an entry as it lies in a row."""
    return entry.at.isoformat(timespec="microseconds")
