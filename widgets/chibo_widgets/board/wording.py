"""How the board writes units, days, numbers and grades, in the language it is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from chibo.definitions.language import Language
from chibo.model import CommitteeGroup, Grade, MeetingRecord, MonthStatus
from chibo.office.board.board import Unit
from chibo.office.board.figures import AttendanceBar, GradeBar, Part
from chibo.scoring.wording import in_words
from chibo_widgets.texts import fill, load_texts

PART_OF_GRADE = {Grade.GOOD: Part.GOOD, Grade.FAIR: Part.FAIR, Grade.AVERAGE: Part.AVERAGE, Grade.POOR: Part.POOR}


@frozen
class Tongue:
    """The words of the page in one language."""

    language: Language
    texts: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "texts", load_texts("shared", "board", language=self.language))

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its blanks filled; KeyError for a key that the catalogue lacks."""
        return fill(self.texts[key], **values)

    def number(self, value: Decimal | int | None) -> str:
        """A number as it is written in this language; nothing for an unknown one."""
        return "" if value is None else in_words(value, self.language)

    def rate(self, value: Fraction) -> str:
        """A rate in percent."""
        return in_words(value, self.language)

    def grade(self, grade: Grade) -> str:
        """A grade in words; English gets its meaning beside the name of the regulation."""
        return self(f"part_{PART_OF_GRADE[grade].value}")

    def committee(self, group: CommitteeGroup | GradeBar | AttendanceBar) -> str:
        """The base organisation; the cells straight under the bloc have their own words."""
        if not group.committee_code:
            return self("straight")
        return group.committee_name or group.committee_code

    def unit_name(self, unit: Unit) -> str:
        """The cell's name; the file's where it is not known whose it is."""
        if unit.identity is None:
            return ", ".join(unit.files)
        return unit.identity.cell_name or unit.identity.cell_code

    def unit_committee(self, unit: Unit) -> str:
        """The base organisation of the unit."""
        if unit.identity is None:
            return self("committee_unknown")
        if not unit.identity.committee_code:
            return self("straight")
        return unit.identity.committee_name or unit.identity.committee_code

    def note(self, unit: Unit) -> str:
        """Why the unit has no figures this month, or what its figures lack; empty where all is said."""
        if unit.cell is None:
            return self("note_file", file=unit.files[0]) if unit.identity else ""
        if unit.status is MonthStatus.UNREPORTED:
            return self._unreported(unit)
        meeting = unit.meeting
        if meeting is not None and unit.status is not MonthStatus.HELD:
            return self._excused(unit.status, meeting)
        return self("note_unscored") if meeting is not None and meeting.grade is None else ""

    def _unreported(self, unit: Unit) -> str:
        if not unit.files:
            return self("note_no_book")
        if unit.cell is not None and not unit.cell.has_book and unit.identity is not None:
            return self("note_other_year", year=unit.identity.year)
        if unit.meeting is not None:
            return self("note_registered")
        return self("note_left_out" if unit.left_out else "note_no_meeting")

    def _excused(self, status: MonthStatus, meeting: MeetingRecord) -> str:
        reason = meeting.state_reason or self("note_no_reason")
        if status is MonthStatus.NOT_HELD:
            return self("note_not_held", reason=reason)
        if meeting.postponed_to:
            return self("note_postponed_to", day=show_day(meeting.postponed_to))
        return self("note_postponed", reason=reason)


def show_day(day: date | None) -> str:
    """dd/mm/yyyy, empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""
