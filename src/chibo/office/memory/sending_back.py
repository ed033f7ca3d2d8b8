"""Sending a book back: the copy that goes out, marked at the places the reviewer named, is kept with its submission."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from chibo.access import Act
from chibo.errors import ChiboError
from chibo.findings import Severity
from chibo.model import MeetingCode, Period
from chibo.model.meeting_cells import meeting_at
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.history import given_out
from chibo.office.memory.kept_files import kept_file
from chibo.office.memory.remembering import Memory
from chibo.office.memory.reviewing import Decision, SentCopy, decide, expected_unit
from chibo.office.returning import keep_marked, marked_copy
from chibo.store.submissions import read_submission
from chibo.submissions import Edition, Reason, StepKind
from chibo.workbook.marking import REVIEWER, Mark

_WHOLE = f"{REVIEWER} trả lại sổ: {{text}}"
_PLACE = f"{REVIEWER}: {{text}}"


@frozen(kw_only=True)
class SentBack:
    """A book that was sent back; `copy` is the marked workbook, None where nothing could be written into the file.

    `elsewhere` are the reasons at cells of meetings that are not of the period, each with its meeting: what is mended
    there changes nothing that the book says of the period.
    """

    decision: Decision
    edition: Edition
    copy: bytes | None
    marks: int
    elsewhere: tuple[tuple[Reason, MeetingCode], ...] = ()


def send_back(
    memory: Memory, unit_code: str, period: Period, *, note: str = "", reasons: Iterable[Reason] = ()
) -> SentBack:
    """Send the edition in use back, with a copy marked by what the reviewer says and by what the checks find.

    The copy is made before the decision, so that nobody waits for it. Raises ChiboError where the actor may not, the
    ladder does not allow it, or another edition came in meanwhile.
    """
    listed = tuple(reasons)
    with memory.reading() as (reading, standing):
        unit = expected_unit(reading, standing, unit_code, period)
        standing.require(Act.RETURN, unit.unit_code)
        submission = read_submission(reading, unit.unit_code, period)
    reason = note or "; ".join(one.text for one in listed)
    edition = submission.check_step(StepKind.RETURNED, memory.user, reason=reason)
    data = memory.store.files.read(edition.content_hash)
    marked = marked_copy(data, edition.file_name, memory.library, memory.today, _marks(note, listed))
    kept = memory.store.files.keep(marked.data) if marked.data else ""
    sent = SentCopy(kept, edition.content_hash)
    made = decide(memory, StepKind.RETURNED, unit.unit_code, period, note=note, reasons=listed, sent=sent)
    keep_marked(marked, memory.library)
    elsewhere = _elsewhere(memory, data, edition, listed, period)
    return SentBack(decision=made, edition=edition, copy=marked.data, marks=marked.marks, elsewhere=elsewhere)


def sent_copy(memory: Memory, unit_code: str, period: Period, reason: str) -> bytes:
    """The marked copy that was sent back last, given out with a logged reason. ChiboError where there is none."""
    with memory.reading() as (reading, standing):
        unit = expected_unit(reading, standing, unit_code, period)
        standing.require(Act.OPEN_FILE, unit.unit_code)
        submission = read_submission(reading, unit.unit_code, period)
    if not submission.sent_copy:
        raise ChiboError(f"{unit.unit_code} kỳ {period} chưa có bản đánh dấu nào được trả lại.")
    data = kept_file(memory, submission.sent_copy)
    given_out(memory, submission, (submission.sent_copy,), reason)
    return data


def _elsewhere(
    memory: Memory, data: bytes, edition: Edition, reasons: tuple[Reason, ...], period: Period
) -> tuple[tuple[Reason, MeetingCode], ...]:
    """The reasons at cells of meetings of other periods; the file is read once more only where cells are named."""
    placed = [reason for reason in reasons if reason.address]
    book = look_at(data, edition.file_name, memory.library, memory.today).book if placed else None
    if book is None:
        return ()
    found = [(reason, meeting_at(book, reason.sheet, reason.address)) for reason in placed]
    return tuple((reason, code) for reason, code in found if code is not None and code not in period)


def _marks(note: str, reasons: tuple[Reason, ...]) -> tuple[Mark, ...]:
    """What the reviewer says as marks: on the cells he named, what is of the whole book first."""
    whole = [Mark("", "", Severity.BLOCK, _WHOLE.format(text=note))] if note else []
    places = (Mark(one.sheet, one.address, Severity.BLOCK, _PLACE.format(text=one.text)) for one in reasons)
    return (*whole, *places)
