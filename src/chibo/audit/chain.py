"""The chain: an entry carries the hash of the one before it, so that none can be changed, left out or put in unseen.

What is cut off at the end leaves a chain that holds. That is why heads (how many entries, the last one's hash) are
written down elsewhere as well: on receipts, in backups, in a file beside the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from json.encoder import encode_basestring

from attrs import evolve, frozen


@frozen(order=True)
class Head:
    """The end of the chain at some moment: the number of entries, and the hash of the last one."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"


EMPTY = Head(0, "")
"""The head of a log without entries."""


@frozen(kw_only=True)
class Entry:
    """One entry. `before` and `after` are digests of what was changed, `subject` names it, `reason` is in words.

    `record` is the digest of the rows that were written with it; "" where the others say all of them, and in entries of
    before it was kept. `number` counts from 1; `at` is in UTC; `previous` and `hash` are what seals it.
    """

    number: int = 0
    at: datetime
    actor: str
    act: str
    subject: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""
    record: str = ""
    previous: str = ""
    hash: str = ""

    @property
    def head(self) -> Head:
        """The head of the log that ends with this entry."""
        return Head(self.number, self.hash)


class FaultKind(StrEnum):
    """How a chain can be broken."""

    CONTENT = "content"
    """The entry says something else than what it was sealed with."""
    LINK = "link"
    """The entry follows another one than the one that stands before it, or an entry is missing here."""
    HEAD = "head"
    """The entry is sound, and not the one that was written down elsewhere under its number."""
    CUT = "cut"
    """The log ends before an entry that was written down elsewhere."""


@frozen
class Fault:
    """The first fault of a chain: the number of the entry that is wrong, or missing, and how."""

    number: int
    kind: FaultKind


def sealed_after(head: Head, entry: Entry) -> Entry:
    """The entry as the next one after `head`: numbered, linked and sealed."""
    linked = evolve(entry, number=head.count + 1, previous=head.hash)
    return evolve(linked, hash=_seal(linked))


def first_fault(entries: Iterable[Entry], heads: Mapping[int, str] | None = None) -> Fault | None:
    """The first fault of the log, None where it is whole.

    `heads` are the hashes that were written down elsewhere, by number of entry.
    """
    known = heads or {}
    number, last = 0, EMPTY.hash
    for number, entry in enumerate(entries, 1):
        if entry.number != number or entry.previous != last:
            return Fault(number, FaultKind.LINK)
        last = entry.hash
        if not _is_sealed(entry):
            return Fault(number, FaultKind.CONTENT)
        if known.get(number, last) != last:
            return Fault(number, FaultKind.HEAD)
    if max(known, default=0) > number:
        return Fault(number + 1, FaultKind.CUT)
    return None


def _is_sealed(entry: Entry) -> bool:
    """Whether the entry says what it was sealed with; what is no text where one should be never was."""
    try:
        return entry.hash == _seal(entry)
    except TypeError:
        return False


def _seal(entry: Entry) -> str:
    """The hash of the entry's JSON list. Put together by hand, for a log has hundreds of thousands of entries."""
    said = [
        entry.at.isoformat(),
        entry.actor,
        entry.act,
        entry.subject,
        entry.before,
        entry.after,
        entry.reason,
        entry.previous,
    ]
    if entry.record:  # an entry without one is sealed as it was before there were any
        said.append(entry.record)
    written = f"[{entry.number}, {', '.join(map(encode_basestring, said))}]"
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
