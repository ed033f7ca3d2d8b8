"""What the meeting form shows: the layout's columns in its bands, those that matter for the score in the open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from chibo.definitions.frames.facts import DateKept, MeetingNumber, MeetingYes
from chibo.definitions.frames.frame import Frame
from chibo.definitions.language import Language
from chibo.definitions.layouts import Band, Column, ValueType
from chibo.model import CellBook, Meeting, MeetingCode
from chibo.model.vocabulary import MeetingState
from chibo.office.desk.clearing import is_clearable
from chibo.office.desk.meetings import is_in_use
from chibo.office.desk.scores import is_scored
from chibo.scoring import frame_on
from chibo.scoring.wording import percent_of
from chibo_widgets.cell.field_options import options_of
from chibo_widgets.cell.form_columns import is_on_form
from chibo_widgets.cell.meeting_words import meeting_lead, record_state
from chibo_widgets.cell.steps import RECORD
from chibo_widgets.cell.untaken import Untaken, UntakenTexts
from chibo_widgets.cell.wording import Tongue, first_up, show_day, show_time

_ASKED = ("kind", "planned_on", "held_on", "starts_at", "ends_at")
"""What is asked of every meeting; everything else is not required."""
_WHY_NOT = ("state_reason", "postponed_to")
_CALLED_OFF = (MeetingState.POSTPONED, MeetingState.NOT_HELD)
_SPOKEN = {"minutes_held": ("starts_at", "ends_at"), "speaking_rate": ("speakers",), "resolution_rate": ()}
"""The columns that the measures without a column of their own are taken from."""
_LONG = {"innovation", "supervisor_remark", "note", "state_reason"}
_CONTROLS = {
    ValueType.DATE: "date",
    ValueType.TIME: "time",
    ValueType.YES_NO: "yes-no",
    ValueType.LIST: "choice",
    ValueType.SEVERAL: "several",
    ValueType.TOPICS: "several",
    ValueType.COUNT: "number",
    ValueType.WHOLE: "number",
    ValueType.RATE: "number",
}


def meeting_view(
    book: CellBook, meeting: Meeting, untaken: UntakenTexts, tongue: Tongue, today: date
) -> dict[str, Any]:
    """The form of one meeting."""
    form = _Form(book, meeting, untaken, tongue, _uses(book, meeting, tongue, today))
    return {
        "meeting": {
            "code": str(meeting.meeting_code),
            "title": tongue("meeting_title", meeting=tongue.meeting(meeting)),
            "lead": meeting_lead(meeting, tongue),
            "name": first_up(tongue.meeting(meeting)),
            "planned": show_day(meeting.planned_on) if _awaits_its_day(meeting) else "",
            "overdue": _awaits_its_day(meeting) and meeting.planned_on is not None and meeting.planned_on < today,
            "state": record_state(book, meeting, tongue),
            "removable": not is_in_use(book, meeting),
            "clearable": is_clearable(book, meeting),
            "next": next_step(book, meeting, tongue),
        },
        "sections": [form.section(band) for band in tongue.layout.sheet("meetings").bands],
    }


def next_step(book: CellBook, meeting: Meeting, tongue: Tongue) -> dict[str, Any]:
    """What comes after recording: scoring, or the download where the meeting is not (yet) scored."""
    if is_scored(book, meeting, tongue.library):
        return {"label": tongue("meeting_next"), "go": {"go": "step", "step": 3}}
    return {"label": tongue("score_next"), "go": {"go": "step", "step": 4}}


def _awaits_its_day(meeting: Meeting) -> bool:
    """Registered, and neither held nor called off: a day of holding contradicts nothing."""
    return meeting.held_on is None and meeting.effective_state is MeetingState.REGISTERED


def _uses(book: CellBook, meeting: Meeting, tongue: Tongue, today: date) -> dict[str, list[str]]:
    """For each column, the criteria of the meeting's frame that look at it."""
    frame = frame_on(meeting.kind, meeting.held_on or meeting.planned_on or today, book.info, tongue.library).frame
    if frame is None:
        return {}
    uses: dict[str, list[str]] = {}
    for line in frame.lines(meeting.kind):
        if line.criterion.fact is not None and line.criterion.applies_to(meeting.kind):
            for column in _columns_of(frame, line.criterion.code):
                uses.setdefault(column, []).append(line.criterion.code)
    return uses


def _columns_of(frame: Frame, criterion: str) -> tuple[str, ...]:
    fact = frame.criteria[criterion].fact
    if isinstance(fact, DateKept):
        return (fact.date, fact.unless_no) if fact.unless_no else (fact.date,)
    if isinstance(fact, MeetingNumber | MeetingYes):
        return (fact.column,)
    if fact is not None and fact.measure == "resolution_rate":
        return ("previous_resolution_rate",)
    return _SPOKEN.get(fact.measure, ()) if fact is not None else ()


@frozen
class _Form:
    """The form of one meeting being made; `uses` are the criteria that look at each column."""

    book: CellBook
    meeting: Meeting
    untaken: UntakenTexts
    tongue: Tongue
    uses: Mapping[str, list[str]]

    def section(self, band: Band) -> dict[str, Any]:
        """One band: what is asked and what the score looks at in the open, the rest folded up."""
        columns = [column for column in self.tongue.layout.sheet("meetings").columns if self._shows(column, band)]
        asked_here = {*_ASKED, "plan_no", *self._called_off(), *self.uses}
        open_codes = {column.code for column in columns if column.code in asked_here}
        asked = any(column.code in _ASKED for column in columns)
        return {
            "code": band.code,
            "label": self._named(band.label, band.english),
            "hint": "" if asked else self.tongue("field_optional"),
            "fields": [self.field(column) for column in columns if column.code in open_codes],
            "more": [self.field(column) for column in columns if column.code not in open_codes],
            "open": any(self._problem(column) for column in columns if column.code not in open_codes),
        }

    def _called_off(self) -> tuple[str, ...]:
        """What tells why there is no day of holding: asked while there is none."""
        if self.meeting.is_held:
            return ()
        return ("state", *(_WHY_NOT if self.meeting.state in _CALLED_OFF else ()))

    def field(self, column: Column) -> dict[str, Any]:
        """One column as a field."""
        control = _CONTROLS.get(column.type, "text")
        if column.code == "plan_no" and self.book.plan.topics:
            control = "choice"
        elif column.code in _LONG:
            control = "long"
        problem = self._problem(column)
        uses = self.uses.get(column.code)
        return {
            "code": column.code,
            "label": self._named(column.label, column.english),
            "control": control,
            "value": problem.typed if problem else field_value(getattr(self.meeting, column.code), column),
            "options": options_of(column, self.book, self.meeting, self.tongue),
            "help": self._help(column, control),
            "problem": problem.said(self.tongue) if problem else "",
            "uses": self.tongue("field_uses", criteria=", ".join(uses)) if uses else "",
            "required": column.required,
            "wide": column.code in _LONG or column.type is ValueType.TOPICS,
        }

    def _help(self, column: Column, control: str) -> str:
        """The layout's help; what it says of a spreadsheet cell does not fit what is chosen from a list."""
        chosen = control in {"choice", "several"}
        return "" if chosen or self.tongue.language is Language.ENGLISH else column.help

    def _shows(self, column: Column, band: Band) -> bool:
        return column.band == band.code and is_on_form(self.book, self.meeting, column.code)

    def _named(self, label: str, english: str) -> str:
        return english if self.tongue.language is Language.ENGLISH and english else label

    def _problem(self, column: Column) -> Untaken | None:
        return self.untaken.get((RECORD, str(self.meeting.meeting_code), column.code))


def field_value(value: Any, column: Column) -> Any:
    """A recorded value as the form shows it; Có is "yes", Không "no", several values a list."""
    if column.type in {ValueType.SEVERAL, ValueType.TOPICS}:
        return [str(one) for one in value]
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return show_day(value)
        case time():
            return show_time(value)
        case Fraction():
            return _rate(value)
        case _:
            return "" if value is None else str(value)


def _rate(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = percent_of(value / 100)
    return f"{(rounded if exact != rounded else exact).normalize():f}".replace(".", ",")


def tabs_of(book: CellBook, month: int, chosen: MeetingCode | None, tongue: Tongue) -> list[dict[str, Any]]:
    """The meetings of a month to choose from."""
    rows = sorted(
        (row for row in book.meetings if row.meeting_code.month.number == month), key=lambda row: row.meeting_code
    )
    return [
        {"code": str(row.meeting_code), "label": tongue.tab(row), "chosen": row.meeting_code == chosen} for row in rows
    ]
