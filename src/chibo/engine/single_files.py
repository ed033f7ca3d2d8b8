"""What is done with one single file for a page or a command: nothing of it is needed to judge the books of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from attrs import evolve

from chibo.comparing import fingerprint_of
from chibo.definitions.frames.loading import dump_frame
from chibo.definitions.library import Library
from chibo.engine.answers import HandedBook, MarkedBook, MovedBook, OpenedBook, TracedBook, UnmarkedBook
from chibo.engine.errands import Errand, Work
from chibo.engine.most_findings import the_weightiest
from chibo.engine.receiving import ReceivedBook, receive_book
from chibo.engine.returned_copy import mark_book
from chibo.errors import OutputError
from chibo.findings import Finding, Severity, blocks_book
from chibo.model import Place
from chibo.workbook import (
    NotMoved,
    Reading,
    can_be_written_into,
    in_present_form,
    lost_with_file,
    not_moved,
    read_book,
    what_is_lost,
)
from chibo.workbook.excerpt import Excerpt, excerpt_of
from chibo.workbook.frames.reading import read_frame
from chibo.workbook.inspection import inspect_book
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking import has_memory, marks_left, marks_on_list, typed_on_list, without_marks
from chibo.workbook.reading.kinds import LAYOUT_OLD, TEXT_CONVERTED
from chibo.workbook.reading.opening import open_book, unlocked
from chibo.workbook.register.reading import RegisterReading, read_register
from chibo.workbook.saved_at import saved_at
from chibo.workbook.sealing import last_written, read_seal
from chibo.workbook.text_rows import read_text_rows


def done(task: Errand, library: Library, today: date) -> object:
    """The answer to an errand."""
    return _DOERS[task.work](task, library, today)


def _read(task: Errand, library: Library) -> Reading:
    """The book of an errand, and of very much that is to be told of it the weightiest."""
    reading = read_book(task.data, task.file, library, task.answer)
    return evolve(reading, findings=the_weightiest(reading.findings, task.file))


def _received(task: Errand, library: Library, today: date) -> ReceivedBook:
    return receive_book(task.data, task.file, library, today, task.answer)


def _open(task: Errand, library: Library, today: date) -> OpenedBook:
    received = _received(task, library, today)
    if received.refused:
        return OpenedBook(received)
    # What is received has lost its faulty rows. On the desk they are wanted: to be mended, and to be written again.
    reading = _read(task, library)
    plain = unlocked(task.data)
    data = without_marks(plain)
    # Into a file of old text or of an old layout nothing is written: its cells would be half old, half new.
    old = any(finding.kind in {TEXT_CONVERTED, LAYOUT_OLD} for finding in reading.findings)
    writable = can_be_written_into(data) and not old
    lost = () if writable else what_is_lost(data, library)
    return OpenedBook(received, reading, data, read_seal(plain), writable, lost, marks_on_list(plain))


def _hand_in(task: Errand, library: Library, today: date) -> HandedBook:
    received = _received(task, library, today)
    if received.refused:
        return HandedBook(received)
    plain = unlocked(task.data)
    seal = read_seal(plain)
    moment = last_written(seal, saved_at(plain))
    return HandedBook(received, seal, moment.isoformat() if moment else "", _values(task, received, library))


def _values(task: Errand, received: ReceivedBook, library: Library) -> str:
    """The fingerprint of a book as it was read: again, where something of it was taken out."""
    is_whole = all(finding.severity is not Severity.BLOCK for finding in received.findings)
    book = received.book if is_whole else read_book(task.data, task.file, library, task.answer).book
    return fingerprint_of(book) if book is not None else ""


def _trace(task: Errand, library: Library, _today: date) -> TracedBook:
    plain = unlocked(task.data)
    reading = _read(task, library)
    return TracedBook(reading, read_seal(plain), b"" if plain == task.data else plain)


def _trace_sealed(task: Errand, library: Library, _today: date) -> TracedBook:
    """A book that has no seal is not read: there is nothing to be told of it."""
    seal = read_seal(unlocked(task.data))
    return TracedBook(_read(task, library) if seal else Reading(file=task.file), seal)


def _move(task: Errand, library: Library, _today: date) -> MovedBook:
    plain = unlocked(task.data)
    data = without_marks(plain)
    reading = _read(evolve(task, data=data), library)
    if reading.book is None or blocks_book(reading.findings):
        return MovedBook(reading)
    book = in_present_form(reading.book, library)
    typed = tuple(NotMoved(place, text) for place, text in typed_on_list(plain, task.file))
    left = not_moved(data, evolve(reading, book=book), library, task.answer) + typed
    return MovedBook(reading, left, lost_with_file(data, task.file, library), read_seal(plain))


def _register(task: Errand, library: Library, _today: date) -> RegisterReading:
    reading = read_register(task.data, task.file, library)
    return evolve(reading, findings=the_weightiest(reading.findings, task.file))


def _look(task: Errand, library: Library, _today: date) -> tuple[Excerpt, ...] | Finding:
    """The excerpt alone, nothing where the workbook has no such sheet, or why it cannot be read."""
    try:
        found = excerpt_of(task.data, task.place or Place(task.file), library, task.answer)
    except RefusedError as refusal:
        return refusal.finding(task.file)
    return (found,) if found is not None else ()


def _mark(task: Errand, library: Library, today: date) -> MarkedBook | Finding:
    """The workbook with its marks, or why it cannot be opened; the file itself where there is nothing to be marked."""
    refused = _refused(task, library)
    if refused is not None:
        return refused
    plain = unlocked(task.data)
    marked = mark_book(plain, task.file, library, today, task.marks, answer=task.answer)
    return evolve(marked, data=task.data) if marked.data == plain else marked


def _unmark(task: Errand, library: Library, _today: date) -> UnmarkedBook | Finding:
    """The workbook without marks of ours, or why it cannot be read: a damaged file is not one without marks.

    Raises OutputError for a kind of file out of which marks cannot be taken.
    """
    refused = _refused(task, library)
    if refused is not None:
        return refused
    plain = unlocked(task.data)
    if not can_be_written_into(plain):
        raise OutputError(
            f"Tệp «{task.file}» bên trong là tệp Excel cũ (.xls), không ghi vào được. Mở bằng Excel hoặc LibreOffice, "
            "lưu thành một sổ .xlsx mới rồi làm lại với sổ ấy.",
            english=f"«{task.file}» is an old Excel file (.xls) inside; nothing can be written into it. Open it in "
            "Excel or LibreOffice, save it as a new .xlsx and go on with that.",
        )
    without = without_marks(plain)
    given_back = task.data if without == plain else without
    return UnmarkedBook(given_back, typed_on_list(plain, task.file), marks_left(without), has_memory(plain))


def _refused(task: Errand, library: Library) -> Finding | None:
    """Why a file cannot be opened at all."""
    try:
        open_book(task.data, task.file, library.intake)
    except RefusedError as refusal:
        return refusal.finding(task.file)
    return None


_DOERS: Mapping[Work, Callable[[Errand, Library, date], object]] = {
    Work.RECEIVE: _received,
    Work.READ: lambda task, library, _: _read(task, library),
    Work.OPEN: _open,
    Work.LIST: lambda task, _library, _today: read_text_rows(task.data, task.file),
    Work.INSPECT: lambda task, library, _: inspect_book(task.data, task.file, library, task.layout, task.answer),
    Work.HAND_IN: _hand_in,
    Work.REGISTER: _register,
    Work.FRAME: lambda task, _library, _today: dump_frame(read_frame(task.data, task.file)),
    Work.TRACE: _trace,
    Work.TRACE_SEALED: _trace_sealed,
    Work.MOVE: _move,
    Work.LOSSES: lambda task, library, _: what_is_lost(task.data, library),
    Work.MARK: _mark,
    Work.LOOK: _look,
    Work.UNMARK: _unmark,
}
