"""What a worker is sent for: judging a book of a run, or reading one single book for a page or a command."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.judging import judge_book, reader_failed
from chibo.engine.reading_bytes import BookBytes
from chibo.errors import ChiboError
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook.intake.kinds import MEMORY

if TYPE_CHECKING:
    from chibo.engine.messages import Setup
    from chibo.workbook.marking import Mark


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


def perform(task: BookSource | Errand, reader: BookBytes, library: Library, setup: Setup) -> object:
    """The answer to a task; a Finding where the file breaks whatever reads it. Raises ChiboError for a definition."""
    if isinstance(task, BookSource):
        data = reader.read(task)
        return judge_book(task, data, library, setup.today, with_basis=setup.with_basis, with_digest=setup.with_digest)
    try:
        from chibo.engine.single_files import done  # noqa: PLC0415 - as much again as all that a run needs

        return done(task, library, setup.today)
    except (ChiboError, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        return MEMORY.at(Place(task.file), expected=library.intake.process.memory_megabytes, of_book=True)
    except BaseException as error:
        return reader_failed(task.file, type(error).__name__)
