"""Two books of one cell on the board: what differs between them, and which of them grew from which."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from attrs import frozen

from chibo.comparing import Difference, differences, fingerprint_of
from chibo.consolidation.duplicates import CELL_TWICE
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.no_worker import NoWorkerError
from chibo.engine.reading_bytes import book_bytes
from chibo.errors import ChiboError, Words
from chibo.model import CellBook
from chibo.office.board.board import Unit
from chibo.office.board.run import BoardRun
from chibo.office.lineage.branches import Lines, common_bases, grew_from, parent_of, with_parent
from chibo.office.lineage.comparison import OpenBook, open_book
from chibo.office.lineage.keeping import short_name

Known = Callable[[CellBook], Lines]
"""What the office knows of the lines of a book's unit and year. Raises ChiboError where it may not be asked."""
_Two = tuple[OpenBook, OpenBook]


class Relation(StrEnum):
    """How two books of a cell stand to each other, as their seals and the office tell it."""

    BRANCHES = "branches"
    """Both grew from a book that the office has: what each changed can be told, and joined."""
    GREW = "grew"
    """The newer one grew from the older one, so that it has everything of it."""
    UNKNOWN = "unknown"
    """Nothing is known that both grew from."""


@frozen(kw_only=True)
class Twice:
    """The two books and what differs: the older one first, or the one that came first where that is not known.

    `base` is the name of the newest book that both grew from, `why` says why the office could not be asked.
    """

    files: tuple[str, str]
    books: tuple[CellBook, CellBook]
    differences: tuple[Difference, ...]
    relation: Relation = Relation.UNKNOWN
    base: str = ""
    why: Words | None = None


@frozen
class NotCompared:
    """No book can be read now, for this reason: nothing is wrong with the two, and it can be tried again."""

    why: Words


def files_of_twice(unit: Unit) -> tuple[str, str] | None:
    """The file of a unit that met another book of its cell, and that book's file; None where it met none."""
    for finding in unit.findings:
        if finding.kind == CELL_TWICE and finding.other_places:
            return finding.place.file, finding.other_places[0].file
    return None


def compare_twice(files: tuple[str, str], run: BoardRun, library: Library, known: Known) -> Twice | NotCompared | None:
    """What differs between two books of the run; None where one of them cannot be looked into again."""
    sources = run.sources_of(files)
    if len(sources) != 2:
        return None
    try:
        came = (opened(sources[0], library), opened(sources[1], library))
    except NoWorkerError as error:
        return NotCompared(error.words)
    except ChiboError:
        return None
    two, relation, base, why = _by_seals(came), Relation.UNKNOWN, "", None
    try:
        two, relation, base = _related(known(two[0].book), two)
    except ChiboError as error:
        why = error.words
    older, newer = two
    return Twice(
        files=(older.file, newer.file),
        books=(older.book, newer.book),
        differences=differences(older.book, newer.book),
        relation=relation,
        base=base,
        why=why,
    )


def opened(source: BookSource, library: Library) -> OpenBook:
    """The book of a source, read once more. Raises ChiboError where it cannot be."""
    with book_bytes(library.intake.file) as reader:
        data = reader.read(source)
    if not isinstance(data, bytes):
        raise ChiboError(str(library.catalogue.message(data)))
    return open_book(data, source.label, library)


def _by_seals(two: _Two) -> _Two:
    """The two in the order in which Chibo wrote them, as far as both say when that was."""
    first, second = (one.seal.moment if one.seal else None for one in two)
    return two[::-1] if first is not None and second is not None and second < first else two


def _related(lines: Lines, two: _Two) -> tuple[_Two, Relation, str]:
    """The books by age, how they stand to each other, and the name of the one that both grew from.

    "" where they cannot be joined.
    """
    parents, digests = lines.parents, (fingerprint_of(two[0].book), fingerprint_of(two[1].book))
    for one, digest in zip(two, digests, strict=True):
        parents = with_parent(parents, digest, parent_of(one.seal, digest))
    base = next(filter(lines.can_be_opened, common_bases(parents, *digests)), "")
    if base:
        return two, Relation.BRANCHES, base
    is_newer = short_name(digests[0]) in grew_from(parents, digests[1])
    is_older = short_name(digests[1]) in grew_from(parents, digests[0])
    if is_newer == is_older:  # neither, or each said again what the other had said
        return two, Relation.UNKNOWN, ""
    return two if is_newer else two[::-1], Relation.GREW, ""
