"""Moving a book into the present form: from an earlier layout, an .xls, or text from before Unicode."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.single_book import move_one
from chibo.errors import ChiboError
from chibo.findings import Finding, Severity, blocks_book
from chibo.legacy_text import Answer
from chibo.model import CellBook
from chibo.office.lineage.sealing import digest_in_line, seal_workbook
from chibo.workbook import Loss, NotMoved, can_be_written_into, in_present_form, write_book
from chibo.workbook.reading.kinds import LAYOUT_OLD, TEXT_CONVERTED

_OLD_FORMS = frozenset({LAYOUT_OLD, TEXT_CONVERTED})


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
        blocked = [finding for finding in reading.findings if finding.severity is Severity.BLOCK]
        vietnamese, english = (" ".join(str(library.catalogue.message(f, one)) for f in blocked) for one in Language)
        raise ChiboError(f"Không chuyển được «{file}»: {vietnamese}", english=f"«{file}» was not moved: {english}")
    book = in_present_form(recorded or reading.book, library)
    parent = digest_in_line(reading.book, moved.seal, library)
    written = seal_workbook(write_book(book, library, today), library, parent=parent)
    return Migrated(book, written, reading.findings, moved.left, moved.lost)


def is_in_present_form(data: bytes, moved: Migrated) -> bool:
    """Whether the workbook `data` was in the present form before it was moved: nobody needs the new one."""
    return can_be_written_into(data) and not any(finding.kind in _OLD_FORMS for finding in moved.findings)
