"""What the recorded facts say of one criterion at one meeting: points, the reason in words, the places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import Factory, field, frozen

from chibo.definitions.frames.bands import contains
from chibo.definitions.frames.facts import AttendanceRate, Band, DateKept, MeetingYes, NumberFact, Words, YesNoFact
from chibo.definitions.frames.frame import ZERO, Line
from chibo.definitions.messages import Language
from chibo.model import Place
from chibo.scoring.bands import band_of
from chibo.scoring.measures import Measured, measure
from chibo.scoring.view import MeetingView
from chibo.scoring.wording import interval_in_signs, sentence


class Outcome(StrEnum):
    """What came of a fact."""

    DECIDED = "decided"
    CAPPED = "capped"
    YES = "yes"
    NO = "no"
    UNDONE = "undone"
    EXEMPT = "exempt"
    WAITING = "waiting"
    PROPOSED = "proposed"
    MISSING = "missing"


_UNDECIDED = {Outcome.WAITING, Outcome.PROPOSED, Outcome.MISSING}


@frozen(kw_only=True)
class FactVerdict:
    """The verdict of the facts on a criterion.

    `points` are what the facts support, None where they do not decide; `proposed` are points that a value merely
    declared by the cell would give; `band` is the band that the value lies in. `one_absence_moves`: in this small
    cell one more member present would have brought better points.
    """

    outcome: Outcome
    points: Decimal | None = None
    proposed: Decimal | None = None
    band: Band | None = None
    value: Fraction | None = None
    one_absence_moves: bool = False
    values: Mapping[str, object] = Factory(dict)
    words: Words | None = field(default=None, repr=False)
    find_places: Callable[[], tuple[Place, ...]] = field(default=tuple, eq=False, repr=False)

    @property
    def decided(self) -> bool:
        """Whether the recorded facts decide the points."""
        return self.outcome not in _UNDECIDED

    @property
    def claimable(self) -> bool:
        """Whether the full points may be claimed without explanation while the days to record the fact still run."""
        return self.outcome is Outcome.WAITING

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the facts stand in the workbook."""
        return self.find_places()

    def band_in_signs(self, language: Language | str = Language.VIETNAMESE) -> str:
        """The band that the value lies in, such as `≥ 75%, < 90%`; empty where there is none."""
        required = self.values.get("required")
        known = required if isinstance(required, int) else None
        return interval_in_signs(self.band, Language(language), known) if self.band else ""

    def reason(self, language: Language | str = Language.VIETNAMESE, names: Mapping[str, str] | None = None) -> str:
        """The reason in words. `names` puts names in place of member codes, on the cell's own page only."""
        if self.words is None:
            return ""
        values = self.values
        members = values.get("members")
        if names and isinstance(members, tuple):
            values = {**values, "members": tuple(names.get(code, code) for code in members)}
        return sentence(self.words, values, Language(language))


def verdict_on(line: Line, view: MeetingView) -> FactVerdict | None:
    """What the facts say of a criterion that applies; None where none of them speaks of it."""
    criterion, fact = line.criterion, line.criterion.fact
    if criterion.full_when and view.is_exempt(criterion.full_when):
        values = {"points": line.maximum, "maximum": line.maximum}
        return FactVerdict(outcome=Outcome.EXEMPT, points=line.maximum, values=values, words=view.frame.exempt_reason)
    if fact is None:
        return None
    if isinstance(fact, DateKept | MeetingYes):
        return _yes_no(fact, line, view)
    return _number(fact, line, view)


def _number(fact: NumberFact, line: Line, view: MeetingView) -> FactVerdict:
    found = measure(fact, view)
    counts = [getattr(view.attendance, cap.column) for cap in fact.caps]
    if found.value is None or None in counts:
        return _verdict(fact, line, Outcome.MISSING, found)
    bands = fact.bands_for(view.attendance.membership)
    band = band_of(bands, found.value, view.required_minutes)
    if found.declared:
        return _verdict(fact, line, Outcome.PROPOSED, found, band=band, proposed=band.points)
    reached = [cap for cap, count in zip(fact.caps, counts, strict=True) if contains(cap, Fraction(count))]
    cap = min(reached, key=lambda entry: entry.points, default=None)
    if cap is not None and cap.points < band.points:
        return _verdict(fact, line, Outcome.CAPPED, found, band=band, points=cap.points)
    moved = isinstance(fact, AttendanceRate) and _one_absence_moves(view, bands, band)
    return _verdict(fact, line, Outcome.DECIDED, found, band=band, points=band.points, one_absence_moves=moved)


def _one_absence_moves(view: MeetingView, bands: tuple[Band, ...], band: Band) -> bool:
    """Whether the cell is so small that a single absence leaves the best band, and one more present would move up."""
    owed, present = view.owed or 0, view.attendance.present or 0
    if present >= owed or owed < 1:
        return False
    best = max(entry.points for entry in bands)
    one_short = band_of(bands, Fraction(owed - 1, owed)).points
    return one_short < best and band_of(bands, Fraction(present + 1, owed)).points > band.points


def _yes_no(fact: YesNoFact, line: Line, view: MeetingView) -> FactVerdict:
    if isinstance(fact, MeetingYes):
        kept = getattr(view.meeting, fact.column) is True
        found = Measured(find_places=lambda: view.places(fact.column))
        outcome = Outcome.YES if kept else Outcome.NO
    else:
        found, outcome = _date_kept(fact, view)
    if outcome is Outcome.WAITING:
        return _verdict(fact, line, outcome, found)
    return _verdict(fact, line, outcome, found, points=line.maximum if outcome is Outcome.YES else ZERO)


def _date_kept(fact: DateKept, view: MeetingView) -> tuple[Measured, Outcome]:
    held_on, day = view.meeting.held_on, getattr(view.meeting, fact.date)
    assert held_on is not None, "only held meetings are judged"  # noqa: S101
    deadline = held_on + timedelta(days=fact.deadline_days)
    columns = (fact.date, fact.unless_no, "held_on")
    found = Measured(
        values={"date": day, "deadline": deadline, "held_on": held_on},
        find_places=lambda: view.places(*(column for column in columns if column)),
    )
    if day is None:
        waiting = fact.waits and view.today is not None and view.today <= deadline
        return found, Outcome.WAITING if waiting else Outcome.UNDONE
    spoiled = fact.unless_no is not None and getattr(view.meeting, fact.unless_no) is False
    return found, Outcome.YES if day <= deadline and not spoiled else Outcome.NO


def _verdict(
    fact: NumberFact | YesNoFact,
    line: Line,
    outcome: Outcome,
    found: Measured,
    *,
    band: Band | None = None,
    points: Decimal | None = None,
    proposed: Decimal | None = None,
    one_absence_moves: bool = False,
) -> FactVerdict:
    shown = points if points is not None else proposed
    return FactVerdict(
        outcome=outcome,
        points=points,
        proposed=proposed,
        band=band,
        value=found.value,
        one_absence_moves=one_absence_moves,
        values={**found.values, "points": shown, "maximum": line.maximum},
        words=getattr(fact.reason, outcome.value),
        find_places=found.find_places,
    )
