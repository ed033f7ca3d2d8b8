"""Books of very much: each row takes its own work alone, whatever is wrong with all of them; findings stay short."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from chibo.comparing.differences import differences
from chibo.comparing.merging import merge_books
from chibo.engine.receiving import receive_book
from chibo.engine.returned_copy import mark_book
from chibo.findings import MOST_PLACES
from chibo.model import CellBook
from chibo.workbook.marking import without_marks
from opcodes import growth
from scored import LIBRARY
from tables import a_workbook, read_workbook

pytestmark = pytest.mark.uncounted
"""Counting steps takes the place of whatever else counts lines."""

TODAY = date(2026, 11, 1)
IN_PROPORTION = 2.15
"""Twice the rows, twice the work: with little to spare for what grows a step at a time, such as sorting."""
ROWS = 150

Sheets = Mapping[str, str]
MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
CODES = [*MONTHS, *(f"2026-{month:02d}-BT{number}" for number in range(1, 100) for month in range(1, 13))]


def table(head: str, row: Callable[[int], str], rows: int) -> str:
    """A sheet with a header and so many rows."""
    return "\n".join((head, *map(row, range(1, rows + 1))))


def members(rows: int, code: str = "DV{0:04d}", name: str = "Người {0}", rest: str = "") -> str:
    """So many members."""
    head = "Mã đảng viên | Họ và tên | Chính thức/Dự bị | Tình trạng | Từ ngày | Đến ngày"
    line = f"{code} | {name} | Chính thức | Sinh hoạt | {rest}"
    return table(head, line.format, rows)


def meetings(rows: int, plan: str = "", held: str = "05/03/2026", code: str = "{code}") -> str:
    """So many meetings."""
    head = "Mã kỳ | Loại | Ngày sinh hoạt | Đảng số | Có mặt | Chuyên đề số"
    line = f"{code} | {{kind}} | {held} | n:3 | n:{{present}} | {plan}"

    def row(number: int) -> str:
        own = CODES[number - 1]
        kind = "Thường kỳ" if own in MONTHS else "Bất thường"
        return line.format(number, code=own, kind=kind, present=number % 3)

    return table(head, row, rows)


def grid(first: str, rows: int, value: str, code: str = "DV{0:04d}", columns: list[str] = MONTHS) -> str:
    """A grid of one value."""
    head = f"{first} | {' | '.join(columns)}"
    return table(head, lambda number: f"{code.format(number)} | {' | '.join([value] * len(columns))}", rows)


def plan(rows: int, no: str = "{0}", state: str = "") -> str:
    """So many topics."""
    return table("TT | Quý | Chuyên đề | Tình trạng", lambda n: f"{no.format(n)} | n:1 | Chuyên đề {n} | {state}", rows)


def tasks(rows: int, meeting: str = "2026-01", day: str = "32/13/2026") -> str:
    """So many tasks."""
    return table("Mã kỳ giao | Nhiệm vụ | Hạn | Kết quả", lambda n: f"{meeting} | Việc {n} | {day} | Chưa làm", rows)


def committee(rows: int) -> str:
    """So many secretaries."""
    return table("Chức vụ | Họ và tên | Từ ngày", lambda number: f"Bí thư | Người {number} | 01/01/2026", rows)


def changes(rows: int, code: str = "ZZ{0}", kind: str = "Chuyển đi") -> str:
    """So many changes of membership."""
    head = "Mã đảng viên | Ngày | Biến động"
    return table(head, lambda number: f"{code.format(number)} | {number % 28 + 1:02d}/02/2026 | {kind}", rows)


MEMBER, CRITERION = "Mã đảng viên", "Mã tiêu chí"

FAULTY: Mapping[str, Callable[[int], Sheets]] = {
    "one code for all members": lambda n: {"Đảng viên": members(n, code="DV1")},
    "a code for each two": lambda n: {"Đảng viên": members(n).replace("1 |", "2 |")},
    "days of members wrong": lambda n: {"Đảng viên": members(n, rest="32/13/2026 | hôm qua")},
    "marks of unknown numbers": lambda n: {
        "Đảng viên": members(n, code="{0:05d}"),
        "Điểm danh": grid(MEMBER, n, "X", code="s:9{0:04d}"),
    },
    "marks all wrong": lambda n: {"Đảng viên": members(n), "Điểm danh": grid(MEMBER, n, "Q")},
    "marks of one member alone": lambda n: {"Đảng viên": members(n), "Điểm danh": grid(MEMBER, 1, "P")},
    "dues of members of one code": lambda n: {
        "Đảng viên": members(n, code="DV1"),
        "Đảng phí": grid(MEMBER, n, "x", columns=[f"T{month}" for month in range(1, 13)]),
    },
    "dues beside rows that are lost": lambda n: {
        "Đảng viên": members(n),
        "Nhiệm vụ": tasks(n, meeting="2026-13"),
        "Đảng phí": grid(MEMBER, n, "x", columns=["T1", "T2"]),
    },
    "changes of nobody": lambda n: {"Biến động đảng viên": changes(n)},
    "changes of one member": lambda n: {
        "Biến động đảng viên": changes(n, "DV01"),
        "Sinh hoạt": meetings(n),
        "Điểm danh": grid(MEMBER, 3, "X", "DV0{0}", CODES[:n]),
    },
    "secretaries": lambda n: {"Cấp ủy": committee(n)},
    "one number for all topics": lambda n: {"Kế hoạch chuyên đề": plan(n, no="1")},
    "topics that were held": lambda n: {
        "Kế hoạch chuyên đề": plan(n, no="1", state="Chưa"),
        "Sinh hoạt": meetings(n, plan="1"),
    },
    "numbers that no topic has": lambda n: {"Kế hoạch chuyên đề": plan(n), "Sinh hoạt": meetings(n, plan="99999")},
    "one code for all meetings": lambda n: {"Sinh hoạt": meetings(n, code="2026-03")},
    "days of meetings wrong": lambda n: {"Sinh hoạt": meetings(n, held="32/13/2026")},
    "meetings of as many members": lambda n: {"Đảng viên": members(n), "Sinh hoạt": meetings(n)},
    "headings that say no meeting": lambda n: {
        "Sinh hoạt": meetings(n),
        "Điểm danh": grid(MEMBER, 3, "X", "DV0{0}", [CODES[i] if i % 2 else f"Kỳ {i}" for i in range(n)]),
    },
    "points all wrong": lambda n: {"Chấm điểm": grid(CRITERION, n, "abc", "{0}.1")},
    "tasks of no meeting": lambda n: {"Nhiệm vụ": tasks(n, meeting="2026-03-BT9")},
}


def received(sheets: Sheets) -> Callable[[], object]:
    data = a_workbook(sheets)
    return lambda: receive_book(data, "so.xlsx", LIBRARY, TODAY)


@pytest.mark.parametrize("fault", FAULTY)
def test_twice_as_many_faulty_rows_are_twice_the_work(fault):
    assert growth(lambda rows: received(FAULTY[fault](rows)), ROWS) < IN_PROPORTION


def test_twice_as_many_marks_are_twice_the_work():
    def marking(rows: int) -> Callable[[], object]:
        data = a_workbook({"Đảng viên": members(rows, code="DV1")})
        return lambda: without_marks(mark_book(data, "so.xlsx", LIBRARY, TODAY).data or b"")

    assert growth(marking, ROWS) < IN_PROPORTION


def all_tables(rows: int) -> Sheets:
    """A book with so many rows in most tables, nothing wrong with them but that they are so many."""
    return {
        "Đảng viên": members(rows),
        "Điểm danh": grid(MEMBER, rows, "X"),
        "Đảng phí": grid(MEMBER, rows, "x", columns=["T1", "T2"]),
        "Kế hoạch chuyên đề": plan(rows),
        "Nhiệm vụ": tasks(rows, day="01/12/2026"),
        "Biến động đảng viên": changes(rows, "DV{0:04d}", "Trở lại"),
        "Cấp ủy": committee(rows).replace("Bí thư |", "Chi ủy viên |"),
    }


def test_twice_as_many_sound_rows_are_twice_the_work():
    assert growth(lambda rows: received(all_tables(rows)), ROWS) < IN_PROPORTION


@pytest.mark.parametrize("fault", FAULTY)
def test_what_is_said_of_twice_as_many_rows_is_twice_as_much(fault):
    def said(rows: int) -> int:
        found = receive_book(a_workbook(FAULTY[fault](rows)), "so.xlsx", LIBRARY, TODAY).findings
        return sum(len(str(LIBRARY.catalogue.message(one))) + len(one.other_places) for one in found)

    assert said(4 * ROWS) < IN_PROPORTION * said(2 * ROWS)


def test_of_many_places_the_first_are_named_and_the_others_counted():
    data = a_workbook({"Đảng viên": members(ROWS, code="DV1")})
    last = [one for one in receive_book(data, "so.xlsx", LIBRARY, TODAY).findings if one.code == "MEMBER_CODE_TWICE"][
        -1
    ]

    assert last.place.address == f"A{ROWS + 1}"
    assert [place.address for place in last.other_places] == [f"A{row}" for row in range(2, MOST_PLACES + 2)]
    assert last.places_more == str(ROWS - 1 - MOST_PLACES)
    for language in ("vi", "en"):
        assert f"Đảng viên!A{MOST_PLACES + 1} … (+{last.places_more})" in LIBRARY.catalogue.message(last, language).text


def read(sheets: Sheets) -> CellBook:
    book = read_workbook(sheets).book
    assert book is not None
    return book


def reworded(sheets: Sheets) -> Sheets:
    """The same book with each task, topic and name said in other words."""
    return {
        name: text.replace("Việc ", "Công việc ").replace("Chuyên đề 1", "Về chuyên đề 1").replace("Người", "Đồng chí")
        for name, text in sheets.items()
    }


def test_twice_as_many_reworded_rows_are_twice_the_work_to_compare():
    def compared(rows: int) -> Callable[[], object]:
        one, other = read(all_tables(rows)), read(reworded(all_tables(rows)))
        return lambda: differences(one, other)

    assert growth(compared, ROWS // 2) < IN_PROPORTION


def test_twice_as_many_rows_are_twice_the_work_to_merge():
    def merged(rows: int) -> Callable[[], object]:
        base, mine = read(all_tables(rows)), read(reworded(all_tables(rows)))
        theirs = read(all_tables(rows + rows // 2))
        return lambda: merge_books(base, mine, theirs)

    assert growth(merged, ROWS // 2) < IN_PROPORTION


def test_a_reworded_row_is_still_known_among_many():
    changed = differences(read({"Nhiệm vụ": tasks(80)}), read({"Nhiệm vụ": tasks(80).replace("Việc 7", "Các việc 7")}))

    assert {one.column for one in changed} == {"task"}
    assert len(changed) == 11
