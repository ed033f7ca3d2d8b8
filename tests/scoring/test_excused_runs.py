"""Criterion 2b: nobody excused at more than three regular meetings running this year, by the roll call."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, code, some_members
from chibo.definitions.frames.frame import LookBack
from chibo.definitions.library import Library
from chibo.model import CellBook, MeetingKind, MeetingState
from chibo.scoring import FactVerdict, Outcome, score_meeting

FRAME = Library().frames["hd42-thuong-ky"]
OVER_12_MONTHS = FRAME.model_copy(update={"look_back": LookBack.TWELVE_MONTHS})


def book_of(marks: dict[str, str], **changes: Any) -> CellBook:
    """A book of two members with a held meeting for each code that has marks."""
    meetings = [a_meeting(name, kind=_kind(name), membership=None, present=None) for name in marks]
    return a_book(*meetings, members=some_members(2), roll_call=a_roll_call(marks), **changes)


def _kind(name: str) -> MeetingKind:
    return MeetingKind.THEMATIC if "CĐ" in name else MeetingKind.REGULAR


def verdict(book: CellBook, meeting: str = "", frame: Any = FRAME, last_year: CellBook | None = None) -> FactVerdict:
    row = book.meeting(code(meeting)) if meeting else book.meetings[-1]
    assert row is not None
    fact = score_meeting(book, row, frame, last_year=last_year).criterion("2b").fact
    assert fact is not None
    return fact


def months(*marks: str) -> dict[str, str]:
    return {f"2026-{number:02d}": row for number, row in enumerate(marks, start=1)}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("XX", "XX", "XX", "XX"), 1),
        (("XX", "XP", "XP", "XP"), 1),
        (("XP", "XP", "XP", "XP"), 0),
        (("XP", "XP", "XP", "XP", "XX"), 1),
        (("XP", "XP", "XX", "XP", "XP"), 1),
        (("XP", "XP", "XK", "XP", "XP"), 1),
        (("XP", "XP", "XM", "XP", "XP"), 1),
        (("XP", "XP", "X ", "XP", "XP"), 1),
        (("XX", "XP", "XP", "XP", "XP"), 0),
        (("PX", "PX", "XP", "XP"), 1),
    ],
)
def test_a_run_of_more_than_three_ending_at_this_meeting_loses_the_point(marks: tuple[str, ...], expected: int) -> None:
    assert verdict(book_of(months(*marks))).points == expected


def test_the_run_names_who_has_it_and_how_long_it_is() -> None:
    found = verdict(book_of(months("XP", "XP", "XP", "XP", "XP")))
    assert (found.values["run"], found.values["members"]) == (5, ("DV02",))


def test_names_stand_in_the_reason_only_where_they_are_given() -> None:
    found = verdict(book_of(months("XP", "XP", "XP", "XP")))
    assert "DV02" in found.reason("vi")
    assert "Người Hai" in found.reason("vi", {"DV02": "Người Hai"})


def test_each_meeting_is_judged_by_the_run_up_to_it() -> None:
    book = book_of(months("XP", "XP", "XP", "XP", "XX"))
    assert [verdict(book, f"2026-0{number}").points for number in range(1, 6)] == [1, 1, 1, 0, 1]


def test_code_order_decides_not_the_order_of_the_rows() -> None:
    book = book_of(months("XX", "XP", "XP", "XP", "XP"))
    shuffled = evolve(book, meetings=tuple(reversed(book.meetings)))
    assert verdict(shuffled, "2026-05").points == 0


def test_thematic_meetings_neither_break_nor_lengthen_a_run() -> None:
    marks = {"2026-01": "XP", "2026-02": "XP", "2026-02-CĐ": "XX", "2026-03": "XP", "2026-04": "XP"}
    assert verdict(book_of(marks)).points == 0
    marks = {"2026-02": "XP", "2026-02-CĐ": "XP", "2026-03": "XP", "2026-04": "XP"}
    assert verdict(book_of(marks)).points == 1


def test_a_combined_meeting_counts_as_a_regular_one() -> None:
    book = book_of(months("XP", "XP", "XP", "XP"))
    meetings = tuple(evolve(row, kind=MeetingKind.COMBINED) for row in book.meetings)
    assert verdict(evolve(book, meetings=meetings)).points == 0


def test_a_meeting_that_was_not_held_is_passed_over() -> None:
    book = book_of(months("XP", "XP", "  ", "XP", "XP"))
    skipped = evolve(book.meetings[2], state=MeetingState.POSTPONED)
    meetings = (*book.meetings[:2], skipped, *book.meetings[3:])
    assert verdict(evolve(book, meetings=meetings)).points == 0


def test_this_meeting_without_any_marks_is_undecided() -> None:
    found = verdict(book_of(months("XX", "XX", "  ")))
    assert (found.outcome, found.points) == (Outcome.MISSING, None)


def test_an_earlier_meeting_without_any_marks_ends_a_run() -> None:
    assert verdict(book_of(months("XP", "XP", "XP", "  ", "XP"))).points == 1
    assert verdict(book_of(months("  ", "XP", "XP", "XP", "XP"))).points == 0


def test_last_year_does_not_count_in_a_calendar_year() -> None:
    last_year = book_of({"2025-11": "XP", "2025-12": "XP"})
    assert verdict(book_of(months("XP", "XP")), last_year=last_year).points == 1


def test_over_twelve_months_last_years_book_counts() -> None:
    last_year = book_of({"2025-11": "XP", "2025-12": "XP"})
    assert verdict(book_of(months("XP", "XP")), frame=OVER_12_MONTHS, last_year=last_year).points == 0


def test_over_twelve_months_a_run_into_a_missing_book_is_undecided() -> None:
    book = book_of(months("XP", "XP"))
    assert verdict(book, frame=OVER_12_MONTHS).outcome is Outcome.MISSING
    assert verdict(book_of(months("XX", "XP")), frame=OVER_12_MONTHS).points == 1


def test_over_twelve_months_nothing_older_counts() -> None:
    last_year = book_of({"2025-02": "XP", "2025-03": "XP", "2025-04": "XX"})
    book = book_of({"2026-01": "XP", "2026-02": "XP", "2026-03": "XP"})
    assert verdict(book, frame=OVER_12_MONTHS, last_year=last_year).points == 1
    only_old = book_of({"2025-02": "XP", "2025-03": "XP"})
    assert verdict(book, frame=OVER_12_MONTHS, last_year=only_old).points == 1


def test_a_point_won_by_the_roll_call_enters_the_fact_total() -> None:
    book = book_of(months("XX"))
    row = book.meetings[0]
    without = score_meeting(evolve(book, roll_call=a_roll_call({})), row, FRAME)
    assert score_meeting(book, row, FRAME).fact_total - (without.fact_total or Decimal(0)) >= 1
