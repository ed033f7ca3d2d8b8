"""A whole cell workbook (Sổ sinh hoạt chi bộ): one cell, one year."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import field, frozen

from chibo.model.grids import RollCall, ScoreSheet
from chibo.model.grouping import group_by
from chibo.model.meetings import Meeting
from chibo.model.members import CommitteePost, Member, MembershipChange
from chibo.model.periods import MeetingCode
from chibo.model.places import Place, TableOrigin
from chibo.model.records import (
    Assessment,
    Dissemination,
    DuesRow,
    Explanation,
    Inspection,
    Task,
    ThematicPlan,
)
from chibo.model.vocabulary import CellKind, MemberStatus

BOOK_YEARS = range(1900, 2200)
"""The years that a book can be of; any other number was typed wrong."""


@frozen(kw_only=True)
class CellInfo:
    """`Thông tin`: who the workbook belongs to. An empty `committee_code` is a cell straight under the bloc."""

    cell_code: str
    cell_name: str
    cell_kind: CellKind
    year: int
    committee_code: str = ""
    committee_name: str = ""
    section_name: str = ""
    has_committee: bool | None = None
    secretary: str = ""
    secretary_is_head: bool | None = None
    deputy_secretary: str = ""
    supervisor: str = ""
    frame_regular: str = ""
    frame_thematic: str = ""
    min_minutes: int | None = None
    min_minutes_document: str = ""
    layout_version: str = ""
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    """Place of the value of each label found, by its code."""

    @property
    def granted_minimum(self) -> int | None:
        """The cell's own minimum of minutes: counts only with the document that grants it, and above zero."""
        granted = self.min_minutes is not None and self.min_minutes > 0 and self.min_minutes_document
        return self.min_minutes if granted else None


@frozen(kw_only=True)
class CellBook:
    """Everything Chibo reads of one cell workbook. `file` is the base name, part of no comparison."""

    info: CellInfo
    members: tuple[Member, ...] = ()
    changes: tuple[MembershipChange, ...] = ()
    committee_seats: int | None = None
    committee: tuple[CommitteePost, ...] = ()
    plan: ThematicPlan = ThematicPlan()
    meetings: tuple[Meeting, ...] = ()
    roll_call: RollCall = RollCall()
    tasks: tuple[Task, ...] = ()
    self_scores: ScoreSheet = ScoreSheet()
    official_scores: ScoreSheet = ScoreSheet()
    explanations: tuple[Explanation, ...] = ()
    dues: tuple[DuesRow, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    disseminations: tuple[Dissemination, ...] = ()
    assessment: Assessment = Assessment()
    file: str = field(default="", eq=False)
    tables: Mapping[str, TableOrigin] = field(factory=dict, eq=False, repr=False)
    """Where the table or grid of each sheet was found, by the layout's code of the sheet; absent sheets have none."""

    def meeting(self, code: MeetingCode) -> Meeting | None:
        """The meeting with this code (the first of several), None where the book has none."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> Mapping[MeetingCode, Meeting]:
        return {meeting.meeting_code: meeting for meeting in reversed(self.meetings)}

    @cached_property
    def regular_meetings(self) -> tuple[Meeting, ...]:
        """The held regular and combined meetings, earliest first."""
        rows = [row for row in self.meetings if row.is_regular and row.is_held]
        return tuple(sorted(rows, key=lambda row: row.meeting_code.sort_key))

    @cached_property
    def _regular_order(self) -> list[tuple[int, int, int, int]]:
        return [row.meeting_code.sort_key for row in self.regular_meetings]

    def regular_before(self, code: MeetingCode) -> Iterator[Meeting]:
        """The held regular and combined meetings before the one with this code, latest first."""
        return map(self.regular_meetings.__getitem__, reversed(range(bisect_left(self._regular_order, code.sort_key))))

    @cached_property
    def tasks_by_meeting(self) -> Mapping[MeetingCode, Sequence[Task]]:
        """The tasks by the meeting that decided them, in the order of the sheet."""
        return group_by(self.tasks, lambda task: task.meeting_code)

    @cached_property
    def explanations_by_meeting(self) -> Mapping[MeetingCode, Sequence[Explanation]]:
        """The explanations by the meeting that they speak of, in the order of the sheet."""
        return group_by(self.explanations, lambda row: row.meeting_code)

    @cached_property
    def moves_by_member(self) -> Mapping[str, Sequence[MembershipChange]]:
        """The joinings and leavings of each member who has any, earliest first."""
        moves = (change for change in self.changes if change.change.joins or change.change.leaves)
        return group_by(sorted(moves, key=lambda change: change.day), lambda change: change.member_code)

    @cached_property
    def steady_members(self) -> frozenset[str]:
        """The codes of the listed members who belong to the cell on every day, by all that is recorded."""
        visiting = {member.member_code for member in self.members if member.status is MemberStatus.VISITING}
        listed = {member.member_code for member in self.members}
        return frozenset(listed - visiting - self.moves_by_member.keys())

    @cached_property
    def worked_out(self) -> Mapping[object, dict[Any, Any]]:
        """What functions over this book have found out once and are asked often, by the function.

        It is neither compared nor sent.
        """
        return defaultdict(dict)

    def place(self, sheet: str = "", address: str = "") -> Place:
        """A place in this book's file."""
        return Place(self.file, sheet, address)
