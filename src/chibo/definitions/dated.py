"""What a dated definition says of itself: the documents it comes from, and the days on which it is in force."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field

from chibo.definitions.loading import Definition

Text = Annotated[str, Field(min_length=1)]


class Source(Definition):
    """The document a definition comes from. A number alone does not identify one: date and issuer belong to it."""

    number: Text
    date: date
    issuer: Text
    note: str = ""


class Effective(Definition):
    """First and last day on which the definition is in force; no last day is open-ended."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)
