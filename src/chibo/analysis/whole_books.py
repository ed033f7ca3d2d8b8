"""Whole books, for what facts alone cannot answer: every criterion of every meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from chibo.analysis.books import OpenBook
from chibo.analysis.given import PathLike, paths_of
from chibo.consolidation import BookOutcome, consolidate
from chibo.definitions.library import Library
from chibo.engine.reading_bytes import book_bytes
from chibo.engine.single_book import receive_one
from chibo.engine.sources import find_sources
from chibo.model import CellIdentity
from chibo.model.digest import digest_of

NamedBooks: TypeAlias = PathLike | OpenBook | Iterable[PathLike | OpenBook]
"""One book, folder or zip, a book already open, or several of these."""


def whole_books(source: NamedBooks, library: Library, today: date) -> list[OpenBook]:
    """Every accepted book of the source, each cell and year once; refused ones and equal copies are left out."""
    if isinstance(source, OpenBook):
        return [source]
    named = [source] if not isinstance(source, Iterable) or isinstance(source, str) else list(source)
    given = [book for book in named if isinstance(book, OpenBook)]
    paths = [path for path in named if not isinstance(path, OpenBook)]
    return [*given, *_read(paths, library, today)] if paths else given


def _read(paths: list[PathLike], library: Library, today: date) -> list[OpenBook]:
    opened: dict[str, OpenBook] = {}
    outcomes = []
    with book_bytes(library.intake.file) as reader:
        for found in find_sources(paths_of(paths)).books:
            data = reader.read(found)
            if not isinstance(data, bytes):
                continue
            received = receive_one(data, found.name, library, today)
            if received.book is None or not received.accepted:
                continue
            opened[found.label] = OpenBook(received.book, received.findings, library, today)
            outcomes.append(
                BookOutcome(
                    file=found.label,
                    accepted=True,
                    identity=CellIdentity.of(received.book.info),
                    findings=received.findings,
                    digest=digest_of(received.book),
                )
            )
    return [opened[outcome.file] for outcome in consolidate(outcomes).accepted]
