"""A book of an earlier layout, an .xls or old text on the desk: moved into a new workbook, where the work goes on."""

from __future__ import annotations

import logging
from datetime import date

from attrs import evolve

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.engine.single_book import open_one
from chibo.errors import ChiboError
from chibo.legacy_text import Answer
from chibo.office.desk.desk import ActRefusedError, Desk, MovedFrom, Provenance, Reason
from chibo.office.desk.opening import desk_of
from chibo.office.desk.saving import file_name
from chibo.office.migrating import migrate

_LOG = logging.getLogger(__name__)


def can_be_moved(desk: Desk) -> bool:
    """Whether the book stands in a file that nothing is written into, and its text is known to be what it is."""
    undecided = desk.answer is None and any(finding.code == "TEXT_UNDECIDED" for finding in desk.reading)
    return desk.provenance is Provenance.FOREIGN and bool(desk.given) and not undecided


def move_book(desk: Desk, library: Library, today: date) -> Desk:
    """The desk with the same book in a workbook of the present form, which is read like any file that is opened.

    What was recorded since the file was opened moves too; the file itself is left as it is. Raises ActRefusedError,
    with the reason, where the book cannot be moved or does not come back from its new workbook as it went in.
    """
    if not can_be_moved(desk):
        return desk
    name = file_name(desk)
    try:  # the office keeps a copy once the new workbook is handed out: until then the move may be taken back
        moved = migrate(desk.given, desk.file, library, today, desk.answer, recorded=desk.book, keep=False)
        opened = open_one(moved.data, name, library, today, Answer.UNICODE)
    except ChiboError as error:
        raise ActRefusedError(Reason.NOT_MOVED, why=error) from None
    book = opened.reading.book if opened.reading else None
    if book is None or fingerprint_of(book) != fingerprint_of(moved.book):
        _LOG.error("the new workbook of %s does not hold the book that was written", desk.file)
        raise ActRefusedError(Reason.NOT_MOVED, why="sổ mới đọc lại không khớp với sổ đang mở.")
    return evolve(
        desk_of(opened, moved.data, book, library),
        lineage=desk.lineage,
        marks=desk.marks,
        moved=MovedFrom(desk.file, moved.left, moved.lost),
    )
