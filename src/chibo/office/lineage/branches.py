"""Two branches of one book: what each grew from, and the newest book that both grew from; told without opening any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from chibo.office.lineage.comparison import OpenBook
from chibo.office.lineage.keeping import NEW, KeptCopy, short_name
from chibo.submissions import Edition

Parents = Mapping[str, frozenset[str]]
"""The books that each book was made from; books are named as copies are, by the beginning of their digest."""


@frozen
class OtherBranch:
    """A version that grew beside the open book: `theirs` with its digest, and the `base` that both grew from."""

    base: OpenBook
    theirs: OpenBook
    digest: str


def parents_of(copies: Iterable[KeptCopy], editions: Iterable[Edition]) -> Parents:
    """What is known of the line of a cell's books of a year: by the kept copies and by what came in."""
    found: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        if copy.parent != NEW:
            found[copy.name].add(copy.parent)
    for edition in editions:
        if edition.values and edition.grown_from:
            found[short_name(edition.values)].add(short_name(edition.grown_from))
    return {name: frozenset(parents) for name, parents in found.items()}


def with_parent(parents: Parents, digest: str, parent: str) -> Parents:
    """The line with one more book in it, made from `parent`, "" where that is not known."""
    if not parent:
        return parents
    name = short_name(digest)
    return {**parents, name: parents.get(name, frozenset()) | {short_name(parent)}}


def grew_from(parents: Parents, digest: str) -> Mapping[str, int]:
    """The book and everything that it grew from, with how many steps back each is at least."""
    steps, line, count = dict[str, int](), {short_name(digest)}, 0
    while line:
        steps.update(dict.fromkeys(line, count))
        line = {parent for name in line for parent in parents.get(name, ())} - steps.keys()
        count += 1
    return steps


def common_bases(parents: Parents, mine: str, theirs: str) -> tuple[str, ...]:
    """The names of the books that both grew from, the nearest first.

    There is none where nothing is known to be common, and none where one of the two grew from the other: then the
    other has everything of it.
    """
    of_mine, of_theirs = grew_from(parents, mine), grew_from(parents, theirs)
    if short_name(theirs) in of_mine or short_name(mine) in of_theirs:
        return ()
    common = of_mine.keys() & of_theirs.keys()
    return tuple(sorted(common, key=lambda name: (of_mine[name] + of_theirs[name], name)))
