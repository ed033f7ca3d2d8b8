"""The kept files on the disk against their hashes, and what lies among them that is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chibo.audit import Disagreement, How, Matter
from chibo.store.namings import read_namings
from chibo.store.sessions import Reading, Store
from chibo.store.submissions import kept_hashes
from chibo.store.trash import read_discarded


def wrong_files(
    store: Store, reading: Reading, advance: Callable[[int, int], None] = lambda _done, _of: None
) -> Iterator[Disagreement]:
    """Files that the store names and that are gone, or no longer what came in; every one of them is read.

    Then whatever else lies among them. A whole file that nobody names is nothing foreign: a crash may leave one.
    """
    hashes = [one for one in kept_hashes(reading) if isinstance(one, str)]  # what is none, the tables told already
    wrong = {}
    for done, digest in enumerate(hashes, 1):
        if (is_whole := store.files.is_whole(digest)) is not True and not _destroyed_since(store, digest):
            wrong[digest] = How.MISSING if is_whole is None else How.DIFFERENT
        advance(done, len(hashes))
    named = {one.content_hash: one for one in read_namings(reading) if one.content_hash in wrong} if wrong else {}
    for digest, how in wrong.items():
        naming = named.get(digest)
        found = {"hash": digest}
        if naming is not None and naming.receipt:
            found |= {"receipt": str(naming.receipt), "file_name": naming.file_name}
        yield Disagreement(matter=Matter.FILE, how=how, subject=naming.subject if naming else "", found=found)
    for inside in store.files.foreign(frozenset(hashes)):
        yield Disagreement(matter=Matter.FOREIGN_FILE, how=How.UNTOLD, subject=inside)


def _destroyed_since(store: Store, digest: str) -> bool:
    """Whether somebody has emptied the trash since the reading began."""
    with store.reading() as reading:
        discarded = read_discarded(reading, digest)
    return discarded is not None and discarded.destroyed_on is not None
