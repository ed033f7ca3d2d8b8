"""An engine that remembers: a book judged before by the same rules is not read again; the others go to another engine.

What tells one book from another is the SHA-256 of all its bytes. The directory of its zip package (names, sizes, CRCs)
would be shorter to read, but anybody can make another content with the same directory, and a hash of 140 KB takes a
tenth of a millisecond.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from attrs import define, evolve, field, frozen

from chibo.consolidation import BookOutcome
from chibo.engine.book_source import BookSource
from chibo.engine.known_rules import RulesCache, hold_to, known_rules
from chibo.engine.ports import Brief, Deliver, Engine
from chibo.engine.reading_bytes import BookBytes, book_bytes

_AT_ONCE = 64
"""Books looked up, and outcomes kept, together: an interrupted run loses these, and answers not yet read, no more."""


class OutcomeCache(RulesCache, Protocol):
    """Keeps outcomes by a key for as long as it likes. A cache in trouble knows nothing and keeps nothing."""

    def recall(self, keys: Sequence[bytes], day: date) -> Mapping[bytes, BookOutcome]:
        """The outcomes under these keys that hold on this day, as far as they are known."""

    def keep(self, outcomes: Mapping[bytes, BookOutcome]) -> None:
        """Keep outcomes; each has a basis."""


@frozen
class Remembering:
    """Answers for the books that the cache knows, and has `engine` judge the others."""

    engine: Engine
    cache: OutcomeCache

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        """Deliver first what is known, then the rest as it comes."""
        if not books:
            return
        rules = known_rules(brief.library, self.cache)
        memory = _Memory(self.cache, brief, rules.digest)
        left: list[int] = []
        with book_bytes(rules) as reader:
            for start in range(0, len(books), _AT_ONCE):
                if cancelled():
                    return
                known = memory.recall(books[start : start + _AT_ONCE], reader)
                for index, outcome in enumerate(known, start):
                    if outcome is None:
                        left.append(index)
                    else:
                        deliver(index, outcome)
        if not left:
            return
        hold_to(rules, brief.library)

        def deliver_fresh(at: int, outcome: BookOutcome) -> None:
            deliver(left[at], outcome)
            memory.keep(books[left[at]], outcome)

        try:
            self.engine.run([books[index] for index in left], brief, deliver_fresh, cancelled)
        finally:
            memory.flush()


@define(eq=False)
class _Memory:
    """The cache during one run: what each book's bytes were, and the fresh outcomes not yet kept."""

    cache: OutcomeCache
    brief: Brief
    rules: str
    contents: dict[str, str] = field(factory=dict)
    fresh: dict[bytes, BookOutcome] = field(factory=dict)

    def recall(self, books: Sequence[BookSource], reader: BookBytes) -> list[BookOutcome | None]:
        """The outcome of each book where it is known. The bytes are read to tell, never looked into."""
        for book in books:
            data = reader.read(book)
            if isinstance(data, bytes):
                self.contents[book.label] = hashlib.sha256(data).hexdigest()
        known = self.cache.recall([self._key(book) for book in books if book.label in self.contents], self.brief.today)
        return [self._own(known.get(self._key(book)), book) for book in books]

    def keep(self, book: BookSource, outcome: BookOutcome) -> None:
        """Keep an outcome that rests on the very bytes that were seen here, whatever has become of the file since."""
        if self._rests_on(outcome, book):
            self.fresh[self._key(book)] = evolve(outcome, file="")
        if len(self.fresh) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand over what is fresh."""
        if self.fresh:
            self.cache.keep(self.fresh)
            self.fresh = {}

    def _own(self, outcome: BookOutcome | None, book: BookSource) -> BookOutcome | None:
        if outcome is None or not self._rests_on(outcome, book):
            return None
        return evolve(outcome, file=book.label)

    def _rests_on(self, outcome: BookOutcome, book: BookSource) -> bool:
        basis = outcome.basis
        return (
            basis is not None
            and basis.content_hash == self.contents.get(book.label)
            and basis.rules == self.rules
            and basis.first <= self.brief.today <= basis.last
        )

    def _key(self, book: BookSource) -> bytes:
        """What an outcome depends on, the day excepted: the places in it name the file, though not its folder."""
        parts = (self.contents.get(book.label), book.name, book.answer, self.rules)
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()
