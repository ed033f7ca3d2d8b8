"""What differs between two frames is told in the words of their workbook."""

from __future__ import annotations

import pytest

from chibo.definitions.frames.frame import Frame
from chibo.definitions.library import Library
from chibo.workbook.frames.changes import FrameChange, frame_changes

FRAMES = Library().frames
HD42 = FRAMES["hd42-thuong-ky"]


def told(changes: tuple[FrameChange, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(one.table, one.row, one.column, one.before, one.after) for one in changes]


def with_first_group(frame: Frame, **changes: object) -> Frame:
    first, *others = frame.groups
    return frame.model_copy(update={"groups": (first.model_copy(update=changes), *others)})


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
def test_a_frame_does_not_differ_from_itself(frame: Frame) -> None:
    assert frame_changes(frame, frame) == ()


def test_a_changed_cell_is_told_by_table_row_and_column() -> None:
    group = HD42.groups[0]
    changed = with_first_group(HD42, label="Tên khác")
    assert told(frame_changes(HD42, changed)) == [
        ("Các nhóm và tiêu chí", group.code, "Nội dung", group.label, "Tên khác")
    ]


def test_a_row_that_is_new_gone_or_elsewhere_is_told_as_a_whole() -> None:
    top, *rest = HD42.grades
    without = HD42.model_copy(update={"grades": tuple(rest)})
    [gone] = frame_changes(HD42, without)
    assert (gone.table, gone.row, gone.column, gone.after) == ("Xếp loại buổi sinh hoạt", "Tốt", "bỏ dòng", "")
    assert gone.before.startswith("Tốt · ")
    [new] = frame_changes(without, HD42)
    assert (new.column, new.before, new.after) == ("dòng mới", "", gone.before)
    turned = HD42.model_copy(update={"grades": (*rest, top)})
    [moved] = frame_changes(HD42, turned)
    assert (moved.column, moved.before.split(", ")[0], moved.after.split(", ")[-1]) == ("thứ tự dòng", "Tốt", "Tốt")


def test_of_a_new_frame_everything_is_told() -> None:
    changes = frame_changes(None, HD42)
    assert ("Thông tin khung", "", "Mã khung", "", HD42.id) in told(changes)
    assert {"Các nhóm và tiêu chí", "Bậc điểm theo dữ kiện", "Câu giải thích điểm"} <= {one.table for one in changes}
