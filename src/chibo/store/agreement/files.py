"""The kept files on the disk against their hashes, and what lies among them that is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chibo.audit import Disagreement, How, Matter
from chibo.store.rows import raw_rows
from chibo.store.sessions import Reading, Store
from chibo.store.submissions import EDITIONS, STEPS, kept_hashes
from chibo.store.trash import TRASH


def wrong_files(
    store: Store, reading: Reading, advance: Callable[[int, int], None] = lambda _done, _of: None
) -> Iterator[Disagreement]:
    """Files that the store names and that are gone, or no longer what came in; every one of them is read.

    Then whatever else lies among them. A whole file that nobody names is nothing foreign: a crash may leave one.
    """
    hashes = kept_hashes(reading, as_it_lies=True)  # what is none, the tables told already
    wrong = {}
    for done, digest in enumerate(hashes, 1):
        if (is_whole := store.files.is_whole(digest)) is not True and not _destroyed_since(store, digest):
            wrong[digest] = How.MISSING if is_whole is None else How.DIFFERENT
        advance(done, len(hashes))
    named = _namings(reading) if wrong else {}
    for digest, how in wrong.items():
        subject, more = named.get(digest, ("", {}))
        yield Disagreement(matter=Matter.FILE, how=how, subject=subject, found={"hash": digest, **more})
    for inside in store.files.foreign(frozenset(hashes)):
        yield Disagreement(matter=Matter.FOREIGN_FILE, how=How.UNTOLD, subject=inside)


def _namings(reading: Reading) -> dict[str, tuple[str, dict[str, str]]]:
    """By hash what the log calls the submission that names a file, and what is told of an edition."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for row in raw_rows(reading.connection, EDITIONS, "receipt"):
        more = {"receipt": str(row.receipt), "file_name": row.file_name}
        found[row.content_hash] = f"{row.period} · {row.unit_code}", more
    for row in raw_rows(reading.connection, STEPS, "number"):
        found[row.sent_copy] = f"{row.period} · {row.unit_code}", {}
    return found


def _destroyed_since(store: Store, digest: str) -> bool:
    """Whether somebody has emptied the trash since the reading began."""
    with store.reading() as reading:
        return any(row.destroyed_on is not None for row in raw_rows(reading.connection, TRASH, content_hash=digest))
