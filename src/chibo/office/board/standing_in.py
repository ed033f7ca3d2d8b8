"""Which books of a board count in the place of others: what stands aside stays at hand, and can count again."""

from __future__ import annotations

from collections.abc import Collection

from attrs import define, field


@define
class StandIns:
    """Books by their labels. One that was `made` of others counts as long as it stands for them."""

    _stands_for: dict[str, frozenset[str]] = field(factory=dict)
    _made: set[str] = field(factory=set)

    def stand_in(self, label: str, others: Collection[str], *, made: bool = False) -> None:
        """From now on this book counts and the others do not, besides those that it stands for already."""
        self._stands_for[label] = self._stands_for.get(label, frozenset()) | frozenset(others)
        if made:
            self._made.add(label)

    def part(self, label: str) -> None:
        """From now on the others count again."""
        self._stands_for.pop(label, None)

    def counts(self, label: str) -> bool:
        """Whether a book is one of those that are consolidated."""
        if label in self._made and label not in self._stands_for:
            return False
        return not any(label in others for others in self._stands_for.values())

    def came(self, label: str) -> bool:
        """Whether a book came in, and was not made here."""
        return label not in self._made

    def clear(self) -> None:
        """Forget all of them."""
        self._stands_for.clear()
        self._made.clear()
