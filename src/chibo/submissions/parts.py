"""What a book says of one period: the part that is handed in, verified, and compared with what came before.

A year's book comes in month after month; what it says of January must not look changed because March was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import frozen

from chibo.model import CellBook, CellIdentity, Period, attendance_of
from chibo.model.digest import canonical_digest
from chibo.scoring import MeetingScore


@frozen
class Points:
    """The points of one criterion at one meeting: the cell's own, the reviewer's, and what the facts support."""

    own: Decimal | None = None
    official: Decimal | None = None
    fact: Decimal | None = None


PartScores = Mapping[str, Mapping[str, Points]]
"""The points of a period by meeting code and criterion."""


def part_digest(book: CellBook, period: Period) -> str:
    """The digest of all that a book says of the meetings of a period: rows, marks, counts, points, explanations, tasks.

    Neither definitions nor the day take part: a book that nobody changed keeps its digest.
    """
    meetings = [row for row in book.meetings if row.meeting_code in period]
    codes = {row.meeting_code for row in meetings}
    said = (
        CellIdentity.of(book.info),
        *meetings,
        *(attendance_of(book, row) for row in meetings),
        *((str(code), book.roll_call.of(code)) for code in sorted(codes)),
        *((str(code), book.self_scores.of(code), book.official_scores.of(code)) for code in sorted(codes)),
        *(row for row in book.explanations if row.meeting_code in codes),
        *(row for row in book.tasks if row.meeting_code in codes),
    )
    return canonical_digest(said)


def part_scores(scores: Iterable[MeetingScore], period: Period) -> PartScores:
    """The points of the meetings of a period; a criterion without any is left out."""
    found: dict[str, dict[str, Points]] = {}
    for score in scores:
        if score.meeting_code in period:
            decided = {code: decision.points for code, decision in score.decisions.items()}
            own, official = score.criteria.own, score.criteria.official
            points = {
                line.code: Points(own=own.get(line.code), official=official.get(line.code), fact=decided.get(line.code))
                for line in score.criteria.lines
            }
            found[str(score.meeting_code)] = {code: one for code, one in points.items() if one != Points()}
    return found


def touched_criteria(before: PartScores, after: PartScores) -> tuple[str, ...]:
    """The criteria whose points, or the facts under them, differ: `2026-03 4a`. These must be looked at again."""
    touched = []
    for meeting in sorted({*before, *after}):
        old, new = before.get(meeting, {}), after.get(meeting, {})
        touched += [f"{meeting} {code}" for code in dict.fromkeys((*old, *new)) if old.get(code) != new.get(code)]
    return tuple(touched)
