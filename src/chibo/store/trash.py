"""The trash in the database: which files are in it, and which were destroyed. A file lies where it lay until then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from attrs import fields

from chibo.audit import AuditAct
from chibo.errors import ChiboError
from chibo.store.columns import Day, Line, Moment, Text
from chibo.store.rows import digester, row_digest
from chibo.store.schema import METADATA, row_of
from chibo.store.sessions import Reading, Store, Writing
from chibo.submissions.retention import Discarded

TRASH = sa.Table(
    "trash",
    METADATA,
    sa.Column("content_hash", Line(64), primary_key=True),
    sa.Column("actor", Text(), nullable=False),
    sa.Column("day", Day(), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", Text(), nullable=False),
    sa.Column("empties_on", Day(), nullable=False),
    sa.Column("destroyed_on", Day()),
)
trash_digest = digester(TRASH.columns.keys())
"""The digest of a row of the trash."""
DESTROYED = sa.select(TRASH.c.content_hash).where(TRASH.c.destroyed_on.is_not(None))
"""The hashes of the files that the office has destroyed."""


def read_trash(reading: Reading) -> tuple[Discarded, ...]:
    """Everything that is in the trash or was destroyed, in the order in which it was put there."""
    wanted = sa.select(*(TRASH.c[field.name] for field in fields(Discarded))).order_by(TRASH.c.at, TRASH.c.content_hash)
    return tuple(Discarded(**row._mapping) for row in reading.connection.execute(wanted))


def read_discarded(reading: Reading, content_hash: str) -> Discarded | None:
    """What the trash says of a file, None where it is not there."""
    row = reading.connection.execute(sa.select(TRASH).where(TRASH.c.content_hash == content_hash)).first()
    return Discarded(**row._mapping) if row else None


def kept_or_destroyed(store: Store, content_hash: str) -> bytes | Discarded:
    """A kept file for whoever reads an office of one moment; what the trash says of one that was destroyed since.

    Raises ChiboError where the file is lost or no longer what came in.
    """
    try:
        return store.files.read(content_hash)
    except ChiboError:
        with store.reading() as reading:
            discarded = read_discarded(reading, content_hash)
        if discarded is None or discarded.destroyed_on is None:
            raise
        return discarded


def put_into_trash(writing: Writing, one: Discarded, subjects: Iterable[str]) -> None:
    """Put a file into the trash; `subjects` are what the log calls that which names it."""
    row = row_of(one, TRASH)
    writing.connection.execute(TRASH.insert(), row)
    for subject in subjects:
        writing.note(AuditAct.DISCARDED, subject, before=one.content_hash, reason=one.reason, record=row_digest(row))


def take_from_trash(writing: Writing, content_hash: str, subjects: Iterable[str], reason: str) -> None:
    """Let a file be kept as if it had never been in the trash."""
    writing.connection.execute(TRASH.delete().where(TRASH.c.content_hash == content_hash))
    for subject in subjects:
        writing.note(AuditAct.BROUGHT_BACK, subject, after=content_hash, reason=reason)


def mark_destroyed(writing: Writing, one: Discarded, day: date, subjects: Iterable[str]) -> None:
    """Note that a file of the trash is destroyed; the file itself goes when that is certain."""
    row = {**row_of(one, TRASH), "destroyed_on": day}
    writing.connection.execute(TRASH.update().where(TRASH.c.content_hash == one.content_hash).values(row))
    for subject in subjects:
        writing.note(AuditAct.DESTROYED, subject, before=one.content_hash, reason=one.reason, record=row_digest(row))


def needed_again(writing: Writing, content_hash: str, subject: str, *, came_anew: bool) -> None:
    """Take a file out of the trash that something rests on from now on; a destroyed one only where it `came_anew`."""
    found = read_discarded(writing, content_hash)
    if found is not None and (came_anew or found.destroyed_on is None):
        take_from_trash(writing, content_hash, (subject,), "")
