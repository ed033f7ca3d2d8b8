"""Moving a book into the present form: from an earlier layout, an .xls, or text from before Unicode."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.engine.single_book import move_one
from chibo.errors import ChiboError
from chibo.findings import Finding, Severity, blocks_book
from chibo.legacy_text import Answer
from chibo.model import CellBook
from chibo.office.lineage.sealing import seal_workbook
from chibo.workbook import Loss, NotMoved, in_present_form, write_book


@frozen
class Migrated:
    """The new workbook, its bytes, what was found on the way, and what has no place in it: values, and other things."""

    book: CellBook
    data: bytes
    findings: tuple[Finding, ...]
    left: tuple[NotMoved, ...]
    lost: tuple[Loss, ...]


def migrate(
    data: bytes,
    file: str,
    library: Library,
    today: date,
    answer: Answer | None = None,
    *,
    recorded: CellBook | None = None,
) -> Migrated:
    """The book of the workbook `data` in the present layout; rows with faults move too, as they are.

    `answer` says what doubtful text is; `recorded` is the book with what was recorded in it since it was read, which is
    written then. Raises ChiboError with the reasons where the book cannot be read.
    """
    moved = move_one(data, file, library, answer)
    reading = moved.reading
    if reading.book is None or blocks_book(reading.findings):
        reasons = (str(library.catalogue.message(f)) for f in reading.findings if f.severity is Severity.BLOCK)
        raise ChiboError(f"Không chuyển được «{file}»: {' '.join(reasons)}")
    book = in_present_form(recorded or reading.book, library)
    written = seal_workbook(write_book(book, library, today), library, parent=fingerprint_of(reading.book))
    return Migrated(book, written, reading.findings, moved.left, moved.lost)
