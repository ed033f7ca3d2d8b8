"""Putting a book on the desk: a file that somebody has, a new book, or the invented one to practise on."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import date

from attrs import evolve, frozen

from chibo.checks import check_book, without_blocked
from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.engine.answers import OpenedBook
from chibo.engine.single_book import open_one
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.legacy_text import Answer
from chibo.model import CellBook
from chibo.office.demo import demo_book, demo_cells
from chibo.office.desk.desk import ActRefusedError, Desk, Provenance, Reason
from chibo.office.lineage.provenance import lineage_of
from chibo.workbook.reading.unread import unread_of

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())  # for a server that keeps a log, not for somebody's terminal

_SAMPLE_SEED = 1


@frozen
class Opened:
    """What came of a file: its desk, or none where it was refused; then `findings` say why."""

    desk: Desk | None
    findings: tuple[Finding, ...]


def open_file(data: bytes, file: str, library: Library, today: date, own: Collection[str] = ()) -> Opened:
    """Read a workbook, without marks of ours that it came back with.

    A book that is refused gives no desk; one with faulty rows does, and the page shows them. `own` are the digests of
    what was handed out of it before, where the work on it is taken up again.
    """
    opened = open_one(data, file, library, today)
    received, reading = opened.received, opened.reading
    if received.refused or reading is None:
        return Opened(None, received.findings)
    if reading.book is None:
        return Opened(None, reading.findings)
    return Opened(desk_of(opened, data, reading.book, library, own), received.findings)


def read_text_again(desk: Desk, answer: Answer, library: Library) -> Desk:
    """The file of the desk read anew, its text from before Unicode as `answer` says.

    Raises ActRefusedError where something was recorded since, which would be lost, and where the file read like that
    is no book any more. A book of no file is left as it is.
    """
    if not desk.given:
        return desk
    if fingerprint_of(desk.book) != desk.origin:
        raise ActRefusedError(Reason.TEXT_AFTER_CHANGES)
    opened = open_one(desk.given, desk.file, library, date.today(), answer)
    if opened.reading is None or opened.reading.book is None:
        raise ActRefusedError(Reason.TEXT_NOT_A_BOOK)
    return evolve(desk_of(opened, desk.given, opened.reading.book, library), answer=answer)


def open_written(
    data: bytes, file: str, written: CellBook, library: Library, today: date, *, answer: Answer | None
) -> Desk:
    """The desk with a workbook into which the book `written` was just put, read like any file that is opened.

    Raises ChiboError where the book does not come back from it as it went in.
    """
    opened = open_one(data, file, library, today, answer)
    book = opened.reading.book if opened.reading else None
    if book is None or fingerprint_of(book) != fingerprint_of(written):
        _LOG.error("«%s» does not hold the book that was written into it", file)
        raise ChiboError("sổ vừa ghi đọc lại không khớp với những gì đã ghi vào.")
    return desk_of(opened, data, book, library)


def desk_of(opened: OpenedBook, given: bytes, book: CellBook, library: Library, own: Collection[str] = ()) -> Desk:
    """The desk with the `book` that was read of the file `given`; `own` as for `open_file`."""
    findings = opened.reading.findings if opened.reading else ()
    return Desk(
        book=book,
        provenance=Provenance.OWN if opened.writable else Provenance.FOREIGN,
        file=book.file,
        reading=findings,
        lost=opened.lost,
        source=opened.data if opened.writable else b"",
        read=book if opened.writable else None,
        given=given,
        origin=fingerprint_of(book),
        lineage=lineage_of(opened.seal, book.file, book, library, own),
        marks=opened.marks,
    )


def open_new(book: CellBook) -> Desk:
    """A desk with a book that was just started."""
    return Desk(book=book, provenance=Provenance.NEW, file="")


def open_sample(library: Library, today: date) -> Desk:
    """A desk with an invented book, whose last meeting held is still to be scored."""
    book = demo_book(demo_cells(1)[0], _SAMPLE_SEED, today.year, library)
    held = [meeting.meeting_code for meeting in book.meetings if meeting.is_regular and meeting.is_held]
    last = max(held, key=lambda code: code.sort_key)
    kept = {code: points for code, points in book.self_scores.points.items() if code != last}
    practice = evolve(
        book,
        self_scores=evolve(book.self_scores, points=kept),
        explanations=tuple(row for row in book.explanations if row.meeting_code != last),
        file="",
    )
    return Desk(book=practice, provenance=Provenance.SAMPLE, file="")


def scored_book(book: CellBook, findings: Iterable[Finding]) -> CellBook:
    """The book as it is scored and shown: impossible points and marks are left out of the grids, every row stays."""
    sound = without_blocked(book, findings)
    return evolve(book, roll_call=sound.roll_call, self_scores=sound.self_scores, official_scores=sound.official_scores)


def findings_on(desk: Desk, library: Library, today: date) -> tuple[Finding, ...]:
    """What is to be said of the book as it is now: of the reading of its file, and of what it holds."""
    unread = unread_of(desk.reading, desk.book)
    return (*desk.reading, *check_book(desk.book, library, today, unread))
