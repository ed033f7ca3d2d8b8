"""Faults of counts, the roll call, speakers, votes and the agenda."""

from __future__ import annotations

import pytest
from attrs import evolve

from builders import code
from chibo.model import CellBook, MembershipChange, RollCall
from chibo.model.vocabulary import ChangeKind, MemberStatus
from faults import Fault, assert_found, codes
from healthy import FEBRUARY, healthy_book, with_marks, with_meeting, with_record

FULL = "XXXXXXXXXX"


def _typed(**counts) -> CellBook:
    """February without a roll call, so that its typed counts hold."""
    whole = healthy_book()
    marks = {meeting: row for meeting, row in whole.roll_call.marks.items() if meeting != code("2026-02")}
    book = evolve(whole, roll_call=evolve(whole.roll_call, marks=marks), self_scores=_unscored(whole))
    return with_meeting(FEBRUARY, book, **counts)


def _unscored(book: CellBook):
    return evolve(book.self_scores, points={m: p for m, p in book.self_scores.points.items() if m != code("2026-02")})


def _marked(status: MemberStatus, mark: str) -> set[str]:
    """What is said of the tenth member, of this status, having this mark at every meeting."""
    marks = with_marks(**dict.fromkeys(("m01", "m02", "m03"), "XXXXXXXXX" + mark)).roll_call
    book = evolve(with_record("members", 9, status=status), roll_call=marks)
    return codes(Fault("", book, None).findings()) & {"MARK_AGAINST_STATUS", "VISITOR_COUNTED"}


NOT_SCORED = {"MEETING_NOT_SCORED"}

FAULTS = [
    Fault(
        "COUNT_NEGATIVE",
        _typed(excused=-1),
        ("meetings", "excused", FEBRUARY),
        also={*NOT_SCORED, "COUNTS_DO_NOT_ADD_UP"},
    ),
    Fault("COUNT_NEGATIVE", with_meeting(FEBRUARY, praises=-1), ("meetings", "praises", FEBRUARY)),
    Fault("PRESENT_OVER_MEMBERSHIP", _typed(present=11), ("meetings", "present", FEBRUARY), also=NOT_SCORED),
    Fault("PRESENT_OVER_OWED", _typed(exempt=1), ("meetings", "present", FEBRUARY), also=NOT_SCORED),
    Fault("COUNTS_DO_NOT_ADD_UP", _typed(present=9), ("meetings", "membership", FEBRUARY), also=NOT_SCORED),
    Fault("COUNT_AGAINST_ROLL_CALL", with_meeting(FEBRUARY, present=9), ("meetings", "present", FEBRUARY)),
    Fault("COUNT_AGAINST_ROLL_CALL", with_meeting(FEBRUARY, present=11), ("meetings", "present", FEBRUARY)),
    Fault(
        "MEMBERSHIP_AGAINST_LIST",
        _typed(membership=11, excused=1),
        ("meetings", "membership", FEBRUARY),
        also=NOT_SCORED,
    ),
    Fault("ROLL_CALL_PARTIAL", with_marks(m02="XXXXXXXX X"), ("roll_call", "=E13", 0)),
    Fault("ROLL_CALL_OF_UNKNOWN_MEETING", with_marks(m05=FULL), ("roll_call", "=G4", 0)),
    Fault("ROLL_CALL_OF_MEETING_NOT_HELD", with_marks(m04=FULL), ("roll_call", "=G4", 0)),
    Fault(
        "ROLL_CALL_OF_UNKNOWN_MEMBER",
        with_marks(m02=FULL + "X"),
        ("roll_call", "=B15", 0),
        also={"COUNT_AGAINST_ROLL_CALL"},
    ),
    Fault(
        "ROLL_CALL_NAME_DIFFERS",
        healthy_book(
            roll_call=RollCall(with_marks().roll_call.marks, names={"DV01": "Đảng viên 1", "DV02": "Người khác"})
        ),
        ("roll_call", "=C6", 0),
    ),
    Fault(
        "MARK_OUTSIDE_MEMBERSHIP",
        healthy_book(
            changes=(
                MembershipChange(
                    member_code="DV10", day=healthy_book().meetings[2].held_on.replace(day=1), change=ChangeKind.LEFT
                ),
            )
        ),
        ("roll_call", "=F14", 0),
    ),
    Fault(
        "MARK_AGAINST_STATUS", with_marks(m02="XXXXXXXXXM"), ("roll_call", "=E14", 0), also={"COUNT_AGAINST_ROLL_CALL"}
    ),
    Fault(
        "VISITOR_COUNTED", with_record("members", 9, status=MemberStatus.VISITING), ("roll_call", "=D14", 0), times=3
    ),
    Fault(
        "SPEAKERS_OVER_PRESENT", with_meeting(FEBRUARY, speakers=11, opinions=12), ("meetings", "speakers", FEBRUARY)
    ),
    Fault("OPINIONS_UNDER_SPEAKERS", with_meeting(FEBRUARY, opinions=5), ("meetings", "opinions", FEBRUARY)),
    Fault(
        "FEW_SPEAKERS", with_meeting(FEBRUARY, speakers=2), ("meetings", "speakers", FEBRUARY), also={"SELF_ABOVE_FACT"}
    ),
    Fault(
        "VOTES_OVER_ENTITLED",
        with_meeting(FEBRUARY, votes_for=10, votes_entitled=9),
        ("meetings", "votes_for", FEBRUARY),
    ),
    Fault(
        "ENTITLED_OVER_MEMBERSHIP",
        with_meeting(FEBRUARY, votes_for=10, votes_entitled=11),
        ("meetings", "votes_entitled", FEBRUARY),
    ),
    Fault("AGENDA_NEGATIVE", with_meeting(FEBRUARY, minutes_other=-5), ("meetings", "minutes_other", FEBRUARY)),
    Fault("AGENDA_OVER_MINUTES", with_meeting(FEBRUARY, minutes_other=11), ("meetings", "minutes_ideology", FEBRUARY)),
    Fault(
        "PROFESSIONAL_SHARE_HIGH",
        with_meeting(FEBRUARY, minutes_tasks=45, minutes_ideology=10, minutes_party_building=10),
        ("meetings", "minutes_tasks", FEBRUARY),
    ),
    Fault(
        "FACTS_NOT_RECORDED",
        with_meeting(FEBRUARY, speakers=None, opinions=None),
        ("meetings", "speakers", FEBRUARY),
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_found_at_its_place(fault):
    assert_found(fault)


def test_edges_of_shares_are_not_found():
    half = with_meeting(FEBRUARY, minutes_tasks=30, minutes_ideology=10, minutes_party_building=5, minutes_other=0)
    three_tenths = with_meeting(FEBRUARY, speakers=3)

    assert not Fault("", half, None).findings()
    assert "FEW_SPEAKERS" not in codes(Fault("", three_tenths, None).findings())


def test_a_count_that_differs_from_the_roll_call_names_both_places():
    fault = Fault("", with_meeting(FEBRUARY, excused=1), None)

    [found] = fault.findings()

    assert (found.seen, found.expected) == ("1", "0")
    assert [(place.sheet, place.address) for place in found.other_places] == [("Điểm danh", "E4")]


def test_marks_win_so_that_impossible_typed_counts_block_nothing_beside_a_full_roll_call():
    assert codes(Fault("", with_meeting(FEBRUARY, present=12, excused=-1), None).findings()) == {
        "COUNT_AGAINST_ROLL_CALL"
    }


def test_a_partly_marked_roll_call_says_who_lacks_a_mark_and_where():
    [found] = Fault("", with_marks(m02="X XXXXX XX"), None).findings()

    assert found.seen == "DV02, DV08"
    assert [found.place.address, *(place.address for place in found.other_places)] == ["E6", "E12"]


def test_visitors_may_speak_though_they_are_not_counted_as_present():
    visitor = with_record("members", 9, status=MemberStatus.VISITING)
    marks = with_marks(**dict.fromkeys(("m01", "m02", "m03"), "XXXXXXXXXS")).roll_call
    book = evolve(visitor, roll_call=marks)
    for index in range(3):
        book = with_meeting(index, book, membership=9, present=9)
    book = with_meeting(FEBRUARY, book, speakers=10, opinions=10)

    assert not Fault("", book, None).findings()


@pytest.mark.parametrize(
    ("status", "fitting", "unfitting"),
    [
        (MemberStatus.ACTIVE, "XPK", "MTĐCS"),
        (MemberStatus.EXEMPT, "MX", "PKTĐCS"),
        (MemberStatus.TRANSFERRED, "TX", "PKMĐCS"),
        (MemberStatus.SPECIAL_DUTY, "ĐX", "PKMTCS"),
        (MemberStatus.SUSPENDED, "C", "XPKMTĐS"),
        (MemberStatus.VISITING, "S", "XPKMTĐC"),
    ],
)
def test_marks_that_fit_a_status_and_those_that_do_not(status, fitting, unfitting):
    assert not [mark for mark in fitting if _marked(status, mark)]
    expected = "VISITOR_COUNTED" if status is MemberStatus.VISITING else "MARK_AGAINST_STATUS"
    assert all(_marked(status, mark) == {expected} for mark in unfitting)


def test_counts_that_are_not_recorded_are_told_in_one_note():
    [found] = [
        f for f in Fault("", _typed(present=None, starts_at=None), None).findings() if f.code.startswith("FACTS")
    ]

    assert found.values["columns"] == "«Giờ bắt đầu», «Có mặt»"
