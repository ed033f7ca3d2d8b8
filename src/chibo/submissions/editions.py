"""The editions of a unit's book for a period, and which of them is in use: the newest, whatever order they came in.

Newest is said by the files, not by the mail: a book that another one was made from (its seal says so, or the page on
which it was made) is older than that one; else the one that was saved later is newer. Two saved in the same moment are
told apart by their hashes, so that every office comes to the same answer; whoever wants the other one saves it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from attrs import frozen

from chibo.periods import Content

_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@frozen(kw_only=True)
class Edition:
    """One file that came in for a unit and a period.

    `part` is the digest of what it says of the period, `values` that of the whole book, `grown_from` that of the book
    it was made from ("" where no seal says so). `receipt` is the number of the receipt that was given for it.
    """

    content_hash: str
    file_name: str
    part: str
    values: str = ""
    grown_from: str = ""
    saved_at: datetime | None = None
    content: Content = Content.COMPLETE
    submitted_by: str
    submitted_on: date
    at: datetime
    receipt: int = 0


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The editions from the oldest to the newest; the last one is in use."""
    left = list(editions)
    ordered: list[Edition] = []
    while left:
        newest = _newest(left)
        left.remove(newest)
        ordered.append(newest)
    return tuple(reversed(ordered))


def current_edition(editions: Sequence[Edition]) -> Edition | None:
    """The edition in use, None where nothing came in."""
    return _newest(editions) if editions else None


def _newest(editions: Sequence[Edition]) -> Edition:
    """The newest of those from which no other one was made; of all where they were made from each other in a circle."""
    parents = {one.grown_from for one in editions if one.grown_from and one.grown_from != one.values}
    leaves = [one for one in editions if not one.values or one.values not in parents]
    return max(leaves or editions, key=lambda one: (one.saved_at or _LONG_AGO, one.content_hash))
