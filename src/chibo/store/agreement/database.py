"""The database itself: whether its file is sound, and the views of analysts are those that were made."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.audit import Disagreement, How, Matter
from chibo.store.sessions import Reading
from chibo.store.views import as_kept, tidy_queries, views_there

_MOST = 20
"""Places of a damaged file that are told; one that is torn has thousands."""


def wrong_database(reading: Reading, *, thorough: bool = True) -> Iterator[Disagreement]:
    """What is wrong with the database that no log is needed to tell: damage, then views.

    `thorough` also holds each index against its table, which takes twice as long.
    """
    yield from _damage(reading, "integrity_check" if thorough else "quick_check")
    yield from _wrong_views(reading)


def _damage(reading: Reading, check: str) -> Iterator[Disagreement]:
    """Places of SQLite's file that are torn or do not fit each other, in its own words; a server sees to its own."""
    if reading.connection.dialect.name != "sqlite":
        return
    for (said,) in reading.connection.exec_driver_sql(f"PRAGMA {check}({_MOST})"):
        if said != "ok":
            yield Disagreement(matter=Matter.DATABASE, how=How.DIFFERENT, subject="", found={"said": str(said)})


def _wrong_views(reading: Reading) -> Iterator[Disagreement]:
    """Views that are gone, or ask something else than they were made to ask."""
    connection = reading.connection
    there = views_there(connection)
    for name, query in tidy_queries(connection.dialect.name).items():
        if name not in there:
            yield Disagreement(matter=Matter.VIEW, how=How.MISSING, subject=name)
        elif there[name] != (as_kept(connection, name, query) or there[name]):
            yield Disagreement(matter=Matter.VIEW, how=How.DIFFERENT, subject=name)
