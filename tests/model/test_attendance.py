"""The counts that hold for a meeting: roll call against typed counts, membership by the day, the rate."""

from datetime import date
from fractions import Fraction

from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, code, some_members
from chibo.model import CountSource, MembershipChange, attendance_of
from chibo.model.attendance import belongs_on, unmarked_members
from chibo.model.vocabulary import ChangeKind, MemberStatus

MARCH = code("2026-03")


def counts(book):
    return attendance_of(book, book.meeting(MARCH))


def test_a_full_roll_call_wins_over_typed_counts():
    book = a_book(a_meeting(present=10, excused=0), roll_call=a_roll_call({"2026-03": "XXXXXXPPKM"}))
    seen = counts(book)
    assert seen.source is CountSource.ROLL_CALL
    assert (seen.membership, seen.present, seen.excused, seen.unexcused, seen.exempt) == (10, 6, 2, 1, 1)
    assert seen.rate == Fraction(6, 9)


def test_a_partial_roll_call_leaves_the_typed_counts():
    book = a_book(a_meeting(present=9, excused=1), roll_call=a_roll_call({"2026-03": "XXXX      "}))
    seen = counts(book)
    assert (seen.source, seen.present, seen.excused) == (CountSource.TYPED, 9, 1)
    assert [member.member_code for member in unmarked_members(book, MARCH)] == [
        "DV05",
        "DV06",
        "DV07",
        "DV08",
        "DV09",
        "DV10",
    ]


def test_visitors_are_present_but_not_in_the_membership():
    book = a_book(members=some_members(4), roll_call=a_roll_call({"2026-03": "XXXS"}))
    seen = counts(book)
    assert (seen.membership, seen.present, seen.rate) == (3, 3, Fraction(1))


def test_an_untyped_count_of_those_away_is_that_of_the_marks():
    meeting = a_meeting(exempt=None, transferred=None, special_duty=None, suspended=None, present=8)
    book = a_book(meeting, roll_call=a_roll_call({"2026-03": "XMT"}))
    seen = counts(book)
    assert (seen.exempt, seen.transferred, seen.special_duty, seen.suspended) == (1, 1, 0, 0)
    assert seen.rate == Fraction(8, 8)


def test_nothing_recorded_is_unknown_not_zero():
    nothing = dict.fromkeys(
        ["membership", "exempt", "transferred", "special_duty", "suspended", "present", "excused", "unexcused"]
    )
    seen = counts(a_book(a_meeting(**nothing)))
    assert (seen.membership, seen.exempt, seen.present, seen.owed, seen.rate) == (None, None, None, None, None)


def test_nobody_owed_gives_no_rate():
    assert counts(a_book(a_meeting(membership=2, exempt=2, present=0))).rate is None


def change(kind, day):
    return MembershipChange(member_code="DV01", day=day, change=kind)


def test_membership_follows_the_dated_changes():
    joined = a_book(changes=(change(ChangeKind.ADMITTED, date(2026, 4, 1)),))
    left = a_book(changes=(change(ChangeKind.LEFT, date(2026, 4, 1)),))
    away = a_book(changes=(change(ChangeKind.RETURNED, date(2026, 4, 1)),))
    member = joined.members[0]
    assert [belongs_on(book, member, date(2026, 3, 5)) for book in (joined, left, away)] == [False, True, True]
    assert [belongs_on(book, member, date(2026, 4, 1)) for book in (joined, left, away)] == [True, False, True]


def test_one_who_came_and_left_again_belongs_in_between():
    book = a_book(
        changes=(change(ChangeKind.CAME, date(2026, 2, 1)), change(ChangeKind.LEFT, date(2026, 5, 1))),
    )
    days = [date(2026, 1, 5), date(2026, 3, 5), date(2026, 6, 5)]
    assert [belongs_on(book, book.members[0], day) for day in days] == [False, True, False]


def test_a_visitor_belongs_between_the_dates_of_the_status():
    book = a_book()
    visitor = evolve(book.members[0], status=MemberStatus.VISITING, since=date(2026, 2, 1), until=date(2026, 3, 31))
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [belongs_on(book, visitor, day) for day in days] == [False, True, True, False]


def test_a_roll_call_is_full_without_those_who_joined_later():
    book = a_book(
        roll_call=a_roll_call({"2026-03": " XXXXXXXXX"}),
        changes=(change(ChangeKind.CAME, date(2026, 4, 1)),),
    )
    assert counts(book).membership == 9
