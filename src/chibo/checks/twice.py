"""Rows of one table that bear the same code: equal ones are repeated, others contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import TypeVar

from chibo.checks.context import BookContext, Findings, Record
from chibo.findings import MOST_PLACES, FindingKind
from chibo.model import MeetingCode
from chibo.model.grouping import group_by

R = TypeVar("R", bound=Record)


def codes_twice(
    context: BookContext, records: Iterable[R], column: str, *, repeated: FindingKind, twice: FindingKind
) -> Findings:
    """Say of rows with one code in `column` which are out: of equal ones all but the first, else every one of them."""
    for code, rows in group_by(records, attrgetter(column)).items():
        places = [context.row(row, column) for row in rows]
        meeting = code if isinstance(code, MeetingCode) else None
        if all(row == rows[0] for row in rows):
            for place in places[1:]:
                yield repeated.at(place, seen=code, meeting=meeting, other_places=places[:1])
            continue
        first = places[: MOST_PLACES + 1]  # of thousands each names only some: else they would fill the answer
        for place in places:
            others = [other for other in first if other is not place]
            more = len(places) - 1 - len(others)
            yield twice.at(place, seen=code, meeting=meeting, other_places=others, more=more)
