"""Registering and recording meetings on the desk."""

from __future__ import annotations

from datetime import date, time

import pytest

from builders import a_book, a_meeting, a_roll_call, code, some_scores
from chibo.model import MeetingKind, Month, Task
from chibo.model.vocabulary import TaskResult
from chibo.office.desk.clearing import clear_record, is_clearable
from chibo.office.desk.desk import ActRefusedError, Desk, Reason
from chibo.office.desk.meetings import next_code, record, register_meeting, unregister_meeting
from desks import TODAY, a_desk


def register(desk: Desk, month: int, kind: MeetingKind = MeetingKind.REGULAR, **more: object) -> tuple[Desk, str]:
    after, new = register_meeting(desk, Month(2026, month), kind, today=TODAY, **more)  # type: ignore[arg-type]
    return after, str(new)


def refusal(reason: Reason) -> object:
    return pytest.raises(ActRefusedError, match=reason.value)


def test_registering_adds_the_meeting_in_the_order_of_the_year() -> None:
    desk = a_desk(a_book(a_meeting("2026-01"), a_meeting("2026-03")))
    after, new = register(desk, 2, planned_on=date(2026, 2, 5), starts_at=time(14, 0))
    assert new == "2026-02"
    assert [str(meeting.meeting_code) for meeting in after.book.meetings] == ["2026-01", "2026-02", "2026-03"]
    meeting = after.meeting(code("2026-02"))
    assert (meeting.planned_on, meeting.starts_at) == (date(2026, 2, 5), time(14, 0))
    assert not meeting.is_held


@pytest.mark.parametrize(
    ("month", "planned_on", "expected"),
    [
        (5, date(2026, 5, 5), TODAY),
        (5, None, TODAY),
        (4, TODAY, TODAY),
        (4, None, TODAY),
        (4, date(2026, 4, 14), None),
        (3, None, None),
    ],
)
def test_only_what_is_still_to_come_is_registered_today(
    month: int, planned_on: date | None, expected: date | None
) -> None:
    after, new = register(a_desk(a_book(a_meeting("2026-01"))), month, planned_on=planned_on)
    assert after.meeting(code(new)).registered_on == expected


def test_the_desk_before_stays_as_it_was() -> None:
    desk = a_desk(a_book())
    register(desk, 5)
    assert len(desk.book.meetings) == 1


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (MeetingKind.REGULAR, ["2026-05"]),
        (MeetingKind.COMBINED, ["2026-05"]),
        (MeetingKind.THEMATIC, ["2026-05-CĐ", "2026-05-CĐ2", "2026-05-CĐ3"]),
        (MeetingKind.EXTRAORDINARY, ["2026-05-BT1", "2026-05-BT2"]),
    ],
)
def test_codes_follow_the_kind(kind: MeetingKind, expected: list[str]) -> None:
    desk, found = a_desk(a_book()), []
    for _ in expected:
        desk, new = register(desk, 5, kind)
        found.append(new)
    assert found == expected


def test_a_month_has_one_regular_or_combined_meeting() -> None:
    desk = a_desk(a_book(a_meeting("2026-03")))
    with refusal(Reason.MEETING_EXISTS):
        register(desk, 3, MeetingKind.COMBINED)
    assert str(next_code(desk.book, Month(2026, 3), MeetingKind.REGULAR)) == "2026-03"


def test_a_meeting_of_another_year_belongs_to_another_book() -> None:
    with refusal(Reason.OTHER_YEAR):
        register_meeting(a_desk(a_book()), Month(2027, 1), MeetingKind.REGULAR, today=TODAY)


def test_the_setting_of_the_last_meeting_is_copied_on_request() -> None:
    last = a_meeting("2026-03", venue="Phòng họp", minutes_secretary="Người Ba")
    desk = a_desk(a_book(a_meeting("2026-01", venue="Hội trường"), last))
    after, _ = register(desk, 4, like_the_last=True)
    copied = after.meeting(code("2026-04"))
    assert (copied.venue, copied.minutes_secretary, copied.starts_at) == ("Phòng họp", "Người Ba", last.starts_at)
    assert copied.held_on is None
    assert copied.present is None


def test_a_meeting_that_is_only_registered_is_not_copied_from_while_another_was_held() -> None:
    desk, _ = register(a_desk(a_book(a_meeting("2026-03", venue="Phòng họp"))), 4)
    after, _ = register(desk, 5, like_the_last=True)
    copied = after.meeting(code("2026-05"))
    assert (copied.venue, copied.starts_at) == ("Phòng họp", after.meeting(code("2026-03")).starts_at)
    assert copied.starts_at is not None


def test_a_time_that_is_given_wins_over_the_last_one() -> None:
    last = a_meeting("2026-03", starts_at=time(14, 0), ends_at=time(15, 30))
    after, _ = register(a_desk(a_book(last)), 4, like_the_last=True, starts_at=time(16, 0))
    meeting = after.meeting(code("2026-04"))
    assert (meeting.starts_at, meeting.ends_at) == (time(16, 0), None)  # the old end would stand before the new start


def test_recording_changes_only_what_is_named() -> None:
    desk = a_desk(a_book(a_meeting("2026-03")))
    after = record(desk, code("2026-03"), {"venue": "Phòng 2", "speakers": 7, "reported_on": None})
    before, meeting = desk.meeting(code("2026-03")), after.meeting(code("2026-03"))
    assert (meeting.venue, meeting.speakers, meeting.reported_on) == ("Phòng 2", 7, None)
    assert (meeting.chair, meeting.starts_at) == (before.chair, before.starts_at)


def test_a_regular_meeting_may_become_combined_but_not_thematic() -> None:
    desk = a_desk(a_book(a_meeting("2026-03")))
    combined = record(desk, code("2026-03"), {"kind": MeetingKind.COMBINED})
    assert combined.meeting(code("2026-03")).kind is MeetingKind.COMBINED
    with refusal(Reason.WRONG_KIND):
        record(desk, code("2026-03"), {"kind": MeetingKind.THEMATIC})


@pytest.mark.parametrize("column", ["meeting_code", "origin", "no_such_column"])
def test_only_columns_of_the_sheet_are_recorded(column: str) -> None:
    with refusal(Reason.UNKNOWN_FIELD):
        record(a_desk(a_book()), code("2026-03"), {column: "x"})


def test_a_meeting_that_is_not_there_is_told() -> None:
    with refusal(Reason.UNKNOWN_MEETING):
        record(a_desk(a_book()), code("2026-09"), {"venue": "Phòng 2"})


def test_a_mere_registration_can_be_taken_back() -> None:
    desk, _ = register(a_desk(a_book()), 5)
    assert unregister_meeting(desk, code("2026-05")).book == a_book()


@pytest.mark.parametrize(
    "trace",
    [
        {"roll_call": a_roll_call({"2026-05": "X"})},
        {"self_scores": some_scores("2026-05", c1=5)},
        {"official_scores": some_scores("2026-05", c1=5)},
        {"tasks": (Task(meeting_code=code("2026-05"), task="Việc", result=TaskResult.NOT_BEGUN),)},
    ],
)
def test_a_meeting_with_anything_recorded_stays(trace: dict[str, object]) -> None:
    planned = a_meeting("2026-05", held_on=None)
    with refusal(Reason.MEETING_IN_USE):
        unregister_meeting(a_desk(a_book(planned, **trace)), code("2026-05"))


def test_a_held_meeting_stays() -> None:
    with refusal(Reason.MEETING_IN_USE):
        unregister_meeting(a_desk(a_book()), code("2026-03"))


def test_a_meeting_recorded_by_mistake_is_emptied_to_its_registration() -> None:
    given = {"roll_call": a_roll_call({"2026-02": "XX", "2026-03": "XX"}), "self_scores": some_scores("2026-03")}
    desk = a_desk(a_book(a_meeting("2026-02"), a_meeting("2026-03", venue="Phòng 2"), **given))
    march = desk.meeting(code("2026-03"))
    assert is_clearable(desk.book, march)
    after = clear_record(desk, code("2026-03"))
    left = after.meeting(code("2026-03"))
    assert (left.kind, left.registered_on, left.planned_on) == (march.kind, march.registered_on, march.planned_on)
    assert (left.held_on, left.starts_at, left.venue) == (None, None, "")
    assert not after.book.roll_call.of(code("2026-03"))
    assert not after.book.self_scores.of(code("2026-03"))
    assert after.book.roll_call.of(code("2026-02"))
    assert not is_clearable(after.book, left)
    assert code("2026-03") not in {row.meeting_code for row in unregister_meeting(after, code("2026-03")).book.meetings}


def test_a_meeting_with_tasks_is_not_emptied() -> None:
    task = Task(meeting_code=code("2026-03"), task="Việc", result=TaskResult.NOT_BEGUN)
    desk = a_desk(a_book(a_meeting("2026-03"), tasks=(task,)))
    assert not is_clearable(desk.book, desk.meeting(code("2026-03")))
    with refusal(Reason.MEETING_IN_USE):
        clear_record(desk, code("2026-03"))
