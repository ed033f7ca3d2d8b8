"""Thresholds of the checks (`sheets/rules/thresholds.toml`): dated, cited numbers and days of the year.

A check asks for the value in force on the day that it judges; where none is, the check has nothing to say.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.errors import DefinitionError

THRESHOLDS_ID = "thresholds"
"""Stem of the file in `sheets/rules/`."""

_DAY = re.compile(r"^\d{2}-\d{2}$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_LEAP_YEAR = 2024
"""Any leap year: 02-29 is a day of the year, moved to the 28th in other years."""


class Unit(StrEnum):
    """What a threshold counts in."""

    PERCENT = "percent"
    MINUTES = "minutes"
    DAYS = "days"
    MONTHS = "months"
    TIMES = "times"
    MEMBERS = "members"
    WEEKDAY = "weekday"
    """1 Monday … 7 Sunday."""
    DAY_OF_YEAR = "day-of-year"
    """A month and a day, written MM-DD."""


class DatedValue(Definition):
    """The value in force from the first to the last day (open-ended without one), and where it comes from."""

    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    value: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]

    @cached_property
    def number(self) -> int:
        """The value as a whole number."""
        return int(self.value)

    @cached_property
    def share(self) -> Fraction:
        """The percentage as a fraction of 1."""
        return Fraction(Decimal(self.value)) / 100


class Threshold(Definition):
    """One threshold. `clause` is the directive's instruction served ("1"–"10"), "" where it serves none."""

    meaning: Annotated[str, Field(min_length=1)]
    unit: Unit
    clause: Annotated[str, Field(pattern=r"^(?:[1-9]|10)?$")]
    values: Annotated[tuple[DatedValue, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _values_are_sound(self) -> Threshold:
        for value in self.values:
            _check_text(value.value, self.unit)
            if value.end is not None and value.end < value.start:
                raise ValueError(f"giá trị từ ngày {value.start:%d/%m/%Y} hết hiệu lực trước khi bắt đầu")
        for earlier, later in zip(self.values, self.values[1:], strict=False):
            if earlier.end is None or earlier.end >= later.start:
                raise ValueError(f"giá trị từ ngày {later.start:%d/%m/%Y} chồng lên giá trị đứng trước")
        return self

    def in_force(self, day: date) -> DatedValue | None:
        """The value in force on `day`; None where none is."""
        for start, end, value in self._spans:
            if start <= day and (end is None or day <= end):
                return value
        return None

    @cached_property
    def _spans(self) -> tuple[tuple[date, date | None, DatedValue], ...]:
        """The values with their days at hand: each meeting asks for a dozen of them."""
        return tuple((value.start, value.end, value) for value in self.values)

    def text_on(self, day: date) -> str | None:
        """The value in force on `day` as it is written; None where none is."""
        value = self.in_force(day)
        return None if value is None else value.value


class NumberThreshold(Threshold):
    """A threshold that is a number."""

    @model_validator(mode="after")
    def _is_a_number(self) -> NumberThreshold:
        if self.unit is Unit.DAY_OF_YEAR:
            raise ValueError("ngưỡng này là một con số, không phải ngày trong năm")
        return self

    def on(self, day: date) -> int | None:
        """The whole number in force on `day`; None where none is."""
        value = self.in_force(day)
        return None if value is None else value.number

    def share_on(self, day: date) -> Fraction | None:
        """The percentage in force on `day` as a fraction of 1; None where none is."""
        value = self.in_force(day)
        return None if value is None else value.share


class DayThreshold(Threshold):
    """A threshold that is a day of the year."""

    @model_validator(mode="after")
    def _is_a_day(self) -> DayThreshold:
        if self.unit is not Unit.DAY_OF_YEAR:
            raise ValueError('ngưỡng này là ngày trong năm (unit = "day-of-year")')
        return self

    def in_year(self, year: int) -> date | None:
        """The day in `year`, by the value in force when the year begins; None where none is."""
        text = self.text_on(date(year, 1, 1))
        if text is None:
            return None
        month, day = _month_and_day(text)
        return date(year, month, min(day, monthrange(year, month)[1]))


class Thresholds(Definition):
    """All thresholds; what each means is written in the file."""

    schema_number: Literal[1] = Field(alias="schema")

    professional_share: NumberThreshold
    speaking_share: NumberThreshold
    longest_meeting: NumberThreshold
    same_form_run: NumberThreshold
    registration_lead: NumberThreshold
    papers_lead: NumberThreshold
    self_scoring_time: NumberThreshold
    reporting_time: NumberThreshold
    far_date: NumberThreshold
    rest_day: NumberThreshold
    excused_run: NumberThreshold
    unexcused_in_year: NumberThreshold
    unpaid_dues_in_year: NumberThreshold
    vacancy: NumberThreshold
    long_vacancy: NumberThreshold
    chaired_by_others: NumberThreshold
    supervisor_visits: NumberThreshold
    thematic_plan_due: DayThreshold
    thematic_meetings: NumberThreshold
    required_topics_due: DayThreshold
    dissemination_time: NumberThreshold
    inspection_reminder: DayThreshold
    regime_inspection_due: DayThreshold
    half_year_review_due: DayThreshold
    year_review_due: DayThreshold


def load_thresholds(office: Path | None = None) -> Thresholds:
    """The thresholds of an office. Raises DefinitionError naming file and key where they are wrong or missing."""
    path = definition_files("rules", office).get(THRESHOLDS_ID)
    if path is None:
        raise DefinitionError(f"{THRESHOLDS_ID}.toml", "", "không tìm thấy tệp trong sheets/rules")
    return load_definition(Thresholds, path)


def _check_text(text: str, unit: Unit) -> None:
    """ValueError where `text` is not a value of the unit."""
    match unit:
        case Unit.DAY_OF_YEAR:
            sound, wanted = _DAY.match(text) is not None and _is_day(text), "ngày trong năm, viết như 01-31"
        case Unit.PERCENT:
            sound, wanted = _NUMBER.match(text) is not None and Decimal(text) <= 100, "tỷ lệ phần trăm từ 0 đến 100"
        case Unit.WEEKDAY:
            sound, wanted = text in set("1234567"), "thứ trong tuần, từ 1 (thứ Hai) đến 7 (Chủ nhật)"
        case _:
            sound, wanted = text.isdecimal(), "số nguyên không âm"
    if not sound:
        raise ValueError(f"«{text}» không phải {wanted}")


def _month_and_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)


def _is_day(text: str) -> bool:
    month, day = _month_and_day(text)
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]
