"""Two books of one cell on the board: what differs between them, and which of them grew from which."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from attrs import frozen

from chibo.comparing import Difference, differences, fingerprint_of
from chibo.consolidation.duplicates import CELL_TWICE
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.reading_bytes import book_bytes
from chibo.errors import ChiboError
from chibo.model import CellBook
from chibo.office.board.board import Unit
from chibo.office.board.run import BoardRun
from chibo.office.lineage.branches import Lines, common_bases, grew_from, parent_of, with_parent
from chibo.office.lineage.comparison import OpenBook, open_book
from chibo.office.lineage.keeping import short_name

Known = Callable[[CellBook], Lines]
"""What the office knows of the lines of a book's unit and year. Raises ChiboError where it may not be asked."""


class Relation(StrEnum):
    """How two books of a cell stand to each other, as their seals and the office tell it."""

    BRANCHES = "branches"
    """Both grew from a book that the office has: what each changed can be told, and joined."""
    NEWER = "newer"
    """The other grew from the one that came first, so that it has everything of it."""
    OLDER = "older"
    """The one that came first grew from the other."""
    UNKNOWN = "unknown"
    """Nothing is known that both grew from."""


@frozen(kw_only=True)
class Twice:
    """The two books, the earlier one first, and what differs.

    `base` is the name of the newest book that both grew from, `why` says why the office could not be asked.
    """

    files: tuple[str, str]
    books: tuple[CellBook, CellBook]
    differences: tuple[Difference, ...]
    relation: Relation = Relation.UNKNOWN
    base: str = ""
    why: str = ""


def files_of_twice(unit: Unit) -> tuple[str, str] | None:
    """The file of a unit that met another book of its cell, and that book's file; None where it met none."""
    for finding in unit.findings:
        if finding.kind == CELL_TWICE and finding.other_places:
            return finding.place.file, finding.other_places[0].file
    return None


def compare_twice(files: tuple[str, str], run: BoardRun, library: Library, known: Known) -> Twice | None:
    """What differs between two books of the run; None where one of them cannot be looked into again."""
    sources = run.sources_of(files)
    if len(sources) != 2:
        return None
    try:
        first, second = (opened(source, library) for source in sources)
    except ChiboError:
        return None
    relation, base, why = Relation.UNKNOWN, "", ""
    try:
        relation, base = _relation(known(first.book), first, second)
    except ChiboError as error:
        why = str(error)
    return Twice(
        files=(sources[0].label, sources[1].label),
        books=(first.book, second.book),
        differences=differences(first.book, second.book),
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


def _relation(lines: Lines, first: OpenBook, second: OpenBook) -> tuple[Relation, str]:
    """How the books stand to each other, and the name of the book that both grew from where they are to be joined."""
    parents, digests = lines.parents, (fingerprint_of(first.book), fingerprint_of(second.book))
    for one, digest in zip((first, second), digests, strict=True):
        parents = with_parent(parents, digest, parent_of(one.seal, digest))
    base = next(filter(lines.can_be_opened, common_bases(parents, *digests)), "")
    if base:
        return Relation.BRANCHES, base
    is_newer = short_name(digests[0]) in grew_from(parents, digests[1])
    is_older = short_name(digests[1]) in grew_from(parents, digests[0])
    if is_newer == is_older:  # neither, or each said again what the other had said
        return Relation.UNKNOWN, ""
    return (Relation.NEWER if is_newer else Relation.OLDER), ""
