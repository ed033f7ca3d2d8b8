"""Days as people type them for a due day: taken where they can mean one day alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.office.typed_days import TypedDay, typed_day

TODAY = date(2026, 3, 28)
NEAR = st.dates(min_value=TODAY - timedelta(days=300), max_value=TODAY + timedelta(days=300))
WRITTEN = ("{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0.day}-{0.month}-{0.year}", "{0:%d.%m.%Y}")


@settings(deadline=None)
@given(NEAR, st.sampled_from(WRITTEN))
def test_a_full_day_is_what_was_written(day: date, form: str) -> None:
    assert typed_day(form.format(day), TODAY) == TypedDay(day)


@settings(deadline=None)
@given(NEAR)
def test_a_short_year_never_makes_another_day_of_it(day: date) -> None:
    found = typed_day(f"{day:%d/%m/%y}", TODAY)
    assert found.day == day or (found.day is None and day in found.could)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5/11/26", TypedDay(date(2026, 11, 5))),
        ("26-11-05", TypedDay(date(2026, 11, 5))),
        ("26/11/26", TypedDay(date(2026, 11, 26))),
        ("27/11/26", TypedDay(could=(date(2026, 11, 27), date(2027, 11, 26)))),
        ("5/11/62", TypedDay()),
        ("31/2/2026", TypedDay()),
        ("5/11", TypedDay()),
        ("5/11/206", TypedDay()),
        ("mai", TypedDay()),
        ("", TypedDay()),
    ],
)
def test_what_is_not_plain_is_not_taken(text: str, found: TypedDay) -> None:
    assert typed_day(text, TODAY) == found
