"""Two branches of one book: what each grew from, and the newest book that both grew from; told without opening any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.errors import ChiboError, why_refused
from chibo.model import CellBook, CellIdentity
from chibo.office.lineage.comparison import OpenBook, Three, open_book
from chibo.office.lineage.keeping import NEW, KeptCopy, kept_copies, short_name
from chibo.office.lineage.sealing import is_comparable
from chibo.submissions import Edition, Submission
from chibo.workbook.sealing import Seal

_BASE_NAME = "bản gốc chung.xlsx"

Parents = Mapping[str, frozenset[str]]
"""The books that each book was made from; books are named as copies are, by the beginning of their digest."""


@frozen
class OtherBranch:
    """A version that grew beside the open book: `theirs` with its digest, and the `base` that both grew from."""

    base: OpenBook
    theirs: OpenBook
    digest: str


@frozen
class Lines:
    """The lines of a unit's books of a year: who grew from whom, and where each book can be found."""

    parents: Parents
    copies: Mapping[str, KeptCopy] = field(repr=False)
    editions: Mapping[str, tuple[Submission, Edition]] = field(repr=False)

    def can_be_opened(self, name: str) -> bool:
        """Whether the office has a file of the book."""
        return name in self.copies or name in self.editions


def lines_of(office: Path | None, book: CellBook, submissions: Iterable[Submission]) -> Lines:
    """What the office knows of the lines of a book: by the copies that it keeps and by all that came in of it."""
    return lines_of_cell(office, CellIdentity.of(book.info), submissions)


def lines_of_cell(office: Path | None, identity: CellIdentity, submissions: Iterable[Submission]) -> Lines:
    """What the office knows of the lines of the books of a cell and year, under the code that its books bear."""
    listed = [(submission, edition) for submission in submissions for edition in submission.editions]
    copies = kept_copies(office, identity.cell_code, identity.year)
    return Lines(
        parents=parents_of(copies, [edition for _, edition in listed]),
        copies={copy.name: copy for copy in copies},
        editions={short_name(edition.values): (whose, edition) for whose, edition in listed if edition.values},
    )


def parent_of(seal: Seal | None, digest: str) -> str:
    """The digest of the book that a book was made from: by its seal, or the sealed book itself where it was edited.

    "" where its workbook has no seal, or is of a book that was made from no other.
    """
    if seal is None:
        return ""
    return seal.parent if seal.digest == digest else seal.digest


def made_from_a_branch(books: Three) -> OpenBook | None:
    """The one of MINE and THEIRS that the BASE itself was made from, as the seals tell: the three are in a wrong order.

    A branch that was made from the BASE in turn, such as one in which everything was put back, is in its place.
    """
    base = fingerprint_of(books.base.book)
    for branch in (books.mine, books.theirs):
        digest = fingerprint_of(branch.book)
        if digest != base and digest == parent_of(books.base.seal, base) and parent_of(branch.seal, digest) != base:
            return branch
    return None


def open_copy(copy: KeptCopy, library: Library) -> OpenBook:
    """A book as it was handed out. Raises ChiboError where its copy cannot be read, or is no longer what it was."""
    try:
        data = copy.path.read_bytes()
    except OSError as error:
        raise ChiboError(f"Không đọc được bản gốc chung mà văn phòng giữ: {why_refused(error)}.") from None
    opened = open_book(data, _BASE_NAME, library)
    seal = opened.seal
    digest = fingerprint_of(opened.book) if seal is None or is_comparable(seal, library) else seal.digest
    if short_name(digest) != copy.name:
        raise ChiboError("Bản gốc chung mà văn phòng giữ không còn đúng như lúc đưa ra.")
    return opened


def parents_of(copies: Iterable[KeptCopy], editions: Iterable[Edition]) -> Parents:
    """What is known of the line of a cell's books of a year: by the kept copies and by what came in."""
    found: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        if copy.parent != NEW:
            found[copy.name].add(copy.parent)
    for edition in editions:
        if edition.values and edition.grown_from:
            found[short_name(edition.values)].add(short_name(edition.grown_from))
    return {name: frozenset(parents) for name, parents in found.items()}


def with_parent(parents: Parents, digest: str, parent: str) -> Parents:
    """The line with one more book in it, made from `parent`, "" where that is not known."""
    if not parent:
        return parents
    name = short_name(digest)
    return {**parents, name: parents.get(name, frozenset()) | {short_name(parent)}}


def grew_from(parents: Parents, digest: str) -> Mapping[str, int]:
    """The book and everything that it grew from, with how many steps back each is at least."""
    steps, line, count = dict[str, int](), {short_name(digest)}, 0
    while line:
        steps.update(dict.fromkeys(line, count))
        line = {parent for name in line for parent in parents.get(name, ())} - steps.keys()
        count += 1
    return steps


def common_bases(parents: Parents, mine: str, theirs: str) -> tuple[str, ...]:
    """The names of the books that both grew from, the nearest first.

    There is none where nothing is known to be common, and none where one of the two grew from the other: then the
    other has everything of it.
    """
    of_mine, of_theirs = grew_from(parents, mine), grew_from(parents, theirs)
    if short_name(theirs) in of_mine or short_name(mine) in of_theirs:
        return ()
    common = of_mine.keys() & of_theirs.keys()
    return tuple(sorted(common, key=lambda name: (of_mine[name] + of_theirs[name], name)))
