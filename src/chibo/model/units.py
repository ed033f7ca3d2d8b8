"""What returns are built from: the meetings of each cell in one period, by base organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import evolve, field, frozen

from chibo.model.book import CellInfo
from chibo.model.facts import MeetingFacts
from chibo.model.periods import MeetingCode, MeetingSeries, Month, Period
from chibo.model.places import Place
from chibo.model.vocabulary import Grade, MeetingKind, MeetingState


class MonthStatus(StrEnum):
    """What a cell has said of its regular meeting of one month."""

    HELD = "held"
    POSTPONED = "postponed"
    NOT_HELD = "not-held"
    UNREPORTED = "unreported"


_STATUS_OF_STATE = {MeetingState.POSTPONED: MonthStatus.POSTPONED, MeetingState.NOT_HELD: MonthStatus.NOT_HELD}


@frozen(kw_only=True)
class Explained:
    """One explanation of `Thuyết minh điểm`. `lost` is what the points shown lack to the maximum, None if unscored."""

    criterion: str
    reason: str
    lost: Decimal | None = None
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True, weakref_slot=False)
class MeetingRecord:
    """The facts of one meeting and what else a return says of it."""

    facts: MeetingFacts
    state: MeetingState
    state_reason: str = ""
    postponed_to: date | None = None
    owed: int | None = None
    """The denominator of the attendance rate, by the rule of the meeting's frame."""
    suspended: int | None = None
    supervisor_present: bool | None = None
    reported_on: date | None = None
    plan_topics: tuple[str, ...] = ()
    """Titles of the plan rows held in this meeting."""
    explanations: tuple[Explained, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether the meeting took place."""
        return self.facts.held_on is not None

    @property
    def is_regular(self) -> bool:
        """The meeting that each month owes: regular or combined, with a code of the form `YYYY-MM`."""
        kind, code = self.facts.kind, self.facts.meeting_code
        return kind in {MeetingKind.REGULAR, MeetingKind.COMBINED} and code.series is MeetingSeries.REGULAR

    @property
    def is_official(self) -> bool:
        """Whether the score shown is the reviewer's."""
        return self.facts.official_total is not None

    @property
    def score(self) -> Decimal | None:
        """The official total where complete, else the self-score; None where neither is complete."""
        return self.facts.official_total if self.is_official else self.facts.self_total

    @property
    def grade(self) -> Grade | None:
        """The grade that goes with `score`."""
        return self.facts.official_grade if self.is_official else self.facts.self_grade


@frozen(kw_only=True)
class LeftOut:
    """A meeting whose row is not counted, because of a fault in it: where the fault stands, and what was read there."""

    meeting_code: MeetingCode
    place: Place
    seen: str = ""


@frozen(kw_only=True)
class CellIdentity:
    """Which cell of which year; the code and name of the base organisation are empty straight under the bloc."""

    cell_code: str
    cell_name: str
    year: int
    committee_code: str = ""
    committee_name: str = ""

    @classmethod
    def of(cls, info: CellInfo) -> CellIdentity:
        """The identity that a workbook gives on `Thông tin`."""
        return cls(
            cell_code=info.cell_code,
            cell_name=info.cell_name,
            year=info.year,
            committee_code=info.committee_code,
            committee_name=info.committee_name,
        )


@frozen(kw_only=True)
class CellInPeriod:
    """One cell in a period: its meetings with a code of the period, in code order; none where nothing came in."""

    identity: CellIdentity
    records: tuple[MeetingRecord, ...] = ()
    has_book: bool = True
    """Whether a workbook of the period's year was accepted; an expected cell without one has none."""
    refused_files: tuple[str, ...] = ()
    """Where there is none: the workbooks of that year that came in and were refused. The cell is not silent."""
    left_out: tuple[LeftOut, ...] = ()
    """The meetings of the period that its books hold with a fault that must be mended first."""

    def regular_meeting(self, month: Month) -> MeetingRecord | None:
        """The month's regular or combined meeting (code `YYYY-MM`), held or not."""
        return next((record for record in self._of_month(month) if record.is_regular), None)

    def thematic_meetings(self, month: Month) -> tuple[MeetingRecord, ...]:
        """The month's thematic meetings that stand on their own."""
        return tuple(r for r in self._of_month(month) if r.facts.meeting_code.series is MeetingSeries.THEMATIC)

    def regular_left_out(self, month: Month) -> LeftOut | None:
        """The fault for which the month's regular meeting is not among the records; None where there is none."""
        if self.regular_meeting(month) is not None:
            return None
        codes = ((one.meeting_code, one) for one in self.left_out)
        return next((one for code, one in codes if code.month == month and code.series is MeetingSeries.REGULAR), None)

    def status(self, month: Month) -> MonthStatus:
        """Held, postponed, not held; anything else, such as registered without a day of holding, is unreported."""
        meeting = self.regular_meeting(month)
        if meeting is None:
            return MonthStatus.UNREPORTED
        return MonthStatus.HELD if meeting.is_held else _STATUS_OF_STATE.get(meeting.state, MonthStatus.UNREPORTED)

    def _of_month(self, month: Month) -> tuple[MeetingRecord, ...]:
        return tuple(record for record in self.records if record.facts.meeting_code.month == month)


@frozen(kw_only=True)
class CommitteeGroup:
    """The cells of one base organisation, by code; an empty code holds the cells straight under the bloc."""

    committee_code: str
    committee_name: str
    cells: tuple[CellInPeriod, ...]


@frozen(kw_only=True)
class PeriodTable:
    """All cells of a period, by base organisation; the cells straight under the bloc are the last group.

    `notes` are sentences that a reader of the figures has to know, such as which books they come from.
    """

    period: Period
    groups: tuple[CommitteeGroup, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[CellInPeriod, ...]:
        """Every cell, group by group."""
        return tuple(cell for group in self.groups for cell in group.cells)

    def of_committees(self, codes: Iterable[str]) -> PeriodTable:
        """The table with the base organisations of these codes alone; all of them where none is named."""
        wanted = {code.casefold() for code in codes}
        if not wanted:
            return self
        return evolve(self, groups=tuple(group for group in self.groups if group.committee_code.casefold() in wanted))

    @property
    def missing(self) -> tuple[CellInPeriod, ...]:
        """Cells that have said nothing of their regular meeting in some month of the period."""
        months = self.period.months
        return tuple(
            cell for cell in self.cells if any(cell.status(month) is MonthStatus.UNREPORTED for month in months)
        )
