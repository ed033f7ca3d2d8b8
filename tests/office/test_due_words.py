"""One way of saying until when a unit has, and how it stands against that."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.definitions.language import Language
from chibo.model import Period
from chibo.office.due_words import due_day, due_words, lateness_words
from chibo.periods import Arrival, Content, Expected, UnitException, UnitStanding, owed_units, standings
from chibo.periods.schedule import ReportingPeriod

MARCH = ReportingPeriod(
    period=Period(2026, 3, 3),
    opened_on=date(2026, 3, 25),
    due_on=date(2026, 4, 5),
    grace_until=date(2026, 4, 7),
    locks_on=date(2026, 5, 5),
)
CELL = Expected(unit_code="CB01", unit_name="Chi bộ Phòng số 1")
MORE = UnitException(unit_code="CB01", until=date(2026, 4, 12), reason="mới tách")
EXEMPT = UnitException(unit_code="CB01", exempt=True, reason="đi công tác")


def standing(exception: UnitException | None = None, came: date | None = None, **said: Content) -> UnitStanding:
    owed = owed_units([CELL], [exception] if exception else [])
    content = said.get("content", Content.COMPLETE)
    arrivals = {"cb01": Arrival(content=content, first_on=came)} if came else {}
    return standings(MARCH, owed, arrivals)[0]


def test_a_unit_has_its_own_day() -> None:
    assert (due_day(standing()), due_words(standing())) == ("05/04/2026", "hạn 05/04/2026")
    assert due_day(standing(MORE)) == due_words(standing(MORE)) == "gia hạn đến 12/04/2026"
    assert due_words(standing(EXEMPT)) == "được miễn"
    assert due_words(standing(MORE), Language.ENGLISH) == "more time until 12/04/2026"


@pytest.mark.parametrize(
    ("found", "day", "said"),
    [
        (standing(), date(2026, 4, 2), "còn 3 ngày"),
        (standing(), date(2026, 4, 5), "hôm nay là hạn"),
        (standing(), date(2026, 4, 6), "đang ân hạn, đến 07/04/2026"),
        (standing(), date(2026, 4, 10), "quá hạn 3 ngày"),
        (standing(MORE), date(2026, 4, 10), "còn 2 ngày"),
        (standing(MORE), date(2026, 4, 15), "quá hạn 3 ngày"),
        (standing(came=date(2026, 4, 7)), date(2026, 6, 1), "đúng hạn"),
        (standing(MORE, came=date(2026, 4, 12)), date(2026, 6, 1), "đúng hạn"),
        (standing(came=date(2026, 4, 9)), date(2026, 6, 1), "trễ 2 ngày"),
        (standing(came=date(2026, 4, 2), content=Content.EMPTY), date(2026, 4, 10), "quá hạn 3 ngày"),
        (standing(EXEMPT), date(2026, 6, 1), ""),
    ],
)
def test_how_it_stands_against_its_day(found: UnitStanding, day: date, said: str) -> None:
    assert lateness_words(found, day) == said
