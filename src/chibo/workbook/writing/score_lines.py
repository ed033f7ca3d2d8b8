"""The lines of a score sheet: which frames score the meetings of a year, and what each criterion allows by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from chibo.definitions.frames.frame import Criterion, CriterionKind, Frame, Group
from chibo.definitions.library import Library
from chibo.model import CellBook, MeetingKind, Month, ScoreSheet
from chibo.scoring import frame_on

SCORED_KINDS = (MeetingKind.REGULAR, MeetingKind.COMBINED, MeetingKind.THEMATIC)


@frozen
class Variant:
    """One way in which meetings of the year are scored: a frame and a kind of meeting."""

    frame: Frame
    kind: MeetingKind


@frozen
class Limits:
    """What one criterion allows at one variant: points between the bounds on the step, or one of the choices."""

    maximum: Decimal
    lowest: Decimal
    step: Decimal | None
    choices: tuple[Decimal, ...]
    has_levels: bool


@frozen
class ScoreLine:
    """One criterion's row: its limits by variant; None where it does not apply. Unknown codes have no criterion."""

    code: str
    criterion: Criterion | None
    limits: tuple[Limits | None, ...]


@frozen
class ScoreGroup:
    """A group of rows under one heading."""

    frame: Frame | None
    group: Group | None
    lines: tuple[ScoreLine, ...]


@frozen
class ScoreForm:
    """Everything that a score sheet of this book offers."""

    variants: tuple[Variant, ...]
    groups: tuple[ScoreGroup, ...]

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames in use, the first one first."""
        return _distinct(self.variants)

    @property
    def lines(self) -> tuple[ScoreLine, ...]:
        """All rows of criteria in order."""
        return tuple(line for group in self.groups for line in group.lines)


def score_form(book: CellBook, library: Library) -> ScoreForm:
    """The rows that the score sheets of this book need: its frames' criteria, then any other code it has points for."""
    variants = _variants(book, library)
    groups, placed = [], set[str]()
    for frame in _distinct(variants):
        for group in frame.groups:
            fresh = [criterion for criterion in group.criteria if criterion.code not in placed]
            placed |= {criterion.code for criterion in fresh}
            if fresh:
                lines = tuple(ScoreLine(c.code, c, _limits(c.code, variants)) for c in fresh)
                groups.append(ScoreGroup(frame, group, lines))
    others = [code for code in _scored_codes(book.self_scores, book.official_scores) if code not in placed]
    if others:
        lines = tuple(ScoreLine(code, None, (None,) * len(variants)) for code in others)
        groups.append(ScoreGroup(None, None, lines))
    return ScoreForm(variants, tuple(groups))


def _variants(book: CellBook, library: Library) -> tuple[Variant, ...]:
    """The frames in force on any day of the year, or on which a meeting was held, for each kind that is scored."""
    found: dict[tuple[str, MeetingKind], Variant] = {}
    for kind in SCORED_KINDS:
        for day in _days(book):
            frame = frame_on(kind, day, book.info, library).frame
            if frame is not None:
                found.setdefault((frame.id, kind), Variant(frame, kind))
    return tuple(found.values())


def _days(book: CellBook) -> list[date]:
    months = (Month(book.info.year, number) for number in range(1, 13))
    days = {day for month in months for day in (month.first_day, month.last_day)}
    return sorted(days | {meeting.held_on for meeting in book.meetings if meeting.held_on})


def _distinct(variants: Iterable[Variant]) -> tuple[Frame, ...]:
    return tuple({variant.frame.id: variant.frame for variant in variants}.values())


def _limits(code: str, variants: Iterable[Variant]) -> tuple[Limits | None, ...]:
    return tuple(_limit(variant.frame.criteria.get(code), variant.kind) for variant in variants)


def _limit(criterion: Criterion | None, kind: MeetingKind) -> Limits | None:
    if criterion is None or not criterion.applies_to(kind):
        return None
    # A level below the lowest one is no impossible number, only not one of the levels.
    lowest = criterion.minimum(kind) if criterion.kind is CriterionKind.DEDUCTION else Decimal(0)
    return Limits(criterion.maximum(kind), lowest, criterion.step, criterion.choices(kind), bool(criterion.levels))


def _scored_codes(*sheets: ScoreSheet) -> list[str]:
    """The criteria that have points on either sheet, in the order in which they appear."""
    points: Iterable[Mapping[str, Decimal]] = (column for sheet in sheets for column in sheet.points.values())
    return list(dict.fromkeys(code for column in points for code in column))
