"""The required thematic topics (Chỉ thị, điểm 6): a dated list whose codes stand in the plan and with the meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.wording import normal_label
from chibo.errors import DefinitionError

Text = Annotated[str, Field(min_length=1)]


class RequiredTopic(Definition):
    """One topic: its code, its wording, other spellings, and the days on which it is required."""

    code: Annotated[str, Field(pattern=r"^[\w.-]+$", max_length=20)]
    label: Text
    english: str = ""
    aliases: tuple[Text, ...] = ()
    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> RequiredTopic:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"nội dung «{self.code}»: ngày to trước ngày from")
        return self

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything a cell may write for it."""
        return (self.code, self.label, *self.aliases)


class RequiredTopics(Definition):
    """`sheets/rules/required-topics.toml`."""

    schema_number: Literal[1] = Field(alias="schema")
    source: Text
    clause: str = ""
    topics: tuple[RequiredTopic, ...]

    @model_validator(mode="after")
    def _spellings_are_distinct(self) -> RequiredTopics:
        seen: dict[str, str] = {}
        for topic in self.topics:
            for spelling in topic.spellings:
                if seen.setdefault(normal_label(spelling), topic.code) != topic.code or ";" in spelling:
                    raise ValueError(f"nội dung «{topic.code}»: cách viết «{spelling}» trùng hoặc có dấu ;")
        if len({normal_label(topic.code) for topic in self.topics}) < len(self.topics):
            raise ValueError("mã nội dung bắt buộc trùng nhau")
        return self

    @cached_property
    def codes_by_spelling(self) -> Mapping[str, str]:
        """The code of every spelling, in normal form."""
        return {normal_label(spelling): topic.code for topic in self.topics for spelling in topic.spellings}

    def in_force(self, day: date) -> tuple[RequiredTopic, ...]:
        """The topics required on `day`."""
        return tuple(topic for topic in self.topics if topic.start <= day and (topic.end is None or day <= topic.end))

    def topic(self, code: str) -> RequiredTopic | None:
        """The topic with this code, None where the list has none."""
        return next((topic for topic in self.topics if topic.code == code), None)


def load_required_topics(office: Path | None = None) -> RequiredTopics:
    """The office's list. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("rules", office).get("required-topics")
    if path is None:
        raise DefinitionError("rules/required-topics.toml", "", "không tìm thấy tệp")
    return load_definition(RequiredTopics, path)
