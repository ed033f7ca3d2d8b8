"""The copy of a workbook that goes back to its unit, marked in a limited process, signed and kept by the office."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from chibo.definitions.library import Library
from chibo.engine.errands import MarkedBook
from chibo.engine.single_book import mark_one
from chibo.office.lineage.keeping import sign_and_keep


def marked_copy(data: bytes, file: str, library: Library, today: date) -> MarkedBook:
    """The workbook with a mark for everything blocked or to be looked at again; what is only noted is not marked.

    Raises ChiboError where it cannot be written into as it should.
    """
    marked = mark_one(data, file, library, today)
    if marked.data is None or not marked.marks:
        return marked
    return evolve(marked, data=sign_and_keep(marked.data, library))
