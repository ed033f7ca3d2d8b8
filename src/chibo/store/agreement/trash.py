"""The trash against the log: what lies in it, since when, until when, and what was destroyed."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.audit import AuditAct, Disagreement, How, Matter, Replay
from chibo.store.rows import raw_rows
from chibo.store.sessions import Reading
from chibo.store.trash import TRASH, trash_digest


def wrong_trash(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Files whose row in the trash is not what was logged of them."""
    left = dict(replay.trash)
    for row in raw_rows(reading.connection, TRASH, "content_hash"):
        acts = left.pop(row.content_hash, {})
        put, gone = acts.get(AuditAct.DISCARDED), acts.get(AuditAct.DESTROYED)
        entry = gone or put
        found = {name: str(getattr(row, name) or "") for name in ("day", "empties_on", "destroyed_on", "reason")}
        said = (row.actor, row.at, row.reason)
        if put is None or entry is None:
            yield Disagreement(matter=Matter.TRASH, how=How.UNTOLD, subject=row.content_hash, found=found)
        elif (
            said != (put.actor, put.at.isoformat(timespec="microseconds"), put.reason)
            or (row.destroyed_on is not None) != (gone is not None)
            or (entry.record and trash_digest(row) != entry.record)
        ):
            subject = row.content_hash
            yield Disagreement(matter=Matter.TRASH, how=How.DIFFERENT, subject=subject, found=found, entry=entry)
    for digest, acts in left.items():
        yield Disagreement(matter=Matter.TRASH, how=How.MISSING, subject=digest, entry=next(iter(acts.values())))
