"""Who names a kept file: the editions and the marked copies of all submissions."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from attrs import frozen

from chibo.model import Period
from chibo.store.sessions import Reading, Writing
from chibo.store.submissions import EDITIONS, PARTS, STEPS

_BATCH = 1_000


@frozen(kw_only=True)
class Naming:
    """A submission that names a file; `receipt` and `file_name` are those of an edition, 0 and "" of a marked copy."""

    content_hash: str
    unit_code: str
    period: Period
    receipt: int = 0
    file_name: str = ""

    @property
    def subject(self) -> str:
        """What the log calls the submission."""
        return f"{self.period} · {self.unit_code}"


def read_namings(reading: Reading) -> Iterator[Naming]:
    """Every naming, editions in the order of their receipts first."""
    names = ("content_hash", "unit_code", "period", "receipt", "file_name")
    editions = sa.select(*(EDITIONS.c[name] for name in names)).order_by(EDITIONS.c.receipt)
    for row in reading.connection.execute(editions.execution_options(yield_per=_BATCH)):
        yield Naming(**row._mapping)
    copies = sa.select(STEPS.c.sent_copy.label("content_hash"), STEPS.c.unit_code, STEPS.c.period)
    copies = copies.where(STEPS.c.sent_copy != "").order_by(STEPS.c.number)
    for row in reading.connection.execute(copies.execution_options(yield_per=_BATCH)):
        yield Naming(**row._mapping)


def forget_parts(writing: Writing, content_hash: str) -> None:
    """Take away what the office had read out of a file that is destroyed."""
    writing.connection.execute(PARTS.delete().where(PARTS.c.content_hash == content_hash))
