"""Facts as rows of a table and as lines of CSV, for whatever writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from chibo.model.facts import FACT_COLUMNS, MeetingFacts
from chibo.model.row_text import csv_lines

_YES_NO = {True: "Có", False: "Không"}
_values = attrgetter(*FACT_COLUMNS)

FACTS_HEADING = next(csv_lines((), FACT_COLUMNS))
"""The first line of the facts as CSV."""


def facts_rows(facts: Iterable[MeetingFacts]) -> Iterator[dict[str, object]]:
    """Facts as rows to be printed, one by one: a value by column name; thematic or not as Có or Không."""
    for row in facts:
        values = dict(zip(FACT_COLUMNS, _values(row), strict=True))
        values["thematic"] = _YES_NO[row.thematic]
        yield values


def facts_lines(facts: Iterable[MeetingFacts]) -> tuple[str, ...]:
    """Facts as lines of CSV below that heading, one to a meeting."""
    _, *lines = csv_lines(facts_rows(facts), FACT_COLUMNS)
    return tuple(lines)
