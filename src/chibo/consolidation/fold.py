"""The fold over many books: an identity and a merge that is associative and commutative.

One process, a pool of processes or several machines give the same result, in whatever order the books arrive. That is
why nothing is decided while merging: which of two books of one cell counts is settled over the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import frozen

from chibo.consolidation.duplicates import IDENTICAL_COPY, settle_duplicates
from chibo.consolidation.outcome import BookOutcome
from chibo.model import MeetingFacts, Period
from chibo.model.facts import in_order_of_codes


@frozen(slots=False, repr=False)
class Consolidation:
    """Any number of books, each once; `Consolidation()` is the identity of `+`.

    Every book is in exactly one of `accepted`, `copies` and `refused`.
    """

    outcomes: tuple[BookOutcome, ...] = ()

    def __repr__(self) -> str:
        counts = f"{len(self.accepted)} accepted, {len(self.copies)} copies, {len(self.refused)} refused"
        return f"<Consolidation of {len(self.outcomes)} books: {counts}>"

    def __add__(self, other: Consolidation) -> Consolidation:
        return consolidate((*self.outcomes, *other.outcomes))

    @cached_property
    def settled(self) -> tuple[BookOutcome, ...]:
        """Every book once the books of one cell and year have been compared with each other."""
        return settle_duplicates(self.outcomes)

    @cached_property
    def accepted(self) -> tuple[BookOutcome, ...]:
        """The books that count: at most one of each cell and year."""
        return tuple(outcome for outcome in self.settled if outcome.accepted and not is_copy(outcome))

    @cached_property
    def copies(self) -> tuple[BookOutcome, ...]:
        """Books whose values equal those of an accepted one: accepted too, counted once."""
        return tuple(outcome for outcome in self.settled if outcome.accepted and is_copy(outcome))

    @cached_property
    def refused(self) -> tuple[BookOutcome, ...]:
        """The books that do not count, each with its reasons."""
        return tuple(outcome for outcome in self.settled if not outcome.accepted)

    @property
    def has_blocks(self) -> bool:
        """Whether a book was refused, or a row or value of an accepted one was taken out."""
        return any(outcome.has_blocks for outcome in self.settled)

    @cached_property
    def facts(self) -> tuple[MeetingFacts, ...]:
        """The facts of all accepted books, by base organisation, cell, year and meeting code."""
        return tuple(row for outcome in self._by_cell for row in in_order_of_codes(outcome.facts))

    def facts_csv(self, period: Period | None = None) -> Iterator[str]:
        """The facts, of the period where one is given, as lines of CSV in the order of `facts`: those of each book."""
        return (outcome.csv_within(period) for outcome in self._by_cell)

    @cached_property
    def _by_cell(self) -> tuple[BookOutcome, ...]:
        """The accepted books that are known to be of a cell: no two are of one cell and year."""
        known = ((outcome.identity, outcome) for outcome in self.accepted if outcome.identity is not None)
        ordered = sorted(known, key=lambda one: (one[0].committee_code, one[0].cell_code, one[0].year))
        return tuple(outcome for _, outcome in ordered)


def is_copy(outcome: BookOutcome) -> bool:
    """Whether the book was found to repeat another one."""
    return any(finding.kind == IDENTICAL_COPY for finding in outcome.findings)


def consolidate(outcomes: Iterable[BookOutcome]) -> Consolidation:
    """The consolidation of these books."""
    return Consolidation(tuple(sorted(outcomes, key=lambda outcome: outcome.sort_key)))
