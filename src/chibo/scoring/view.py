"""One meeting as scoring sees it: its row, its counts, the minutes required of it, and the meetings before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from attrs import frozen

from chibo.definitions.frames.frame import Exemption, Frame, LookBack
from chibo.model import Attendance, CellBook, CountSource, Meeting, Place, attendance_of


@frozen(slots=False, kw_only=True, eq=False)
class MeetingView:
    """A held meeting with everything that facts are measured from. `today` decides whether waiting days still run."""

    book: CellBook
    meeting: Meeting
    frame: Frame
    today: date | None = None
    last_year: CellBook | None = None

    @cached_property
    def attendance(self) -> Attendance:
        """The counts that hold: a full roll call wins over typed ones."""
        return attendance_of(self.book, self.meeting)

    @cached_property
    def required_minutes(self) -> int | None:
        """R: the minutes required of this meeting; None where the membership that decides it is not known."""
        rule = self.frame.required_minutes
        if rule is None:
            return None
        granted = self.book.info.granted_minimum
        if rule.granted_replaces and granted is not None:
            return granted
        if self.meeting.kind in rule.longer_for_kinds:
            return rule.longer
        if rule.longer_from_membership is None:
            return rule.usual
        membership = self.attendance.membership
        if membership is None:
            return None
        return rule.longer if membership >= rule.longer_from_membership else rule.usual

    @cached_property
    def owed(self) -> int | None:
        """Members who had to attend: membership without those whom the frame leaves out of the count."""
        counts, denominators = self.attendance, self.frame.denominators
        if counts.membership is None or denominators is None:
            return None
        away = [getattr(counts, name) for name in denominators.attendance_leaves_out]
        return None if None in away else counts.membership - sum(away)

    def earlier(self) -> Iterator[tuple[CellBook, Meeting]]:
        """The held regular and combined meetings before this one that the frame looks back over, latest first.

        Each comes with its book: over twelve months, last year's book follows this year's.
        """
        code = self.meeting.meeting_code
        year, number = code.month.year, code.month.number
        within_year = self.frame.look_back is LookBack.CALENDAR_YEAR
        first = (year, 1) if within_year or number == 12 else (year - 1, number + 1)
        for book in (self.book,) if within_year or self.last_year is None else (self.book, self.last_year):
            for row in book.regular_before(code):
                if (row.meeting_code.month.year, row.meeting_code.month.number) < first:
                    break
                yield book, row

    @cached_property
    def looks_back_fully(self) -> bool:
        """Whether the books at hand hold the whole span that the frame looks back over."""
        within_year = self.frame.look_back is LookBack.CALENDAR_YEAR or self.meeting.meeting_code.month.number == 12
        return within_year or self.last_year is not None

    def is_exempt(self, conditions: tuple[Exemption, ...]) -> bool:
        """Whether one of these conditions holds, so that the criterion counts in full."""
        return not self._exemptions.isdisjoint(conditions)

    @cached_property
    def _exemptions(self) -> frozenset[Exemption]:
        """The conditions that hold."""
        info, holding = self.book.info, set()
        if info.has_committee is False and not info.deputy_secretary:
            holding.add(Exemption.NO_COMMITTEE_NOR_DEPUTY)
        if self.frame.exempt_withheld_papers and self.meeting.papers_withheld:
            holding.add(Exemption.PAPERS_WITHHELD)
        return frozenset(holding)

    def places(self, *columns: str) -> tuple[Place, ...]:
        """Where the values of these columns of the meeting's row stand; nothing for a column the book lacks."""
        origin = self.meeting.origin
        if origin is None:
            return ()
        return tuple(origin.place(column) for column in columns if column in origin.table.columns)

    def count_places(self, *columns: str) -> tuple[Place, ...]:
        """Where the counts of these columns come from: the roll call of the meeting, or the typed counts."""
        if self.attendance.source is CountSource.ROLL_CALL:
            place = self.book.roll_call.place(self.meeting.meeting_code)
            return (place,) if place else ()
        return self.places(*columns)
