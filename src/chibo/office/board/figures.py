"""The figures of the board's charts by base organisation; each part of a figure knows the cells behind it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from chibo.model import CellInPeriod, CommitteeGroup, Grade, MeetingRecord, Month, MonthStatus
from chibo.office.board.board import Board


class Part(StrEnum):
    """The parts of a bar of grades; every cell is in exactly one."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    POOR = "poor"
    UNSCORED = "unscored"
    """Held, not fully scored."""
    EXCUSED = "excused"
    """Postponed, or not held for a reason given."""
    REFUSED = "refused"
    """Expected to report, all that it sent refused."""
    MISSING = "missing"


_PART_OF_GRADE = {
    Grade.GOOD: Part.GOOD,
    Grade.FAIR: Part.FAIR,
    Grade.AVERAGE: Part.AVERAGE,
    Grade.POOR: Part.POOR,
}


@frozen(kw_only=True)
class GradeBar:
    """The cells of one base organisation by what became of their month; `parts` holds only parts with cells."""

    committee_code: str
    committee_name: str
    parts: dict[Part, tuple[CellInPeriod, ...]]

    @property
    def cells(self) -> tuple[CellInPeriod, ...]:
        """All cells, part by part."""
        return tuple(cell for cells in self.parts.values() for cell in cells)

    @property
    def graded(self) -> int:
        """How many cells have a grade."""
        return sum(len(cells) for part, cells in self.parts.items() if part in _PART_OF_GRADE.values())

    def share(self, part: Part) -> Fraction:
        """The part's cells ÷ all cells."""
        return Fraction(len(self.parts.get(part, ())), len(self.cells))


@frozen(kw_only=True)
class AttendanceBar:
    """Attendance of one base organisation: all present ÷ all owed, over the held meetings that have a rate."""

    committee_code: str
    committee_name: str
    cells: tuple[CellInPeriod, ...]
    """The cells whose figures are in the rate."""
    present: int = 0
    owed: int = 0

    @property
    def rate(self) -> Fraction | None:
        """Present ÷ owed, exact; None where nobody was owed."""
        return Fraction(self.present, self.owed) if self.owed else None


def part_of(cell: CellInPeriod, board: Board) -> Part:
    """What became of the cell's month: the grade of its regular meeting, or why there is none."""
    month = board.month
    status = cell.status(month)
    if status is MonthStatus.UNREPORTED:
        return Part.REFUSED if board.is_refused(cell) else Part.MISSING
    if status is not MonthStatus.HELD:
        return Part.EXCUSED
    meeting = cell.regular_meeting(month)
    return _PART_OF_GRADE[meeting.grade] if meeting and meeting.grade else Part.UNSCORED


def grade_bars(board: Board) -> tuple[GradeBar, ...]:
    """One bar of grades for each base organisation, in the order of the return."""
    return tuple(_grade_bar(group, board) for group in board.table.groups)


def attendance_bars(board: Board) -> tuple[AttendanceBar, ...]:
    """One bar of attendance for each base organisation, in the order of the return."""
    return tuple(_attendance_bar(group, board.month) for group in board.table.groups)


def whole_attendance(bars: Sequence[AttendanceBar]) -> AttendanceBar:
    """The attendance of all base organisations together."""
    return AttendanceBar(
        committee_code="",
        committee_name="",
        cells=tuple(cell for bar in bars for cell in bar.cells),
        present=sum(bar.present for bar in bars),
        owed=sum(bar.owed for bar in bars),
    )


def _grade_bar(group: CommitteeGroup, board: Board) -> GradeBar:
    found: dict[Part, list[CellInPeriod]] = {part: [] for part in Part}
    for cell in group.cells:
        found[part_of(cell, board)].append(cell)
    return GradeBar(
        committee_code=group.committee_code,
        committee_name=group.committee_name,
        parts={part: tuple(cells) for part, cells in found.items() if cells},
    )


def _attendance_bar(group: CommitteeGroup, month: Month) -> AttendanceBar:
    counted = [(cell, record) for cell in group.cells if (record := _counted(cell, month))]
    return AttendanceBar(
        committee_code=group.committee_code,
        committee_name=group.committee_name,
        cells=tuple(cell for cell, _ in counted),
        present=sum(record.facts.present or 0 for _, record in counted),
        owed=sum(record.owed or 0 for _, record in counted),
    )


def _counted(cell: CellInPeriod, month: Month) -> MeetingRecord | None:
    """The cell's held regular meeting where it has an attendance rate."""
    record = cell.regular_meeting(month)
    if record is None or not record.is_held or record.facts.attendance_rate is None:
        return None
    return record
