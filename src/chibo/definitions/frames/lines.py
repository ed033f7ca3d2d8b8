"""The lines of a frame: its criteria in their groups, as they hold for meetings of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from attrs import frozen
from pydantic import Field

from chibo.definitions.frames.criteria import ZERO, Code, Criterion, Exemption, Text
from chibo.definitions.frames.edges import Points
from chibo.definitions.frames.facts import Fact
from chibo.definitions.loading import Definition
from chibo.model import MeetingKind


class Group(Definition):
    """A group of criteria, whose maxima add up to its own for every meeting kind."""

    code: Code
    label: Text
    label_en: str = ""
    max: Points
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


@frozen(eq=False)
class Line:
    """A criterion in its group as it holds for one kind of meeting: whether it applies, its fewest and most points.

    A line is itself and no other: what is worked out for it can be kept under it.
    """

    group: Group
    criterion: Criterion
    applies: bool
    minimum: Decimal
    maximum: Decimal
    # Of the criterion, at hand where every meeting of every book asks for it.
    code: str
    fact: Fact | None
    full_when: tuple[Exemption, ...]

    @classmethod
    def of(cls, group: Group, criterion: Criterion, kind: MeetingKind) -> Line:
        """The line of a criterion at meetings of this kind."""
        return cls(
            group,
            criterion,
            criterion.applies_to(kind),
            criterion.minimum(kind),
            criterion.maximum(kind),
            criterion.code,
            criterion.fact,
            criterion.full_when,
        )


@frozen(eq=False, slots=False)
class FormLines:
    """A frame's lines for one kind of meeting, with what every meeting of that kind asks of them."""

    lines: tuple[Line, ...]

    @cached_property
    def applicable(self) -> tuple[Line, ...]:
        """The lines of the criteria that are scored."""
        return tuple(line for line in self.lines if line.applies)

    @cached_property
    def judged(self) -> tuple[Line, ...]:
        """The lines that recorded facts can speak of."""
        return tuple(line for line in self.applicable if line.fact is not None or line.full_when)

    @cached_property
    def fact_maximum(self) -> Decimal:
        """The most points that recorded facts could decide."""
        return sum((line.maximum for line in self.lines if line.fact is not None), ZERO)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the criteria that are scored."""
        return tuple(line.code for line in self.applicable)

    @cached_property
    def codes_by_group(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the criteria that are scored, by the code of their group; no group is left out."""
        groups = dict.fromkeys(line.group.code for line in self.lines)
        return {group: tuple(line.code for line in self.applicable if line.group.code == group) for group in groups}
