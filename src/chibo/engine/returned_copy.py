"""The copy of a workbook that goes back to its unit: everything that is to be mended marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chibo.definitions.library import Library
from chibo.definitions.messages import Language
from chibo.engine.errands import MarkedBook
from chibo.engine.receiving import receive_book
from chibo.findings import Finding, Severity
from chibo.legacy_text import Answer
from chibo.workbook import can_be_written_into, read_book
from chibo.workbook.marking import Mark, mark_workbook, without_marks
from chibo.workbook.sealing import read_seal, sealed

_TO_MEND = (Severity.BLOCK, Severity.WARN)


def mark_book(
    data: bytes, file: str, library: Library, today: date, more: Sequence[Mark] = (), *, answer: Answer | None = None
) -> MarkedBook:
    """The workbook with a mark for everything blocked or to be looked at again; what is only noted is not marked.

    `more` are marks of somebody who looked at it, before those of ours; `answer` says what doubtful text is.
    Where there is nothing to be mended it comes back as it is, freed of old marks. Raises OutputError where it cannot
    be written into as it should.
    """
    clean = without_marks(data)
    findings = receive_book(clean, file, library, today, answer).findings
    marks = [*more, *marks_of(findings, library)]
    if not can_be_written_into(clean):
        return MarkedBook(None, len(marks), findings)
    if not marks:
        return MarkedBook(clean, 0, findings)
    marked = mark_workbook(clean, marks)
    if read_book(clean, file, library).book is not None:
        before = read_seal(data)
        marked = sealed(marked, library, parent=before.digest if before else "")
    return MarkedBook(marked, len(marks), findings)


def marks_of(findings: Iterable[Finding], library: Library) -> list[Mark]:
    """The findings that are to be mended, each as a mark in words."""
    found = []
    for finding in findings:
        if finding.severity in _TO_MEND:
            text = str(library.catalogue.message(finding, Language.VIETNAMESE))
            found.append(Mark(finding.place.sheet, finding.place.address, finding.severity, text))
    return found
