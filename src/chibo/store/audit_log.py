"""The log in the database: added to, read, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from chibo.audit import EMPTY, Entry, Head, sealed_after
from chibo.store.columns import Line, Moment, StrangeValueError, Text, Whole
from chibo.store.schema import METADATA, row_of, without_types

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", Whole(), primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Text(), nullable=False),
    sa.Column("act", Line(64), nullable=False),
    sa.Column("subject", Text(), nullable=False, index=True),
    sa.Column("before", Line(64), nullable=False),
    sa.Column("after", Line(64), nullable=False),
    sa.Column("reason", Text(), nullable=False),
    sa.Column("record", Line(64), nullable=False),
    sa.Column("previous", Line(64), nullable=False),
    sa.Column("hash", Line(64), nullable=False),
)
_AT = Moment()
_BATCH = 500
UNREADABLE = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a moment that no Chibo wrote: no office is as old, and no entry is sealed with it."""


def head_of(connection: sa.Connection) -> Head:
    """The head of the log."""
    last = sa.select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
    row = connection.execute(last).first()
    return Head(row.number, row.hash) if row else EMPTY


def append(connection: sa.Connection, head: Head, said: Entry) -> Head:
    """Add what was said after `head`, which must be the log's; the head after it. Only writers may call this."""
    entry = sealed_after(head, said)
    connection.execute(AUDIT.insert(), row_of(entry, AUDIT))
    return entry.head


def entries(
    connection: sa.Connection,
    *,
    subject: str | None = None,
    last: int | None = None,
    number: int | None = None,
    as_it_lies: bool = False,
) -> Iterator[Entry]:
    """The entries in their order: all, or those about one subject, or the last few, or the one of a number.

    Raises StrangeValueError for what is no value of its column; `as_it_lies` takes it, with UNREADABLE in place of a
    moment, and the seal of the entry tells that it was changed.
    """
    table = without_types(AUDIT) if as_it_lies else AUDIT
    wanted = sa.select(table)
    if subject is not None:
        wanted = wanted.where(table.c.subject == subject)
    if number is not None:
        wanted = wanted.where(table.c.number == number)
    if last is not None:
        newest = wanted.order_by(table.c.number.desc()).limit(last).subquery()
        ordered = sa.select(newest).order_by(newest.c.number)
    else:
        ordered = wanted.order_by(table.c.number)
    for row in connection.execute(ordered.execution_options(yield_per=_BATCH)):
        yield _entry_of(row)


def _entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row; each column by its name, for a log has hundreds of thousands of entries."""
    number, at, actor, act, subject, before, after, reason, record, previous, seal = row
    return Entry(
        number=number,
        at=at if at.__class__ is datetime else _moment(at),
        actor=actor,
        act=act,
        subject=subject,
        before=before,
        after=after,
        reason=reason,
        record=record,
        previous=previous,
        hash=seal,
    )


def _moment(kept: Any) -> datetime:
    try:
        return _AT.read(kept) or UNREADABLE
    except StrangeValueError:
        return UNREADABLE


def entries_of_lines(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of rows that were dumped as JSON, whatever stands there; of before there were records without one."""
    for line in lines:
        values = json.loads(line)
        yield _entry_of([values.get(column.name) for column in AUDIT.columns])
