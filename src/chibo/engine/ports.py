"""What an engine is: something that judges many books, here or elsewhere, and hands the outcomes over as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from attrs import frozen

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource


@frozen(eq=False)
class Brief:
    """What every book of a run is judged by. An engine in other processes loads `library.office` there.

    Outcomes that nobody keeps or compares with those of other machines need not say what they rest on: `with_basis` is
    off for them, and neither our code nor the file is digested. Books that meet no other one of their cell need no
    digest of their values: it is `with_digest` that asks for it.
    """

    library: Library
    today: date
    with_basis: bool = True
    with_digest: bool = True


Deliver = Callable[[int, BookOutcome], None]
"""Takes the outcome of the book at this position, in whatever order books are done."""


class Engine(Protocol):
    """Judges books. The outcomes depend on the books and the brief alone, never on the engine."""

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        """Deliver one outcome per book, in the calling thread; stop early once `cancelled` says so.

        Raises ChiboError where a definition of ours is wrong; a book never makes it raise.
        """
