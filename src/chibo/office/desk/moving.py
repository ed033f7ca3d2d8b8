"""A book of an earlier layout, an .xls or old text on the desk: moved into a new workbook, where the work goes on."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from chibo.definitions.library import Library
from chibo.engine.no_worker import NoWorkerError
from chibo.errors import ChiboError
from chibo.legacy_text import Answer
from chibo.office.desk.desk import ActRefusedError, Desk, MovedFrom, Provenance, Reason
from chibo.office.desk.opening import open_written
from chibo.office.desk.saving import file_name
from chibo.office.migrating import migrate


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
    try:
        moved = migrate(desk.given, desk.file, library, today, desk.answer, recorded=desk.book)
        opened = open_written(moved.data, name, moved.book, library, today, answer=Answer.UNICODE)
    except NoWorkerError:  # nothing is wrong with the book
        raise
    except ChiboError as error:
        raise ActRefusedError(Reason.NOT_MOVED, why=error) from None
    account = MovedFrom(desk.file, moved.left, moved.lost, desk.given, desk.answer)
    return evolve(opened, lineage=desk.lineage, marks=desk.marks, moved=account)
