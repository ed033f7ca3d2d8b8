"""A cell that could not be read is told once: what stands there is unknown, so no check builds on its emptiness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from attrs import evolve

from builders import code
from chibo.definitions.layouts import ValueType
from chibo.engine.receiving import receive_book
from chibo.findings import Finding
from chibo.model import CellBook, MeetingKind, Place, RollCall
from chibo.workbook.reading.unread import unread_of
from disarranged import Disarranged, disarranged
from healthy import FEBRUARY, TODAY, healthy_book, with_meeting
from located import located, place_of
from retyped import retyped
from scored import LIBRARY
from tables import a_workbook

_FRAME = LIBRARY.frames["hd42-thuong-ky"]
_HIDDEN = {"HIDDEN_ROWS", "HIDDEN_COLUMNS"}
_LATE = date(2027, 1, 15)


def _typed_counts(book: CellBook) -> CellBook:
    counts = {"membership": 12, "exempt": 1, "transferred": 1, "special_duty": 0, "suspended": 0}
    present = {"present": 9, "excused": 1, "unexcused": 0, "votes_for": 9, "votes_entitled": 9}
    held = [evolve(row, **counts, **present) if row.held_on else row for row in book.meetings]
    return evolve(book, roll_call=RollCall(), meetings=tuple(held))


BOOKS = {"marked": (located(healthy_book()), TODAY), "counted": (located(_typed_counts(healthy_book())), _LATE)}
MADE = {name: disarranged(book, 7) for name, (book, _) in BOOKS.items()}


def _cells(book: CellBook) -> Iterator[tuple[str, Place]]:
    """A data cell of each column that holds more than words, with a name for it."""
    records = {code: getattr(book, code)[0] for code in _SHEETS} | {"plan": book.plan.topics[0]}
    for sheet, record in records.items():
        for column in LIBRARY.layout.sheet(sheet).columns:
            if column.type is not ValueType.TEXT or column.required:
                yield f"{sheet}.{column.code}", record.origin.place(column.code)
    yield "dues.T1", book.dues[0].origin.place("T1")
    for sheet in ("roll_call", "self_scores", "official_scores"):
        grid = getattr(book, sheet)
        if grid.origin is not None and grid.origin.columns:
            row, column = next(iter(grid.origin.rows)), next(iter(grid.origin.columns))
            yield f"{sheet} column", grid.origin.place(row, column)
            yield f"{sheet} row", evolve(place_of(book, sheet), address=f"A{grid.origin.rows[row]}")


_SHEETS = ("members", "committee", "meetings", "tasks", "dues", "inspections", "disseminations")
CELLS = [
    (name, *cell)
    for name, (book, _) in BOOKS.items()
    for cell in _cells(book)
    if name == "marked" or cell[0].startswith(("meetings", "inspections"))
]
TYPED = [cell for cell in CELLS if not cell[1].endswith((" row", "_code", ".no", ".post", "_name", ".topic"))]
"""Elsewhere any words are a code or a name, which is read, and known or not."""


def _typed(made: Disarranged, typed: dict[Place, object]) -> bytes:
    return retyped(made.data, {made.true(place): str(value) for place, value in typed.items()})


def _told(data: bytes, book: CellBook, today: date) -> list[Finding]:
    return [f for f in receive_book(data, book.file, LIBRARY, today).findings if f.code not in _HIDDEN]


def _new(made: Disarranged, name: str, typed: dict[Place, object]) -> list[Finding]:
    book, today = BOOKS[name]
    before = TOLD[name]
    return [f for f in _told(_typed(made, typed), book, today) if _said(f) not in before]


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.place.sheet, finding.place.row_and_column[0]


TOLD = {name: {_said(f) for f in _told(MADE[name].data, *BOOKS[name])} for name in BOOKS}


@pytest.mark.parametrize(("name", "column", "place"), CELLS, ids=[f"{name} {column}" for name, column, _ in CELLS])
def test_a_cell_with_an_error_gives_no_second_finding(name: str, column: str, place: Place) -> None:
    told = _new(MADE[name], name, {place: "#N/A"})

    assert [finding.place for finding in told] in ([], [MADE[name].true(place)]), [finding.code for finding in told]


@pytest.mark.parametrize(("name", "column", "place"), TYPED, ids=[f"{name} {column}" for name, column, _ in TYPED])
def test_a_cell_with_words_that_mean_nothing_gives_no_second_finding(name: str, column: str, place: Place) -> None:
    told = _new(MADE[name], name, {place: "tháng ba"})

    assert [finding.place for finding in told] in ([], [MADE[name].true(place)]), [finding.code for finding in told]


def test_a_held_day_typed_in_words_asks_nobody_to_delete_marks_or_points():
    book, _ = BOOKS["marked"]

    told = _new(MADE["marked"], "marked", {place_of(book, "meetings", "held_on", FEBRUARY): "tháng ba"})

    assert [finding.code for finding in told] == ["DATE_UNREADABLE"]


def test_what_is_empty_beside_an_unread_cell_is_still_told():
    book = located(with_meeting(FEBRUARY, registered_on=None))
    made = disarranged(book, 7)
    notified = place_of(book, "meetings", "notified_on", FEBRUARY)

    told = _told(_typed(made, {notified: "tháng ba"}), book, TODAY)

    [steps] = [finding for finding in told if finding.code == "STEPS_NOT_RECORDED"]
    assert (steps.place, steps.other_places) == (made.true(place_of(book, "meetings", "registered_on", FEBRUARY)), ())
    assert {finding.code for finding in told} == {"DATE_UNREADABLE", "STEPS_NOT_RECORDED"}


def test_a_meeting_lost_for_its_kind_leaves_other_meetings_told():
    book, today = BOOKS["marked"]
    unknown = evolve(book.tasks[0], meeting_code=code("2026-05"))
    strange = located(evolve(healthy_book(), tasks=(unknown, *book.tasks[1:])))
    made = disarranged(strange, 7)

    told = _told(_typed(made, {place_of(strange, "meetings", "kind", FEBRUARY): "tháng ba"}), strange, today)

    assert {finding.code for finding in told} == {"ROW_INCOMPLETE", "TASK_OF_UNKNOWN_MEETING"}


def test_a_value_typed_since_is_not_unread_any_more():
    book, today = BOOKS["marked"]
    place = place_of(book, "meetings", "held_on", FEBRUARY)
    told = _told(_typed(MADE["marked"], {place: "tháng ba"}), book, today)
    there = [evolve(finding, place=place) for finding in told]

    assert unread_of(there, located(with_meeting(FEBRUARY, held_on=None))).cells == {place}
    assert not unread_of(there, book)


_ROLL = """
    | Mã đảng viên | Họ và tên | 2026-03 |
    | DV01 | Người Một | X |
    | DV02 | Người Hai | X |
    | DV03 | Người Ba  | {mark} |
"""
_DUES = """
    | Mã đảng viên | Họ và tên | T1 | T2 | T3 |
    | DV01 | Người Một | x | x | x |
    | DV02 | Người Hai | x | x | x |
    | DV03 | Người Ba | | | |
"""
_MEETINGS = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Đảng số |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | {count} |
"""


@pytest.mark.parametrize(
    ("change", "mark", "count"),
    [("Chuyển đi", "", "n:2"), ("Chuyển đi", "", ""), ("Miễn sinh hoạt", "M", ""), ("Chuyển đi", "M", "n:2")],
)
def test_a_change_of_membership_that_was_not_read_may_explain_whatever_depends_on_it(change, mark, count):
    def codes(day: str) -> list[str]:
        sheets = {
            "Biến động đảng viên": f"| Mã đảng viên | Ngày | Biến động |\n| DV03 | {day} | {change} |",
            "Điểm danh": _ROLL.format(mark=mark),
            "Đảng phí": _DUES,
            "Sinh hoạt": _MEETINGS.format(count=count),
        }
        return [f.code for f in receive_book(a_workbook(sheets), "so.xlsx", LIBRARY, date(2026, 4, 10)).findings]

    of_membership = {
        "ROLL_CALL_PARTIAL",
        "MARK_OUTSIDE_MEMBERSHIP",
        "MARK_AGAINST_STATUS",
        "MEMBERSHIP_AGAINST_LIST",
        "COUNT_AGAINST_ROLL_CALL",
        "DUES_UNPAID",
        "MEMBERS_TO_REVIEW",
    }
    lost = codes("tháng một")
    assert "ROW_INCOMPLETE" in lost
    assert not of_membership & {*lost}
    assert of_membership & {*codes("15/03/2026")}, "of a change that was read it is told"


@pytest.mark.parametrize("typed", [{"held_on": "tháng ba"}, {"kind": "gì đó"}, {"meeting_code": "2026-13"}])
def test_a_grade_is_not_held_against_the_one_before_a_meeting_that_may_have_been_held(typed):
    assert "GRADE_DROPPED" in _grades({"held_on": ""})
    assert "GRADE_DROPPED" not in _grades(typed)


def _grades(typed: dict[str, str]) -> set[str]:
    """What is told of three meetings, a worse one after a good one, with something else in the row between them."""
    between = {"meeting_code": "2026-02", "kind": "Thường kỳ", "held_on": "05/02/2026", **typed}
    points = {criterion.code: criterion.maximum(MeetingKind.REGULAR) for criterion in _FRAME.criteria.values()}
    rows = "\n".join(f"| {one} | n:{most} | | {'n:0' if most > 2 else f'n:{most}'} |" for one, most in points.items())
    sheets = {
        "Sinh hoạt": "| Mã kỳ | Loại | Ngày sinh hoạt |\n| 2026-01 | Thường kỳ | 05/01/2026 |\n"
        f"| {' | '.join(between.values())} |\n| 2026-03 | Thường kỳ | 05/03/2026 |",
        "Chấm điểm": f"| Mã tiêu chí | 2026-01 | 2026-02 | 2026-03 |\n{rows}",
    }
    return {f.code for f in receive_book(a_workbook(sheets), "so.xlsx", LIBRARY, date(2026, 4, 10)).findings}
