"""The named measures of frames: what is read of a meeting, what that comes to, exact, and where it was read.

What is read are plain values, so that the same values need to be judged once only, in whatever book they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import Factory, frozen

from chibo.definitions.frames.facts import ExcusedRun, MeetingNumber, NumberFact
from chibo.model import MeetingCode, Place, Task
from chibo.model.attendance import rate_of, share_of, speakers_can_be
from chibo.model.vocabulary import TaskResult
from chibo.scoring.runs import measure_excused_run
from chibo.scoring.view import MeetingView

_PERCENT = 100

Reading = tuple[Any, ...]
"""The plain values that a measure reads of a meeting."""


@frozen(kw_only=True)
class Measured:
    """What the values read come to: an exact value, None where a number is missing.

    `values` fill the sentence; `declared` marks a value that the cell only declares, which is no fact; `required` are
    the minutes that edges with R mean.
    """

    value: Fraction | None = None
    values: Mapping[str, object] = Factory(dict)
    declared: bool = False
    required: int | None = None


@frozen
class Measure:
    """A measure: reading a meeting for a fact, working out what was read, finding where it stands."""

    read: Callable[[Any, MeetingView], Reading]
    work_out: Callable[..., Measured]
    places: Callable[[Any, MeetingView], tuple[Place, ...]]


def _read_minutes(_fact: NumberFact, view: MeetingView) -> Reading:
    return view.meeting.minutes, view.required_minutes


def _minutes_held(minutes: int | None, required: int | None) -> Measured:
    known = minutes is not None and required is not None
    return Measured(
        value=Fraction(minutes or 0) if known else None,
        values={"minutes": minutes, "required": required},
        required=required,
    )


def _places_of_minutes(_fact: NumberFact, view: MeetingView) -> tuple[Place, ...]:
    return (*view.places("starts_at", "ends_at"), *view.count_places("membership"))


def _read_attendance(_fact: NumberFact, view: MeetingView) -> Reading:
    counts = view.attendance
    return counts.present, view.owed, counts.excused, counts.unexcused, counts.is_possible


def _attendance_rate(
    present: int | None, owed: int | None, excused: int | None, unexcused: int | None, is_possible: bool
) -> Measured:
    # Nobody present is no attendance that could be judged, and of counts that the checks reject no rate is made.
    rate = (rate_of(present, owed) or None) if is_possible else None
    values = {"present": present, "owed": owed, "rate": rate, "excused": excused, "unexcused": unexcused}
    return Measured(value=rate, values=values)


def _places_of_attendance(_fact: NumberFact, view: MeetingView) -> tuple[Place, ...]:
    return view.count_places(
        "present", "membership", "exempt", "transferred", "special_duty", "suspended", "excused", "unexcused"
    )


def _read_speakers(_fact: NumberFact, view: MeetingView) -> Reading:
    over_owed = view.frame.denominators is not None and view.frame.denominators.speaking_over == "owed"
    among = view.owed if over_owed else view.attendance.present
    return view.meeting.speakers, among, speakers_can_be(view.book, view.meeting)


def _speaking_rate(speakers: int | None, among: int | None, can_be: bool) -> Measured:
    rate = share_of(speakers, among) if can_be else None
    return Measured(value=rate, values={"speakers": speakers, "of": among, "rate": rate})


def _places_of_speakers(_fact: NumberFact, view: MeetingView) -> tuple[Place, ...]:
    return (*view.places("speakers"), *view.count_places("present"))


def _read_number(fact: MeetingNumber, view: MeetingView) -> Reading:
    return (getattr(view.meeting, fact.column),)


def _meeting_number(number: int | None) -> Measured:
    value = None if number is None or number < 0 else Fraction(number)
    return Measured(value=value, values={"value": number})


def _place_of_number(fact: MeetingNumber, view: MeetingView) -> tuple[Place, ...]:
    return view.places(fact.column)


def _read_resolution(_fact: NumberFact, view: MeetingView) -> Reading:
    """Tasks of the previous held regular or combined meeting of this book that are done; else the declared rate."""
    previous, tasks = _previous_tasks(view)
    if tasks:
        return previous, [task.result for task in tasks].count(TaskResult.DONE), len(tasks), None
    return None, 0, 0, view.meeting.previous_resolution_rate


def _resolution_rate(previous: MeetingCode | None, done: int, tasks: int, declared: Fraction | None) -> Measured:
    if tasks:
        rate = Fraction(done, tasks)
        return Measured(value=rate, values={"rate": rate, "done": done, "tasks": tasks, "previous": previous})
    rate_declared = None if declared is None else Fraction(declared) / _PERCENT
    return Measured(value=rate_declared, values={"rate": rate_declared}, declared=True)


def _places_of_resolution(_fact: NumberFact, view: MeetingView) -> tuple[Place, ...]:
    _, tasks = _previous_tasks(view)
    if not tasks:
        return view.places("previous_resolution_rate")
    return tuple(task.origin.place("result") for task in tasks if task.origin)


def _previous_tasks(view: MeetingView) -> tuple[MeetingCode | None, Sequence[Task]]:
    before = next(view.book.regular_before(view.meeting.meeting_code), None)
    if before is None:
        return None, ()
    return before.meeting_code, view.book.tasks_by_meeting.get(before.meeting_code, ())


def _read_run(fact: ExcusedRun, view: MeetingView) -> Reading:
    run = measure_excused_run(fact, view)
    return run.length, run.members


def _excused_run(length: int | None, members: tuple[str, ...]) -> Measured:
    value = None if length is None else Fraction(length)
    return Measured(value=value, values={"run": length, "members": members})


def _places_of_run(fact: ExcusedRun, view: MeetingView) -> tuple[Place, ...]:
    run = measure_excused_run(fact, view)
    if run.length is None:
        return ()
    code, marks = view.meeting.meeting_code, view.book.roll_call
    places = [marks.place(code, member) for member in run.members] or [marks.place(code)]
    return tuple(place for place in places if place is not None)


MEASURES: Mapping[str, Measure] = {
    "minutes_held": Measure(_read_minutes, _minutes_held, _places_of_minutes),
    "attendance_rate": Measure(_read_attendance, _attendance_rate, _places_of_attendance),
    "speaking_rate": Measure(_read_speakers, _speaking_rate, _places_of_speakers),
    "meeting_number": Measure(_read_number, _meeting_number, _place_of_number),
    "resolution_rate": Measure(_read_resolution, _resolution_rate, _places_of_resolution),
    "excused_run": Measure(_read_run, _excused_run, _places_of_run),
}
"""Every measure that gives a number, by its name in a frame."""
