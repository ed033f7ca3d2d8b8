"""Which meeting a spreadsheet cell tells of: by its row, in the grids by its column."""

from __future__ import annotations

from chibo.model.meeting_cells import meeting_at
from healthy import healthy_book
from located import located

BOOK = located(healthy_book())


def test_the_cells_of_a_meeting_tell_of_it_on_every_sheet_that_has_some() -> None:
    asked = 0
    for meeting in BOOK.meetings:
        code = meeting.meeting_code
        rows = [row for row in (*BOOK.explanations, *BOOK.tasks) if row.meeting_code == code]
        places = [one.origin.place() for one in (meeting, *rows) if one.origin is not None]
        if code in BOOK.roll_call.marks:
            places.append(BOOK.roll_call.place(code, BOOK.members[0].member_code))
        if code in BOOK.self_scores.points:
            places.append(BOOK.self_scores.place(code, next(iter(BOOK.self_scores.of(code)))))
        for place in filter(None, places):
            address = f"${place.address.lower()}"
            assert meeting_at(BOOK, place.sheet.upper(), address) == code, place
            asked += place.sheet in {"Điểm danh", "Chấm điểm"}
    assert asked, "the grids were looked at"


def test_a_cell_of_no_meeting_tells_of_none() -> None:
    heading = BOOK.meetings[0].origin.place()  # type: ignore[union-attr]
    assert meeting_at(BOOK, heading.sheet, "A1") is None
    assert meeting_at(BOOK, "Đảng viên", "C5") is None
    assert meeting_at(BOOK, "Điểm danh", "A5") is None
    assert meeting_at(BOOK, "không có trang này", "C5") is None
    assert meeting_at(BOOK, heading.sheet, "không phải ô") is None
