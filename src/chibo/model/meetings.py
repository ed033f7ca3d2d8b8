"""A meeting as recorded in one row of `Sinh hoạt`. None or "" is "not recorded"; nothing is filled in here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction

from attrs import field, frozen

from chibo.model.periods import MeetingCode
from chibo.model.places import Origin
from chibo.model.vocabulary import MeetingKind, MeetingMode, MeetingState

_AS_HELD = frozenset({None, MeetingState.HELD, MeetingState.REGISTERED})
"""The states, none among them, of a meeting that was held if its day is recorded."""
_REGULAR = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
_THEMATIC = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})


@frozen(kw_only=True)
class Meeting:
    """One row of `Sinh hoạt`; the attributes are the column codes of the layout."""

    meeting_code: MeetingCode
    kind: MeetingKind
    # Đăng ký
    state: MeetingState | None = None
    state_reason: str = ""
    postponed_to: date | None = None
    registered_on: date | None = None
    planned_on: date | None = None
    # Chuẩn bị
    prepared_by: str = ""
    committee_met_on: date | None = None
    committee_minutes: bool | None = None
    notified_on: date | None = None
    papers_sent_on: date | None = None
    papers_withheld: bool | None = None
    """The papers of this meeting may not be posted (a layout need not have such a column)."""
    # Diễn biến
    held_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    venue: str = ""
    mode: MeetingMode | None = None
    chair: str = ""
    minutes_secretary: str = ""
    scored_by: str = ""
    supervisor_present: bool | None = None
    supervisor_name: str = ""
    supervisor_remark: str = ""
    membership: int | None = None
    exempt: int | None = None
    transferred: int | None = None
    special_duty: int | None = None
    suspended: int | None = None
    present: int | None = None
    excused: int | None = None
    unexcused: int | None = None
    speakers: int | None = None
    opinions: int | None = None
    minutes_ideology: int | None = None
    minutes_tasks: int | None = None
    minutes_party_building: int | None = None
    minutes_criticism: int | None = None
    minutes_thematic: int | None = None
    minutes_other: int | None = None
    plan_no: str = ""
    topics_covered: tuple[str, ...] = ()
    innovation: str = ""
    praises: int | None = None
    criticisms: int | None = None
    # Kết quả
    resolution_number: str = ""
    previous_resolution_rate: Fraction | None = None
    """Percent, 0–100, exact, as the cell declares it."""
    minutes_kept: bool | None = None
    scored_on: date | None = None
    votes_for: int | None = None
    votes_entitled: int | None = None
    reported_on: date | None = None
    note: str = ""
    left_empty: Mapping[str, bool] = field(factory=dict, eq=False, repr=False)
    """The columns whose cell is empty in the workbook, with the answer that the layout gives for an empty one."""
    origin: Origin | None = field(default=None, eq=False, repr=False)

    def is_left_empty(self, column: str) -> bool:
        """Whether the value of a column is nothing but what its empty cell means."""
        return column in self.left_empty and getattr(self, column) is self.left_empty[column]

    @property
    def effective_state(self) -> MeetingState:
        """The typed state; without one, held if there is a day on which it was held, else registered."""
        if self.state is not None:
            return self.state
        return MeetingState.HELD if self.held_on else MeetingState.REGISTERED

    @property
    def is_held(self) -> bool:
        """Held: the day is recorded (an empty `held_on` is "not held") and no state says otherwise."""
        return self.held_on is not None and self.state in _AS_HELD

    @property
    def minutes(self) -> int | None:
        """Minutes held, end minus start; None where a time is missing or the end is not after the start."""
        if self.starts_at is None or self.ends_at is None:
            return None
        start = self.starts_at.hour * 60 + self.starts_at.minute
        end = self.ends_at.hour * 60 + self.ends_at.minute
        return end - start if end > start else None

    @property
    def is_regular(self) -> bool:
        """Regular or combined: the meeting that each month owes, and that look-backs run over."""
        return self.kind in _REGULAR

    @property
    def plan_numbers(self) -> tuple[str, ...]:
        """The rows of the thematic plan that were held (`Chuyên đề số`, several separated by `;` or `,`)."""
        if not self.plan_no:
            return ()
        return tuple(number for part in self.plan_no.replace(",", ";").split(";") if (number := part.strip()))

    @property
    def has_thematic_part(self) -> bool:
        """Thematic on its own, or combined."""
        return self.kind in _THEMATIC


AGENDA_MINUTES = (
    "minutes_ideology",
    "minutes_tasks",
    "minutes_party_building",
    "minutes_criticism",
    "minutes_thematic",
    "minutes_other",
)
"""The columns that share out the minutes of a meeting."""

TYPED_COUNTS = (
    "membership",
    "exempt",
    "transferred",
    "special_duty",
    "suspended",
    "present",
    "excused",
    "unexcused",
)
"""The columns that a full roll call decides."""
