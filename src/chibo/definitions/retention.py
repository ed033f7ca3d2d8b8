"""How long files are kept on which nothing rests any more, and how long they lie in the trash (`retention.toml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Option
from pydantic import model_validator

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.errors import DefinitionError

_NAME = "retention"
Years = Annotated[int, Option(ge=1, le=100)]
Days = Annotated[int, Option(ge=1, le=3_660)]


class RetentionRule(Definition):
    """What holds from a day on. None keeps for good.

    `superseded_years` count from the day on which the period was locked, `unnamed_days` from the day on which the file
    was written, `trash_days` from the day on which something was put into the trash.
    """

    start: date = Option(alias="from")
    superseded_years: Years | None = None
    unnamed_days: Days | None = None
    trash_days: Days
    source: Annotated[str, Option(min_length=1)]


class Retention(Definition):
    """`sheets/rules/retention.toml`."""

    schema_number: Literal[1] = Option(alias="schema")
    rules: Annotated[tuple[RetentionRule, ...], Option(min_length=1)]

    @model_validator(mode="after")
    def _one_rule_a_day(self) -> Retention:
        if len({rule.start for rule in self.rules}) < len(self.rules):
            raise ValueError("hai quy định có cùng ngày from")
        return self

    def rule(self, day: date) -> RetentionRule | None:
        """The rule in force on a day: the latest one that has begun; None before the first."""
        begun = [rule for rule in self.rules if rule.start <= day]
        return max(begun, key=lambda rule: rule.start, default=None)


def load_retention(office: Path | None = None) -> Retention:
    """The office's rules. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("rules", office).get(_NAME)
    if path is None:
        raise DefinitionError(f"rules/{_NAME}.toml", "", "không tìm thấy tệp")
    return load_definition(Retention, path)
