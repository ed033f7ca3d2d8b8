"""What a worker is sent for: judging a book of a run, or reading one single book for a page or a command."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.judging import judge_book, reader_failed
from chibo.engine.reading_bytes import BookBytes
from chibo.engine.receiving import ReceivedBook
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook import Reading
from chibo.workbook.intake.kinds import MEMORY

if TYPE_CHECKING:
    from chibo.workbook.marking import Mark, MarksLeft
    from chibo.workbook.sealing.seal import Seal
    from chibo.workbook.writing import NotMoved
    from chibo.workbook.writing.losses import Loss


class Work(StrEnum):
    """What is to be done with the bytes of one file."""

    RECEIVE = "receive"
    READ = "read"
    OPEN = "open"
    LIST = "list"
    INSPECT = "inspect"
    REGISTER = "register"
    FRAME = "frame"
    HAND_IN = "hand-in"
    TRACE = "trace"
    TRACE_SEALED = "trace-sealed"
    MOVE = "move"
    LOSSES = "losses"
    MARK = "mark"
    UNMARK = "unmark"
    LOOK = "look"


@frozen
class Errand:
    """One file and what is to be done with it.

    `layout` is the text of another layout, for an inspection; `answer` what somebody said of text from before Unicode;
    `marks` what is to be marked beside what is found; `place` what is to be looked at.
    """

    work: Work
    data: bytes
    file: str
    layout: str = ""
    answer: Answer | None = None
    marks: tuple[Mark, ...] = ()
    place: Place | None = None


@frozen
class OpenedBook:
    """A book as it was received, and as it was read before anything was taken out; its bytes without marks of ours.

    `seal` is that of the bytes as they came; `lost` is what a new workbook would not carry of them where it is not
    `writable`, so that nothing can be written into it. `marks` are those that the bytes came with.
    """

    received: ReceivedBook
    reading: Reading | None = None
    data: bytes = b""
    seal: Seal | None = None
    writable: bool = False
    lost: tuple[Loss, ...] = ()
    marks: tuple[Mark, ...] = ()


@frozen
class TracedBook:
    """A book as it was read, the seal of its workbook, and its bytes without Excel's default password if it has one."""

    reading: Reading
    seal: Seal | None = None
    plain: bytes = b""


@frozen
class HandedBook:
    """A book that is handed in, as it was received; its seal; when it was last written (ISO).

    `values` is the fingerprint of all that was read of it, what is blocked too, as in a seal; "" where it is refused.
    """

    received: ReceivedBook
    seal: Seal | None = None
    saved_at: str = ""
    values: str = ""


@frozen
class MovedBook:
    """A book of an earlier form as it was read, and what a new workbook has no place for: values, and other things."""

    reading: Reading
    left: tuple[NotMoved, ...] = ()
    lost: tuple[Loss, ...] = ()


@frozen
class UnmarkedBook:
    """A workbook without our marks, and what somebody typed on their list, which is gone with it.

    `left` are marks that could not be taken off; `remembered` is whether the file still said how cells looked before.
    """

    data: bytes
    typed: tuple[tuple[Place, str], ...] = ()
    left: tuple[MarksLeft, ...] = ()
    remembered: bool = True


@frozen
class MarkedBook:
    """A workbook with a mark on everything to be mended, sealed but not signed; `marks` is how many there are.

    `data` is None where the file cannot be written into.
    """

    data: bytes | None
    marks: int
    findings: tuple[Finding, ...]


def perform(task: BookSource | Errand, reader: BookBytes, library: Library, today: date) -> object:
    """The answer to a task; a Finding where the file breaks whatever reads it. Raises ChiboError for a definition."""
    if isinstance(task, BookSource):
        return judge_book(task, reader.read(task), library, today)
    try:
        from chibo.engine.single_files import done  # noqa: PLC0415 - as much again as all that a run needs

        return done(task, library, today)
    except (ChiboError, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        return MEMORY.at(Place(task.file), expected=library.intake.process.memory_megabytes, of_book=True)
    except BaseException as error:
        return reader_failed(task.file, type(error).__name__)
