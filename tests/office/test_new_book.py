"""Starting a year's book: what is typed, a list of members, and what goes over from last year."""

from datetime import date

import pytest
from attrs import evolve

from builders import a_book, a_meeting, an_info, code
from chibo.checks import check_book
from chibo.definitions.library import Library
from chibo.errors import ChiboError, UnknownNameError
from chibo.findings import Severity
from chibo.model import Assessment, AssessmentEntry, CommitteePost, Inspection, MembershipChange, Task
from chibo.model.vocabulary import (
    AssessmentItem,
    CellKind,
    ChangeKind,
    InspectionKind,
    InspectionSubject,
    MemberStatus,
    Post,
    Standing,
    TaskResult,
)
from chibo.office.carrying_over import carry_over
from chibo.office.member_list import read_members
from chibo.office.new_book import new_book, new_info, next_year, open_last_year

LIBRARY = Library()
TYPED = {"cell_code": "CB07", "cell_name": "Chi bộ  Bảy", "cell_kind": "trường học", "year": "2026"}


def test_four_texts_are_enough():
    info = new_info(TYPED, LIBRARY)
    assert (info.cell_code, info.cell_name, info.cell_kind, info.year) == ("CB07", "Chi bộ Bảy", CellKind.SCHOOL, 2026)
    assert (info.has_committee, info.layout_version) == (None, LIBRARY.layout.version)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cell_code": ""}, "Mã chi bộ"),
        ({"cell_kind": "Hội"}, "Cơ quan hành chính"),
        ({"year": "hai nghìn"}, "số nguyên"),
        ({"year": "9" * 5000}, "số nguyên"),
        ({"committee_code": "DB01"}, "Tên đảng bộ cơ sở"),
        ({"has_committee": "chưa rõ"}, "Có hoặc Không"),
        ({"frame_regular": "khong-co"}, "hd42-thuong-ky"),
    ],
)
def test_what_cannot_be_taken_is_named_with_what_is_expected(change, words):
    with pytest.raises(UnknownNameError, match=words):
        new_info({**TYPED, **change}, LIBRARY)


def test_members_come_from_a_list_with_or_without_codes():
    listed = "STT;Họ tên;Mã ĐV;Chức vụ;Tư cách;Tình trạng\n1;Người Một;A1;Bí thư;;Miễn\n2;Người Hai;;;DB;\n;;;;;\n"
    members = read_members(listed.encode("utf-8-sig"), "ds.csv", LIBRARY).members
    assert [(m.member_code, m.full_name, m.post, m.standing, m.status) for m in members] == [
        ("A1", "Người Một", Post.SECRETARY, Standing.OFFICIAL, MemberStatus.EXEMPT),
        ("DV01", "Người Hai", Post.MEMBER, Standing.PROBATIONARY, MemberStatus.ACTIVE),
    ]


def test_a_list_of_names_alone_is_enough():
    members = read_members("Người Một\nNgười Hai\n".encode(), "ds.txt", LIBRARY).members
    assert [member.member_code for member in members] == ["DV01", "DV02"]


def test_a_word_of_a_list_that_is_not_understood_is_told():
    listed = read_members("Họ và tên,Chức vụ\nNgười Một,Thủ quỹ\n".encode(), "ds.csv", LIBRARY)
    assert listed.members[0].post is Post.MEMBER
    assert listed.unknown == ("Người Một: Chức vụ Đảng «Thủ quỹ»",)


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"", b"\xff\x00\xff"])
def test_a_list_that_cannot_be_understood_is_refused_in_words(data):
    with pytest.raises(ChiboError, match=r"ds\.csv"):
        read_members(data, "ds.csv", LIBRARY)


def last_year():
    """A book of 2025 with something of everything that may go over."""
    info = an_info(year=2025)
    changes = [
        ("DV01", ChangeKind.EXEMPTED, date(2025, 5, 1)),
        ("DV02", ChangeKind.LEFT, date(2025, 6, 1)),
        ("DV03", ChangeKind.LEFT_TEMPORARILY, date(2025, 7, 1)),
        ("DV03", ChangeKind.RETURNED, date(2025, 9, 1)),
        ("DV04", ChangeKind.MADE_OFFICIAL, date(2025, 8, 1)),
    ]
    book = a_book(
        a_meeting("2025-12"),
        info=info,
        changes=tuple(MembershipChange(member_code=who, change=what, day=day) for who, what, day in changes),
        committee_seats=3,
        committee=(
            CommitteePost(post="Bí thư", full_name="Người Một"),
            CommitteePost(post="Phó bí thư", full_name="Người Cũ", until=date(2025, 6, 1)),
        ),
        tasks=(
            Task(meeting_code=code("2025-12"), task="Còn", result=TaskResult.UNDER_WAY),
            Task(meeting_code=code("2025-12"), task="Xong", result=TaskResult.DONE),
        ),
        inspections=(
            Inspection(
                inspected_on=date(2025, 10, 2),
                authority="Đảng ủy cơ sở",
                kind=InspectionKind.INSPECTION,
                subjects=(InspectionSubject.DUES,),
                shortcomings="Đóng đảng phí chậm",
                remedy_due_on=date(2026, 1, 31),
            ),
        ),
        assessment=Assessment(
            entries=(
                AssessmentEntry(item=AssessmentItem.REMEDY, text="Tăng ý kiến thảo luận"),
                AssessmentEntry(item=AssessmentItem.REMEDY, text="Họp chi ủy đều", result="Đã hoàn thành"),
                AssessmentEntry(item=AssessmentItem.STRENGTH, text="Đủ số buổi"),
            )
        ),
    )
    members = tuple(
        evolve(member, standing=Standing.PROBATIONARY) if member.member_code == "DV04" else member
        for member in book.members
    )
    return evolve(book, members=members)


def test_members_go_over_as_the_year_left_them():
    carried = carry_over(last_year(), new_book(new_info(TYPED, LIBRARY)))
    by_code = {member.member_code: member for member in carried.book.members}
    assert carried.left == ("Đảng viên 2",)
    assert "DV02" not in by_code
    assert (by_code["DV01"].status, by_code["DV01"].since) == (MemberStatus.EXEMPT, date(2025, 5, 1))
    assert (by_code["DV03"].status, by_code["DV03"].since) == (MemberStatus.ACTIVE, None)
    assert by_code["DV04"].standing is Standing.OFFICIAL


def test_posts_and_what_is_not_finished_go_over_and_nothing_else():
    carried = carry_over(last_year(), new_book(new_info(TYPED, LIBRARY)))
    book = carried.book
    assert [post.full_name for post in book.committee] == ["Người Một"]
    assert [task.task for task in book.tasks] == ["Còn"]
    assert [entry.text for entry in book.assessment.entries] == [
        "Tăng ý kiến thảo luận",
        "Khắc phục sau kiểm tra ngày 02/10/2025 (Đảng ủy cơ sở): Đóng đảng phí chậm",
    ]
    assert (carried.tasks, carried.remedies) == (1, 2)
    assert (book.meetings, book.changes, book.inspections, book.dues) == ((), (), (), ())


def test_a_new_book_does_not_warn_of_what_it_took_over():
    book = next_year(last_year(), {"year": "2026"}, None, LIBRARY).book
    found = check_book(book, LIBRARY, date(2026, 1, 2))
    assert book.assessment.entries
    # One of three seats of the committee is filled: that is so in the new year as well.
    assert {finding.code for finding in found if finding.severity is not Severity.NOTE} <= {"SEATS_NOT_FILLED"}


def test_last_year_says_who_the_cell_is_and_what_is_typed_wins():
    book = next_year(last_year(), {"year": "2026", "secretary": "Người Ba"}, None, LIBRARY).book
    assert (book.info.cell_code, book.info.year, book.info.secretary, book.info.has_committee) == (
        "CB01",
        2026,
        "Người Ba",
        True,
    )


@pytest.mark.parametrize("typed", [{"year": "2025"}, {"year": "2026", "cell_code": "CB99"}])
def test_last_year_must_be_this_cells_and_earlier(typed):
    with pytest.raises(UnknownNameError, match="Sổ cũ"):
        next_year(last_year(), typed, None, LIBRARY)


def test_an_unreadable_book_of_last_year_is_refused_with_its_reasons():
    with pytest.raises(ChiboError, match=r"cu\.xlsx"):
        open_last_year(b"%PDF-1.7", "cu.xlsx", LIBRARY, date(2026, 1, 5))


def test_every_member_has_a_row_of_dues_from_the_start():
    listed = read_members("Người Một\nNgười Hai\n".encode(), "ds.txt", LIBRARY)
    assert [(row.member_code, row.months) for row in new_book(new_info(TYPED, LIBRARY), listed).dues] == [
        ("DV01", {}),
        ("DV02", {}),
    ]
    following = next_year(last_year(), {"year": "2026"}, None, LIBRARY).book
    assert [row.member_code for row in following.dues] == [member.member_code for member in following.members]


def test_a_code_that_stands_twice_in_a_list_is_numbered_anew_and_told():
    listed = read_members("Mã đảng viên,Họ và tên\nDV01,Người Một\ndv01,Người Hai\n".encode(), "ds.csv", LIBRARY)
    assert [member.member_code for member in listed.members] == ["DV01", "DV02"]
    assert listed.renumbered == ("Người Hai: dv01 → DV02",)


@pytest.mark.parametrize(
    "listed",
    [
        "Họ đệm,Tên\nNguyễn Văn,An\nLê,Bình\n",
        "STT;Họ và tên đệm;Tên\n1;Nguyễn Văn;An\n2;Lê;Bình\n",
        "Họ,Tên đệm,Tên\nNguyễn,Văn,An\nLê,,Bình\n",
        "TT\tHọ và tên\t\tGhi chú\n1\tNguyễn Văn\tAn\t\n2\tLê\tBình\t\n",
        "Họ và tên,Tên\nNguyễn Văn An,An\nLê Bình,Bình\n",
        "Danh sách\n1. Nguyễn Văn An\n2) Lê Bình\n",
        "Danh sách đảng viên năm 2026\nHọ và tên,Chức vụ\n1. Nguyễn Văn An,Bí thư\n2. Lê Bình,\n",
        "Họ và tên\n1. Nguyễn Văn An\nLê Bình\n",
    ],
)
def test_names_of_a_list_are_whole_and_without_title_and_running_numbers(listed):
    members = read_members(listed.encode(), "ds.csv", LIBRARY).members
    assert [(member.member_code, member.full_name) for member in members] == [
        ("DV01", "Nguyễn Văn An"),
        ("DV02", "Lê Bình"),
    ]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("Nguyễn Văn An\nLê Bình 12/3\n", "«Lê Bình 12/3»"),
        ("Mã đảng viên,Họ và tên\n1/2/1975,Lê Bình\n", "«1/2/1975» không thể là mã"),
        ("Họ và tên,Chức vụ\nBí thư,Lê Bình\n", "«Bí thư» không phải họ và tên"),
    ],
)
def test_a_row_that_is_no_member_is_told_and_makes_none(listed, told):
    with pytest.raises(ChiboError, match=rf"ds\.csv.*{told}"):
        read_members(listed.encode(), "ds.csv", LIBRARY)


def test_rows_without_a_name_are_told():
    listed = read_members("STT,Họ và tên,Ghi chú\n1,Lê Bình,\n2,,\n,,Người lập biểu\n".encode(), "ds.csv", LIBRARY)
    assert [member.full_name for member in listed.members] == ["Lê Bình"]
    assert listed.passed == ("Người lập biểu",)


def test_totals_make_no_member_and_groups_hold_those_below_them():
    text = "TT,Họ và tên,Mã\nI,Tổ A,\n1,Lê Bình,DV9\n,Tổng cộng,1\n"
    listed = read_members(text.encode(), "ds.csv", LIBRARY)
    assert [(member.member_code, member.full_name, member.group) for member in listed.members] == [
        ("DV9", "Lê Bình", "Tổ A")
    ]
    assert listed.passed == ("Tổng cộng · 1",)
