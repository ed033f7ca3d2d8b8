"""Grids whose columns are meetings: the roll call, and the points of self-scores and official scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from attrs import field, frozen

from chibo.model.periods import MeetingCode
from chibo.model.places import GridOrigin, Place
from chibo.model.vocabulary import Mark

V = TypeVar("V")


def _filled(columns: Mapping[MeetingCode, Mapping[str, V]]) -> Mapping[MeetingCode, Mapping[str, V]]:
    """The columns that hold something: an empty column under a heading says nothing about its meeting."""
    return {meeting: values for meeting, values in columns.items() if values}


# The attrs plugin of mypy wants converters without type variables.
def _filled_marks(columns: Mapping[MeetingCode, Mapping[str, Mark]]) -> Mapping[MeetingCode, Mapping[str, Mark]]:
    return _filled(columns)


def _filled_points(columns: Mapping[MeetingCode, Mapping[str, Decimal]]) -> Mapping[MeetingCode, Mapping[str, Decimal]]:
    return _filled(columns)


@frozen
class RollCall:
    """`Điểm danh`: for each meeting with marks, the mark of each member who has one."""

    marks: Mapping[MeetingCode, Mapping[str, Mark]] = field(factory=dict, converter=_filled_marks)
    names: Mapping[str, str] = field(factory=dict, eq=False)
    """Full name beside each member code, as written on this sheet."""
    origin: GridOrigin | None = field(default=None, eq=False, repr=False)

    def of(self, meeting: MeetingCode) -> Mapping[str, Mark]:
        """The marks of one meeting; empty where it has none."""
        return self.marks.get(meeting, {})

    @cached_property
    def tallies(self) -> Mapping[MeetingCode, Mapping[Mark, int]]:
        """How many members have each mark, by meeting; meetings and marks that do not occur are left out."""
        return {meeting: Counter(marks.values()) for meeting, marks in self.marks.items()}

    def marked(self, meeting: MeetingCode, mark: Mark) -> tuple[str, ...]:
        """The codes of the members who have this mark at a meeting."""
        if mark not in self.tallies.get(meeting, {}):
            return ()
        return tuple([member for member, own in self.marks[meeting].items() if own is mark])

    def place(self, meeting: MeetingCode, member_code: str = "") -> Place | None:
        """Where a member's mark of a meeting stands (the heading without a member)."""
        return self.origin.place(member_code, str(meeting)) if self.origin else None


@frozen
class ScoreSheet:
    """`Chấm điểm` or `Thẩm định`: points by meeting and criterion. A criterion without points is not scored."""

    points: Mapping[MeetingCode, Mapping[str, Decimal]] = field(factory=dict, converter=_filled_points)
    maxima: Mapping[str, Decimal] = field(factory=dict, eq=False)
    """The printed `Điểm tối đa` of each criterion, where typed."""
    typed_totals: Mapping[MeetingCode, Decimal] = field(factory=dict, eq=False)
    typed_grades: Mapping[MeetingCode, str] = field(factory=dict, eq=False)
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    """Places of typed totals and grades, by `total:2026-03` and `grade:2026-03`."""
    origin: GridOrigin | None = field(default=None, eq=False, repr=False)

    def of(self, meeting: MeetingCode) -> Mapping[str, Decimal]:
        """The points of one meeting by criterion code; empty where it has none."""
        return self.points.get(meeting, {})

    def place(self, meeting: MeetingCode, criterion: str = "") -> Place | None:
        """Where the points of a criterion stand (the heading without a criterion)."""
        return self.origin.place(criterion, str(meeting)) if self.origin else None

    def range_of(self, meeting: MeetingCode) -> Place | None:
        """The range of a meeting's points."""
        return self.origin.column_range(str(meeting)) if self.origin else None
