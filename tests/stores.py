"""Stores for tests, on both databases: what holds of one must hold of the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve

from chibo.audit import EMPTY
from chibo.store import Store, open_store
from chibo.store.audit_log import AUDIT, append, entries
from chibo.store.dumping import dumped_rows, dumped_tables
from chibo.store.heads import HeadsFile
from chibo.store.places import OfficeData
from chibo.store.submissions import EDITIONS

MakeStore = Callable[[Path], Store]
BEGIN = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


class TestClock:
    """A clock that goes a second further each time it is asked."""

    __test__ = False

    def __init__(self, begin: datetime = BEGIN) -> None:
        self.moment = begin

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def a_store(home: Path, address: str = "", clock: Callable[[], datetime] | None = None) -> Store:
    """A store in an office folder; in another database where an address is given."""
    home.mkdir(exist_ok=True)
    if address:
        data = OfficeData(home)
        data.folder.mkdir(exist_ok=True)
        data.write_address(address)
    return open_store(home, "quan-tri", clock or TestClock())


def all_rows(store: Store) -> dict[str, list[str]]:
    """Every row of a store as JSON, by table."""
    with store.reading() as reading:
        return {t.name: list(dumped_rows(reading.connection, t)) for t in dumped_tables(reading.connection)}


def reseal_without_records(store: Store) -> None:
    """Make the log what a Chibo wrote that had no digests of rows in it, with the heads that stand elsewhere."""
    path = store.files._folder.parent / "audit-heads.txt"
    path.unlink()
    with store.writing("an") as writing:
        connection, writing.noted = writing.connection, True
        said, head = list(entries(connection)), EMPTY
        connection.execute(AUDIT.delete())
        for entry in said:
            head = append(connection, head, evolve(entry, record=""))
            HeadsFile(path).add(head)
            given = EDITIONS.c.head_count == head.count
            connection.execute(EDITIONS.update().where(given).values(head_hash=head.hash))
        writing.head = head
