"""The books of a board that are still to be read: in line as they came, each under a label of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

from attrs import define, evolve, field

from chibo.engine.book_source import BookSource
from chibo.office.board.recent import RecentSources

_AT_ONCE = 100
"""Books handed to the engine together: enough for several processes, few enough to meet new arrivals soon."""


@define
class BooksInLine:
    """The books that wait and those that are being read. Whoever shares it between threads holds a lock of his own.

    The first book is read by itself: something is shown soon, and from then on it is known how long a book takes.
    """

    _waiting: deque[BookSource] = field(factory=deque)
    _reading: int = 0
    _labels: set[str] = field(factory=set)
    _recent: RecentSources = field(factory=RecentSources)
    _seconds: float = 0.0
    _timed: int = 0

    def put(self, book: BookSource) -> str:
        """Let a book wait, behind all others; the label that it got."""
        label = self.own_label(book.label)
        waiting = evolve(book, label=label)
        self._waiting.append(waiting)
        self._recent.remember(waiting)
        return label

    def own_label(self, label: str) -> str:
        """The label, with a number where another book has it: people tell books apart by it."""
        own, number = label, 1
        while own in self._labels:
            number += 1
            own = f"{label} ({number})"
        self._labels.add(own)
        return own

    def next(self) -> Sequence[BookSource]:
        """The books that are read now, none where none waits."""
        count = min(_AT_ONCE, len(self._waiting)) if self._timed else min(1, len(self._waiting))
        books = [self._waiting.popleft() for _ in range(count)]
        self._reading = len(books)
        return books

    def one_read(self) -> None:
        """One of the books that are being read is done."""
        self._reading -= 1

    def end(self, books: Sequence[BookSource], done: Collection[str], seconds: float) -> None:
        """Reading these took so many seconds, and only those with these labels are done: the others wait again."""
        self._reading = 0
        self._seconds += seconds
        self._timed += len(done)
        self._waiting.extendleft(reversed([book for book in books if book.label not in done]))

    @property
    def waits(self) -> bool:
        """Whether there is a book that nobody has begun to read."""
        return bool(self._waiting)

    @property
    def unread(self) -> int:
        """How many books are not done."""
        return self._reading + len(self._waiting)

    @property
    def seconds_left(self) -> float | None:
        """How long the unread ones may take, by those that were read; None before any was."""
        return self._seconds / self._timed * self.unread if self._timed else None

    def sources_of(self, labels: Collection[str]) -> tuple[BookSource, ...]:
        """Where books can be read again, done or not, in the order in which they came; some may have been let go."""
        return self._recent.of(labels)

    def clear(self) -> None:
        """Drop all of them; how long a book takes is still known."""
        self._waiting.clear()
        self._labels.clear()
        self._recent.clear()
        self._reading = 0
