"""The calendar of reporting periods: when each kind opens, is due and locks, as dated rules in days."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Option
from pydantic import model_validator

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.errors import DefinitionError
from chibo.model import Period, PeriodKind

_NAME = "calendar"
Days = Annotated[int, Option(ge=-366, le=366)]
DaysAfter = Annotated[int, Option(ge=0, le=366)]


class CalendarRule(Definition):
    """The days of one kind of period whose first day is `from` or later.

    `opens` and `due` count from the last day of the period, `grace` and `locks` from the day it is due.
    """

    kind: PeriodKind
    start: date = Option(alias="from")
    opens: Days
    due: DaysAfter
    grace: DaysAfter
    locks: DaysAfter

    @model_validator(mode="after")
    def _in_order(self) -> CalendarRule:
        if self.opens > self.due:
            raise ValueError("kỳ mở sau khi đã tới hạn: opens phải không lớn hơn due")
        if self.grace > self.locks:
            raise ValueError("ân hạn dài hơn lúc khóa: grace phải không lớn hơn locks")
        return self


class Calendar(Definition):
    """`sheets/rules/calendar.toml`."""

    schema_number: Literal[1] = Option(alias="schema")
    source: Annotated[str, Option(min_length=1)]
    rules: tuple[CalendarRule, ...]

    @model_validator(mode="after")
    def _every_kind_has_a_rule(self) -> Calendar:
        missing = set(PeriodKind) - {rule.kind for rule in self.rules}
        if missing:
            raise ValueError(f"thiếu quy định của loại kỳ {', '.join(sorted(missing))}")
        if len({(rule.kind, rule.start) for rule in self.rules}) < len(self.rules):
            raise ValueError("hai quy định của một loại kỳ có cùng ngày from")
        return self

    def rule(self, period: Period) -> CalendarRule:
        """The rule in force for a period: the latest one that begins by its first day, else the earliest there is."""
        own = sorted((rule for rule in self.rules if rule.kind == period.kind), key=lambda rule: rule.start)
        begun = [rule for rule in own if rule.start <= period.months[0].first_day]
        return begun[-1] if begun else own[0]


def load_calendar(office: Path | None = None) -> Calendar:
    """The office's calendar. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("rules", office).get(_NAME)
    if path is None:
        raise DefinitionError(f"rules/{_NAME}.toml", "", "không tìm thấy tệp")
    return load_definition(Calendar, path)
