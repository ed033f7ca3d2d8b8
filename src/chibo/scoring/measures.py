"""The named measures of frames: what is read of a meeting, exact, with the values and the places it was read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import Factory, field, frozen

from chibo.definitions.frames.facts import (
    AttendanceRate,
    MeetingNumber,
    MinutesHeld,
    NumberFact,
    ResolutionRate,
    SpeakingRate,
)
from chibo.model import Place
from chibo.model.attendance import rate_of, speaking_share
from chibo.model.vocabulary import TaskResult
from chibo.scoring.runs import measure_excused_run
from chibo.scoring.view import MeetingView

_PERCENT = 100


@frozen(kw_only=True)
class Measured:
    """What a measure found: an exact value, None where a number is missing.

    `values` fill the sentence; `declared` marks a value that the cell only declares, which is no fact.
    """

    value: Fraction | None = None
    values: Mapping[str, object] = Factory(dict)
    declared: bool = False
    find_places: Callable[[], tuple[Place, ...]] = field(default=tuple, eq=False, repr=False)


def measure(fact: NumberFact, view: MeetingView) -> Measured:
    """The value of a fact's measure at this meeting."""
    match fact:
        case MinutesHeld():
            return _minutes_held(view)
        case AttendanceRate():
            return _attendance_rate(view)
        case SpeakingRate():
            return _speaking_rate(view)
        case MeetingNumber():
            return _meeting_number(view, fact.column)
        case ResolutionRate():
            return _resolution_rate(view)
        case _:
            run = measure_excused_run(fact, view)
            value = None if run.length is None else Fraction(run.length)
            return Measured(
                value=value, values={"run": run.length, "members": run.members}, find_places=lambda: run.places
            )


def _minutes_held(view: MeetingView) -> Measured:
    minutes, required = view.meeting.minutes, view.required_minutes
    known = minutes is not None and required is not None
    return Measured(
        value=Fraction(minutes or 0) if known else None,
        values={"minutes": minutes, "required": required},
        find_places=lambda: (*view.places("starts_at", "ends_at"), *view.count_places("membership")),
    )


def _attendance_rate(view: MeetingView) -> Measured:
    counts, owed = view.attendance, view.owed
    # Nobody present is no attendance that could be judged, and of counts that the checks reject no rate is made.
    rate = (rate_of(counts.present, owed) or None) if counts.is_possible else None
    return Measured(
        value=rate,
        values={
            "present": counts.present,
            "owed": owed,
            "rate": rate,
            "excused": counts.excused,
            "unexcused": counts.unexcused,
        },
        find_places=lambda: view.count_places(
            "present", "membership", "exempt", "transferred", "special_duty", "suspended", "excused", "unexcused"
        ),
    )


def _speaking_rate(view: MeetingView) -> Measured:
    over_owed = view.frame.denominators is not None and view.frame.denominators.speaking_over == "owed"
    among = view.owed if over_owed else view.attendance.present
    rate = speaking_share(view.book, view.meeting, among)
    return Measured(
        value=rate,
        values={"speakers": view.meeting.speakers, "of": among, "rate": rate},
        find_places=lambda: (*view.places("speakers"), *view.count_places("present")),
    )


def _meeting_number(view: MeetingView, column: str) -> Measured:
    number: int | None = getattr(view.meeting, column)
    return Measured(
        value=None if number is None or number < 0 else Fraction(number),
        values={"value": number},
        find_places=lambda: view.places(column),
    )


def _resolution_rate(view: MeetingView) -> Measured:
    """Tasks of the previous held regular or combined meeting of this book that are done; else the declared rate."""
    code = view.meeting.meeting_code
    latest_first = (row.meeting_code for row in reversed(view.book.regular_meetings))
    previous = next((other for other in latest_first if other < code), None)
    tasks = [task for task in view.book.tasks if task.meeting_code == previous] if previous else []
    if tasks:
        done = sum(task.result is TaskResult.DONE for task in tasks)
        rate = Fraction(done, len(tasks))
        return Measured(
            value=rate,
            values={"rate": rate, "done": done, "tasks": len(tasks), "previous": previous},
            find_places=lambda: tuple(task.origin.place("result") for task in tasks if task.origin),
        )
    declared = view.meeting.previous_resolution_rate
    rate_declared = None if declared is None else Fraction(declared) / _PERCENT
    return Measured(
        value=rate_declared,
        values={"rate": rate_declared},
        declared=True,
        find_places=lambda: view.places("previous_resolution_rate"),
    )
