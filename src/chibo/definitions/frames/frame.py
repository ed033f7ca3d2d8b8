"""The criteria frame (khung tiêu chí) as data: groups, criteria, grades, gates; dated and cited.

A frame is written in `sheets/frames/<id>.toml` or comes from an Excel workbook; both go through the same schema and
the same cross-checks (`checks`). Points are decimals, written as strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from chibo.definitions.dated import Effective, Source
from chibo.definitions.frames.criteria import ZERO, Code, Criterion, CriterionKind, Exemption, Level, Text
from chibo.definitions.frames.edges import Points
from chibo.definitions.frames.facts import Words
from chibo.definitions.frames.lines import FormLines, Group, Line
from chibo.definitions.loading import Definition
from chibo.model import Grade, MeetingKind
from chibo.model.vocabulary import CellKind

__all__ = [
    "ZERO",
    "Applies",
    "Criterion",
    "CriterionKind",
    "Denominators",
    "Exemption",
    "FormLines",
    "Frame",
    "Gate",
    "GradeThreshold",
    "Group",
    "Level",
    "Line",
    "LookBack",
    "RequiredMinutes",
    "YearlyRule",
]


class LookBack(StrEnum):
    """How far back runs over earlier meetings are followed."""

    CALENDAR_YEAR = "calendar_year"
    TWELVE_MONTHS = "12_months"


class Applies(Definition):
    """What the frame scores: kinds of meeting, in kinds of cell (none named: all)."""

    meeting_kinds: Annotated[tuple[MeetingKind, ...], Field(min_length=1)]
    cell_kinds: tuple[CellKind, ...] = ()


class RequiredMinutes(Definition):
    """The minutes required of a meeting, R: `longer` for the kinds named or from that membership on, else `usual`.

    `granted_replaces`: a minimum granted to the cell by a document takes the place of either.
    """

    usual: Annotated[int, Field(gt=0)]
    longer: Annotated[int, Field(gt=0)]
    longer_for_kinds: tuple[MeetingKind, ...] = ()
    longer_from_membership: Annotated[int, Field(gt=0)] | None = None
    granted_replaces: bool = True


class Denominators(Definition):
    """Whom the rates are counted over."""

    attendance_leaves_out: tuple[Literal["exempt", "special_duty", "transferred", "suspended", "excused"], ...]
    speaking_over: Literal["present", "owed"] = "present"


class GradeThreshold(Definition):
    """A grade from a total on; the lowest grade has none."""

    grade: Grade
    at_least: Points | None = None


class Gate(Definition):
    """A condition on a grade: without full marks in every criterion named, the grade is `otherwise`."""

    grade: Grade
    full_marks: Annotated[tuple[Code, ...], Field(min_length=1)]
    otherwise: Grade


class YearlyRule(Definition):
    """What is known of a yearly grade of meeting quality; grades without a known rule are not written.

    Every regular meeting of the year is graded `every` or better, and at least `count` of them `of` or better.
    """

    grade: Grade
    every: Grade
    of: Grade
    count: Annotated[int, Field(ge=0)]


class Frame(Definition):
    """A criteria frame. Load it with `frame_loading.load_frame`, which also runs the cross-checks."""

    schema_number: Literal[1] = Field(alias="schema")
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    title: Text
    title_en: str = ""
    status: Literal["example", "official"]
    confirm_note: str = ""
    confirm_note_en: str = ""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    effective: Effective
    applies: Applies
    total: Points
    required_minutes: RequiredMinutes | None = None
    denominators: Denominators | None = None
    look_back: LookBack = LookBack.CALENDAR_YEAR
    exempt_withheld_papers: bool = False
    exempt_reason: Words | None = None
    grades: Annotated[tuple[GradeThreshold, ...], Field(min_length=2)]
    gates: tuple[Gate, ...] = ()
    yearly: tuple[YearlyRule, ...] = ()
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """Every criterion by its code, in the frame's order."""
        return {criterion.code: criterion for group in self.groups for criterion in group.criteria}

    @cached_property
    def maxima(self) -> Mapping[str, frozenset[Decimal]]:
        """The maxima of each criterion at the kinds of meeting that it applies to."""
        return {
            code: frozenset(
                criterion.maximum(kind) for kind in self.applies.meeting_kinds if criterion.applies_to(kind)
            )
            for code, criterion in self.criteria.items()
        }

    @cached_property
    def _forms(self) -> Mapping[MeetingKind, FormLines]:
        lines = [(group, criterion) for group in self.groups for criterion in group.criteria]
        return {
            kind: FormLines(kind, tuple(Line.of(group, criterion, kind) for group, criterion in lines))
            for kind in self.applies.meeting_kinds
        }

    def form(self, kind: MeetingKind) -> FormLines:
        """The frame as it holds for meetings of this kind."""
        return self._forms[kind]

    def applicable(self, kind: MeetingKind) -> tuple[Line, ...]:
        """The lines of the criteria that are scored at meetings of this kind."""
        return self._forms[kind].applicable

    def lines(self, kind: MeetingKind) -> tuple[Line, ...]:
        """Every criterion in order with its maximum at meetings of this kind, those that do not apply among them."""
        return self._forms[kind].lines

    def scores(self, kind: MeetingKind, cell_kind: CellKind | None = None) -> bool:
        """Whether the frame is for meetings of this kind (in cells of that kind)."""
        cells = self.applies.cell_kinds
        return kind in self.applies.meeting_kinds and (not cells or cell_kind is None or cell_kind in cells)

    def grade_of(self, total: Decimal | Fraction) -> Grade:
        """The grade of a total by the thresholds alone, compared exactly."""
        for threshold in self.grades:
            if threshold.at_least is None or total >= threshold.at_least:
                return threshold.grade
        raise AssertionError("the last grade has no threshold")
