"""One single file for a page or a command, read in a limited process like the books of a run.

Whatever the file is, there is an answer: neither the server nor the command ends or hangs over it. Where no process can
be had, no file is read: everything here raises NoWorkerError then. `text` says everywhere what text is that may or may
not be in an encoding from before Unicode.
"""

from __future__ import annotations

import threading
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.answer_bytes import answers_of
from chibo.engine.answers import ANSWERS, HandedBook, MarkedBook, MovedBook, OpenedBook, TracedBook, UnmarkedBook
from chibo.engine.confinement import Protection
from chibo.engine.errands import Errand, Work
from chibo.engine.idle_clock import wind
from chibo.engine.judging import reader_failed
from chibo.engine.messages import Broken, Setup
from chibo.engine.no_worker import NoWorkerError
from chibo.engine.receiving import ReceivedBook
from chibo.engine.worker_process import Worker, WorkerError, can_fork, lost_over, start_worker
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook import Loss, Reading
from chibo.workbook.excerpt import Excerpt
from chibo.workbook.inspection import Inspection
from chibo.workbook.register.reading import RegisterReading

if TYPE_CHECKING:
    from chibo.workbook.marking import Mark

T = TypeVar("T")

_IDLE_SECONDS = 60.0
_idle: WeakKeyDictionary[Library, tuple[date, Worker]] = WeakKeyDictionary()
"""Started processes that wait for the next file; one that was forked is not kept, a new copy being at hand at once."""
_lock = threading.Lock()


def receive_one(data: bytes, file: str, library: Library, today: date, text: Answer | None = None) -> ReceivedBook:
    """Read and check one workbook; see `chibo.engine.receiving.receive_book`."""
    answer = _ask(Errand(Work.RECEIVE, data, file, answer=text), library, today, ReceivedBook)
    return answer if isinstance(answer, ReceivedBook) else ReceivedBook(file=file, findings=(answer,))


def read_one(data: bytes, file: str, library: Library) -> Reading:
    """Read one workbook without checking it; see `chibo.workbook.read_book`."""
    answer = _ask(Errand(Work.READ, data, file), library, date.today(), Reading)
    return answer if isinstance(answer, Reading) else Reading(file=file, findings=(answer,))


def open_one(data: bytes, file: str, library: Library, today: date, text: Answer | None = None) -> OpenedBook:
    """Read one workbook for the desk."""
    answer = _ask(Errand(Work.OPEN, data, file, answer=text), library, today, OpenedBook)
    if isinstance(answer, OpenedBook):
        return answer
    return OpenedBook(ReceivedBook(file=file, findings=(answer,)))


def hand_in_one(data: bytes, file: str, library: Library, today: date, text: Answer | None = None) -> HandedBook:
    """Read and check one workbook that is handed in, with its seal and the moment it was saved."""
    answer = _ask(Errand(Work.HAND_IN, data, file, answer=text), library, today, HandedBook)
    if isinstance(answer, HandedBook):
        return answer
    return HandedBook(ReceivedBook(file=file, findings=(answer,)))


def trace_one(data: bytes, file: str, library: Library, text: Answer | None = None) -> TracedBook:
    """Read one workbook, and the seal in it."""
    answer = _ask(Errand(Work.TRACE, data, file, answer=text), library, date.today(), TracedBook)
    return answer if isinstance(answer, TracedBook) else TracedBook(Reading(file=file, findings=(answer,)))


def trace_sealed(data: bytes, file: str, library: Library) -> TracedBook:
    """Read the seal of a workbook, and the book where there is one."""
    answer = _ask(Errand(Work.TRACE_SEALED, data, file), library, date.today(), TracedBook)
    return answer if isinstance(answer, TracedBook) else TracedBook(Reading(file=file, findings=(answer,)))


def move_one(data: bytes, file: str, library: Library, text: Answer | None = None) -> MovedBook:
    """Read one workbook to be written anew in the present form."""
    answer = _ask(Errand(Work.MOVE, data, file, answer=text), library, date.today(), MovedBook)
    return answer if isinstance(answer, MovedBook) else MovedBook(Reading(file=file, findings=(answer,)))


def losses_of(data: bytes, file: str, library: Library) -> tuple[Loss, ...]:
    """What a new workbook would not carry of this one; nothing where it cannot be told: the work on it is saved."""
    try:
        answer = _ask(Errand(Work.LOSSES, data, file), library, date.today(), tuple)
    except NoWorkerError:
        return ()
    return () if isinstance(answer, Finding) else answer


def mark_one(
    data: bytes, file: str, library: Library, today: date, marks: tuple[Mark, ...] = (), *, text: Answer | None = None
) -> MarkedBook:
    """The workbook with a mark on everything to be mended; see `chibo.engine.returned_copy.mark_book`."""
    answer = _ask(Errand(Work.MARK, data, file, answer=text, marks=marks), library, today, MarkedBook)
    return answer if isinstance(answer, MarkedBook) else MarkedBook(None, 1, (answer,))


def unmark_one(data: bytes, file: str, library: Library) -> UnmarkedBook:
    """The workbook without marks of ours. Raises ChiboError where it cannot be read."""
    answer = _ask(Errand(Work.UNMARK, data, file), library, date.today(), UnmarkedBook)
    if isinstance(answer, Finding):
        raise _refusal(answer, library)
    return answer


def _refusal(finding: Finding, library: Library) -> ChiboError:
    said = library.catalogue.message
    return ChiboError(str(said(finding)), english=str(said(finding, Language.ENGLISH)))


def list_one(data: bytes, file: str, library: Library) -> list[list[str]] | Finding:
    """The rows of a list that somebody keeps in a workbook, as text."""
    return _ask(Errand(Work.LIST, data, file), library, date.today(), list)


def look_one(
    data: bytes, file: str, place: Place, library: Library, text: Answer | None = None
) -> Excerpt | Finding | None:
    """The cells around a place of one workbook; see `chibo.workbook.excerpt.excerpt_of`. A finding says why not."""
    answer = _ask(Errand(Work.LOOK, data, file, answer=text, place=place), library, date.today(), tuple)
    return answer if isinstance(answer, Finding) else next(iter(answer), None)


def register_one(data: bytes, file: str, library: Library) -> RegisterReading:
    """Read the workbook of the office's units and people; see `chibo.workbook.register.read_register`."""
    answer = _ask(Errand(Work.REGISTER, data, file), library, date.today(), RegisterReading)
    return answer if isinstance(answer, RegisterReading) else RegisterReading(file=file, findings=(answer,))


def frame_one(data: bytes, file: str, library: Library) -> str:
    """The text of the definition of a frame that comes as a workbook; see `chibo.workbook.frames.reading.read_frame`.

    Raises ChiboError naming sheet and cell where it cannot be taken in.
    """
    answer = _ask(Errand(Work.FRAME, data, file), library, date.today(), str)
    if isinstance(answer, Finding):
        raise _refusal(answer, library)
    return answer


def inspect_one(data: bytes, file: str, library: Library, layout: str = "", text: Answer | None = None) -> Inspection:
    """What the reader alone says of a file, by the content rules of another layout too where its text is given."""
    answer = _ask(Errand(Work.INSPECT, data, file, layout, text), library, date.today(), Inspection)
    return answer if isinstance(answer, Inspection) else Inspection(file=file, findings=(answer,))


def protections(library: Library) -> frozenset[Protection]:
    """What holds on this system for a process that reads books."""
    worker = start_worker(library, Setup(library.office, date.today(), with_basis=False))
    worker.stop()
    return worker.protections


def _ask(errand: Errand, library: Library, today: date, kind: type[T]) -> T | Finding:
    """The answer to an errand, or the finding that says why there is none. Raises ChiboError for a wrong definition."""
    seconds = library.intake.process.wall_seconds
    setup = Setup(library.office, today, with_basis=False)
    worker = _taken(library, today) or start_worker(library, setup)
    try:
        answer = worker.ask(errand, answers_of(ANSWERS[errand.work]), seconds)
    except WorkerError as error:
        return lost_over(errand.file, error, seconds)
    except NoWorkerError:  # nobody could watch how long it takes
        worker.stop()
        raise
    _put_back(worker, library, today)
    return _checked(answer, errand, kind)


def _checked(answer: object, errand: Errand, kind: type[T]) -> T | Finding:
    """A worker is asked one thing and may answer that or refuse, nothing else."""
    if isinstance(answer, Broken):
        raise answer.error
    return answer if isinstance(answer, kind | Finding) else reader_failed(errand.file, "…")


def _taken(library: Library, today: date) -> Worker | None:
    """A process that waits, if it judges by these definitions and this day, and has not died meanwhile."""
    with _lock:
        day, worker = _idle.pop(library, (today, None))
    if worker is not None and (day != today or not worker.alive):
        worker.stop()
        return None
    return worker


def _put_back(worker: Worker, library: Library, today: date) -> None:
    with _lock:
        keeps = not can_fork() and library not in _idle
        if keeps:
            _idle[library] = (today, worker)
    if not keeps:
        worker.stop()
        return
    if wind(_IDLE_SECONDS, partial(_retire, worker)) is None:
        _retire(worker)


def _retire(worker: Worker) -> None:
    """Stop a process that waited long enough; one that is at work again is left to come back."""
    with _lock:
        libraries = [library for library, (_, waiting) in _idle.items() if waiting is worker]
        for library in libraries:
            del _idle[library]
    if libraries:
        worker.stop()
