"""Whether a meeting passes the conditions of a return."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from chibo.definitions.returns.columns import Condition
from chibo.model import MeetingRecord
from chibo.returns.fields import Value, value_of

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "equals": operator.eq,
    "not_equals": operator.ne,
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


def passes(record: MeetingRecord, conditions: Iterable[Condition]) -> bool:
    """Whether the meeting passes all the conditions. An unknown value passes only `known = false`."""
    return all(_passes(value_of(record, condition.field), condition) for condition in conditions)


def _passes(value: Value, condition: Condition) -> bool:
    test = condition.test
    if test == "known":
        return (value is not None) is condition.known
    if value is None:
        return False
    if test == "one_of":
        return any(_comparable(value) == _like(value, wanted) for wanted in condition.one_of)
    return _COMPARE[test](_comparable(value), _like(value, getattr(condition, test)))


def _comparable(value: Value) -> object:
    """Letter case does not matter."""
    return value.casefold() if isinstance(value, str) else value


def _like(value: Value, wanted: str | int) -> object:
    """What the definition says, as the kind of value it is compared with (checked when the definition was loaded)."""
    if isinstance(value, int | Decimal):
        return Decimal(wanted)
    return date.fromisoformat(str(wanted)) if isinstance(value, date) else str(wanted).casefold()
