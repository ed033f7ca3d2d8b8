"""What is typed into the forms becomes values, or is refused with the form that is expected."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.model import MeetingKind, Month
from chibo.model.vocabulary import MeetingMode, MemberStatus, Post, Standing
from chibo.office.desk.desk import ActRefusedError, Reason
from chibo.office.desk.new import MOST_MEMBERS, FormError, book_of_form
from chibo.office.desk.typing import typed_value
from chibo.office.member_lines import Unclear
from chibo.office.member_list import members_of_text
from desks import library

FORM = {
    "cell_code": "CB21",
    "cell_name": "Chi bộ Thanh tra",
    "cell_kind": "cơ quan hành chính",
    "year": "2026",
    "has_committee": "no",
    "secretary": "Lê Nắng Sớm",
    "secretary_is_head": "yes",
}


@pytest.mark.parametrize(
    ("text", "month", "value"),
    [
        ("31/10", 10, date(2026, 10, 31)),
        ("ngày 5.3", 3, date(2026, 3, 5)),
        ("28 tháng 2", 3, date(2026, 2, 28)),
        ("1/7", 1, date(2026, 7, 1)),
    ],
)
def test_a_day_without_its_year_is_of_the_meetings_year(text: str, month: int, value: date) -> None:
    assert typed_value("held_on", text, library(), Month(2026, month)) == value


@pytest.mark.parametrize(
    ("text", "month", "expected"),
    [
        ("30/12", Month(2026, 1), "expected_date_year"),
        ("31/10", None, "expected_date_year"),
        ("29/2", Month(2026, 3), "expected_date_year"),
        ("31/11", Month(2026, 11), "expected_date"),
    ],
)
def test_a_day_whose_year_is_in_doubt_is_asked_for_its_year(text: str, month: Month | None, expected: str) -> None:
    with pytest.raises(ActRefusedError) as refusal:
        typed_value("held_on", text, library(), month)
    assert refusal.value.values["expected"] == expected


def typed(field: str, text: str | list[str]) -> Any:
    return typed_value(field, text, library())


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("held_on", "05/03/2026", date(2026, 3, 5)),
        ("held_on", "5/3/26", date(2026, 3, 5)),
        ("held_on", "05-03-2026", date(2026, 3, 5)),
        ("held_on", "ngày 05/3/2026", date(2026, 3, 5)),
        ("held_on", " ", None),
        ("starts_at", "14:00", time(14, 0)),
        ("starts_at", "14h", time(14, 0)),
        ("starts_at", "14 giờ 30", time(14, 30)),
        ("speakers", "7", 7),
        ("previous_resolution_rate", "87,5%", Fraction(175, 2)),
        ("previous_resolution_rate", "100", Fraction(100)),
        ("minutes_kept", "yes", True),
        ("minutes_kept", "no", False),
        ("minutes_kept", "", None),
        ("kind", "kết hợp", MeetingKind.COMBINED),
        ("mode", "Trực tuyến", MeetingMode.ONLINE),
        ("venue", "  Hội   trường ", "Hội trường"),
        ("venue", "", ""),
        ("resolution_number", "05", "05"),
        ("topics_covered", ["KL01", "CĐTK", "KL01"], ("KL01", "CĐTK")),
        ("topics_covered", [], ()),
    ],
)
def test_values_as_people_type_them(field: str, text: str | list[str], value: Any) -> None:
    assert typed(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "form"),
    [
        ("held_on", "31/02/2026", "expected_date"),
        ("held_on", "mai", "expected_date"),
        ("starts_at", "25:00", "expected_time"),
        ("speakers", "-1", "expected_number"),
        ("speakers", "bảy", "expected_number"),
        ("speakers", "99999", "expected_number"),
        ("speakers", "9" * 5000, "expected_number"),
        ("previous_resolution_rate", "101", "expected_rate"),
        ("previous_resolution_rate", "NaN", "expected_rate"),
        ("previous_resolution_rate", "1e-50", "expected_rate"),
        ("minutes_kept", "có lẽ", "expected_choice"),
        ("kind", "Hội nghị", "expected_choice"),
        ("topics_covered", ["LẠ"], "expected_choice"),
        ("venue", ["a", "b"], "expected_text"),
    ],
)
def test_what_is_no_value_is_refused_with_the_form_expected(field: str, text: str | list[str], form: str) -> None:
    with pytest.raises(ActRefusedError) as refused:
        typed(field, text)
    assert refused.value.reason is Reason.BAD_VALUE
    assert refused.value.values["expected"] == form


def test_a_text_too_long_is_refused_with_its_length_and_the_limit() -> None:
    with pytest.raises(ActRefusedError) as refused:
        typed("venue", "a" * 2001)
    assert refused.value.reason is Reason.TOO_LONG
    assert refused.value.values == {"seen": "2001", "most": "2000"}


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ActRefusedError, match=Reason.UNKNOWN_FIELD.value):
        typed("colour", "red")


@given(st.sampled_from(["held_on", "starts_at", "speakers", "previous_resolution_rate", "kind", "venue"]), st.text())
def test_whatever_is_typed_gives_a_value_or_a_refusal(field: str, text: str) -> None:
    with suppress(ActRefusedError):
        typed(field, text)


def test_a_form_makes_a_book() -> None:
    book = book_of_form({**FORM, "members": "Lê Nắng Sớm"}, library())
    assert (book.info.cell_code, book.info.year, book.info.secretary_is_head) == ("CB21", 2026, True)
    assert book.info.layout_version == library().layout.version
    assert len(book.members) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"cell_code": " "}, {"cell_code": "missing"}),
        ({"year": "hai nghìn"}, {"year": "year"}),
        ({"year": "1926"}, {"year": "year"}),
        ({"cell_kind": "Lạ"}, {"cell_kind": "choice"}),
        ({"has_committee": "maybe"}, {"has_committee": "choice"}),
        ({"committee_code": "DB01"}, {"committee_name": "missing"}),
    ],
)
def test_a_form_says_what_is_wrong_with_each_field(change: dict[str, str], problem: dict[str, str]) -> None:
    with pytest.raises(FormError) as refused:
        book_of_form({**FORM, **change}, library())
    assert refused.value.problems == problem


def test_members_are_read_from_whatever_was_pasted() -> None:
    text = """
    TT\tMã đảng viên\tHọ và tên\tChức vụ
    1\tDV05\tLê Nắng Sớm\tBí thư
    2.\tPhạm Sông Dài\tDự bị\tMiễn sinh hoạt
    Vũ Cỏ Mật; PBT
    3
    """
    members = members_of_text(text, library()).members
    assert [(member.member_code, member.full_name, member.post) for member in members] == [
        ("DV05", "Lê Nắng Sớm", Post.SECRETARY),
        ("DV01", "Phạm Sông Dài", Post.MEMBER),
        ("DV02", "Vũ Cỏ Mật", Post.DEPUTY),
    ]
    assert (members[1].standing, members[1].status) == (Standing.PROBATIONARY, MemberStatus.EXEMPT)


def test_a_code_given_out_is_never_one_that_stands_in_the_list() -> None:
    members = members_of_text("Một Người\nDV01\tHai Người\nDV01\tBa Người", library()).members
    codes = [member.member_code for member in members]
    assert codes[1] == "DV01"
    assert len(set(codes)) == 3


@given(st.text())
def test_any_text_gives_members_with_distinct_codes(text: str) -> None:
    codes = [member.member_code.casefold() for member in members_of_text(text, library()).members]
    assert len(set(codes)) == len(codes)


EVERYDAY = {
    "ordinals": "1. Lê Bình\n2) Nguyễn Văn An",
    "bare ordinals": "1 Lê Bình\n2\tNguyễn Văn An",
    "bullets and forms of address": "- Đ/c Lê Bình\n• Nguyễn Văn An",
    "a title and birth years": "DANH SÁCH ĐẢNG VIÊN\nLê Bình (sinh 1975)\nNguyễn Văn An, sn 1980, nam\nTổng số: 2",
    "a heading, birth dates": "STT\tHọ và tên\tNgày sinh\n1\tLê Bình\t1/2/1975\n2\tNguyễn Văn An\t1/2/1975",
    "two columns of a name": "TT\tHọ đệm\tTên\n1\tLê\tBình\n2\tNguyễn Văn\tAn",
    "commas": "Họ và tên,Ghi chú\nLê Bình,mới\nNguyễn Văn An,",
    "a longer heading": "Stt\tHọ và tên đảng viên\n1\tLê Bình\n2\tNguyễn Văn An\n\tTổng cộng: 2",
    "full stops": "Lê Bình.\nNguyễn Văn An,",
    "a heading alone": "Họ và tên\n1. Lê Bình\n2. Nguyễn Văn An",
}


@pytest.mark.parametrize("text", EVERYDAY.values(), ids=EVERYDAY)
def test_members_pasted_in_everyday_shapes_are_all_taken(text: str) -> None:
    listed = members_of_text(text, library())
    assert [(one.member_code, one.full_name) for one in listed.members] == [
        ("DV01", "Lê Bình"),
        ("DV02", "Nguyễn Văn An"),
    ]
    assert listed.untaken == ()


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("DV07, Lê Bình", ("DV07", "Lê Bình", "", Post.MEMBER)),
        ("DV07 Lê Bình - Bí thư", ("DV07", "Lê Bình", "", Post.SECRETARY)),
        ("Lê Bình, Bí thư", ("DV01", "Lê Bình", "", Post.SECRETARY)),
        ("1\tTổ A\tLê Bình", ("DV01", "Lê Bình", "Tổ A", Post.MEMBER)),
        ("1\t1/2/1975\tLê Bình", ("DV01", "Lê Bình", "", Post.MEMBER)),
    ],
)
def test_a_line_is_understood_by_its_words(line: str, member: tuple[str, str, str, Post]) -> None:
    (found,) = members_of_text(line, library()).members
    assert (found.member_code, found.full_name, found.group, found.post) == member


@pytest.mark.parametrize(
    "text",
    ["I. Tổ 1\n1. Lê Bình\nII. Tổ 2\n2. Trần Cúc", "TT\tHọ và tên\nI\tTổ 1\n1\tLê Bình\nII\tTổ 2\n2\tTrần Cúc"],
)
def test_members_below_a_party_group_belong_to_it(text: str) -> None:
    found = [(one.full_name, one.group) for one in members_of_text(text, library()).members]
    assert found == [("Lê Bình", "Tổ 1"), ("Trần Cúc", "Tổ 2")]


@pytest.mark.parametrize(
    ("line", "reason", "part"),
    [
        ("Nguyễn Văn\tAn", Unclear.MANY_NAMES, "Nguyễn Văn · An"),
        ("Lê Bình, Trần Cúc, Phạm Hà", Unclear.MANY_NAMES, "Lê Bình · Trần Cúc · Phạm Hà"),
        ("Lê Bình\t0912345678", Unclear.PART, "0912345678"),
        ("DV05\tBí thư", Unclear.NO_NAME, "DV05 · Bí thư"),
        ("Bình", Unclear.SHORT_NAME, "Bình"),
        ("Lê Bình, Tổ trưởng", Unclear.MANY_NAMES, "Lê Bình · Tổ trưởng"),
        ("Mã ĐV\tHọ và tên\n1/2/1975\tLê Bình", Unclear.NO_CODE, "1/2/1975"),
    ],
)
def test_a_line_that_cannot_be_told_is_named_and_no_book_is_made(line: str, reason: Unclear, part: str) -> None:
    text = f"Trần Thị Cúc\n\n{line}"
    with pytest.raises(FormError) as refused:
        book_of_form({**FORM, "members": text}, library())
    assert refused.value.problems == {"members": "lines"}
    (untaken,) = refused.value.untaken
    assert (untaken.line, untaken.unread.reason, untaken.unread.part) == (len(text.splitlines()), reason, part)


def test_more_members_than_a_book_takes_are_refused_and_not_cut_off() -> None:
    with pytest.raises(FormError) as refused:
        book_of_form({**FORM, "members": "Lê Bình\n" * (MOST_MEMBERS + 1)}, library())
    assert refused.value.problems == {"members": "many"}


@given(
    st.lists(
        st.sampled_from(["1.", "DV1", "Lê Bình", "An", "12/3/1975", "7 8", "x2y", "(", "Bí thư", "Tổ trưởng", "@"])
    )
)
def test_every_line_is_a_member_or_told(parts: list[str]) -> None:
    listed = members_of_text("\t".join(parts), library())
    if any(any(sign.isalpha() for sign in part) for part in parts):
        assert len(listed.members) + len(listed.untaken) == 1
