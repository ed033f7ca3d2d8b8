"""Receiving one book: bytes in; out comes the book with what is blocked taken out, and everything found about it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import evolve, frozen

from chibo.checks import look_over, without_blocked
from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.engine.most_findings import the_weightiest
from chibo.errors import ChiboError
from chibo.findings import Finding, blocks_book
from chibo.legacy_text import Answer
from chibo.model import CellBook, MeetingCode, Place
from chibo.scoring import MeetingScore
from chibo.workbook import read_book
from chibo.workbook.intake.kinds import MEMORY, READER_CRASH
from chibo.workbook.reading.unread import unread_of

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # the trace is for a program that keeps a log, not for somebody's terminal


@frozen(kw_only=True)
class ReceivedBook:
    """What became of one file. `file` is its base name.

    `book` is without what blocking findings stand on; None where nothing could be read of it. A refused book may still
    be here, so that its unit can be named. The findings are those of reading and of the checks, the weightiest first,
    then by sheet in the order of the layout, row and column.
    """

    file: str
    book: CellBook | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the book as a whole is not used."""
        return self.book is None or blocks_book(self.findings)

    @property
    def accepted(self) -> bool:
        """Whether the book is used, some of its rows perhaps not."""
        return not self.refused


Scores = Mapping[MeetingCode, MeetingScore]


def receive_book(data: bytes, file: str, library: Library, today: date, answer: Answer | None = None) -> ReceivedBook:
    """Read and check the workbook held by `data`, called `file` (a base name). `today` decides what is late.

    `answer` says what text is that may or may not be in an old encoding. Whatever goes wrong over this book, a panic
    of the Excel reader among them, becomes a finding that refuses it; the trace goes to the log. Of very many findings
    the weightiest are told. Raises ChiboError where a definition of ours is wrong.
    """
    received = receive_with_scores(data, file, library, today, answer)[0]
    return evolve(received, findings=the_weightiest(received.findings, file))


def receive_with_scores(
    data: bytes, file: str, library: Library, today: date, answer: Answer | None = None
) -> tuple[ReceivedBook, Scores]:
    """The same with every finding, and the scores of its meetings where the book is the very one that was checked."""
    try:
        return _receive(data, file, library, today, answer)
    except (ChiboError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError:
        _log.exception("there was not enough memory for the book %s", file)
        most = library.intake.process.memory_megabytes
        return ReceivedBook(file=file, findings=(MEMORY.at(Place(file), expected=most, of_book=True),)), {}
    except BaseException as error:
        _log.exception("the book %s could not be received", file)
        crash = READER_CRASH.at(Place(file), seen=type(error).__name__, of_book=True, part=file)
        return ReceivedBook(file=file, findings=(crash,)), {}


def _receive(
    data: bytes, file: str, library: Library, today: date, answer: Answer | None
) -> tuple[ReceivedBook, Scores]:
    reading = read_book(data, file, library, answer)
    if reading.book is None:
        return ReceivedBook(file=file, findings=_sorted(reading.findings, library.layout)), {}
    layout = library.layouts.get(reading.layout, library.layout)
    checked = look_over(reading.book, library, today, unread_of(reading.findings, reading.book))
    findings = _sorted((*reading.findings, *checked.findings), layout)
    book = without_blocked(reading.book, findings)
    received = ReceivedBook(file=file, book=book, findings=findings)
    return received, checked.scores if book is reading.book else {}


def _sorted(findings: Iterable[Finding], layout: Layout) -> tuple[Finding, ...]:
    """The weightiest first, then in the order of the workbook; what is said of the whole file comes first."""
    order = {name: index for index, sheet in enumerate(layout.sheets) for name in sheet.names}

    def key(finding: Finding) -> tuple[int, int, str, int, int, str, str]:
        place = finding.place
        row, column = place.row_and_column
        sheet = order.get(place.sheet, len(order)) if place.sheet else -1
        return (finding.severity.rank, sheet, place.sheet, row, len(column), column, finding.code)

    return tuple(sorted(findings, key=key))
