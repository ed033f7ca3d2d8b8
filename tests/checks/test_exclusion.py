"""Taking out what a blocking finding stands on: that row or that value, never more."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import code
from chibo.checks import check_book, without_blocked
from chibo.checks.meetings import HELD_WITHOUT_DAY as WARN
from chibo.checks.meetings import MEETING_ROW_REPEATED as BLOCK
from chibo.model import Place
from healthy import FEBRUARY, TODAY, healthy_book, with_meeting, with_points
from located import located, place_of
from scored import LIBRARY

TABLES = ("members", "committee", "meetings", "tasks", "inspections", "disseminations", "dues")


@pytest.mark.parametrize("table", TABLES)
def test_a_blocked_row_goes_alone(table):
    book = located(healthy_book())
    records = getattr(book, table)
    last = len(records) - 1

    kept = without_blocked(book, [BLOCK.at(place_of(book, table, "", 0)), BLOCK.at(records[last].origin.place())])

    assert getattr(kept, table) == records[:last]
    assert evolve(kept, **{table: records}) == book


def test_rows_of_the_plan_go_alone():
    book = located(healthy_book())

    kept = without_blocked(book, [BLOCK.at(place_of(book, "plan", "topic", 1))])

    assert [topic.no for topic in kept.plan.topics] == ["1", "3", "4"]


def test_one_value_of_a_grid_goes_alone():
    book = located(healthy_book())
    march = code("2026-03")
    mark, points = book.roll_call.place(march, "DV04"), book.self_scores.place(march, "4b")

    kept = without_blocked(book, [BLOCK.at(mark), BLOCK.at(points)])

    assert set(book.roll_call.of(march)) - set(kept.roll_call.of(march)) == {"DV04"}
    assert set(book.self_scores.of(march)) - set(kept.self_scores.of(march)) == {"4b"}
    assert kept.official_scores == book.official_scores
    assert kept.meetings == book.meetings


def test_one_month_of_dues_goes_alone():
    book = located(healthy_book())

    kept = without_blocked(book, [BLOCK.at(place_of(book, "dues", "T2", 4))])

    assert set(kept.dues[4].months) == {1, 3}
    assert kept.dues[:4] + kept.dues[5:] == book.dues[:4] + book.dues[5:]


@pytest.mark.parametrize(
    "finding",
    [
        WARN.at(Place("so.xlsx", "Sinh hoạt", "A5")),
        BLOCK.at(Place("so.xlsx")),
        BLOCK.at(Place("so.xlsx", "Sinh hoạt")),
        BLOCK.at(Place("so.xlsx", "Sinh hoạt", "A99")),
        BLOCK.at(Place("so.xlsx", "Sinh hoạt", "A5:B6")),
        BLOCK.at(Place("so.xlsx", "Thông tin", "B5"), of_book=True),
        BLOCK.at(Place("so.xlsx", "Một trang khác", "A5")),
        BLOCK.at(Place("so.xlsx", "Điểm danh", "D4")),
    ],
)
def test_other_findings_take_nothing_out(finding):
    book = located(healthy_book())

    assert without_blocked(book, [finding]) == book


def test_an_impossible_time_takes_out_that_meeting_and_an_impossible_point_that_point():
    book = located(with_meeting(FEBRUARY, with_points("2026-01", c4b="99"), ends_at=time(13, 0)))

    kept = without_blocked(book, check_book(book, LIBRARY, TODAY))

    assert [str(meeting.meeting_code) for meeting in kept.meetings] == ["2026-01", "2026-03", "2026-04"]
    assert "4b" not in kept.self_scores.of(code("2026-01"))
    assert kept.self_scores.of(code("2026-03"))["4b"] == Decimal(10)


@given(st.sets(st.integers(5, 20), max_size=6))
def test_what_is_left_is_what_no_finding_stands_on(rows):
    book = located(healthy_book())
    findings = [BLOCK.at(Place(book.file, "Đảng viên", f"C{row}")) for row in rows]

    kept = without_blocked(book, findings)

    assert {member.origin.row for member in kept.members} == {member.origin.row for member in book.members} - rows
    assert without_blocked(kept, findings) == kept
