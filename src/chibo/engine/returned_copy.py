"""The copy of a workbook that goes back to its unit: everything that is to be mended marked in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import evolve

from chibo.definitions.library import Library
from chibo.engine.answers import MarkedBook
from chibo.engine.receiving import receive_book
from chibo.errors import ChiboError
from chibo.findings import Finding, Severity
from chibo.legacy_text import Answer
from chibo.workbook import can_be_written_into
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.marking import Mark, mark_workbook, without_marks
from chibo.workbook.reading.opening import open_book
from chibo.workbook.sealing import read_seal, sealed

_TO_MEND = (Severity.BLOCK, Severity.WARN)
_LONGEST = 2_000
"""So many signs are said of one place: a cell may hold more than a note or a row of the list can show."""


def mark_book(
    data: bytes, file: str, library: Library, today: date, more: Sequence[Mark] = (), *, answer: Answer | None = None
) -> MarkedBook:
    """The workbook with a mark for everything blocked or to be looked at again; what is only noted is not marked.

    `more` are marks of somebody who looked at it, before those of ours; `answer` says what doubtful text is.
    Where there is nothing to be mended it comes back as it is, freed of old marks. Raises OutputError where it cannot
    be written into as it should, ChiboError where one of `more` is at a place that the workbook does not have.
    """
    clean = without_marks(data)
    more = placed_marks(more, clean, file, library)
    received = receive_book(data, file, library, today, answer)
    marks = [*more, *marks_of((one for one in received.findings if one.severity in _TO_MEND), library)]
    if not can_be_written_into(clean):
        return MarkedBook(None, len(marks), received.findings)
    if not marks:
        return MarkedBook(clean, 0, received.findings)
    marked = mark_workbook(clean, marks)
    has_book = received.book is not None
    if has_book:
        before = read_seal(data)
        marked = sealed(marked, library, parent=before.digest if before else "")
    return MarkedBook(marked, len(marks), received.findings, sealed=has_book)


def placed_marks(marks: Sequence[Mark], data: bytes, file: str, library: Library) -> list[Mark]:
    """The marks with their sheets named as the workbook names them, whatever case somebody typed them in.

    Raises ChiboError where the workbook has no such sheet, or no sheet has such a cell.
    """
    if not any(mark.sheet for mark in marks):
        return list(marks)
    try:
        names = [part.name for part in open_book(data, file, library.intake).sheets if not part.hidden]
    except RefusedError:
        return list(marks)  # what is wrong with the file is found out by whoever reads it
    known = {_folded(name): name for name in names}
    return [evolve(mark, sheet=_sheet(mark, known, file)) if mark.sheet else mark for mark in marks]


def _sheet(mark: Mark, known: Mapping[str, str], file: str) -> str:
    name = known.get(_folded(mark.sheet))
    if name is None:
        listed = ", ".join(f"«{one}»" for one in known.values())
        raise ChiboError(f"Sổ «{file}» không có trang «{mark.sheet}». Các trang của sổ: {listed}. Chưa trả lại gì.")
    if mark.address and split_address(mark.address.partition(":")[0]) is None:
        raise ChiboError(
            f"«{mark.address}» không phải địa chỉ của một ô ở trang «{name}». Viết như C14. Chưa trả lại gì."
        )
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def marks_of(findings: Iterable[Finding], library: Library) -> list[Mark]:
    """Findings that are to be mended, each as a mark in words."""
    return [
        Mark(one.place.sheet, one.place.address, one.severity, _shortened(str(library.catalogue.message(one))))
        for one in findings
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
