"""Facts that are kept or not: something done by a day, and what the record answers with Có or Không."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.definitions.frames.facts import DateKept, YesNoFact
from chibo.model import Place
from chibo.scoring.outcomes import Outcome
from chibo.scoring.view import MeetingView


def answer(fact: YesNoFact, view: MeetingView) -> Outcome:
    """Whether a fact was kept at this meeting; an empty date is no answer yet while the days to record it run."""
    meeting = view.meeting
    if fact.measure == "meeting_yes":
        return Outcome.YES if getattr(meeting, fact.column) is True else Outcome.NO
    day, deadline = getattr(meeting, fact.date), _deadline(fact, view)
    if day is None:
        waiting = fact.waits and view.today is not None and view.today <= deadline
        return Outcome.WAITING if waiting else Outcome.UNDONE
    spoiled = fact.unless_no is not None and getattr(meeting, fact.unless_no) is False
    return Outcome.YES if day <= deadline and not spoiled else Outcome.NO


def values_of(fact: YesNoFact, view: MeetingView) -> Mapping[str, object]:
    """What fills the sentences of a fact."""
    if fact.measure == "meeting_yes":
        return {}
    held_on, day = view.meeting.held_on, getattr(view.meeting, fact.date)
    return {"date": day, "deadline": _deadline(fact, view), "held_on": held_on}


def places_of(fact: YesNoFact, view: MeetingView) -> tuple[Place, ...]:
    """Where a fact stands."""
    if fact.measure == "meeting_yes":
        return view.places(fact.column)
    return view.places(*(column for column in (fact.date, fact.unless_no, "held_on") if column))


def _deadline(fact: DateKept, view: MeetingView) -> date:
    held_on = view.meeting.held_on
    assert held_on is not None, "only held meetings are judged"  # noqa: S101
    return held_on + fact.time_allowed
