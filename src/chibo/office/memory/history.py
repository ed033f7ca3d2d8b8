"""The history of a submission: its editions and decisions, what differs between two editions, the files themselves."""

from __future__ import annotations

from attrs import frozen

from chibo.access import Act
from chibo.audit import AuditAct, Head
from chibo.comparing import Difference, differences
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.lineage.comparison import OpenBook, open_book
from chibo.office.memory.kept_files import kept_file
from chibo.office.memory.remembering import Memory
from chibo.office.memory.reviewing import expected_unit
from chibo.store.submissions import read_head_of, read_submission, subject_of
from chibo.submissions import Edition, Submission


@frozen
class Comparison:
    """Two editions that follow each other, and what differs between them."""

    before: OpenBook
    after: OpenBook
    found: tuple[Difference, ...]


def history_of(memory: Memory, unit_code: str, period: Period) -> Submission:
    """Everything of a unit for a period. Raises ChiboError where the actor may not see it."""
    with memory.reading() as (reading, standing):
        unit = expected_unit(reading, standing, unit_code, period)
        standing.require(Act.SEE_STATUS, unit.unit_code)
        return read_submission(reading, unit.unit_code, period)


def last_changes(memory: Memory, submission: Submission, reason: str) -> Comparison | None:
    """What the edition in use changed against the one before it that says something else; None for the first one.

    Both files are looked into, which is logged with the reason. Raises ChiboError where they cannot be read.
    """
    current = submission.current
    earlier = [one for one in submission.ordered if current is not None and one.part != current.part]
    if current is None or not earlier:
        return None
    before, after = (_opened(memory, one) for one in (earlier[-1], current))
    given_out(memory, submission, (earlier[-1].content_hash, current.content_hash), reason)
    return Comparison(before, after, differences(before.book, after.book))


def current_book(memory: Memory, submission: Submission, reason: str) -> OpenBook:
    """The book in use, opened with a reason that is logged. Raises ChiboError where there is none."""
    current = submission.current
    if current is None:
        raise ChiboError(f"{submission.unit_code} chưa nộp gì cho kỳ {submission.period}.")
    opened = _opened(memory, current)
    given_out(memory, submission, (current.content_hash,), reason)
    return opened


def receipt_head(memory: Memory, edition: Edition) -> Head | None:
    """The head of the log that stands on the receipt of an edition."""
    with memory.reading() as (reading, _):
        return read_head_of(reading, edition.receipt)


def original_file(memory: Memory, unit_code: str, period: Period, reason: str) -> tuple[Edition, bytes]:
    """The file in use as it came in, given out with a reason that is logged. Raises ChiboError where there is none."""
    submission = history_of(memory, unit_code, period)
    current = submission.current
    if current is None:
        raise ChiboError(f"{submission.unit_code} chưa nộp gì cho kỳ {period}.")
    data = memory.store.files.read(current.content_hash)
    given_out(memory, submission, (current.content_hash,), reason)
    return current, data


def given_out(memory: Memory, submission: Submission, hashes: tuple[str, ...], reason: str) -> None:
    """Log that files of a submission were given to somebody. Raises NotAllowedError."""
    with memory.writing() as (writing, standing):
        standing.require(Act.OPEN_FILE, submission.unit_code)
        for content_hash in hashes:
            writing.note(AuditAct.FILE_GIVEN_OUT, subject_of(submission), after=content_hash, reason=reason)


def _opened(memory: Memory, edition: Edition) -> OpenBook:
    data = kept_file(memory, edition.content_hash)
    return open_book(data, edition.file_name, memory.library)
