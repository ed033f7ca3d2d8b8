"""What a meeting's row says of itself."""

from datetime import date, time

import pytest

from builders import a_meeting
from chibo.model import MeetingKind, MeetingState


def test_minutes_are_end_minus_start():
    assert a_meeting(starts_at=time(14, 0), ends_at=time(15, 25)).minutes == 85


@pytest.mark.parametrize("ends_at", [None, time(14, 0), time(13, 0)])
def test_minutes_are_unknown_without_a_later_end(ends_at):
    assert a_meeting(starts_at=time(14, 0), ends_at=ends_at).minutes is None


def test_the_state_follows_from_the_day_unless_typed():
    assert a_meeting().effective_state is MeetingState.HELD
    assert a_meeting(held_on=None).effective_state is MeetingState.REGISTERED
    assert a_meeting(held_on=None, state=MeetingState.POSTPONED).effective_state is MeetingState.POSTPONED


@pytest.mark.parametrize(
    ("held_on", "state", "held"),
    [
        (date(2026, 3, 5), None, True),
        (None, MeetingState.HELD, False),
        (date(2026, 3, 5), MeetingState.REGISTERED, True),
        (date(2026, 3, 5), MeetingState.POSTPONED, False),
        (date(2026, 3, 5), MeetingState.NOT_HELD, False),
    ],
)
def test_held_needs_a_day_and_no_contradicting_state(held_on, state, held):
    assert a_meeting(held_on=held_on, state=state).is_held is held


def test_kinds_say_what_a_meeting_is_part_of():
    combined = a_meeting(kind=MeetingKind.COMBINED)
    assert (combined.is_regular, combined.has_thematic_part) == (True, True)
    thematic = a_meeting("2026-03-CĐ", kind=MeetingKind.THEMATIC)
    assert (thematic.is_regular, thematic.has_thematic_part) == (False, True)
