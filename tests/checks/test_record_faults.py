"""Faults of the other sheets: plan, tasks, dues, inspections, dissemination, assessment."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from builders import code
from chibo.model import Assessment, AssessmentEntry, CellBook, DuesRow, ThematicPlan
from chibo.model.vocabulary import AssessmentItem, AssessmentTerm, DuesMark, InspectionSubject, TaskResult, TopicState
from faults import Fault, assert_found, codes
from healthy import FEBRUARY, MARCH, healthy_book, with_meeting, with_record

SEPTEMBER, NEXT_YEAR = date(2026, 9, 1), date(2027, 1, 5)


def _plan(**changes) -> CellBook:
    book = healthy_book()
    return evolve(book, plan=evolve(book.plan, **changes))


def _topic(index: int, **changes) -> CellBook:
    topics = list(healthy_book().plan.topics)
    topics[index] = evolve(topics[index], **changes)
    return _plan(topics=tuple(topics))


def _entry(item: AssessmentItem, term: AssessmentTerm = AssessmentTerm.HALF_YEAR, **changes) -> AssessmentEntry:
    return AssessmentEntry(item=item, text="Nội dung", term=term, **changes)


def _assessed(*items: AssessmentItem, **remedy) -> CellBook:
    entries = tuple(_entry(item, **(remedy if item is AssessmentItem.REMEDY else {})) for item in items)
    return healthy_book(assessment=Assessment(entries=entries))


ALL_ITEMS = (AssessmentItem.STRENGTH, AssessmentItem.WEAKNESS, AssessmentItem.CAUSE, AssessmentItem.REMEDY)
OWNED = {"owner": "Bí thư", "due_on": date(2026, 6, 30)}


def _unpaid(member: int, *months: int) -> CellBook:
    book = healthy_book()
    rows = list(book.dues)
    rows[member] = evolve(rows[member], months={m: mark for m, mark in rows[member].months.items() if m not in months})
    return evolve(book, dues=tuple(rows))


FAULTS = [
    Fault(
        "PLAN_MISSING",
        with_meeting(MARCH, healthy_book(plan=ThematicPlan()), plan_no=""),
        ("plan", "", 0),
    ),
    Fault(
        "PLAN_SHEET_ABSENT",
        with_meeting(MARCH, healthy_book(plan=ThematicPlan()), plan_no=""),
        None,
        without=("plan",),
    ),
    Fault("PLAN_LATE", _plan(plan_date=date(2026, 2, 1)), ("plan", "=B2", 0)),
    Fault("PLAN_NUMBER_MISSING", _plan(plan_number=""), ("plan", "=B1", 0)),
    Fault("PLAN_QUARTERS_EMPTY", _plan(topics=healthy_book().plan.topics[:3]), ("plan", "", 0)),
    Fault("PLAN_NO_TWICE", _topic(3, no="3"), ("plan", "no", 3)),
    Fault("PLAN_MONTH_AGAINST_QUARTER", _topic(1, month=7), ("plan", "month", 1)),
    Fault("PLAN_REASON_MISSING", _topic(1, state=TopicState.MOVED), ("plan", "reason", 1)),
    Fault(
        "PLAN_TOPIC_NOT_HELD",
        with_meeting(MARCH, _topic(0, state=TopicState.OPEN), plan_no="2"),
        ("plan", "no", 0),
        also={"PLAN_STATE_BEHIND"},
    ),
    Fault("PLAN_HELD_WITHOUT_MEETING", _topic(1, state=TopicState.HELD), ("plan", "state", 1)),
    Fault("PLAN_STATE_BEHIND", _topic(0, state=TopicState.OPEN), ("plan", "state", 0)),
    Fault(
        "PLAN_NO_UNKNOWN",
        with_meeting(MARCH, plan_no="1; 9"),
        ("meetings", "plan_no", MARCH),
    ),
    Fault(
        "PLAN_NO_AGAINST_KIND",
        with_meeting(FEBRUARY, plan_no="2"),
        ("meetings", "plan_no", FEBRUARY),
        also={"PLAN_STATE_BEHIND"},
    ),
    Fault(
        "PLAN_NO_NOT_GIVEN",
        with_meeting(MARCH, plan_no=""),
        ("meetings", "plan_no", MARCH),
        also={"PLAN_HELD_WITHOUT_MEETING"},
    ),
    Fault(
        "TASK_OF_UNKNOWN_MEETING", with_record("tasks", 0, meeting_code=code("2026-09")), ("tasks", "meeting_code", 0)
    ),
    Fault("TASK_DATE_BEFORE_MEETING", with_record("tasks", 0, done_on=date(2026, 1, 4)), ("tasks", "done_on", 0)),
    Fault("TASK_DATE_BEFORE_MEETING", with_record("tasks", 1, due_on=date(2026, 2, 4)), ("tasks", "due_on", 1)),
    Fault(
        "TASK_RESULT_AGAINST_DATE",
        with_record("tasks", 0, result=TaskResult.UNDER_WAY),
        ("tasks", "result", 0),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "TASK_OVERDUE",
        with_record("tasks", 1, result=TaskResult.NOT_BEGUN, done_on=None),
        ("tasks", "result", 1),
        also={"SELF_ABOVE_FACT"},
    ),
    Fault(
        "DUES_OF_UNKNOWN_MEMBER",
        healthy_book(dues=(*healthy_book().dues, DuesRow(member_code="DV88"))),
        ("dues", "member_code", 10),
    ),
    Fault("DUES_NAME_DIFFERS", with_record("dues", 4, full_name="Người khác"), ("dues", "full_name", 4)),
    Fault("DUES_ROWS_MISSING", healthy_book(dues=healthy_book().dues[:9]), ("dues", "", 0)),
    Fault("DUES_UNPAID", _unpaid(4, 2, 3), ("dues", "T2", 4)),
    Fault(
        "DUES_NOT_RECORDED",
        healthy_book(dues=tuple(evolve(row, months={}) for row in healthy_book().dues)),
        ("dues", "", 0),
    ),
    Fault(
        "INSPECTION_DATES_REVERSED",
        with_record("inspections", finished_on=date(2026, 3, 9)),
        ("inspections", "finished_on", 0),
    ),
    Fault(
        "INSPECTION_OUTSIDE_YEAR",
        with_record("inspections", inspected_on=date(2025, 12, 30)),
        ("inspections", "inspected_on", 0),
    ),
    Fault(
        "REMEDY_OVERDUE",
        with_record("inspections", shortcomings="Ghi biên bản chậm", remedy_due_on=date(2026, 4, 9)),
        ("inspections", "remedied_on", 0),
    ),
    Fault(
        "REMEDY_WITHOUT_DAY",
        with_record("inspections", shortcomings="Ghi biên bản chậm"),
        ("inspections", "remedy_due_on", 0),
    ),
    Fault("REACHED_OVER_OWED", with_record("disseminations", reached=11), ("disseminations", "reached", 0)),
    Fault("REACHED_NEGATIVE", with_record("disseminations", reached=-1), ("disseminations", "reached", 0)),
    Fault(
        "DISSEMINATED_LATE",
        with_record("disseminations", document_date=date(2026, 1, 5)),
        ("disseminations", "disseminated_on", 0),
    ),
    Fault(
        "NOT_DISSEMINATED",
        with_record("disseminations", disseminated_on=None, meeting_code=None),
        ("disseminations", "disseminated_on", 0),
    ),
    Fault(
        "DOCUMENT_TWICE",
        healthy_book(disseminations=healthy_book().disseminations * 2),
        ("disseminations", "document_number", 1),
    ),
    Fault(
        "DOCUMENT_CITATION",
        with_record("disseminations", document_number="06-CT/TW", issuer="Ban Thường vụ Tỉnh ủy"),
        ("disseminations", "document_number", 0),
    ),
    Fault(
        "DISSEMINATION_MEETING_UNKNOWN",
        with_record("disseminations", meeting_code=code("2026-09")),
        ("disseminations", "meeting_code", 0),
    ),
    Fault(
        "DISSEMINATION_DAY_DIFFERS",
        with_record("disseminations", disseminated_on=date(2026, 2, 6)),
        ("disseminations", "disseminated_on", 0),
    ),
    Fault("ASSESSMENT_ITEMS_MISSING", _assessed(AssessmentItem.STRENGTH), ("assessment", "item", 0)),
    Fault("SOLUTION_WITHOUT_OWNER", _assessed(*ALL_ITEMS, due_on=date(2026, 6, 30)), ("assessment", "owner", 3)),
    Fault(
        "SOLUTION_OVERDUE",
        _assessed(*ALL_ITEMS, owner="Bí thư", due_on=date(2026, 4, 9)),
        ("assessment", "result", 3),
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_found_at_its_place(fault):
    assert_found(fault)


LATER = [
    ("REQUIRED_TOPICS_MISSING", healthy_book(), date(2026, 10, 1), date(2026, 9, 30), ("meetings", "", 0), ()),
    ("NOT_INSPECTED", healthy_book(inspections=()), SEPTEMBER, date(2026, 8, 31), ("inspections", "", 0), ()),
    ("INSPECTION_SHEET_ABSENT", healthy_book(inspections=()), SEPTEMBER, date(2026, 8, 31), None, ("inspections",)),
    (
        "REGIME_NOT_INSPECTED",
        with_record("inspections", subjects=(InspectionSubject.DUES,)),
        date(2026, 7, 1),
        date(2026, 6, 30),
        ("inspections", "", 0),
        (),
    ),
    ("ASSESSMENT_MISSING", healthy_book(), date(2026, 8, 1), date(2026, 7, 31), ("assessment", "", 0), ()),
    ("ASSESSMENT_SHEET_ABSENT", healthy_book(), date(2026, 8, 1), date(2026, 7, 31), None, ("assessment",)),
    (
        "ASSESSMENT_ITEMS_MISSING",
        _assessed(AssessmentItem.REMEDY, **OWNED),
        date(2026, 8, 1),
        date(2026, 7, 31),
        ("assessment", "item", 0),
        (),
    ),
    (
        "ASSESSMENT_MISSING",
        _assessed(*ALL_ITEMS, **OWNED),
        date(2027, 1, 1),
        date(2026, 12, 31),
        ("assessment", "", 0),
        (),
    ),
]


@pytest.mark.parametrize(("name", "book", "late", "in_time", "at", "without"), LATER, ids=[entry[0] for entry in LATER])
def test_what_is_due_by_a_day_of_the_year_is_found_from_the_day_after(name, book, late, in_time, at, without):
    fault = Fault(name, book, at, today=late, without=without)

    [found] = [finding for finding in fault.findings() if finding.code == name]

    assert found.place == fault.place()
    assert name not in codes(Fault(name, book, at, today=in_time, without=without).findings())


def test_every_required_topic_that_was_not_treated_is_named():
    covered = with_meeting(FEBRUARY, topics_covered=("KL01", "CĐTK", "CĐN", "NQTW4-XI", "NQTW4-XII"))

    [found] = [f for f in Fault("", covered, None, today=NEXT_YEAR).findings() if f.code == "REQUIRED_TOPICS_MISSING"]

    assert found.values["topics"] == "NQTW4-XIII"


def test_a_required_topic_of_a_plan_row_counts_once_a_meeting_held_it():
    book = _topic(0, required_topic=("NQTW4-XI", "NQTW4-XII", "NQTW4-XIII", "KL01", "CĐTK", "CĐN"))

    assert "REQUIRED_TOPICS_MISSING" not in codes(Fault("", book, None, today=NEXT_YEAR).findings())


def test_a_number_that_the_plan_gives_twice_is_told_once():
    twice = with_meeting(MARCH, _topic(3, no="3"), plan_no="9")
    [told] = [one for one in Fault("", twice, None).findings() if one.code == "PLAN_NO_UNKNOWN"]
    assert told.expected == "1, 2, 3"


def test_several_plan_rows_may_be_held_in_one_meeting():
    assert "PLAN_NO_UNKNOWN" not in codes(Fault("", with_meeting(MARCH, plan_no="1, 2"), None).findings())


def test_tasks_and_documents_of_last_year_stand_by_themselves():
    task = with_record("tasks", 0, meeting_code=code("2025-12"), done_on=date(2026, 1, 4))
    document = with_record(
        "disseminations",
        meeting_code=code("2025-12"),
        document_date=date(2025, 12, 1),
        disseminated_on=date(2025, 12, 5),
    )

    assert not Fault("", task, None).findings()
    assert not Fault("", document, None).findings()


@pytest.mark.parametrize("mark", [DuesMark.EXEMPT, DuesMark.PAID_ELSEWHERE])
def test_exempt_and_paid_elsewhere_are_no_arrears(mark):
    rows = list(healthy_book().dues)
    rows[0] = evolve(rows[0], months=dict.fromkeys((1, 2, 3), mark))

    assert not Fault("", healthy_book(dues=tuple(rows)), None).findings()


def test_months_that_have_not_ended_are_not_owed_yet():
    assert not Fault("", _unpaid(4, 3), None, today=date(2026, 3, 31)).findings()
    assert codes(Fault("", _unpaid(4, 3), None, today=date(2026, 4, 1)).findings()) == {"DUES_UNPAID"}


def test_central_and_provincial_symbols_that_fit_their_issuers_are_let_be():
    provincial = with_record("disseminations", document_number="06-CT/TU", issuer="Tỉnh uỷ")

    assert not Fault("", provincial, None).findings()


def test_a_document_may_share_its_number_with_another_of_a_different_date():
    one = healthy_book().disseminations[0]
    other = evolve(one, document_date=date(2026, 1, 21))

    assert not Fault("", healthy_book(disseminations=(one, other)), None).findings()
