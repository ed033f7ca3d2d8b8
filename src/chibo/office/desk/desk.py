"""The desk of one cell: its open book, and the state that every act of the page turns into the next.

A desk is frozen: each act (`meetings`, `roll_call`, `scores`) returns a new one and leaves the old one
as it was, so that taking an act back is looking at the desk before it. An act that cannot be done raises
`ActRefusedError`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.legacy_text import Answer
from chibo.model import CellBook, Meeting, MeetingCode
from chibo.office.lineage.provenance import Lineage
from chibo.workbook import Loss, NotMoved

if TYPE_CHECKING:
    from chibo.comparing import Merge
    from chibo.workbook.marking import Mark


class Provenance(StrEnum):
    """Where the book on the desk comes from: it decides what may be written (see `saving`)."""

    NEW = "new"
    """Started on the page."""
    SAMPLE = "sample"
    """The invented book to practise on."""
    OWN = "own"
    """A workbook that can be written into: the same file, with what was recorded in its cells."""
    FOREIGN = "foreign"
    """A file that cannot be written into: what is written is a new file beside it, under another name."""


class Reason(StrEnum):
    """Why an act was not done. The pages word each reason; `ActRefusedError.values` fill the sentence."""

    UNKNOWN_MEETING = "unknown-meeting"
    MEETING_EXISTS = "meeting-exists"
    MEETING_IN_USE = "meeting-in-use"
    BAD_CODE = "bad-code"
    OTHER_YEAR = "other-year"
    WRONG_KIND = "wrong-kind"
    UNKNOWN_FIELD = "unknown-field"
    BAD_VALUE = "bad-value"
    UNKNOWN_MEMBER = "unknown-member"
    UNKNOWN_MARK = "unknown-mark"
    NO_MEMBERS = "no-members"
    NOT_SCORED = "not-scored"
    NOT_HELD = "not-held"
    UNKNOWN_CRITERION = "unknown-criterion"
    CRITERION_NOT_SCORED = "criterion-not-scored"
    BAD_POINTS = "bad-points"
    TOO_LONG = "too-long"
    TEXT_AFTER_CHANGES = "text-after-changes"
    TEXT_NOT_A_BOOK = "text-not-a-book"
    NOT_MOVED = "not-moved"
    NOT_MERGED = "not-merged"


LONGEST_SEEN = 60
"""Characters by which a refused value is told; a longer one is known by its beginning."""


class ActRefusedError(ChiboError):
    """An act that was not done; the desk stays as it was. Pages say so in words of their own, by `reason`."""

    def __init__(self, reason: Reason, **values: object) -> None:
        self.reason = reason
        self.values = {name: str(value) for name, value in values.items()}
        said = ", ".join(f"{name}: {value}" for name, value in self.values.items())
        super().__init__(f"Chưa ghi được ({reason.value}{'; ' + said if said else ''}).")


@frozen
class MovedFrom:
    """The file that a book stood in before it was written anew, and what its new workbook has no place for.

    `given` is the content of that file, and `answer` what was said of its text, so that it can be looked into.
    """

    file: str
    left: tuple[NotMoved, ...]
    lost: tuple[Loss, ...]
    given: bytes = field(default=b"", repr=False)
    answer: Answer | None = None


@frozen(kw_only=True)
class MergedWith:
    """What was joined into the book of somebody else's version, and the account of it.

    `mine` and `theirs` are the digests of the two books that it grew from, `file` the name that the open book had and
    `their_file` that of the version; `books` are the base, mine and theirs, by which the rows are named.
    """

    file: str
    their_file: str
    mine: str
    theirs: str
    merge: Merge = field(repr=False)
    books: tuple[CellBook, ...] = field(repr=False)


@frozen(kw_only=True)
class Desk:
    """An open book.

    `reading` is what was found when its file was read, `file` the base name of that file, `lost` what a new file
    written from the book would not carry of it. `source` is the content of a file that can be written into, and
    `read` the book as it was read from it. `given` is the content of the file that was opened, of whatever kind, and
    `answer` what somebody said of its text from before Unicode. `origin` is the fingerprint of the book as it was
    opened, "" for a new one; `lineage` is what is known of where its file comes from. `marks` are those with which the
    file had been returned to be mended, `moved` what the book was moved from where it was written anew, `merged` what
    was joined into it last.
    """

    book: CellBook
    provenance: Provenance
    file: str
    reading: tuple[Finding, ...] = ()
    lost: tuple[Loss, ...] = ()
    source: bytes = field(default=b"", repr=False)
    read: CellBook | None = field(default=None, repr=False)
    given: bytes = field(default=b"", repr=False)
    answer: Answer | None = None
    origin: str = ""
    lineage: Lineage | None = None
    marks: tuple[Mark, ...] = ()
    moved: MovedFrom | None = None
    merged: MergedWith | None = None

    def meeting(self, code: MeetingCode) -> Meeting:
        """The meeting with this code; ActRefusedError where the book has none."""
        meeting = self.book.meeting(code)
        if meeting is None:
            raise ActRefusedError(Reason.UNKNOWN_MEETING, meeting=code)
        return meeting

    def with_book(self, book: CellBook) -> Desk:
        """The desk with another state of the same book."""
        return evolve(self, book=book)

    def with_meeting(self, meeting: Meeting) -> Desk:
        """The desk with this meeting in the place of the one of the same code, or added in the order of the year."""
        others = [other for other in self.book.meetings if other.meeting_code != meeting.meeting_code]
        if len(others) == len(self.book.meetings):
            rows = sorted([*others, meeting], key=lambda row: row.meeting_code)
        else:
            rows = [meeting if row.meeting_code == meeting.meeting_code else row for row in self.book.meetings]
        return self.with_book(evolve(self.book, meetings=tuple(rows)))
