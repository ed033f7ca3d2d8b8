"""The digests of records that old logs hold stay what they were: else every office would look changed to its log."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chibo.model import Period
from chibo.model.digest import canonical_digest
from chibo.periods import Expected, ReportingPeriod, UnitException
from chibo.register import Alias, Assignment, ChangeOfUnit, Person, Role, UnitChange, UnitLevel
from chibo.store.rows import row_digest

MARCH = ReportingPeriod(
    period=Period(2026, 3, 3),
    opened_on=date(2026, 3, 26),
    due_on=date(2026, 4, 5),
    grace_until=date(2026, 4, 7),
    locks_on=date(2026, 4, 20),
)


@pytest.mark.parametrize(
    ("record", "begins"),
    [
        (
            UnitChange(
                unit_code="CB01",
                day=date(2026, 1, 1),
                change=ChangeOfUnit.FOUNDED,
                name="Chi bộ Một",
                level=UnitLevel.CELL,
                parent_code="DB01",
            ),
            "3683360ede57",
        ),
        (Alias(alias="CB-1", unit_code="CB01"), "341eaa3f7b6b"),
        (Person(person_code="N1", full_name="Đồng chí A", user="a"), "b5094a271c57"),
        (Assignment(person_code="N1", role=Role.SUBMITTER, unit_code="CB01", since=date(2026, 1, 1)), "e2c14f220627"),
        ((MARCH, (Expected(unit_code="CB01", unit_name="Chi bộ Một", committee_code="DB01"),)), "9c912a15cf69"),
        (UnitException(unit_code="CB01", until=date(2026, 4, 9), reason="bão"), "af8402f72387"),
    ],
)
def test_a_record_has_the_digest_that_it_always_had(record: object, begins: str) -> None:
    assert canonical_digest(record).startswith(begins)


def test_a_row_has_the_digest_that_it_always_had_and_an_empty_column_more_changes_nothing() -> None:
    row = {"unit_code": "CB01", "at": datetime(2026, 4, 1, 7, tzinfo=UTC), "day": date(2026, 4, 1), "book": b"x"}
    assert row_digest(row).startswith("482da50097a5")
    assert row_digest({**row, "later": "", "later_too": None, "list": "[]", "flag": False}) == row_digest(row)
