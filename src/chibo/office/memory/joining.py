"""A book that somebody else changed meanwhile: whether the version in use is of another branch, and both opened."""

from __future__ import annotations

import hashlib

from attrs import frozen

from chibo.access import Act
from chibo.audit import AuditAct
from chibo.errors import ChiboError
from chibo.model import CellBook, Period
from chibo.office.lineage.branches import (
    Lines,
    OtherBranch,
    common_bases,
    grew_from,
    lines_of,
    open_copy,
    with_parent,
)
from chibo.office.lineage.comparison import OpenBook, open_book
from chibo.office.memory.book_parts import LookedAt
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.handing_in import expected_of
from chibo.office.memory.history import given_out
from chibo.office.memory.kept_files import kept_file
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Memory, Standing
from chibo.store import Reading
from chibo.store.periods import read_periods
from chibo.store.submissions import read_submission
from chibo.submissions import Edition, Submission

_REASON = "gộp với sổ đang mở"
_REASON_OF_BOARD = "gộp hai sổ trên tong-hop"


@frozen
class Branch:
    """A version in use that did not go into the open book, and the name of the newest book that both grew from."""

    theirs: Edition
    base: str


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
        submissions = submissions_of_year(reading, unit.unit_code, period.year)
    lines = lines_of(memory.library.office, book, submissions.values())
    theirs = submissions[period].has(content_hash)
    if theirs is None or base not in grew_from(lines.parents, theirs.values):
        raise ChiboError("Văn phòng không còn giữ hai bản ấy, hoặc không còn bản gốc chung của chúng.")
    opened = open_book(kept_file(memory, content_hash), theirs.file_name, memory.library)
    given_out(memory, submissions[period], (content_hash,), _REASON)
    return OtherBranch(base_named(memory, lines, base, book, _REASON), opened, theirs.values)


def lines_in_office(memory: Memory, book: CellBook) -> Lines:
    """What the office knows of the lines of a book. Raises NotAllowedError where the actor may not see its unit's."""
    with memory.reading() as (reading, standing):
        code = _unit_of(standing, book)
        standing.require(Act.OPEN_FILE, code)
        submissions = submissions_of_year(reading, code, book.info.year)
    return lines_of(memory.library.office, book, submissions.values())


def submissions_of_year(reading: Reading, unit_code: str, year: int) -> dict[Period, Submission]:
    """Everything of one unit for the periods of a year."""
    periods = [one.period for one in read_periods(reading) if one.period.year == year]
    return {one: read_submission(reading, unit_code, one) for one in periods}


def common_base(memory: Memory, book: CellBook, name: str) -> OpenBook:
    """The book of this name, from which two others of the cell and year of `book` grew, given out to be merged.

    It is logged. Raises ChiboError where the actor may not see it, or it is no longer to be had.
    """
    return base_named(memory, lines_in_office(memory, book), name, book, _REASON_OF_BOARD)


def _unit_of(standing: Standing, book: CellBook) -> str:
    return standing.register.known_code(book.info.cell_code, standing.tree) or book.info.cell_code


def base_named(memory: Memory, lines: Lines, name: str, book: CellBook, reason: str) -> OpenBook:
    """The common base: the copy that the office kept when it was handed out, else the file as it came in.

    It is given out to the actor, which is logged. Raises ChiboError where he may not see it, or it is not to be had.
    """
    if name in lines.copies:
        opened = open_copy(lines.copies[name], memory.library)
        with memory.writing() as (writing, standing):
            code = _unit_of(standing, book)
            standing.require(Act.OPEN_FILE, code)
            digest = hashlib.sha256(opened.data).hexdigest()
            writing.note(AuditAct.COPY_GIVEN_OUT, f"{book.info.year} · {code}", after=digest, reason=reason)
        return opened
    if name not in lines.editions:
        raise ChiboError("Văn phòng không còn giữ bản gốc chung của hai bản.")
    submission, edition = lines.editions[name]
    opened = open_book(kept_file(memory, edition.content_hash), edition.file_name, memory.library)
    given_out(memory, submission, (edition.content_hash,), reason)
    return opened
