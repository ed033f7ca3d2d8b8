"""One criterion of a frame: its kind, its points, when it applies and what decides it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from attrs import frozen
from pydantic import Field

from chibo.definitions.frames.edges import Points
from chibo.definitions.frames.facts import Fact
from chibo.definitions.loading import Definition
from chibo.model import MeetingKind

Code = Annotated[str, Field(pattern=r"^\w+(?:[.\-]\w+)*$", max_length=20)]
Text = Annotated[str, Field(min_length=1)]
ZERO = Decimal(0)


class CriterionKind(StrEnum):
    """How a criterion is scored."""

    LEVEL = "level"
    YES_NO = "yes-no"
    POINTS = "points"
    BONUS = "bonus"
    DEDUCTION = "deduction"


class Exemption(StrEnum):
    """Conditions under which a criterion gives full marks without being assessed."""

    NO_COMMITTEE_NOR_DEPUTY = "no_committee_nor_deputy"
    PAPERS_WITHHELD = "papers_withheld"


class Level(Definition):
    """One of the levels to pick from."""

    points: Points
    label: Text
    label_en: str = ""


@frozen
class _Scale:
    """The points that can be given at a meeting of one kind: a choice, else any between fewest and most."""

    choices: tuple[Decimal, ...]
    minimum: Decimal
    maximum: Decimal


class Criterion(Definition):
    """One line of the frame. `max` holds for every meeting kind that `max_for` does not name otherwise.

    `only_for`: the meeting kinds it applies to (none named: all of the frame's). A deduction's points lie between
    −max and 0; a bonus lies inside the total. `open_question` is a reading that the bloc has yet to confirm, at
    the meeting kinds `open_question_for` (none named: at all of them).
    """

    code: Code
    label: Text
    label_en: str = ""
    kind: CriterionKind
    max: Points
    max_for: dict[MeetingKind, Points] = Field(default_factory=dict)
    only_for: tuple[MeetingKind, ...] = ()
    step: Points | None = None
    help: str = ""
    help_en: str = ""
    open_question: str = ""
    open_question_en: str = ""
    open_question_for: tuple[MeetingKind, ...] = ()
    levels: tuple[Level, ...] = ()
    full_when: tuple[Exemption, ...] = ()
    fact: Fact | None = None

    def applies_to(self, kind: MeetingKind) -> bool:
        """Whether the criterion is scored at meetings of this kind."""
        return not self.only_for or kind in self.only_for

    def asks_at(self, kind: MeetingKind) -> bool:
        """Whether the open question is one of meetings of this kind."""
        return bool(self.open_question) and (not self.open_question_for or kind in self.open_question_for)

    def maximum(self, kind: MeetingKind) -> Decimal:
        """The most points at a meeting of this kind; 0 where the criterion does not apply, and for a deduction."""
        if not self.applies_to(kind) or self.kind is CriterionKind.DEDUCTION:
            return ZERO
        return self.max_for.get(kind, self.max)

    def minimum(self, kind: MeetingKind) -> Decimal:
        """The fewest points: the lowest level, minus the maximum of a deduction, else 0."""
        if not self.applies_to(kind):
            return ZERO
        if self.kind is CriterionKind.DEDUCTION:
            return -self.max_for.get(kind, self.max)
        return self.levels[-1].points if self.levels else ZERO

    def choices(self, kind: MeetingKind) -> tuple[Decimal, ...]:
        """The points to choose from, highest first; empty where any step up to the maximum may be given."""
        if self.levels:
            return tuple(level.points for level in self.levels)
        if self.kind is CriterionKind.YES_NO or (self.kind is CriterionKind.BONUS and self.step is None):
            return (self.maximum(kind), ZERO)
        return ()

    def allows(self, points: Decimal, kind: MeetingKind) -> bool:
        """Whether these points can be given at a meeting of this kind: within bounds, a choice or on the step."""
        scale = self._scales[kind]
        if scale is None:
            return False
        if scale.choices:
            return points in scale.choices
        return scale.minimum <= points <= scale.maximum and self._is_on_step(points)

    def _is_on_step(self, points: Decimal) -> bool:
        """Whether bounded points lie on the step; of ones far smaller than it the remainder would be rounded away."""
        return not self.step or not points or (abs(points) >= self.step and not points % self.step)

    @cached_property
    def _scales(self) -> Mapping[MeetingKind, _Scale | None]:
        """The points that can be given, by the kind of meeting; None where the criterion does not apply."""
        return {
            kind: _Scale(self.choices(kind), self.minimum(kind), self.maximum(kind)) if self.applies_to(kind) else None
            for kind in MeetingKind
        }
