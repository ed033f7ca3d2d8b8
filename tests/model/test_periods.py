"""Months, meeting codes and periods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import code
from chibo.model import MeetingCode, MeetingSeries, Month, Period, PeriodKind

months = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))
codes = st.one_of(
    st.builds(MeetingCode, months),
    st.builds(
        MeetingCode, months, st.sampled_from([MeetingSeries.THEMATIC, MeetingSeries.EXTRAORDINARY]), st.integers(0, 99)
    ),
)


@given(codes)
def test_a_meeting_code_reads_back_as_written(written):
    assert MeetingCode.parse(str(written)) == written


@pytest.mark.parametrize("text", ["2026-03", "2026-3", " 2026-03 "])
def test_a_regular_code_may_be_written_loosely(text):
    assert MeetingCode.parse(text) == MeetingCode(Month(2026, 3))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-03-XX", "2026-03-CD", "03/2026", "T3"])
def test_what_is_no_meeting_code(text):
    assert MeetingCode.parse(text) is None


def test_meetings_sort_by_month_then_regular_first():
    texts = ["2026-04", "2026-03-BT1", "2026-03-CĐ2", "2026-03-CĐ", "2026-03", "2025-12"]
    assert [str(c) for c in sorted(map(code, texts))] == [
        "2025-12",
        "2026-03",
        "2026-03-CĐ",
        "2026-03-CĐ2",
        "2026-03-BT1",
        "2026-04",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("2026-03", PeriodKind.MONTH, [3]),
        ("2026-Q2", PeriodKind.QUARTER, [4, 5, 6]),
        ("2026-H2", PeriodKind.HALF_YEAR, [7, 8, 9, 10, 11, 12]),
        ("2026", PeriodKind.YEAR, list(range(1, 13))),
    ],
)
def test_a_period_holds_its_months(text, kind, numbers):
    period = Period.parse(text)
    assert period is not None
    assert (str(period), period.kind) == (text, kind)
    assert [month.number for month in period.months] == numbers
    assert all(month in period for month in period.months)
    assert Month(2025, numbers[0]) not in period


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-H3", "03-2026", "2026-00"])
def test_what_is_no_period(text):
    assert Period.parse(text) is None


def test_a_meeting_belongs_to_the_period_of_its_code():
    quarter = Period.parse("2026-Q1")
    assert quarter is not None
    assert code("2026-03-CĐ") in quarter
    assert code("2026-04") not in quarter


@given(months)
def test_a_month_ends_before_the_next_begins(month):
    assert month.first_day.day == 1
    assert (month.last_day.month, month.last_day.day >= 28) == (month.number, True)
    assert 1 <= month.quarter <= 4
