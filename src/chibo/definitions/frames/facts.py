"""Facts of a frame: which recorded values decide a criterion, by which named measure, with bands, caps and sentences.

Every fact is `{measure, parameters of the measure, bands, reason}`; the measures themselves are computed in
`chibo.scoring.measures`. Sentences are templates whose placeholders each measure names (`PLACEHOLDERS`).
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from string import Formatter
from typing import Annotated, Literal

from attrs import fields
from pydantic import AfterValidator, Field

from chibo.definitions.frames.edges import Edge, Points
from chibo.definitions.loading import Definition
from chibo.model import Meeting

_COLUMNS = {attribute.name: str(attribute.type) for attribute in fields(Meeting)}


def _column_of(kind: str, words: str) -> AfterValidator:
    def check(name: str) -> str:
        if _COLUMNS.get(name) != kind:
            raise ValueError(f"«{name}» không phải cột {words} của trang Sinh hoạt")
        return name

    return AfterValidator(check)


NumberColumn = Annotated[str, _column_of("int | None", "số")]
DateColumn = Annotated[str, _column_of("date | None", "ngày")]
YesNoColumn = Annotated[str, _column_of("bool | None", "Có/Không")]


class Words(Definition):
    """The same sentence in Vietnamese and English."""

    vi: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


def placeholders(text: str) -> set[str]:
    """The names in braces in a sentence; ValueError where a brace is left open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Interval(Definition):
    """A piece of the number line: its lower edge is `at_least` or `above`, its upper one `below` or `at_most`."""

    at_least: Edge | None = None
    above: Edge | None = None
    below: Edge | None = None
    at_most: Edge | None = None


class Band(Interval):
    """Points for the values of one interval; a missing edge is "without limit"."""

    points: Points


class Cap(Interval):
    """Where the number in `column` of the meeting's counts lies in the interval, no more than `points`."""

    column: Literal["unexcused", "excused", "present", "exempt", "transferred", "special_duty", "suspended"]
    points: Points


class SizeBands(Definition):
    """Bands of their own for cells with fewer than `membership_below` members."""

    membership_below: Annotated[int, Field(gt=0)]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]


class Reasons(Definition):
    """What is said of the fact, by outcome. Which outcomes a fact can have is the measure's (`outcomes_of`)."""

    decided: Words | None = None
    capped: Words | None = None
    yes: Words | None = None
    no: Words | None = None
    undone: Words | None = None
    waiting: Words | None = None
    proposed: Words | None = None
    missing: Words | None = None

    def written(self) -> dict[str, Words]:
        """The sentences that are given, by outcome."""
        named = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: words for name, words in named.items() if words is not None}


class _Fact(Definition):
    reason: Reasons


class _NumberFact(_Fact):
    """A measure that gives a number: the bands turn it into points."""

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    by_size: tuple[SizeBands, ...] = ()
    caps: tuple[Cap, ...] = ()

    def bands_for(self, membership: int | None) -> tuple[Band, ...]:
        """The bands for a cell of this size: the first entry of `by_size` it is small enough for, else the usual."""
        for entry in self.by_size:
            if membership is not None and membership < entry.membership_below:
                return entry.bands
        return self.bands


class MinutesHeld(_NumberFact):
    """Minutes held; its edges may use R, the minutes required of this meeting."""

    measure: Literal["minutes_held"]


class AttendanceRate(_NumberFact):
    """Present ÷ members who had to attend (the frame's `attendance_leaves_out` says who had not)."""

    measure: Literal["attendance_rate"]


class ExcusedRun(_NumberFact):
    """Longest unbroken run of excused absences of one member over the regular meetings, ending at this meeting."""

    measure: Literal["excused_run"]


class SpeakingRate(_NumberFact):
    """Distinct members who spoke ÷ members present."""

    measure: Literal["speaking_rate"]


class MeetingNumber(_NumberFact):
    """A number column of the meeting, such as the minutes of one part of the agenda."""

    measure: Literal["meeting_number"]
    column: NumberColumn


class ResolutionRate(_NumberFact):
    """Tasks of the previous regular meeting that are done ÷ all of them; without tasks the rate the cell declares."""

    measure: Literal["resolution_rate"]


class DateKept(_Fact):
    """Whether something was done by a day: date ≤ held_on + `deadline_days`. An empty date is "not done".

    `unless_no` names a Có/Không column whose Không spoils it. With `waits`, an empty date is no answer yet while the
    days still run.
    """

    measure: Literal["date_kept"]
    date: DateColumn
    deadline_days: int
    unless_no: YesNoColumn | None = None
    waits: bool = False

    @cached_property
    def time_allowed(self) -> timedelta:
        """From the day of the meeting to the last day that counts."""
        return timedelta(days=self.deadline_days)


class MeetingYes(_Fact):
    """A Có/Không column of the meeting; empty is Không."""

    measure: Literal["meeting_yes"]
    column: YesNoColumn


NumberFact = MinutesHeld | AttendanceRate | ExcusedRun | SpeakingRate | MeetingNumber | ResolutionRate
YesNoFact = DateKept | MeetingYes
Fact = Annotated[NumberFact | YesNoFact, Field(discriminator="measure")]

_ALWAYS = {"points", "maximum"}
PLACEHOLDERS: dict[str, set[str]] = {
    "minutes_held": _ALWAYS | {"minutes", "required"},
    "attendance_rate": _ALWAYS | {"present", "owed", "rate", "excused", "unexcused"},
    "excused_run": _ALWAYS | {"run", "members"},
    "speaking_rate": _ALWAYS | {"speakers", "of", "rate"},
    "meeting_number": _ALWAYS | {"value"},
    "resolution_rate": _ALWAYS | {"rate", "done", "tasks", "previous"},
    "date_kept": _ALWAYS | {"date", "deadline", "held_on"},
    "meeting_yes": _ALWAYS,
}
"""The names that may stand in braces in the sentences of each measure."""


def outcomes_of(fact: NumberFact | YesNoFact) -> set[str]:
    """The outcomes that a fact can have, each of which needs its sentence."""
    if isinstance(fact, DateKept):
        return {"yes", "no", "undone"} | ({"waiting"} if fact.waits else set())
    if isinstance(fact, MeetingYes):
        return {"yes", "no"}
    outcomes = {"decided", "missing"}
    if fact.caps:
        outcomes.add("capped")
    if isinstance(fact, ResolutionRate):
        outcomes.add("proposed")
    return outcomes
