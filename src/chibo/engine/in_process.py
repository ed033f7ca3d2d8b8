"""The engine without other processes: one book after the other, right here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from chibo.engine.book_source import BookSource
from chibo.engine.judging import judge_book
from chibo.engine.ports import Brief, Deliver
from chibo.engine.reading_bytes import book_bytes


@frozen
class InProcess:
    """Judges the books in this process."""

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        """Deliver the outcomes in the order of the books."""
        with book_bytes(brief.library.intake.file) as reader:
            for index, source in enumerate(books):
                if cancelled():
                    return
                data = reader.read(source)
                outcome = judge_book(
                    source,
                    data,
                    brief.library,
                    brief.today,
                    with_basis=brief.with_basis,
                    with_digest=brief.with_digest,
                )
                deliver(index, outcome)
