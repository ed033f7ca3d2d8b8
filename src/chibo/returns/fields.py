"""The value of each field of a meeting (`chibo.definitions.returns.fields.FIELDS`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from chibo.model import FACT_COLUMNS, MeetingRecord

Value = str | int | Decimal | date | None
"""What stands in a cell of a return; None is unknown and stays empty."""

_YES_NO = {True: "Có", False: "Không", None: None}


def score_source(record: MeetingRecord) -> str | None:
    """Whose score is shown."""
    if record.score is None:
        return None
    return "Thẩm định" if record.is_official else "Tự chấm"


_DERIVED: dict[str, Callable[[MeetingRecord], Value]] = {
    "month": lambda record: record.facts.meeting_code.month.number,
    "quarter": lambda record: record.facts.meeting_code.month.quarter,
    "state": lambda record: record.state.value,
    "held": lambda record: _YES_NO[record.is_held],
    "reported_on": lambda record: record.reported_on,
    "owed": lambda record: record.owed,
    "suspended": lambda record: record.suspended,
    "supervisor_present": lambda record: _YES_NO[record.supervisor_present],
    "thematic": lambda record: _YES_NO[record.facts.thematic],
    "score": lambda record: record.score,
    "grade": lambda record: record.grade.value if record.grade else None,
    "score_source": score_source,
}


def value_of(record: MeetingRecord, name: str) -> Value:
    """The value of a field of a meeting; None where it is unknown. KeyError for a name that is no field."""
    if name in _DERIVED:
        return _DERIVED[name](record)
    if name not in FACT_COLUMNS:
        raise KeyError(name)
    value = getattr(record.facts, name)
    if value is None or value == "":
        return None
    # Decimals keep their kind; codes, kinds and grades leave as the text people see.
    return value if isinstance(value, int | Decimal | date) else str(value)


def fact_behind(record: MeetingRecord, name: str) -> str:
    """The column of the facts whose place is the source of a field: the score shown has its own sheet."""
    if name == "score":
        return "official_total" if record.is_official else "self_total"
    if name == "grade":
        return "official_grade" if record.is_official else "self_grade"
    return name
