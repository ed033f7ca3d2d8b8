"""What every check gets: one book, the definitions in force, and the day that counts as today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from attrs import frozen

from chibo.checks.unread import NOTHING_UNREAD, Unread
from chibo.definitions.frames.frame import Frame
from chibo.definitions.library import Library
from chibo.definitions.thresholds import Thresholds
from chibo.findings import Finding, FindingKind
from chibo.model import (
    CellBook,
    GridOrigin,
    Meeting,
    MeetingCode,
    Member,
    MembershipChange,
    Month,
    Origin,
    Place,
    ScoreSheet,
)
from chibo.model.grouping import group_by
from chibo.scoring import FrameChoice, MeetingScore, choose_frame, score_meeting

Findings = Iterator[Finding]
SHEETS = ("self_scores", "official_scores")
"""The two sheets of points, by the layout's codes; both hold the same form."""
_MEETING_GRIDS = ("roll_call", *SHEETS)


class Record(Protocol):
    """A record that was read from one row."""

    @property
    def origin(self) -> Origin | None:
        """The row it was read from, None where the record was made in memory."""


@frozen(slots=False, eq=False)
class BookContext:
    """One book under check. `today` decides what has ended, what is late and what lies in the future."""

    book: CellBook
    library: Library
    today: date
    unread: Unread = NOTHING_UNREAD

    @property
    def thresholds(self) -> Thresholds:
        """The dated thresholds."""
        return self.library.thresholds

    @property
    def year(self) -> int:
        """The year of the book."""
        return self.book.info.year

    # Meetings and members

    @cached_property
    def meetings_by_code(self) -> Mapping[MeetingCode, Meeting]:
        """The meetings by code; of two with the same code the first."""
        return {meeting.meeting_code: meeting for meeting in reversed(self.book.meetings)}

    @cached_property
    def held(self) -> tuple[Meeting, ...]:
        """The meetings that were held, in code order."""
        return tuple(sorted((m for m in self.book.meetings if m.is_held), key=lambda m: m.meeting_code.sort_key))

    @cached_property
    def held_regular(self) -> tuple[Meeting, ...]:
        """The regular and combined meetings that were held, in code order."""
        return tuple(meeting for meeting in self.held if meeting.is_regular)

    @cached_property
    def members_by_code(self) -> Mapping[str, Member]:
        """The members by code; of two with the same code the first."""
        return {member.member_code: member for member in reversed(self.book.members)}

    def changes_of(self, member_code: str) -> Sequence[MembershipChange]:
        """The changes of a member's membership, earliest first."""
        return self._changes.get(member_code, ())

    def status_changes_of(self, member_code: str) -> Sequence[MembershipChange]:
        """Those of them from which on the member has another status."""
        return self._status_changes.get(member_code, ())

    @cached_property
    def _status_changes(self) -> Mapping[str, Sequence[MembershipChange]]:
        return {
            code: [change for change in changes if change.change.status is not None]
            for code, changes in self._changes.items()
        }

    @cached_property
    def _changes(self) -> Mapping[str, Sequence[MembershipChange]]:
        return group_by(sorted(self.book.changes, key=lambda change: change.day), lambda change: change.member_code)

    @cached_property
    def ended_months(self) -> tuple[Month, ...]:
        """The months of the book's year that have ended."""
        months = (Month(self.year, number) for number in range(1, 13))
        return tuple(month for month in months if month.last_day < self.today)

    @cached_property
    def ended_month_numbers(self) -> frozenset[int]:
        """The same as numbers, 1 to 12."""
        return frozenset(month.number for month in self.ended_months)

    @cached_property
    def ended_quarters(self) -> tuple[int, ...]:
        """The quarters of the book's year that have ended, 1 to 4."""
        return tuple(month.quarter for month in self.ended_months if month.number % 3 == 0)

    def day_of(self, meeting: Meeting) -> date:
        """The day by which a meeting is judged: when it was held, else the end of its month."""
        return meeting.held_on or meeting.meeting_code.month.last_day

    def quarter_end(self, quarter: int) -> date:
        """The last day of a quarter of the book's year."""
        return Month(self.year, quarter * 3).last_day

    # Scores

    @cached_property
    def frame_choices(self) -> Mapping[MeetingCode, FrameChoice]:
        """Which frame scores each meeting, or why none does."""
        return {code: choose_frame(m, self.book, self.library) for code, m in self.meetings_by_code.items()}

    @cached_property
    def scores(self) -> Mapping[MeetingCode, MeetingScore]:
        """The scores of the held meetings that a frame scores, in code order; points as they stand in the book.

        Of several rows with one code only the row that its frame was chosen for is scored: the others may be of
        another kind.
        """
        return {
            meeting.meeting_code: score_meeting(self.book, meeting, choice.frame, self.today)
            for meeting in self.held
            if meeting is self.meetings_by_code[meeting.meeting_code]
            and (choice := self.frame_choices[meeting.meeting_code]).frame is not None
        }

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """The frames that score meetings of this book, each once."""
        return tuple({choice.frame.id: choice.frame for choice in self.frame_choices.values() if choice.frame}.values())

    @cached_property
    def odd_columns(self) -> tuple[tuple[str, MeetingCode], ...]:
        """The columns of points, by sheet and meeting, that hold what the frame of the meeting does not allow.

        Every check of single points begins here: of most books there is nothing to look at.
        """
        return tuple(
            (name, code)
            for name in SHEETS
            for code, points in self.score_sheet(name).points.items()
            if (choice := self.frame_choices.get(code)) is not None
            and choice.frame is not None
            and not choice.frame.form(self.meetings_by_code[code].kind).allows(points)
        )

    def score_sheet(self, name: str) -> ScoreSheet:
        """One of the two sheets of points, by the layout's code."""
        sheet: ScoreSheet = getattr(self.book, name)
        return sheet

    # What could not be read, and so is not missing

    def is_unread(self, record: Record, *columns: str) -> bool:
        """Whether something stands in one of these columns of a record that could not be read."""
        cells = self.unread.cells
        return bool(cells) and any(self.row(record, c) in cells for c in columns if self.has_column(record, c))

    def unread_values(self, sheet: str, meeting: MeetingCode) -> Collection[str]:
        """The keys of the rows of a grid whose value for this meeting stands there and could not be read."""
        return self._unread_values.get((sheet, str(meeting)), ()) if self.unread.cells else ()

    @cached_property
    def _unread_values(self) -> Mapping[tuple[str, str], Collection[str]]:
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for sheet in _MEETING_GRIDS:
            origin: GridOrigin | None = getattr(self.book, sheet).origin
            for row, column in filter(None, map(origin.crossing, self.unread.cells)) if origin else ():
                found[sheet, column].add(row)
        return found

    def may_be_held(self, meeting: Meeting) -> bool:
        """Whether a meeting does not count as held for nothing but a day or a state that could not be read."""
        return not meeting.is_held and self.is_unread(meeting, "held_on", "state")

    def may_be_held_between(self, first: MeetingCode, last: MeetingCode) -> bool:
        """Whether something that could not be read may be a regular meeting held between two others."""
        if None in self.unread.rows.get("meetings", ()):
            return True
        return any(first < code < last for code in self._perhaps_held)

    @cached_property
    def _perhaps_held(self) -> Sequence[MeetingCode]:
        """The codes of regular meetings of which only what was not read says whether they were held."""
        lost = self.unread.rows.get("meetings", frozenset())
        known = [one.meeting_code for one in self.book.meetings if one.is_regular and self.may_be_held(one)]
        return [*known, *(code for code in lost if code is not None and not code.series)] if self.unread else ()

    def may_be_lost(self, sheet: str, meeting: MeetingCode | None = None) -> bool:
        """Whether a row of this sheet could not be read that may be about the meeting; without one, about any."""
        lost = self.unread.rows.get(sheet, frozenset())
        return bool(lost) and (meeting is None or meeting in lost or None in lost)

    # Places and names of things in the workbook

    def row(self, record: Record, column: str | None = None) -> Place:
        """The place of a record's value; of the whole file for a record made in memory."""
        return record.origin.place(column) if record.origin else self.book.place()

    def sheet(self, code: str) -> Place:
        """The place of a whole sheet, by the layout's code; the file itself where it has no such sheet."""
        table = self.book.tables.get(code)
        return self.book.place(table.sheet) if table else self.book.place()

    def label(self, code: str) -> Place:
        """The place of a value of `Thông tin`; the sheet where the label was not found."""
        return self.book.info.places.get(code) or self.sheet("info")

    def grid_row(self, code: str, origin: GridOrigin | None, key: str, column: str) -> Place:
        """The place of a column of its own (not a meeting's) in a grid's row; of the sheet where that is unknown."""
        table = self.book.tables.get(code)
        if origin is None or table is None or key not in origin.rows:
            return self.sheet(code)
        return Origin(table, origin.rows[key]).place(column)

    def column_label(self, sheet: str, column: str) -> str:
        """The label of a column as it stands in the workbook, by the layout's codes."""
        return self.library.layout.sheet(sheet).column(column).label

    def field_label(self, sheet: str, field: str) -> str:
        """The label of a value above a table as it stands in the workbook, by the layout's codes."""
        return self.library.layout.sheet(sheet).field(field).label

    def has_column(self, record: Record, column: str) -> bool:
        """Whether the sheet of a record has this column at all: an absent column gives a note at most."""
        return record.origin is None or column in record.origin.table.columns

    def has_sheet(self, code: str) -> bool:
        """Whether the workbook has this sheet at all: an absent sheet gives a note at most.

        A book made in memory, which no file was read for, is going to be written with every sheet.
        """
        return not self.book.tables or code in self.book.tables


@frozen
class Check:
    """One check: a function over a book, and the kinds of finding that it may give.

    What it could tell of a book without the sheet `needs` ("" for none) only follows from that: then it finds nothing.
    """

    find: Callable[[BookContext], Findings]
    kinds: tuple[FindingKind, ...]
    needs: str = ""

    @property
    def name(self) -> str:
        """The function's name."""
        return self.find.__name__

    def __call__(self, context: BookContext) -> Findings:
        """What the check finds in a book."""
        return self.find(context) if not self.needs or context.has_sheet(self.needs) else iter(())


def finds(*kinds: FindingKind, needs: str = "") -> Callable[[Callable[[BookContext], Findings]], Check]:
    """Turn a function into the check that may give findings of these kinds; see `Check` for `needs`."""
    return lambda find: Check(find, kinds, needs)
