"""How long spent files are kept: dated rules, none before the first, and faults that are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chibo.definitions.library import Library
from chibo.definitions.loading import parse_definition
from chibo.definitions.retention import Retention
from chibo.errors import DefinitionError

FIRST = {"from": date(2018, 1, 1), "superseded_years": 5, "unnamed_days": 30, "trash_days": 30, "source": "đề xuất"}
LATER = {"from": date(2027, 1, 1), "trash_days": 60, "source": "Quyết định của khối"}


def rules(*listed: dict[str, object]) -> Retention:
    return parse_definition(Retention, {"schema": 1, "rules": list(listed)}, Path("retention.toml"))


def test_the_rule_of_a_day_is_the_latest_that_has_begun() -> None:
    found = rules(LATER, FIRST)
    assert found.rule(date(2017, 12, 31)) is None
    kept = [found.rule(day) for day in (date(2018, 1, 1), date(2026, 12, 31), date(2027, 1, 1))]
    assert [(one.superseded_years, one.trash_days) for one in kept if one] == [(5, 30), (5, 30), (None, 60)]


def test_the_shipped_rules_give_thirty_days_to_bring_something_back_and_say_that_they_are_proposed() -> None:
    rule = Library().retention.rule(date(2026, 11, 29))
    assert rule is not None
    assert rule.trash_days == 30
    assert rule.source.startswith("Đề xuất, chờ khối xác nhận")


@pytest.mark.parametrize(
    "listed",
    [[], [FIRST, FIRST], [{**FIRST, "trash_days": 0}], [{**FIRST, "superseded_years": -1}], [{**FIRST, "source": ""}]],
)
def test_a_fault_is_named(listed: list[dict[str, object]]) -> None:
    with pytest.raises(DefinitionError, match=r"retention\.toml"):
        rules(*listed)
