"""The roll call on the desk: single marks, everybody present, columns pasted from Excel."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import a_book, a_meeting, a_roll_call, code, some_members
from chibo.model import Mark, Member, MembershipChange
from chibo.model.vocabulary import ChangeKind, MemberStatus
from chibo.office.desk.desk import ActRefusedError, Desk, Reason
from chibo.office.desk.roll_call import all_present, clear_marks, members_at, paste_marks, set_mark
from desks import a_desk, library

MARCH = code("2026-03")
WORDS = library().layout.list_values["mark"]


def named(*names: str) -> tuple[Member, ...]:
    return tuple(evolve(member, full_name=name) for member, name in zip(some_members(len(names)), names, strict=True))


def marks(desk: Desk) -> str:
    """The marks of March in the order of the members; a dot where there is none."""
    found = desk.book.roll_call.of(MARCH)
    return "".join(found[m.member_code].value if m.member_code in found else "." for m in desk.book.members)


def pasted(text: str, *names: str) -> tuple[str, tuple[str, ...]]:
    """The marks after a paste over members with these names, and the lines nothing was made of."""
    result = paste_marks(a_desk(a_book(members=named(*names))), MARCH, text, WORDS)
    return marks(result.desk), result.unmatched


def test_one_mark_is_set_and_taken_away() -> None:
    desk = set_mark(a_desk(a_book(members=some_members(3))), MARCH, "DV02", Mark.EXCUSED)
    assert marks(desk) == ".P."
    gone = set_mark(desk, MARCH, "DV02", None)
    assert marks(gone) == "..."
    assert MARCH not in gone.book.roll_call.marks


def test_somebody_unknown_cannot_be_marked() -> None:
    with pytest.raises(ActRefusedError, match=Reason.UNKNOWN_MEMBER.value):
        set_mark(a_desk(a_book()), MARCH, "DV99", Mark.PRESENT)


def test_everybody_present_leaves_marks_already_set() -> None:
    desk = a_desk(a_book(members=some_members(4), roll_call=a_roll_call({"2026-03": " K"})))
    assert marks(all_present(desk, MARCH)) == "XKXX"


def test_everybody_present_marks_each_by_status() -> None:
    statuses = (
        MemberStatus.ACTIVE,
        MemberStatus.EXEMPT,
        MemberStatus.TRANSFERRED,
        MemberStatus.SPECIAL_DUTY,
        MemberStatus.SUSPENDED,
        MemberStatus.VISITING,
        None,
    )
    members = tuple(evolve(member, status=status) for member, status in zip(some_members(7), statuses, strict=True))
    assert marks(all_present(a_desk(a_book(members=members)), MARCH)) == "XMTĐCSX"


def test_who_left_before_is_not_called() -> None:
    left = MembershipChange(member_code="DV02", day=date(2026, 2, 1), change=ChangeKind.LEFT)
    desk = a_desk(a_book(members=some_members(3), changes=(left,)))
    assert [member.member_code for member in members_at(desk.book, MARCH)] == ["DV01", "DV03"]
    assert marks(all_present(desk, MARCH)) == "X.X"


def test_without_members_there_is_nobody_to_call() -> None:
    with pytest.raises(ActRefusedError, match=Reason.NO_MEMBERS.value):
        all_present(a_desk(a_book(members=())), MARCH)


def test_all_marks_of_one_meeting_are_cleared() -> None:
    book = a_book(a_meeting("2026-02"), a_meeting(), roll_call=a_roll_call({"2026-02": "X", "2026-03": "XPK"}))
    cleared = clear_marks(a_desk(book), MARCH)
    assert set(cleared.book.roll_call.marks) == {code("2026-02")}


def test_a_column_of_marks_goes_by_order() -> None:
    assert pasted("x\r\np\r\nK\r\n", "An", "Bình", "Chi") == ("XPK", ())


@pytest.mark.parametrize("heading", ["2026-03", "T3", "07/03/2026", "Điểm danh"])
def test_the_heading_of_a_column_is_no_mark(heading: str) -> None:
    assert pasted(f"{heading}\nx\np\nk", "An", "Bình", "Chi") == ("XPK", ())


def test_a_column_that_begins_with_a_heading_and_ends_early_is_not_shifted() -> None:
    assert pasted("T3\nx\np", "An", "Bình", "Chi") == ("XP.", ())


def test_a_word_among_marks_costs_its_own_line_alone() -> None:
    assert pasted("x\nvắng\nk", "An", "Bình", "Chi") == ("X.K", ("2. Bình: vắng",))


def test_a_column_that_lacks_its_first_mark_keeps_its_order() -> None:
    assert pasted("\nx\nk", "An", "Bình", "Chi") == (".XK", ())


def test_an_empty_line_of_a_column_leaves_its_member() -> None:
    assert pasted("x\n\nk", "An", "Bình", "Chi") == ("X.K", ())


def test_marks_beyond_the_list_are_given_back() -> None:
    assert pasted("x\nx\nx\np", "An", "Bình") == ("XX", ("3.: x", "4.: p"))


def test_a_strange_mark_is_given_back() -> None:
    assert pasted("x\nz\nk", "An", "Bình", "Chi") == ("X.K", ("2. Bình: z",))


def test_d_is_not_the_mark_of_special_duty() -> None:
    assert pasted("đ\nd", "An", "Bình") == ("Đ.", ("2. Bình: d",))


def test_names_with_marks_go_by_name_in_any_order() -> None:
    text = "Trần Thị Bình\tP\nNguyễn Văn An\tX"
    assert pasted(text, "Nguyễn Văn An", "Trần Thị Bình", "Lê Chi") == ("XP.", ())


def test_running_numbers_codes_and_other_columns_do_not_disturb() -> None:
    text = "1\tDV02\tTrần Thị Bình\tTổ 1\tK\n2.\tDV01\tNguyễn Văn An\tTổ 2\tx"
    assert pasted(text, "Nguyễn Văn An", "Trần Thị Bình") == ("XK", ())


def test_names_alone_are_those_present() -> None:
    assert pasted("nguyễn văn an\nLê Chi", "Nguyễn Văn An", "Trần Thị Bình", "Lê Chi") == ("X.X", ())


def test_a_name_without_a_mark_among_others_with_marks_keeps_what_it_has() -> None:
    assert pasted("Nguyễn Văn An\tX\nLê Chi\t", "Nguyễn Văn An", "Lê Chi") == ("X.", ())


def test_names_are_found_however_their_letters_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thuý Hoà")
    assert pasted(f"{decomposed}\tP", "Nguyễn Thúy Hòa") == ("P", ())


def test_headings_strangers_and_shared_names_are_given_back() -> None:
    text = "Họ và tên\tTháng 3\nLê An\tX\nVũ Lạ\tX\nTrần Thị Bình\tP"
    found, unmatched = pasted(text, "Lê An", "Trần Thị Bình", "Lê An")
    assert found == ".P."
    assert unmatched == ("Họ và tên Tháng 3", "Lê An X", "Vũ Lạ X")


def test_a_shared_name_is_told_apart_by_its_code() -> None:
    assert pasted("DV03\tLê An\tK", "Lê An", "Trần Thị Bình", "Lê An") == ("..K", ())


def test_an_endless_paste_is_refused() -> None:
    with pytest.raises(ActRefusedError, match=Reason.TOO_LONG.value):
        paste_marks(a_desk(a_book()), MARCH, "x" * 100_001, WORDS)


@given(st.text(max_size=400))
def test_whatever_is_pasted_every_line_is_taken_or_given_back(text: str) -> None:
    desk = a_desk(a_book(members=some_members(5)))
    result = paste_marks(desk, MARCH, text, WORDS)
    assert result.taken == len(result.desk.book.roll_call.of(MARCH))
    assert result.taken + len(result.unmatched) <= len(text.splitlines()) + 1


@given(st.lists(st.sampled_from(["X", "P", "K", "M", "T", "Đ", "C", "S"]), min_size=1, max_size=12))
def test_a_column_copied_out_comes_back_the_same(column: list[str]) -> None:
    desk = a_desk(a_book(members=some_members(len(column))))
    result = paste_marks(desk, MARCH, "\n".join(column), WORDS)
    assert marks(result.desk) == "".join(column)
    assert result.unmatched == ()
