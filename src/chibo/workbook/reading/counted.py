"""Counts that a formula took from the roll call are no typed counts: the marks hold them already.

In our own form a count is a formula until somebody types a number over it. Kept as a typed count, it would contradict
the roll call as soon as a mark is changed anywhere else than in Excel.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from attrs import evolve

from chibo.model import CellBook, Meeting
from chibo.model.attendance import counts_from_marks, has_full_roll_call
from chibo.model.meetings import TYPED_COUNTS
from chibo.workbook.reading.sheet import Sheet

_COUNTS = attrgetter(*TYPED_COUNTS)


def without_counted(book: CellBook, meetings: Sheet | None) -> CellBook:
    """The book without the counts that a formula gives and a full roll call gives too."""
    repeating = [meeting for meeting in book.meetings if _repeats_marks(book, meeting)]
    if meetings is None or not repeating:
        return book
    formulas = meetings.details.formula_cells()
    typed_only = {id(meeting): _typed_only(book, meeting, formulas) for meeting in repeating}
    if all(typed_only[id(meeting)] is meeting for meeting in repeating):
        return book
    return evolve(book, meetings=tuple(typed_only.get(id(meeting), meeting) for meeting in book.meetings))


def _repeats_marks(book: CellBook, meeting: Meeting) -> bool:
    """Whether the row gives a count though a full roll call decides it."""
    given = {*_COUNTS(meeting)} != {None}
    return given and meeting.origin is not None and has_full_roll_call(book, meeting.meeting_code)


def _typed_only(book: CellBook, meeting: Meeting, formulas: frozenset[tuple[int, int]]) -> Meeting:
    """A meeting of which a full roll call decides the counts, without those that a formula gives."""
    origin = meeting.origin
    if origin is None:
        return meeting
    counted = counts_from_marks(book, meeting.meeting_code)
    dropped: dict[str, Any] = {
        count: None
        for count in TYPED_COUNTS
        if (origin.row, origin.table.columns.get(count, 0)) in formulas and getattr(meeting, count) == counted[count]
    }
    return evolve(meeting, **dropped) if dropped else meeting
