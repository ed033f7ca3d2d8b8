"""What was worked out lately, kept within bounds."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """Answers by what was asked; all are forgotten when they become too many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, asked: K, answer: V) -> None:
        """Remember an answer."""
        if len(self) >= self._most:
            self.clear()
        self[asked] = answer
