"""Deciding a criterion by the facts of one meeting. What the same plain values bring is worked out once."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from chibo.definitions.frames.bands import contains
from chibo.definitions.frames.facts import AttendanceRate, Band
from chibo.definitions.frames.frame import ZERO, Line
from chibo.scoring.bands import band_of
from chibo.scoring.keeping import answer
from chibo.scoring.measures import MEASURES, Reading
from chibo.scoring.outcomes import Decision, Outcome
from chibo.scoring.view import MeetingView

_KNOWN = 8192
"""So many decisions are kept, of all frames and books; the usual values of a year's meetings are some thousands."""


def decide(line: Line, view: MeetingView) -> Decision | None:
    """What the facts decide of a criterion that applies; None where none of them speaks of it."""
    if line.full_when and view.is_exempt(line.full_when):
        return _by_answer(line, Outcome.EXEMPT)
    if line.kept is not None:
        return _by_answer(line, answer(line.kept, view))
    fact = line.measured
    if fact is None:
        return None
    counts = tuple([getattr(view.attendance, cap.column) for cap in fact.caps])
    membership = view.attendance.membership if fact.by_size else None
    return _by_number(line, MEASURES[fact.measure].read(fact, view), counts, membership)


@lru_cache(maxsize=_KNOWN)
def _by_answer(line: Line, outcome: Outcome) -> Decision:
    if outcome is Outcome.WAITING:
        return Decision(outcome=outcome, supported=line.maximum)
    return Decision(outcome=outcome, points=line.maximum if outcome in {Outcome.YES, Outcome.EXEMPT} else ZERO)


@lru_cache(maxsize=_KNOWN)
def _by_number(line: Line, reading: Reading, counts: tuple[int | None, ...], membership: int | None) -> Decision:
    """The decision on what a measure read; `counts` are those that the fact's caps speak of."""
    fact = line.measured
    assert fact is not None, "a fact that is measured"  # noqa: S101
    found = MEASURES[fact.measure].work_out(*reading)
    known = [count for count in counts if count is not None]
    if found.value is None or len(known) < len(counts):
        return Decision(outcome=Outcome.MISSING, value=found.value)
    bands = fact.bands_for(membership)
    band = band_of(bands, found.value, found.required)
    if found.declared:
        return Decision(outcome=Outcome.PROPOSED, value=found.value, band=band, proposed=band.points)
    reached = [cap for cap, count in zip(fact.caps, known, strict=True) if contains(cap, Fraction(count))]
    cap = min(reached, key=lambda entry: entry.points, default=None)
    if cap is not None and cap.points < band.points:
        return Decision(outcome=Outcome.CAPPED, value=found.value, band=band, points=cap.points)
    moved = isinstance(fact, AttendanceRate) and _one_absence_moves(reading, bands, band)
    return Decision(outcome=Outcome.DECIDED, value=found.value, band=band, points=band.points, one_absence_moves=moved)


def _one_absence_moves(reading: Reading, bands: tuple[Band, ...], band: Band) -> bool:
    """Whether the cell is so small that a single absence leaves the best band, and one more present would move up."""
    present, owed, *_ = reading
    if present >= owed or owed < 1:
        return False
    best = max(entry.points for entry in bands)
    one_short = band_of(bands, Fraction(owed - 1, owed)).points
    return one_short < best and band_of(bands, Fraction(present + 1, owed)).points > band.points
