"""Faults of the meetings of a year: codes, kinds, states, times and the steps of each meeting."""

from __future__ import annotations

from datetime import date, time

import pytest
from attrs import evolve

from builders import a_meeting, a_roll_call
from chibo.model import CellBook, MeetingKind, ScoreSheet
from chibo.model.vocabulary import MeetingState
from faults import Fault, assert_found
from healthy import APRIL, FEBRUARY, JANUARY, MARCH, healthy_book, with_info, with_meeting


def _with_another(meeting, **changes) -> CellBook:
    book = healthy_book(**changes)
    return evolve(book, meetings=(*book.meetings, meeting))


def _without(*months: int) -> CellBook:
    book = healthy_book()
    kept = tuple(meeting for meeting in book.meetings if meeting.meeting_code.month.number not in months)
    marks = {code: row for code, row in book.roll_call.marks.items() if code.month.number not in months}
    points = {code: row for code, row in book.self_scores.points.items() if code.month.number not in months}
    return evolve(
        book,
        meetings=kept,
        tasks=(),
        disseminations=(),
        roll_call=evolve(book.roll_call, marks=marks),
        self_scores=evolve(book.self_scores, points=points),
        official_scores=ScoreSheet(),
    )


FAULTS = [
    Fault(
        "MEETING_CODE_TWICE",
        _with_another(a_meeting("2026-01", previous_resolution_rate=95, opinions=9)),
        ("meetings", "meeting_code", JANUARY),
        times=2,
    ),
    Fault(
        "MEETING_ROW_REPEATED",
        _with_another(a_meeting("2026-02")),
        ("meetings", "meeting_code", 4),
    ),
    Fault(
        "MEETING_OUTSIDE_YEAR",
        _with_another(a_meeting("2025-12")),
        ("meetings", "meeting_code", 4),
        also={"MEETING_NOT_SCORED"},
    ),
    Fault(
        "MEETING_KIND_AGAINST_CODE",
        with_meeting(FEBRUARY, kind=MeetingKind.EXTRAORDINARY),
        ("meetings", "kind", FEBRUARY),
        also={"EXTRAORDINARY_SCORED"},
    ),
    Fault(
        "HELD_WITHOUT_DAY",
        with_meeting(APRIL, state=MeetingState.HELD),
        ("meetings", "held_on", APRIL),
    ),
    Fault(
        "STATE_AGAINST_HELD_DAY",
        with_meeting(APRIL, state=MeetingState.NOT_HELD, state_reason="Trùng lịch", held_on=date(2026, 4, 8)),
        ("meetings", "state", APRIL),
    ),
    Fault(
        "STATE_REASON_MISSING",
        with_meeting(APRIL, state=MeetingState.POSTPONED, postponed_to=date(2026, 4, 20)),
        ("meetings", "state_reason", APRIL),
    ),
    Fault(
        "POSTPONED_WITHOUT_DAY",
        with_meeting(APRIL, state=MeetingState.POSTPONED, state_reason="Trùng lịch"),
        ("meetings", "postponed_to", APRIL),
    ),
    Fault(
        "REGULAR_MEETING_NOT_HELD",
        with_meeting(APRIL),
        ("meetings", "held_on", APRIL),
        today=date(2026, 5, 4),
        also={"DUES_UNPAID"},
    ),
    Fault(
        "REGULAR_MEETING_CALLED_OFF",
        with_meeting(APRIL, state=MeetingState.NOT_HELD, state_reason="Bão lũ"),
        ("meetings", "held_on", APRIL),
        today=date(2026, 5, 4),
        also={"DUES_UNPAID"},
    ),
    Fault("MONTHS_WITHOUT_REGULAR_MEETING", _without(1, 2), ("meetings", "", 0)),
    Fault(
        "QUARTERS_WITHOUT_THEMATIC_MEETING",
        with_meeting(MARCH, kind=MeetingKind.REGULAR, plan_no="", minutes_thematic=None),
        ("meetings", "", 0),
        also={"PLAN_HELD_WITHOUT_MEETING", "CRITERION_NOT_APPLICABLE"},
    ),
    Fault(
        "END_NOT_AFTER_START",
        with_meeting(FEBRUARY, ends_at=time(13, 30)),
        ("meetings", "ends_at", FEBRUARY),
    ),
    Fault(
        "END_NOT_AFTER_START",
        with_meeting(FEBRUARY, ends_at=time(14, 0)),
        ("meetings", "ends_at", FEBRUARY),
    ),
    Fault("MEETING_OVERLONG", with_meeting(FEBRUARY, ends_at=time(21, 0)), ("meetings", "ends_at", FEBRUARY)),
    Fault(
        "MEETING_TOO_SHORT",
        with_meeting(FEBRUARY, ends_at=time(15, 29)),
        ("meetings", "ends_at", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "REGISTERED_LATE",
        with_meeting(FEBRUARY, registered_on=date(2026, 2, 1)),
        ("meetings", "registered_on", FEBRUARY),
    ),
    Fault(
        "COMMITTEE_MET_AFTER_MEETING",
        with_meeting(FEBRUARY, committee_met_on=date(2026, 2, 6)),
        ("meetings", "committee_met_on", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "COMMITTEE_MET_SAME_DAY",
        with_meeting(FEBRUARY, committee_met_on=date(2026, 2, 5)),
        ("meetings", "committee_met_on", FEBRUARY),
    ),
    Fault(
        "COMMITTEE_MEETING_MISSING",
        with_meeting(FEBRUARY, committee_met_on=None),
        ("meetings", "committee_met_on", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "COMMITTEE_MINUTES_MISSING",
        with_meeting(FEBRUARY, committee_minutes=False),
        ("meetings", "committee_minutes", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "NOTICE_AFTER_MEETING",
        with_meeting(FEBRUARY, notified_on=date(2026, 2, 6)),
        ("meetings", "notified_on", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "PAPERS_LATE",
        with_meeting(FEBRUARY, papers_sent_on=date(2026, 2, 5)),
        ("meetings", "papers_sent_on", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "MINUTES_NOT_KEPT",
        with_meeting(FEBRUARY, minutes_kept=False),
        ("meetings", "minutes_kept", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "SELF_SCORED_LATE",
        with_meeting(FEBRUARY, scored_on=date(2026, 2, 8)),
        ("meetings", "scored_on", FEBRUARY),
    ),
    Fault(
        "REPORTED_LATE",
        with_meeting(FEBRUARY, reported_on=date(2026, 2, 8)),
        ("meetings", "reported_on", FEBRUARY),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "STEPS_NOT_RECORDED",
        with_meeting(FEBRUARY, registered_on=None),
        ("meetings", "registered_on", FEBRUARY),
    ),
    Fault(
        "SUPERVISOR_NOT_NAMED",
        with_meeting(FEBRUARY, supervisor_present=True),
        ("meetings", "supervisor_name", FEBRUARY),
    ),
    Fault(
        "DATE_IN_FUTURE",
        with_meeting(MARCH, scored_on=date(2062, 3, 5)),
        ("meetings", "scored_on", MARCH),
        also={"SELF_SCORED_LATE", "DATE_FAR_FROM_MEETING"},
    ),
    Fault(
        "DATES_OUT_OF_ORDER",
        with_meeting(FEBRUARY, scored_on=date(2026, 2, 4)),
        ("meetings", "scored_on", FEBRUARY),
    ),
    Fault(
        "DATE_OUTSIDE_MONTH",
        with_meeting(APRIL, planned_on=date(2026, 5, 4)),
        ("meetings", "planned_on", APRIL),
    ),
    Fault(
        "DATE_FAR_FROM_MEETING",
        with_meeting(FEBRUARY, committee_met_on=date(2025, 2, 3)),
        ("meetings", "committee_met_on", FEBRUARY),
    ),
    Fault(
        "HELD_ON_REST_DAY",
        with_meeting(FEBRUARY, held_on=date(2026, 2, 8), planned_on=date(2026, 2, 8), reported_on=date(2026, 2, 9)),
        ("meetings", "held_on", FEBRUARY),
        also={"DISSEMINATION_DAY_DIFFERS"},
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_found_at_its_place(fault):
    assert_found(fault)


def test_a_meeting_without_a_row_of_its_own_is_not_missed_before_its_month_ends():
    book = healthy_book(meetings=healthy_book().meetings[:3])

    assert not Fault("", book, None, today=date(2026, 4, 30)).findings()


def test_one_finding_names_all_months_without_a_meeting():
    fault = Fault("MONTHS_WITHOUT_REGULAR_MEETING", _without(1, 2), None)

    [missing] = [finding for finding in fault.findings() if finding.code == fault.code]

    assert missing.values["months"] == "1, 2"


def test_a_postponed_meeting_is_not_missed_until_its_new_day_has_passed():
    put_off = with_meeting(
        APRIL, state=MeetingState.POSTPONED, state_reason="Trùng lịch", postponed_to=date(2026, 5, 4)
    )

    def missed(today):
        return "REGULAR_MEETING_NOT_HELD" in {f.code for f in Fault("", put_off, None, today=today).findings()}

    assert not missed(date(2026, 5, 4))
    assert missed(date(2026, 5, 5))


def test_a_cell_with_neither_committee_nor_deputy_need_not_meet_beforehand():
    alone = with_info(has_committee=False, deputy_secretary="")
    book = with_meeting(FEBRUARY, alone, committee_met_on=None, committee_minutes=None)

    assert not Fault("", book, None).findings()


def test_an_absent_column_is_never_held_against_the_cell():
    empty = with_meeting(FEBRUARY, committee_met_on=None, notified_on=None, papers_sent_on=None, registered_on=None)
    lacking = ("committee_met_on", "notified_on", "papers_sent_on", "registered_on")
    points = evolve(empty, self_scores=evolve(empty.self_scores, points={}), official_scores=ScoreSheet())
    fault = Fault("", points, None, lacking=tuple(f"meetings.{column}" for column in lacking), without=("self_scores",))

    assert not fault.findings()


def test_reporting_may_wait_while_its_days_run():
    open_report = with_meeting(MARCH, reported_on=None)

    def noted(today):
        return {f.code for f in Fault("", open_report, None, today=today).findings()} & {"STEPS_NOT_RECORDED"}

    assert not noted(date(2026, 3, 7))
    assert noted(date(2026, 3, 8))


def test_marks_of_an_extraordinary_meeting_raise_no_question():
    extra = a_meeting(
        "2026-02-BT1",
        kind=MeetingKind.EXTRAORDINARY,
        held_on=date(2026, 2, 12),
        planned_on=date(2026, 2, 12),
        reported_on=date(2026, 2, 27),
        speakers=0,
        opinions=0,
        registered_on=None,
    )
    months = {"2026-01": "X" * 10, "2026-02": "X" * 10, "2026-02-BT1": "X" * 10, "2026-03": "X" * 10}
    book = _with_another(extra, roll_call=a_roll_call(months))

    assert not Fault("", book, None).findings()
