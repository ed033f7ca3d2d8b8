"""The copy of a workbook that goes back to its unit, marked in a limited process, signed and kept by the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve

from chibo.definitions.library import Library
from chibo.engine.answers import MarkedBook
from chibo.engine.single_book import mark_one
from chibo.legacy_text import Answer
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import sign_workbook

if TYPE_CHECKING:
    from chibo.workbook.marking import Mark


def marked_copy(
    data: bytes, file: str, library: Library, today: date, marks: tuple[Mark, ...] = (), *, text: Answer | None = None
) -> MarkedBook:
    """The workbook with a mark for everything blocked or to be looked at again; what is only noted is not marked.

    `marks` are those of somebody who looked at it, put in beside; `text` says what text is that may or may not be
    in an old encoding. Raises ChiboError where it cannot be written into as it should.
    """
    marked = mark_one(data, file, library, today, marks, text=text)
    if marked.data is None or not marked.sealed:
        return marked
    return evolve(marked, data=sign_workbook(marked.data, library))


def keep_marked(marked: MarkedBook, library: Library) -> None:
    """Let the office keep a copy of a marked workbook that is on its way to its unit now."""
    if marked.data is not None and marked.sealed:
        keep_copy(marked.data, library)
