"""Whole tables, a row at a time: for whoever takes everything that an office remembers elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from chibo.model import Period
from chibo.store.audit_log import AUDIT
from chibo.store.packing import plain_of_text
from chibo.store.periods import EXCEPTIONS, EXPECTED, PERIODS
from chibo.store.register import ALIASES, ASSIGNMENTS, PERSONS, UNIT_CHANGES
from chibo.store.sessions import Reading
from chibo.store.submissions import EDITIONS, PARTS, STEPS
from chibo.store.trash import TRASH

TABLES: Mapping[str, sa.Table] = {
    table.name: table
    for table in (
        UNIT_CHANGES,
        ALIASES,
        PERSONS,
        ASSIGNMENTS,
        PERIODS,
        EXPECTED,
        EXCEPTIONS,
        EDITIONS,
        STEPS,
        TRASH,
        AUDIT,
    )
}
"""The tables that are read as they are; what the parts of books say comes unpacked from `said_of_periods`."""
_BATCH = 500


@frozen
class NamedFile:
    """A kept file: a workbook that came in, called so, or a marked copy that went back."""

    content_hash: str
    file_name: str
    came_in: bool


@frozen(kw_only=True)
class SaidOfPeriod:
    """What an edition says of its period, as plain JSON: facts by meeting, points by meeting and criterion."""

    unit_code: str
    period: Period
    content_hash: str
    in_use: bool
    facts: list[dict[str, Any]]
    scores: dict[str, dict[str, list[str | None]]]


def rows_of(reading: Reading, table: str) -> Iterator[Mapping[str, Any]]:
    """The rows of one of `TABLES` in the order of their keys; never all of them in memory."""
    wanted = sa.select(TABLES[table]).order_by(*TABLES[table].primary_key.columns)
    for row in reading.connection.execute(wanted.execution_options(yield_per=_BATCH)):
        yield {str(name): value for name, value in row._mapping.items()}


def said_of_periods(reading: Reading) -> Iterator[SaidOfPeriod]:
    """What every edition says of its period, in the order of the receipts."""
    key = [PARTS.c[name] == EDITIONS.c[name] for name in ("unit_code", "period", "content_hash")]
    wanted = sa.select(PARTS, EDITIONS.c.in_use).join(EDITIONS, sa.and_(*key)).order_by(EDITIONS.c.receipt)
    for row in reading.connection.execute(wanted.execution_options(yield_per=_BATCH)):
        yield SaidOfPeriod(
            unit_code=row.unit_code,
            period=row.period,
            content_hash=row.content_hash,
            in_use=row.in_use,
            facts=plain_of_text(row.facts),
            scores=plain_of_text(row.scores),
        )


def named_files(reading: Reading) -> Iterator[NamedFile]:
    """Every file that the store names, by its hash; one that came in more than once under one of its names."""
    came = sa.select(EDITIONS.c.content_hash, EDITIONS.c.file_name, sa.literal(1).label("came_in"))
    went = sa.select(STEPS.c.sent_copy, sa.literal(""), sa.literal(0)).where(STEPS.c.sent_copy != "")
    named = sa.union_all(came, went).subquery()
    digest = named.c.content_hash
    found = sa.select(digest, sa.func.max(named.c.file_name), sa.func.max(named.c.came_in)).group_by(digest)
    for content_hash, name, came_in in reading.connection.execute(found.order_by(digest)):
        yield NamedFile(content_hash, name, bool(came_in))
