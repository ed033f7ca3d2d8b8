"""The consolidation board of one month: every cell and every refused file, with its state and its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from attrs import frozen

from chibo.consolidation import BookOutcome, Consolidation, is_copy, period_table
from chibo.findings import Finding, Severity
from chibo.model import (
    CellIdentity,
    CellInPeriod,
    MeetingRecord,
    Month,
    MonthStatus,
    Period,
    PeriodTable,
)


class UnitState(StrEnum):
    """How a unit stands in the month looked at, the most urgent first."""

    REFUSED = "refused"
    """A file that counts nowhere: the whole book was refused."""
    MISSING = "missing"
    """A cell that has said nothing of its regular meeting of the month, with or without a book."""
    WARNED = "warned"
    """A cell that has reported, with findings that want a look."""
    RECEIVED = "received"
    """A cell that has reported, nothing to see to."""


@frozen(kw_only=True)
class Unit:
    """One row of the board: a cell, or a refused file.

    `findings` are those of the month looked at and of the book as a whole, `other_findings` those of other months.
    `identity` is None for a refused file that does not say whose it is.
    """

    key: str
    state: UnitState
    identity: CellIdentity | None = None
    cell: CellInPeriod | None = None
    files: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()
    """Those of the files that the figures come from: without copies, none where all are refused."""
    status: MonthStatus = MonthStatus.UNREPORTED
    meeting: MeetingRecord | None = None
    left_out: bool = False
    """Whether the book has the month's meeting, with an error for which it is not counted."""
    findings: tuple[Finding, ...] = ()
    other_findings: tuple[Finding, ...] = ()
    counted: int = 0
    """Findings of the month's meeting that want a look, of a book that the office keeps without their words."""

    @property
    def weighty(self) -> int:
        """How many findings of the month want a look: all but the repairs."""
        return sum(1 for finding in self.findings if finding.severity is not Severity.NOTE) or self.counted

    @property
    def committee_code(self) -> str:
        """The base organisation's code; empty straight under the bloc and where the unit is not known."""
        return self.identity.committee_code if self.identity else ""


@frozen(kw_only=True, slots=False)
class Board:
    """The units of one month. `table` is what the month's return is made of: it holds cells only."""

    month: Month
    table: PeriodTable
    units: tuple[Unit, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Unit]:
        """The units by their key."""
        return {unit.key: unit for unit in self.units}

    @cached_property
    def counts(self) -> Mapping[UnitState, int]:
        """How many units stand in each state."""
        return {state: sum(1 for unit in self.units if unit.state is state) for state in UnitState}

    @property
    def reported(self) -> int:
        """How many cells have reported."""
        return len(self.table.cells) - len(self.table.missing)

    def is_refused(self, cell: CellInPeriod) -> bool:
        """Whether the cell has no book here because what it sent was refused."""
        return not cell.has_book and _cell_name(cell.identity) in self._refused_names

    @cached_property
    def _refused_names(self) -> frozenset[str]:
        refused = (unit for unit in self.units if unit.state is UnitState.REFUSED)
        return frozenset(_cell_name(unit.identity) for unit in refused if unit.identity)

    def units_of(self, cells: Iterable[CellInPeriod]) -> tuple[str, ...]:
        """The keys of the units that stand for these cells, in the order of the board."""
        wanted = {_cell_name(cell.identity) for cell in cells}
        return tuple(unit.key for unit in self.units if unit.identity and _cell_name(unit.identity) in wanted)


def board_of(consolidation: Consolidation, month: Month, expected: Sequence[CellIdentity] = ()) -> Board:
    """The board of `month` over the books taken so far and the cells expected to report.

    A refused file has a row of its own; where it is known to be of a cell without any accepted book, it stands for
    that cell's row too, so that no cell shows twice.
    """
    table = period_table(consolidation, Period(month.year, month.number, month.number), expected)
    accepted: defaultdict[str, list[BookOutcome]] = defaultdict(list)
    for outcome in (*consolidation.accepted, *consolidation.copies):
        if outcome.identity is not None:
            accepted[_cell_name(outcome.identity)].append(outcome)
    refused = [_refused_unit(outcome, month) for outcome in consolidation.refused]
    spoken_for = {_cell_name(unit.identity) for unit in refused if unit.identity}
    cells = [
        _cell_unit(cell, accepted[_cell_name(cell.identity)], month)
        for cell in table.cells
        if _cell_name(cell.identity) in accepted or _cell_name(cell.identity) not in spoken_for
    ]
    return Board(month=month, table=table, units=(*cells, *refused))


def usual_month(consolidation: Consolidation) -> Month | None:
    """The month that the books are about: the last one with at least half as many held meetings as the fullest month.

    A single book with a wrong month in it does not carry the board away. None where nothing was held.
    """
    held = Counter(facts.meeting_code.month for facts in consolidation.facts if facts.held_on)
    most = max(held.values(), default=0)
    return max((month for month, count in held.items() if count * 2 >= most), default=None)


def _cell_name(identity: CellIdentity) -> str:
    """What tells one cell from another: its code without regard to letter case, as in the consolidation."""
    return identity.cell_code.casefold()


def _cell_unit(cell: CellInPeriod, books: Sequence[BookOutcome], month: Month) -> Unit:
    near, far = _by_month([finding for book in books for finding in book.findings], month)
    status, meeting = cell.status(month), cell.regular_meeting(month)
    counted = meeting.facts.findings if meeting is not None and not near and not far else 0
    state = UnitState.RECEIVED
    if status is MonthStatus.UNREPORTED:
        state = UnitState.MISSING
    elif counted or any(finding.severity is not Severity.NOTE for finding in near):
        state = UnitState.WARNED
    return Unit(
        key=f"cell:{_cell_name(cell.identity)}",
        state=state,
        identity=cell.identity,
        cell=cell,
        files=tuple(book.file for book in books),
        counting=tuple(book.file for book in books if not is_copy(book)),
        status=status,
        meeting=meeting,
        left_out=cell.regular_left_out(month) is not None,
        findings=near,
        other_findings=far,
        counted=counted,
    )


def _refused_unit(outcome: BookOutcome, month: Month) -> Unit:
    near, far = _by_month(outcome.findings, month)
    return Unit(
        key=f"file:{outcome.file}",
        state=UnitState.REFUSED,
        identity=outcome.identity,
        files=(outcome.file,),
        findings=near,
        other_findings=far,
    )


def _by_month(findings: Iterable[Finding], month: Month) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of the month and of the book as a whole, and those of other months."""
    near: list[Finding] = []
    far: list[Finding] = []
    for finding in findings:
        (near if finding.meeting is None or finding.meeting.month == month else far).append(finding)
    return tuple(near), tuple(far)
