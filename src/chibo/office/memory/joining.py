"""A book that somebody else changed meanwhile: whether the version in use is of another branch, and both opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen

from chibo.access import Act
from chibo.comparing import fingerprint_of
from chibo.errors import ChiboError, why_refused
from chibo.model import CellBook, Period
from chibo.office.lineage.branches import OtherBranch, Parents, common_bases, grew_from, parents_of, with_parent
from chibo.office.lineage.comparison import OpenBook, open_book
from chibo.office.lineage.keeping import KeptCopy, kept_copies, short_name
from chibo.office.memory.book_parts import LookedAt
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.handing_in import expected_of
from chibo.office.memory.history import given_out
from chibo.office.memory.kept_files import kept_file
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Memory
from chibo.store.periods import read_periods
from chibo.store.submissions import read_submission
from chibo.submissions import Edition, Submission

_REASON = "gộp với sổ đang mở"
_BASE_NAME = "bản gốc chung.xlsx"


@frozen
class Branch:
    """A version in use that did not go into the open book, and the name of the newest book that both grew from."""

    theirs: Edition
    base: str


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
    listed = [(submission, edition) for submission in submissions for edition in submission.editions]
    copies = kept_copies(office, book.info.cell_code, book.info.year)
    return Lines(
        parents=parents_of(copies, [edition for _, edition in listed]),
        copies={copy.name: copy for copy in copies},
        editions={short_name(edition.values): (whose, edition) for whose, edition in listed if edition.values},
    )


def branch_of(lines: Lines, looked: LookedAt, would: Handing) -> Branch | None:
    """The version in use of a period, where it grew beside the book and would be set aside by it, or it by that one."""
    theirs = would.submission.current if would.submission else None
    if theirs is None or not theirs.values or not (would.result is HandedIn.CHANGED or would.is_unused):
        return None
    parents = with_parent(lines.parents, looked.values, looked.grown_from)
    bases = common_bases(parents, looked.values, theirs.values)
    base = next(filter(lines.can_be_opened, bases), None)
    return Branch(theirs, base) if base is not None else None


def other_branch(memory: Memory, book: CellBook, period: Period, content_hash: str, base: str) -> OtherBranch:
    """The version that came in for a period, and the book of this name that it grew from, to be merged into `book`.

    They are given out to the actor, which is logged. Raises ChiboError where he may not see them, or one of the two is
    no longer to be had.
    """
    with memory.reading() as (reading, standing):
        unit = expected_of(reading, standing, opened_period(reading, period), book.info)
        standing.require(Act.OPEN_FILE, unit.unit_code)
        years = [one.period for one in read_periods(reading) if one.period.year == period.year]
        submissions = {one: read_submission(reading, unit.unit_code, one) for one in years}
    lines = lines_of(memory.library.office, book, submissions.values())
    theirs = submissions[period].has(content_hash)
    if theirs is None or base not in grew_from(lines.parents, theirs.values):
        raise ChiboError("Văn phòng không còn giữ hai bản ấy, hoặc không còn bản gốc chung của chúng.")
    opened = open_book(kept_file(memory, content_hash), theirs.file_name, memory.library)
    given_out(memory, submissions[period], (content_hash,), _REASON)
    return OtherBranch(_base(memory, lines, base), opened, theirs.values)


def _base(memory: Memory, lines: Lines, name: str) -> OpenBook:
    """The common base: the copy that the office kept when it was handed out, else the file as it came in."""
    if name in lines.copies:
        try:
            data = lines.copies[name].path.read_bytes()
        except OSError as error:
            raise ChiboError(f"Không đọc được bản gốc chung mà văn phòng giữ: {why_refused(error)}.") from None
        opened = open_book(data, _BASE_NAME, memory.library)
        if short_name(fingerprint_of(opened.book)) != name:
            raise ChiboError("Bản gốc chung mà văn phòng giữ không còn đúng như lúc đưa ra.")
        return opened
    if name not in lines.editions:
        raise ChiboError("Văn phòng không còn giữ bản gốc chung của hai bản.")
    submission, edition = lines.editions[name]
    opened = open_book(kept_file(memory, edition.content_hash), edition.file_name, memory.library)
    given_out(memory, submission, (edition.content_hash,), _REASON)
    return opened
