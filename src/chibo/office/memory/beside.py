"""Two versions that came in of one book and stand beside each other: found, opened, and handed in as one.

Handing in refuses no version that grew beside the one in use (`chibo submit` takes what it is given, and step 5 of
`chi-bo` offers to merge before it hands in), so that a submission may hold both. Only the newest is in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from chibo.access import Act
from chibo.errors import ChiboError
from chibo.model import CellIdentity, Period
from chibo.office.lineage.branches import Lines, common_bases, lines_of, lines_of_cell
from chibo.office.lineage.comparison import OpenBook, Three, open_book
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import digest_in_line
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.history import given_out
from chibo.office.memory.joining import base_named, submissions_of_year
from chibo.office.memory.kept_files import kept_file
from chibo.office.memory.remembering import Memory
from chibo.office.memory.submitting import hand_in
from chibo.store import Reading
from chibo.store.submissions import read_submission
from chibo.submissions import Edition, Submission

_REASON = "gộp hai bản đã nộp trên tong-hop"


@frozen(kw_only=True)
class Beside:
    """The version in use of a unit's book and the newest `other` one that did not go into it, nor it into that.

    `base` is the name of the newest book that both grew from, of which the office has a file.
    """

    unit_code: str
    period: Period
    used: Edition
    other: Edition
    base: str


def beside_in_use(
    reading: Reading, memory: Memory, submissions: Iterable[tuple[Submission, CellIdentity]]
) -> Mapping[str, Beside]:
    """By unit, the first of its submissions whose version in use has another one beside it; the books bear `identity`.

    What takes no other version any more, and what nothing is known of that both grew from, is left out: there is
    nothing to be done about it here.
    """
    found: dict[str, Beside] = {}
    for submission, identity in submissions:
        if submission.unit_code in found or not _may_have_two(submission):
            continue
        of_year = submissions_of_year(reading, submission.unit_code, submission.period.year)
        lines = lines_of_cell(memory.library.office, identity, of_year.values())
        one = _beside(lines, submission)
        if one is not None:
            found[submission.unit_code] = one
    return found


def open_both(memory: Memory, two: Beside) -> Three:
    """The common base, the version in use and the other one, given out to the actor, which is logged.

    Raises ChiboError where he may not open them, or one of them is no longer to be had.
    """
    with memory.reading() as (reading, standing):
        standing.require(Act.OPEN_FILE, two.unit_code)
        submissions = submissions_of_year(reading, two.unit_code, two.period.year)
    used, other = (_opened(memory, one) for one in (two.used, two.other))
    lines = lines_of(memory.library.office, used.book, submissions.values())
    base = base_named(memory, lines, two.base, used.book, _REASON)
    given_out(memory, submissions[two.period], (two.used.content_hash, two.other.content_hash), _REASON)
    return Three(base, used, other)


def hand_in_joined(memory: Memory, two: Beside, name: str, data: bytes, mine: OpenBook) -> Handing:
    """Hand in what the two were joined into, written into `mine`; the office then knows that it grew from both.

    Raises ChiboError where another version came in meanwhile, or this one is not taken.
    """
    with memory.reading() as (reading, _):
        current = read_submission(reading, two.unit_code, two.period).current
    if current != two.used:
        raise ChiboError("Chi bộ vừa nộp bản khác. Xem lại văn phòng rồi gộp với bản ấy.")
    looked = look_at(data, name, memory.library, memory.today)
    [handing] = hand_in(memory, name, looked, two.period)
    if handing.result is HandedIn.REFUSED:
        raise ChiboError(handing.why)
    keep_copy(data, memory.library, also_from=digest_in_line(mine.book, mine.seal, memory.library))
    return handing


def _may_have_two(submission: Submission) -> bool:
    return submission.state.takes_editions and len({one.values for one in submission.editions}) > 1


def _beside(lines: Lines, submission: Submission) -> Beside | None:
    used = submission.current
    if used is None or not used.values:
        return None
    for other in reversed(submission.ordered[:-1]):
        bases = common_bases(lines.parents, used.values, other.values) if other.values else ()
        base = next(filter(lines.can_be_opened, bases), None)
        if base is not None:
            return Beside(unit_code=submission.unit_code, period=submission.period, used=used, other=other, base=base)
    return None


def _opened(memory: Memory, edition: Edition) -> OpenBook:
    return open_book(kept_file(memory, edition.content_hash), edition.file_name, memory.library)
