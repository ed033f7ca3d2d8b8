"""What is remembered of cells from book to book changes no answer: each book is read as if it were the first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builders import code
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.numbers import read_points
from chibo.workbook.reading.plain_values import PlainValues
from tables import INFO, MEMBERS, found, read_workbook

SCORES = "| Mã tiêu chí | Tiêu chí | Điểm tối đa | 2026-03 |\n| 1a | Đúng kỳ | n:1 | {} |\n| 1b | Đủ giờ | n:1 | {} |"


def scores(*cells: str):
    """The reading of a book with these points, and its points by criterion."""
    reading = read_workbook({"Chấm điểm": SCORES.format(*cells)})
    return reading, dict(reading.book.self_scores.of(code("2026-03")))


def test_true_is_not_one_however_often_one_was_read() -> None:
    for _ in range(2):
        assert scores("n:1", "n:0")[1] == {"1a": Decimal(1), "1b": Decimal(0)}
        reading, points = scores("b:1", "n:1")
        assert (points, found(reading)) == ({"1b": Decimal(1)}, [("NUMBER_UNREADABLE", "Chấm điểm!D2")])


def test_every_repair_is_told_in_every_book() -> None:
    for _ in range(2):
        reading, points = scores("0,5", "0,5")
        assert points == {"1a": Decimal("0.5"), "1b": Decimal("0.5")}
        assert found(reading) == [("VALUE_RETYPED", "Chấm điểm!D2"), ("VALUE_RETYPED", "Chấm điểm!D3")]


def test_a_month_without_a_year_is_one_of_the_books_own() -> None:
    tasks = "| Mã kỳ giao | Nhiệm vụ | Kết quả |\n| T3 | Việc | Hoàn thành |"
    for year in ("2026", "2025", "2026"):
        reading = read_workbook({"Thông tin": INFO.replace("2026", year), "Nhiệm vụ": tasks})
        assert [str(task.meeting_code) for task in reading.book.tasks] == [f"{year}-03"]


def test_the_members_are_those_of_the_book() -> None:
    roll_call = "| Mã đảng viên | Họ và tên | 2026-03 |\n| DV01 | Người Một | x |\n| X1 | Người Một | p |"
    for first in ("DV01", "X1", "DV01"):
        reading = read_workbook({"Đảng viên": MEMBERS.replace("DV01", first), "Điểm danh": roll_call})
        assert list(reading.book.roll_call.of(code("2026-03"))) == [first]


def test_two_sheets_headed_alike_are_read_apart() -> None:
    one = "| Mã kỳ | Nhiệm vụ | Kết quả | Hạn |\n| 2026-03 | Việc | Hoàn thành | d:2026-04-01 |"
    for table, due in ((one, True), (one.replace("Hạn", "Lời"), False), (one, True)):
        (task,) = read_workbook({"Nhiệm vụ": table}).book.tasks
        assert (task.due_on is not None) is due


def test_headings_are_told_of_in_every_book_that_bears_them() -> None:
    roll_call = "| Mã đảng viên | 2026-03 | 2026-13 | 2026-03 |\n| DV01 | x | {} | x |"
    for mark, codes in (
        ("", ["HEADING_TWICE"]),
        ("x", ["HEADING_UNREADABLE", "HEADING_TWICE"]),
        ("", ["HEADING_TWICE"]),
    ):
        reading = read_workbook({"Điểm danh": roll_call.format(mark)})
        assert [one for one, _ in found(reading)] == codes
        assert list(reading.book.roll_call.marks) == [code("2026-03")]


def test_months_headed_twice_are_told_of_in_every_book() -> None:
    dues = "| Mã đảng viên | T1 | Tháng 1 | T2 |\n| DV01 | x | x | x |"
    for _ in range(2):
        reading = read_workbook({"Đảng phí": dues})
        assert found(reading) == [("HEADING_TWICE", "Đảng phí!B1")]
        assert [sorted(row.months) for row in reading.book.dues] == [[1, 2]]


def test_cells_that_are_not_plain_are_not_remembered() -> None:
    values = PlainValues(read_points)
    for raw in (BrokenCell("#N/A"), "1.200", "0,5", True):
        with pytest.raises(KeyError):
            values[raw]

    assert (values[0.5], values[1.0], values[""], sorted(map(repr, values))) == (0.5, 1, None, ["''", "0.5"])


def test_only_so_much_is_remembered() -> None:
    values = PlainValues(str)
    for number in range(10_000):
        assert values[f"Chữ {number}"] == f"Chữ {number}"
    assert values["x" * 1000] == "x" * 1000

    assert 0 < len(values) <= 4096
    assert "x" * 1000 not in values
