"""The editions of a unit's book for a period, and which of them is in use: the newest, whatever order they came in.

Newest is said by the files, not by the mail: the one that was written last, by Chibo or by another program, and never
an older one than that from which it was made. A moment that lies after the arrival is not believed: the arrival takes
its place. Where the files tell nothing apart, their hashes do, so that every office comes to the same answer; and
whoever handed one in may choose it (`chosen`), which counts as if it had been written at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from attrs import frozen

from chibo.periods import Content

_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
Chosen = Mapping[str, datetime]
"""When editions were chosen last, by content hash."""
_NONE: Chosen = {}


@frozen(kw_only=True)
class Edition:
    """One file that came in for a unit and a period.

    `part` is the digest of what it says of the period, `values` that of the whole book as it was read, `grown_from`
    that of the book it was made from ("" where no seal says so). `saved_at` is when the file says it was written last.
    `receipt` is the number of the receipt that was given for it.
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

    @property
    def moment(self) -> datetime:
        """When it was written last, as far as that can be believed."""
        return min(self.saved_at or _LONG_AGO, self.at)

    @property
    def is_of_the_future(self) -> bool:
        """Whether the file says that it was written on a later day than the one on which it came in."""
        return self.saved_at is not None and self.saved_at.date() > self.at.astimezone(UTC).date()


class Age(NamedTuple):
    """How new an edition is: `moment`, and of one moment how many it was made from, one from the other."""

    moment: datetime
    generation: int = 0


def ages(editions: Sequence[Edition], chosen: Chosen = _NONE) -> Mapping[str, Age]:
    """How new each edition is, by content hash. Two of one age are told apart by nothing that their files say."""
    parents = _parents(editions)
    found: dict[str, Age] = {}

    def age_of(edition: Edition) -> Age:
        if edition.content_hash not in found:
            before = [age_of(parent) for parent in parents[edition.content_hash]]
            moment = max([edition.moment, *(age.moment for age in before)])
            generations = [age.generation + 1 for age in before if age.moment == moment]
            found[edition.content_hash] = Age(moment, max(generations, default=0))
        return found[edition.content_hash]

    own = {edition.content_hash: age_of(edition) for edition in editions}
    return {name: max(age, Age(chosen[name])) if name in chosen else age for name, age in own.items()}


def in_order(editions: Iterable[Edition], chosen: Chosen = _NONE) -> tuple[Edition, ...]:
    """The editions from the oldest to the newest; the last one is in use."""
    listed = list(editions)
    age = ages(listed, chosen)
    return tuple(sorted(listed, key=lambda one: (age[one.content_hash], one.content_hash)))


def _parents(editions: Sequence[Edition]) -> Mapping[str, list[Edition]]:
    """Those from which each edition was made, by content hash.

    A book that says again what an earlier one said bears its digest, and so might seem to be the parent of what came
    between them: of two that are each made from the other only the one that was written first is a parent.
    """
    said = {
        child.content_hash: [one for one in editions if one.values and one.values == child.grown_from != child.values]
        for child in editions
    }
    above = {one.content_hash: _above(one, said) for one in editions}
    return {
        child.content_hash: [
            one
            for one in said[child.content_hash]
            if child.content_hash not in above[one.content_hash] or one.moment < child.moment
        ]
        for child in editions
    }


def _above(edition: Edition, parents: Mapping[str, list[Edition]]) -> frozenset[str]:
    """Everything that an edition comes of, at once or in several steps."""
    left, found = [edition], set[str]()
    while left:
        for parent in parents[left.pop().content_hash]:
            if parent.content_hash not in found:
                found.add(parent.content_hash)
                left.append(parent)
    return frozenset(found)
