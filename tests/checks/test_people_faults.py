"""Faults of the cell's identity, its members, its committee and its secretary."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from builders import a_roll_call, code
from chibo.checks import check_book
from chibo.definitions.folders import definition_files
from chibo.definitions.library import Library
from chibo.model import CellBook, CommitteePost, DuesRow, MembershipChange
from chibo.model.vocabulary import ChangeKind, DuesMark, MeetingMode, MemberStatus
from faults import Fault, assert_found
from healthy import FEBRUARY, JANUARY, MARCH, TODAY, healthy_book, with_info, with_meeting, with_record
from located import located
from scored import LIBRARY


def _with_post(post: str, name: str, **changes) -> CellBook:
    book = healthy_book()
    extra = CommitteePost(post=post, full_name=name, **changes)
    return evolve(book, committee=(*book.committee, extra))


def _vacant(since: date | None) -> CellBook:
    return with_record("committee", 1, full_name="", since=since)


def _chaired_by(name: str, *indexes: int, **changes) -> CellBook:
    book = healthy_book(**changes)
    for index in indexes:
        book = with_meeting(index, book, chair=name)
    return book


FAULTS = [
    Fault("COMMITTEE_NAME_MISSING", with_info(committee_name=""), ("info", "=B4", 0)),
    Fault("COMMITTEE_CODE_MISSING", with_info(committee_code=""), ("info", "=B3", 0)),
    Fault("OWN_MINIMUM_WITHOUT_DOCUMENT", with_info(min_minutes=60), ("info", "=B16", 0)),
    Fault("OWN_MINIMUM_NOT_POSITIVE", with_info(min_minutes=0, min_minutes_document="12-CV/ĐUK"), ("info", "=B15", 0)),
    Fault("FRAME_UNKNOWN", with_info(frame_thematic="khung-la"), ("info", "=B14", 0)),
    Fault("FRAME_FOR_OTHER_MEETINGS", with_info(frame_thematic="hd42-10-dong"), ("info", "=B14", 0)),
    Fault(
        "MEMBER_CODE_TWICE",
        with_record("members", 9, member_code="DV09"),
        ("members", "member_code", 8),
        times=2,
        also={"ROLL_CALL_OF_UNKNOWN_MEMBER", "DUES_OF_UNKNOWN_MEMBER"},
    ),
    Fault(
        "MEMBER_ROW_REPEATED",
        healthy_book(members=(*healthy_book().members, healthy_book().members[0])),
        ("members", "member_code", 10),
    ),
    Fault(
        "MEMBER_DATES_REVERSED",
        with_record("members", 3, since=date(2026, 3, 1), until=date(2025, 3, 1)),
        ("members", "until", 3),
    ),
    Fault(
        "CHANGE_OF_UNKNOWN_MEMBER",
        healthy_book(changes=(MembershipChange(member_code="DV77", day=date(2026, 2, 1), change=ChangeKind.CAME),)),
        ("changes", "member_code", 0),
    ),
    Fault(
        "POST_DATES_REVERSED",
        with_record("committee", 1, until=date(2025, 1, 1)),
        ("committee", "until", 1),
        also={"SEATS_NOT_FILLED"},
    ),
    Fault(
        "SECRETARY_VACANT",
        with_record("committee", 0, full_name=""),
        ("committee", "full_name", 0),
        also={"SEATS_NOT_FILLED"},
    ),
    Fault(
        "SECRETARY_TWICE",
        _with_post("Bí thư", "Người Bốn"),
        ("committee", "post", 3),
        also={"SEATS_OVERFILLED"},
    ),
    Fault("SECRETARY_DIFFERS", with_info(secretary="Người Bảy"), ("committee", "full_name", 0)),
    Fault("POST_VACANT", _vacant(None), ("committee", "full_name", 1), also={"SEATS_NOT_FILLED"}),
    Fault("POST_VACANT", _vacant(date(2026, 3, 11)), ("committee", "full_name", 1), also={"SEATS_NOT_FILLED"}),
    Fault("POST_VACANT_LONG", _vacant(date(2026, 3, 10)), ("committee", "full_name", 1), also={"SEATS_NOT_FILLED"}),
    Fault("POST_VACANT_LONG", _vacant(date(2026, 2, 9)), ("committee", "full_name", 1), also={"SEATS_NOT_FILLED"}),
    Fault("POST_VACANT_VERY_LONG", _vacant(date(2026, 2, 8)), ("committee", "full_name", 1), also={"SEATS_NOT_FILLED"}),
    Fault("SEATS_NOT_FILLED", healthy_book(committee_seats=5), ("committee", "", 0)),
    Fault("SEATS_OVERFILLED", _with_post("Chi ủy viên", "Người Bốn"), ("committee", "", 0)),
    Fault(
        "MEMBERS_TO_REVIEW",
        healthy_book(roll_call=a_roll_call(dict.fromkeys(("2026-01", "2026-02", "2026-03"), "KXXXXXXXXX"))),
        ("roll_call", "", 0),
        also={"COUNT_AGAINST_ROLL_CALL", "SELF_ABOVE_FACT"},
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_found_at_its_place(fault):
    assert_found(fault)


def test_a_book_of_a_year_far_ahead_is_questioned():
    fault = Fault("BOOK_YEAR_AHEAD", with_info(year=2028), ("info", "=B7", 0))

    [found] = [finding for finding in fault.findings() if finding.code == fault.code]

    assert found.place == fault.place()


def test_a_book_of_last_year_is_named():
    book = located(with_info(year=TODAY.year - 1))

    [found] = [finding for finding in check_book(book, LIBRARY, TODAY) if finding.code == "BOOK_YEAR_PAST"]

    assert (found.seen, found.expected) == (str(TODAY.year - 1), str(TODAY.year))


def test_a_book_with_nothing_in_it_is_named():
    empty = CellBook(info=healthy_book().info)

    assert "BOOK_EMPTY" in {finding.code for finding in check_book(empty, LIBRARY, TODAY)}


def test_two_frames_that_share_codes_are_named(tmp_path):
    own = tmp_path / "sheets" / "frames"
    own.mkdir(parents=True)
    shipped = definition_files("frames")["chuyen-de-nghe-an-08"].read_text(encoding="utf-8")
    own.joinpath("chuyen-de-nghe-an-08.toml").write_text(shipped.replace('"CĐ1"', '"3a"'), encoding="utf-8")
    both = with_info(frame_regular="hd42-thuong-ky", frame_thematic="chuyen-de-nghe-an-08")

    [found] = [f for f in check_book(located(both), Library(tmp_path), TODAY) if f.code == "FRAMES_SHARE_CRITERIA"]

    assert found.seen == "3a"
    assert found.place.address == "B14"
    assert not check_book(located(both), LIBRARY, TODAY)


def test_what_is_found_about_members_never_holds_a_name():
    names = {member.full_name for member in healthy_book().members} | {"Người Một", "Người Hai", "Người Ba"}
    for fault in FAULTS:
        for finding in fault.findings():
            told = {finding.seen, finding.expected, *finding.values.values()}
            assert not told & names, finding.code


def test_members_to_review_are_told_as_a_number_without_codes():
    fault = next(fault for fault in FAULTS if fault.code == "MEMBERS_TO_REVIEW")

    [found] = [finding for finding in fault.findings() if finding.code == fault.code]

    assert found.seen == "1"
    assert "DV01" not in str(found)


def test_runs_of_excused_absences_and_unpaid_dues_count_for_the_review_as_well():
    months = tuple(f"2026-{number:02d}" for number in range(1, 4))
    excused = healthy_book(roll_call=a_roll_call(dict.fromkeys(months, "PXXXXXXXXX")))
    unpaid = tuple(
        DuesRow(member_code=f"DV{n:02d}", months={} if n == 5 else dict.fromkeys((1, 2, 3), DuesMark.PAID))
        for n in range(1, 11)
    )

    def review(book):
        return "MEMBERS_TO_REVIEW" in {finding.code for finding in Fault("", book, None).findings()}

    assert not review(excused), "three times running is still within bounds"
    assert review(healthy_book(dues=unpaid))


def test_a_deputy_in_the_chair_is_noticed_only_when_it_happens_often():
    meetings = healthy_book().meetings
    often = _chaired_by("Người Hai", JANUARY, FEBRUARY, MARCH)
    april = evolve(meetings[3], held_on=date(2026, 4, 8), chair="Phó Bí thư", state=None)
    oftener = evolve(often, meetings=(*often.meetings[:3], april))

    def noticed(book):
        return [f for f in Fault("", book, None).findings() if f.code == "CHAIRED_BY_OTHERS"]

    assert not noticed(often)
    assert not noticed(_chaired_by("Đ/c Bí thư", JANUARY, FEBRUARY, MARCH))
    [found] = noticed(oftener)
    assert found.values["meetings"] == "2026-01, 2026-02, 2026-03, 2026-04"


def test_the_assigned_committee_member_is_expected_once_a_quarter():
    assigned = with_info(supervisor="Người Tám")
    seen_once = with_meeting(FEBRUARY, assigned, supervisor_present=True, supervisor_name="Người Tám")

    assert {f.code for f in Fault("", assigned, None).findings()} == {"SUPERVISOR_SELDOM_PRESENT"}
    assert not Fault("", seen_once, None).findings()


def test_the_same_topics_in_the_same_form_three_times_running_give_a_hint():
    book = healthy_book()
    for index in (JANUARY, FEBRUARY, MARCH):
        book = with_meeting(index, book, topics_covered=("KL01",), mode=MeetingMode.IN_PERSON)

    assert_found(Fault("SAME_FORM_RUNNING", book, ("meetings", "topics_covered", MARCH)))
    assert not Fault("", with_meeting(MARCH, book, mode=MeetingMode.FIELD), None).findings()


def test_a_member_who_left_owes_neither_marks_nor_dues_afterwards():
    left = (MembershipChange(member_code="DV10", day=date(2026, 2, 20), change=ChangeKind.LEFT),)
    book = healthy_book(
        changes=left,
        roll_call=a_roll_call({"2026-01": "X" * 10, "2026-02": "X" * 10, "2026-03": "X" * 9}),
        dues=tuple(
            evolve(row, months={1: DuesMark.PAID} if row.member_code == "DV10" else row.months)
            for row in healthy_book().dues
        ),
    )
    book = with_meeting(MARCH, book, membership=9, present=9)

    assert not Fault("", book, None).findings()


def test_status_by_dated_changes_comes_before_the_listed_status():
    changes = (
        MembershipChange(member_code="DV10", day=date(2026, 2, 1), change=ChangeKind.EXEMPTED),
        MembershipChange(member_code="DV10", day=date(2026, 3, 1), change=ChangeKind.EXEMPTION_ENDED),
    )
    marks = a_roll_call({"2026-01": "X" * 10, "2026-02": "X" * 9 + "M", "2026-03": "X" * 10})
    book = with_meeting(FEBRUARY, healthy_book(changes=changes, roll_call=marks), exempt=1, present=9)

    assert not Fault("", book, None, today=TODAY).findings()
    assert book.members[9].status is MemberStatus.ACTIVE
    assert book.roll_call.of(code("2026-02"))["DV10"].value == "M"
