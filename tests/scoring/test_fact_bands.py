"""Every edge of every band of the frame hd42-thuong-ky, asked through whole meetings."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from builders import a_book, a_meeting, an_info, code
from chibo.definitions.library import Library
from chibo.model import CellBook, MeetingKind, Task
from chibo.model.vocabulary import TaskResult
from chibo.scoring import FactVerdict, Outcome, score_meeting

FRAME = Library().frames["hd42-thuong-ky"]


def verdict(criterion: str, book: CellBook | None = None, **meeting: Any) -> FactVerdict:
    """What the facts of a regular meeting say of one criterion."""
    book = book or a_book()
    row = evolve(book.meetings[-1], **meeting)
    book = evolve(book, meetings=(*book.meetings[:-1], row))
    fact = score_meeting(book, row, FRAME).criterion(criterion).fact
    assert fact is not None
    return fact


def points(criterion: str, book: CellBook | None = None, **meeting: Any) -> Decimal | None:
    return verdict(criterion, book, **meeting).points


def lasting(minutes: int) -> dict[str, time]:
    hours, rest = divmod(8 * 60 + minutes, 60)
    return {"starts_at": time(8, 0), "ends_at": time(hours, rest)}


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(240, 5), (90, 5), (89, 4), (75, 4), (74, 3), (60, 3), (59, 2), (45, 2), (44, 1), (1, 1)],
)
def test_duration_where_90_minutes_are_required(minutes: int, expected: int) -> None:
    assert points("1", **lasting(minutes)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(120, 5), (119, 4), (105, 4), (104, 3), (90, 3), (89, 2), (60, 2), (59, 1)],
)
def test_duration_where_120_minutes_are_required(minutes: int, expected: int) -> None:
    assert points("1", kind=MeetingKind.COMBINED, **lasting(minutes)) == expected
    assert points("1", membership=30, present=30, **lasting(minutes)) == expected


def test_29_members_need_90_minutes_and_30_need_120() -> None:
    assert points("1", membership=29, present=29, **lasting(90)) == 5
    assert points("1", membership=30, present=30, **lasting(90)) == 3


def test_a_granted_minimum_replaces_both_and_counts_only_with_its_document() -> None:
    granted = an_info(min_minutes=60, min_minutes_document="12-QĐ/ĐU")
    assert points("1", a_book(info=granted), **lasting(60)) == 5
    assert points("1", a_book(info=granted), kind=MeetingKind.COMBINED, **lasting(60)) == 5
    assert points("1", a_book(info=granted), **lasting(45)) == 4
    assert points("1", a_book(info=granted), **lasting(30)) == 3
    assert points("1", a_book(info=granted), **lasting(29)) == 1
    assert points("1", a_book(info=evolve(granted, min_minutes_document="")), **lasting(60)) == 3


def test_below_an_hour_of_granted_minimum_the_better_of_two_bands_counts() -> None:
    granted = an_info(min_minutes=40, min_minutes_document="12-QĐ/ĐU")
    assert [points("1", a_book(info=granted), **lasting(m)) for m in (40, 39, 25, 24, 10, 9)] == [5, 4, 4, 3, 3, 1]


def test_a_missing_time_or_membership_leaves_the_duration_undecided() -> None:
    assert verdict("1", ends_at=None).outcome is Outcome.MISSING
    assert verdict("1", membership=None).outcome is Outcome.MISSING
    assert points("1", membership=None, kind=MeetingKind.COMBINED, **lasting(120)) == 5


@pytest.mark.parametrize(
    ("present", "owed", "expected"),
    [(9, 10, 4), (10, 10, 4), (899, 1000, 3), (3, 4, 3), (749, 1000, 2), (13, 20, 2), (649, 1000, 1), (1, 1000, 1)],
)
def test_attendance_rate(present: int, owed: int, expected: int) -> None:
    assert points("2a", membership=owed, present=present, excused=owed - present) == expected


def test_the_rate_leaves_out_exempt_special_duty_transferred_and_suspended() -> None:
    counts = {"membership": 14, "exempt": 1, "special_duty": 1, "transferred": 1, "suspended": 1}
    found = verdict("2a", **counts, present=9, excused=1)
    assert (found.value, found.points) == (Fraction(9, 10), 4)


def test_excused_absence_stays_in_the_denominator() -> None:
    assert points("2a", membership=10, present=8, excused=2) == 3


def test_one_unexcused_absence_caps_attendance_at_one_point() -> None:
    found = verdict("2a", membership=100, present=99, unexcused=1)
    assert (found.outcome, found.points) == (Outcome.CAPPED, 1)


def test_the_cap_never_lifts_a_low_rate() -> None:
    assert points("2a", membership=10, present=1, excused=8, unexcused=1) == 1


@pytest.mark.parametrize(
    "gap", [{"present": None}, {"membership": None}, {"unexcused": None}, {"present": 0}, {"exempt": 10}]
)
def test_missing_counts_and_a_denominator_of_zero_leave_attendance_undecided(gap: dict[str, Any]) -> None:
    found = verdict("2a", **gap)
    assert (found.outcome, found.points, found.decided) == (Outcome.MISSING, None, False)


def test_where_one_absence_moves_the_band_of_a_small_cell_it_says_so() -> None:
    assert verdict("2a", membership=9, present=8, excused=1).one_absence_moves
    assert not verdict("2a", membership=9, present=9).one_absence_moves
    assert not verdict("2a", membership=100, present=89, excused=11).one_absence_moves


@pytest.mark.parametrize(
    ("speakers", "present", "expected"),
    [(6, 10, 5), (501, 1000, 5), (5, 10, 4), (4, 10, 4), (399, 1000, 3), (3, 10, 3), (299, 1000, 2), (0, 10, 2)],
)
def test_speaking_rate_with_half_itself_in_the_second_band(speakers: int, present: int, expected: int) -> None:
    assert points("4đ", membership=present, present=present, speakers=speakers) == expected


@pytest.mark.parametrize("gap", [{"speakers": None}, {"present": None}, {"present": 0}])
def test_missing_speakers_or_nobody_present_leaves_speaking_undecided(gap: dict[str, Any]) -> None:
    assert verdict("4đ", **gap).outcome is Outcome.MISSING


@pytest.mark.parametrize(("minutes", "expected"), [(14, 0), (15, 1), (60, 1), (0, 0)])
def test_minutes_of_criticism(minutes: int, expected: int) -> None:
    assert points("4g", minutes_criticism=minutes) == expected


def test_missing_minutes_of_criticism_are_asked_for() -> None:
    assert verdict("4g", minutes_criticism=None).outcome is Outcome.MISSING


@pytest.mark.parametrize(("kept", "expected"), [(True, 1), (False, 0), (None, 0)])
def test_minutes_kept_and_empty_means_no(kept: bool | None, expected: int) -> None:
    found = verdict("4e", minutes_kept=kept)
    assert (found.decided, found.points) == (True, expected)


BANDS_OF_7 = [(1000, 30), (900, 30), (899, 27), (800, 27), (799, 24), (700, 24), (699, 20), (600, 20), (599, 15)]
BANDS_OF_7 += [(500, 15), (499, 10), (0, 10)]


def with_tasks(done: int, of: int, given_at: str = "2026-02", **book: Any) -> CellBook:
    """A book with the meetings of February and March, February having given `of` tasks."""
    results = [TaskResult.DONE] * done + [TaskResult.UNDER_WAY] * (of - done)
    tasks = tuple(
        Task(meeting_code=code(given_at), task=f"Việc {n}", result=result) for n, result in enumerate(results)
    )
    return a_book(a_meeting("2026-02"), a_meeting("2026-03"), tasks=tasks, **book)


@pytest.mark.parametrize(("done", "expected"), BANDS_OF_7)
def test_tasks_of_the_previous_meeting_are_a_fact(done: int, expected: int) -> None:
    found = verdict("7", with_tasks(done, 1000))
    assert (found.outcome, found.points) == (Outcome.DECIDED, expected)


@pytest.mark.parametrize(("done", "expected"), BANDS_OF_7)
def test_a_declared_rate_proposes_the_points_but_is_no_fact(done: int, expected: int) -> None:
    found = verdict("7", previous_resolution_rate=Fraction(done, 10))
    assert (found.outcome, found.decided, found.points) == (Outcome.PROPOSED, False, None)
    assert found.proposed == expected


def test_tasks_win_over_the_declared_rate() -> None:
    assert points("7", with_tasks(1, 2), previous_resolution_rate=Fraction(100)) == 15


def test_tasks_of_another_meeting_than_the_previous_do_not_count() -> None:
    assert verdict("7", with_tasks(1, 2, given_at="2026-01")).outcome is Outcome.MISSING
    assert verdict("7", with_tasks(1, 2, given_at="2026-03")).outcome is Outcome.MISSING


def test_the_previous_meeting_is_the_last_one_held() -> None:
    book = with_tasks(3, 4, given_at="2026-01")
    january, february = a_meeting("2026-01"), a_meeting("2026-02", held_on=None)
    assert points("7", evolve(book, meetings=(january, february, a_meeting("2026-03")))) == 24


def test_a_thematic_meeting_between_is_not_the_previous_one() -> None:
    book = with_tasks(3, 4, given_at="2026-02")
    thematic = a_meeting("2026-02-CĐ", kind=MeetingKind.THEMATIC)
    assert points("7", evolve(book, meetings=(book.meetings[0], thematic, book.meetings[1]))) == 24


def test_neither_tasks_nor_a_declared_rate_leaves_it_to_be_asked() -> None:
    assert verdict("7").outcome is Outcome.MISSING
