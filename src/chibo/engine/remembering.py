"""An engine that remembers: a book judged before by the same rules is not read again; the others go to another engine.

What tells one book from another is a digest of all its bytes. The directory of its zip package (names, sizes, CRCs)
would be shorter to read, but anybody can make another content with the same directory. Nor is a file believed to be
what it was because its size and times are: what is written through a mapping into memory changes neither. The digest is
one under a secret of the cache, made of 140 KB in less than a hundredth of a millisecond; what a worker says that it
read is held against SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from attrs import define, field, frozen

from chibo.consolidation import BookOutcome
from chibo.engine.book_source import BookSource
from chibo.engine.keyed_digest import LONGEST, KeyedDigest
from chibo.engine.known_rules import RulesCache, hold_to, known_rules
from chibo.engine.ports import Brief, Deliver, Engine
from chibo.engine.reading_bytes import BookBytes, book_bytes
from chibo.findings import Finding

_LOOKED_UP_AT_ONCE = 256
_KEPT_AT_ONCE = 64
"""An interrupted run loses these, and answers not yet read, no more."""


class OutcomeCache(RulesCache, Protocol):
    """Keeps outcomes by a key for as long as it likes. A cache in trouble knows nothing and keeps nothing."""

    def secret(self) -> bytes:
        """What nobody knows who makes books, the same for as long as outcomes are kept."""

    def recall(self, asked: Sequence[tuple[bytes, str]], day: date) -> Sequence[BookOutcome | None]:
        """The outcome under each key, of the file beside it, where one is known that holds on this day."""

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
        with book_bytes(rules) as reader:
            memory = _Memory(self.cache, brief.today, rules.digest, reader)
            left: list[int] = []
            for start in range(0, len(books), _LOOKED_UP_AT_ONCE):
                if cancelled():
                    return
                known = memory.recall(books[start : start + _LOOKED_UP_AT_ONCE])
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
    """The cache during one run, and the fresh outcomes not yet kept."""

    cache: OutcomeCache
    today: date
    rules: str
    reader: BookBytes
    digest: KeyedDigest = field(init=False)
    fresh: dict[bytes, BookOutcome] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.digest = KeyedDigest(self.cache.secret())

    def recall(self, books: Sequence[BookSource]) -> list[BookOutcome | None]:
        """The outcome of each book where it is known. The bytes are read to tell, never looked into."""
        keys = [self._key(book, self.reader.read(book)) for book in books]
        asked = [(key, book.label) for key, book in zip(keys, books, strict=True) if key is not None]
        known = iter(self.cache.recall(asked, self.today))
        return [next(known) if key is not None else None for key in keys]

    def keep(self, book: BookSource, outcome: BookOutcome) -> None:
        """Keep an outcome under the bytes that the book has by now, where it rests on these very bytes."""
        basis = outcome.basis
        if basis is None or basis.rules != self.rules or not basis.first <= self.today <= basis.last:
            return
        data = self.reader.read(book)
        key = self._key(book, data)
        if key is not None and isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == basis.content_hash:
            self.fresh[key] = outcome
        if len(self.fresh) >= _KEPT_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand over what is fresh."""
        if self.fresh:
            self.cache.keep(self.fresh)
            self.fresh = {}

    def _key(self, book: BookSource, data: bytes | Finding) -> bytes | None:
        """What an outcome depends on, the day excepted: the places in it name the file, though not its folder."""
        if not isinstance(data, bytes) or len(data) > LONGEST:
            return None
        parts = (self.digest.of(data), book.name, book.answer, self.rules)
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()
