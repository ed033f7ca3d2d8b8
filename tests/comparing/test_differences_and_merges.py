"""What a reader of a comparison sees: each change once, at its grain; what clashes named with both values."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from attrs import evolve

from builders import a_book, a_meeting, code, some_members
from chibo.comparing import Change, Clash, Side, differences, merge_books
from chibo.model import CellBook, DuesRow, Mark, RollCall, ScoreSheet, Task
from chibo.model.vocabulary import MeetingKind, TaskResult

MARCH, APRIL = code("2026-03"), code("2026-04")


def told(before: CellBook, after: CellBook) -> list[tuple[str, str, object, object]]:
    """The differences as sheet, column, value before and after; whole rows by their change."""
    return [
        (found.sheet, found.column or found.change.value, found.before, found.after)
        for found in differences(before, after)
    ]


def a_base(**changes: object) -> CellBook:
    marks = {MARCH: {f"DV0{number}": Mark.PRESENT for number in range(1, 4)}}
    return a_book(**{"members": some_members(3), "meetings": (a_meeting(),), "roll_call": RollCall(marks), **changes})


def a_task(task: str, **changes: object) -> Task:
    return evolve(Task(meeting_code=MARCH, task=task, result=TaskResult.UNDER_WAY), **changes)


def test_a_changed_value_is_told_at_its_column():
    later = a_base(meetings=(a_meeting(ends_at=time(16, 0)),))
    assert told(a_base(), later) == [("meetings", "ends_at", time(15, 30), time(16, 0))]


def test_points_are_told_by_criterion_and_meeting():
    before = a_base(self_scores=ScoreSheet({MARCH: {"2a": Decimal("8.50")}}))
    after = a_base(self_scores=ScoreSheet({MARCH: {"2a": Decimal("9"), "3": Decimal("1")}}))
    assert told(before, after) == [
        ("self_scores", "2026-03", Decimal("8.5"), Decimal("9")),
        ("self_scores", "2026-03", None, Decimal("1")),
    ]


def test_a_corrected_member_code_is_one_change_on_each_sheet_that_has_it():
    members = some_members(3)
    renamed = (evolve(members[0], member_code="DV10"), *members[1:])
    marks = {MARCH: {"DV10": Mark.PRESENT, "DV02": Mark.EXCUSED, "DV03": Mark.PRESENT}}
    assert told(a_base(), a_base(members=renamed, roll_call=RollCall(marks))) == [
        ("members", "member_code", "DV01", "DV10"),
        ("roll_call", "member_code", "DV01", "DV10"),
        ("roll_call", "2026-03", Mark.PRESENT, Mark.EXCUSED),
    ]


def test_a_corrected_meeting_code_is_followed_to_the_headings():
    thematic = code("2026-03-CĐ")
    before = a_base()
    after = a_base(
        meetings=(evolve(a_meeting(), meeting_code=thematic),),
        roll_call=RollCall({thematic: before.roll_call.of(MARCH)}),
    )
    assert told(before, after) == [
        ("meetings", "meeting_code", MARCH, thematic),
        ("roll_call", "meeting_code", "2026-03", "2026-03-CĐ"),
    ]


def test_a_reworded_task_is_no_new_one():
    before = a_base(tasks=(a_task("Hoàn thiện hồ sơ kết nạp đảng viên"),))
    after = a_base(tasks=(a_task("Hoàn thiện hồ sơ kết nạp đảng viên mới"), a_task("Sơ kết quý I")))
    assert [column for _, column, *_ in told(before, after)] == ["task", "added"]


def test_changes_at_different_places_are_joined():
    mine = a_base(meetings=(a_meeting(venue="Hội trường"),))
    marks = {MARCH: {"DV01": Mark.EXCUSED, "DV02": Mark.PRESENT, "DV03": Mark.PRESENT}}
    theirs = a_base(meetings=(a_meeting(), a_meeting("2026-04")), roll_call=RollCall(marks))
    merge = merge_books(a_base(), mine, theirs)
    assert not merge.conflicts
    assert merge.book.meetings == (a_meeting(venue="Hội trường"), a_meeting("2026-04"))
    assert merge.book.roll_call == RollCall(marks)
    assert [found.change for found in merge.taken] == [Change.ADDED, Change.CHANGED]


def test_a_clash_stays_as_mine_has_it_and_names_the_other_value():
    mine = a_base(meetings=(a_meeting(held_on=date(2026, 3, 6)),))
    theirs = a_base(meetings=(a_meeting(held_on=date(2026, 3, 7)),))
    merge = merge_books(a_base(), mine, theirs)
    assert merge.book == mine
    (conflict,) = merge.conflicts
    assert (conflict.clash, conflict.column) == (Clash.BOTH_CHANGED, "held_on")
    assert (conflict.mine, conflict.theirs) == (date(2026, 3, 6), date(2026, 3, 7))


def test_a_row_that_one_removed_and_the_other_changed_is_a_clash():
    base = a_base(tasks=(a_task("Sơ kết quý I"),))
    done = a_base(tasks=(a_task("Sơ kết quý I", result=TaskResult.DONE),))
    removed = a_base()
    kept = merge_books(base, done, removed)
    assert kept.book == done
    assert [conflict.clash for conflict in kept.conflicts] == [Clash.THEIRS_REMOVED]
    gone = merge_books(base, removed, done)
    assert gone.book == removed
    (conflict,) = gone.conflicts
    assert conflict.clash is Clash.MINE_REMOVED
    assert conflict.line.theirs is not None
    assert conflict.line.theirs.values["result"] is TaskResult.DONE


def test_what_one_removed_is_told():
    base = a_base(tasks=(a_task("Sơ kết quý I"),))
    cases = ((base, a_base(), Side.THEIRS), (a_base(), base, Side.MINE), (a_base(), a_base(), Side.BOTH))
    for mine, theirs, by in cases:
        merge = merge_books(base, mine, theirs)
        assert merge.book.tasks == ()
        assert [(removal.sheet, removal.by) for removal in merge.removals] == [("tasks", by)]


def test_a_mark_that_one_emptied_is_told():
    theirs = a_base(roll_call=RollCall({MARCH: {"DV01": Mark.PRESENT, "DV02": Mark.PRESENT}}))
    merge = merge_books(a_base(), a_base(), theirs)
    assert "DV03" not in merge.book.roll_call.of(MARCH)
    assert [(gone.column, gone.value, gone.by) for gone in merge.removals] == [("2026-03", Mark.PRESENT, Side.THEIRS)]


def test_a_member_renamed_here_and_marked_there_is_one_row():
    members = some_members(3)
    mine = a_base(
        members=(evolve(members[0], member_code="DV10"), *members[1:]),
        roll_call=RollCall({MARCH: {"DV10": Mark.PRESENT, "DV02": Mark.PRESENT, "DV03": Mark.PRESENT}}),
    )
    marks = a_base().roll_call.of(MARCH)
    theirs = a_base(roll_call=RollCall({MARCH: marks, APRIL: {"DV01": Mark.EXCUSED}}))
    merge = merge_books(a_base(), mine, theirs)
    assert not merge.conflicts
    assert merge.book.roll_call.of(APRIL) == {"DV10": Mark.EXCUSED}
    assert "DV01" not in merge.book.roll_call.of(MARCH)


def test_a_meeting_moved_here_and_added_there_under_the_same_code_is_not_there_twice():
    mine = a_base(meetings=(evolve(a_meeting(), meeting_code=APRIL),))
    theirs = a_base(meetings=(a_meeting(), a_meeting("2026-04", kind=MeetingKind.COMBINED)))
    merge = merge_books(a_base(), mine, theirs)
    codes = [meeting.meeting_code for meeting in merge.book.meetings]
    assert codes.count(APRIL) == 1
    assert any(conflict.column == "kind" for conflict in merge.conflicts)


def test_both_changed_the_heading_of_one_meeting():
    first, second = code("2026-03-CĐ"), code("2026-03-BT1")
    base = a_base()
    marks = base.roll_call.of(MARCH)
    mine, theirs = (
        a_base(meetings=(evolve(a_meeting(), meeting_code=now),), roll_call=RollCall({now: marks}))
        for now in (first, second)
    )
    merge = merge_books(base, mine, theirs)
    assert merge.book == mine
    assert {(conflict.sheet, str(conflict.theirs)) for conflict in merge.conflicts} == {
        ("meetings", "2026-03-BT1"),
        ("roll_call", "2026-03-BT1"),
    }


def with_a_fourth(name: str) -> CellBook:
    """The base and a fourth member, whose row of dues repeats the name."""
    fourth = evolve(some_members(1)[0], member_code="DV04", full_name=name)
    dues = (DuesRow(member_code="DV04", full_name=name),)
    return a_base(members=(*some_members(3), fourth), dues=dues)


def test_a_name_that_the_dues_only_repeat_clashes_where_the_member_is_listed():
    mine = with_a_fourth("Đảng viên Bốn")
    merge = merge_books(a_base(), mine, with_a_fourth("Đảng viên Tư"))
    assert [(conflict.sheet, conflict.column) for conflict in merge.conflicts] == [("members", "full_name")]
    assert merge.book == mine


def test_a_repeated_name_is_that_of_the_merged_list():
    base, theirs = with_a_fourth("Đảng viên Bốn"), with_a_fourth("Đảng viên Tư")
    stale = (DuesRow(member_code="DV04", full_name="Đảng viên 4"),)
    merge = merge_books(evolve(base, dues=stale), base, theirs)
    assert not merge.conflicts
    assert merge.book == theirs


def test_a_name_typed_among_the_dues_clashes_there():
    base = with_a_fourth("Đảng viên Bốn")
    mine = evolve(base, dues=(DuesRow(member_code="DV04", full_name="Bốn"),))
    theirs = evolve(base, dues=(DuesRow(member_code="DV04", full_name="Tư"),))
    assert [conflict.sheet for conflict in merge_books(base, mine, theirs).conflicts] == ["dues"]
