"""The books of a board that were read, settled over the whole: those that count, without those that stand aside."""

from __future__ import annotations

from collections.abc import Collection

from attrs import define, field

from chibo.consolidation import BookOutcome, Consolidation, consolidate
from chibo.office.board.standing_in import StandIns


@define
class BooksRead:
    """What came of each book. Whoever shares it between threads holds a lock of his own."""

    _outcomes: list[BookOutcome] = field(factory=list)
    _stand_ins: StandIns = field(factory=StandIns)
    _settled: Consolidation = field(factory=Consolidation)

    def add(self, outcome: BookOutcome) -> None:
        """One more book was read, or refused unread."""
        self._outcomes.append(outcome)

    def stand_in(self, label: str, others: Collection[str], *, made: bool = False) -> None:
        """Let a book count alone, read or not yet; `made` where it was made of the others."""
        self._stand_ins.stand_in(label, others, made=made)
        self._settled = Consolidation()

    def part(self, label: str) -> None:
        """Let the books count again that this one stands for; where it was made of them, it counts no more."""
        self._stand_ins.part(label)
        self._settled = Consolidation()

    @property
    def count(self) -> int:
        """How many there are, without those that were made of others."""
        return sum(self._stand_ins.came(outcome.file) for outcome in self._outcomes)

    def settled(self) -> Consolidation:
        """The books that count, compared with each other."""
        counting = [outcome for outcome in self._outcomes if self._stand_ins.counts(outcome.file)]
        if len(self._settled.outcomes) != len(counting):
            self._settled = consolidate(counting)
        return self._settled

    def clear(self) -> None:
        """Forget all of them."""
        self._outcomes.clear()
        self._stand_ins.clear()
        self._settled = Consolidation()
