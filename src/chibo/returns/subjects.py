"""What the rows of a return stand for: a cell, a single meeting, or a base organisation, with its meetings."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import CellInPeriod, CommitteeGroup, MeetingKind, MeetingRecord, MeetingSeries, Period, PeriodTable
from chibo.returns.conditions import passes

SERIES = {
    MeetingKind.REGULAR: MeetingSeries.REGULAR,
    MeetingKind.COMBINED: MeetingSeries.REGULAR,
    MeetingKind.THEMATIC: MeetingSeries.THEMATIC,
    MeetingKind.EXTRAORDINARY: MeetingSeries.EXTRAORDINARY,
}
"""The form of the codes of each kind of meeting."""


@frozen(kw_only=True)
class Subject:
    """One row's matter: its cells, the meetings that aggregates look at, and the one meeting that figures show."""

    code: str
    cells: tuple[CellInPeriod, ...]
    records: tuple[MeetingRecord, ...]
    chief: MeetingRecord | None = None
    committee_code: str = ""
    committee_name: str = ""

    @property
    def cell(self) -> CellInPeriod:
        """The cell of a row that stands for one."""
        (cell,) = self.cells
        return cell


@frozen
class SubjectGroup:
    """The rows of one base organisation, or all rows of a return that is not grouped (then without a title)."""

    title: str
    subjects: tuple[Subject, ...]


def subject_groups(definition: ReturnDefinition, table: PeriodTable) -> tuple[SubjectGroup, ...]:
    """The rows of a return by group, in the order of the period's table; a group without rows is left out."""
    made = [
        SubjectGroup(title_of(group, definition), tuple(_subjects(group, definition, table.period)))
        for group in table.groups
    ]
    if definition.rows == "committee" or definition.grouping.by == "none":
        return (SubjectGroup("", tuple(subject for group in made for subject in group.subjects)),)
    return tuple(group for group in made if group.subjects)


def title_of(group: CommitteeGroup, definition: ReturnDefinition) -> str:
    """What the heading of a group says."""
    if not group.committee_code:
        return definition.grouping.standalone
    name = group.committee_name or group.committee_code
    return definition.grouping.group.replace("{name}", name).replace("{code}", group.committee_code)


def _subjects(group: CommitteeGroup, definition: ReturnDefinition, period: Period) -> Iterator[Subject]:
    if definition.rows == "committee":
        records = tuple(record for cell in group.cells for record in _looked_at(cell, definition))
        if records or definition.cells.keep_without_meeting:
            name = group.committee_name if group.committee_code else definition.grouping.standalone
            yield Subject(
                code=group.committee_code,
                cells=group.cells,
                records=records,
                committee_code=group.committee_code,
                committee_name=name,
            )
        return
    for cell in group.cells:
        records = _looked_at(cell, definition)
        if definition.rows == "meeting":
            for record in records:
                yield _of_cell(cell, (record,), record)
        elif records or definition.cells.keep_without_meeting:
            yield _of_cell(cell, records, _chief(cell, definition, period))


def _of_cell(cell: CellInPeriod, records: tuple[MeetingRecord, ...], chief: MeetingRecord | None) -> Subject:
    identity = cell.identity
    return Subject(
        code=identity.cell_code,
        cells=(cell,),
        records=records,
        chief=chief,
        committee_code=identity.committee_code,
        committee_name=identity.committee_name,
    )


def _looked_at(cell: CellInPeriod, definition: ReturnDefinition) -> tuple[MeetingRecord, ...]:
    """The meetings of a cell that the return looks at."""
    only_held = definition.meetings.only_held
    return tuple(record for record in _of_kinds(cell, definition) if record.is_held or not only_held)


def _of_kinds(cell: CellInPeriod, definition: ReturnDefinition) -> tuple[MeetingRecord, ...]:
    return tuple(
        record
        for record in cell.records
        if record.facts.kind in definition.meetings.kinds
        and record.facts.meeting_code.series is SERIES[record.facts.kind]
        and passes(record, definition.meetings.where)
    )


def _chief(cell: CellInPeriod, definition: ReturnDefinition, period: Period) -> MeetingRecord | None:
    """The one meeting of a cell's row in a month's return, held or not; a longer period has none."""
    if len(period.months) > 1:
        return None
    return next(iter(_of_kinds(cell, definition)), None)
