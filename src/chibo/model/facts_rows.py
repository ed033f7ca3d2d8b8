"""Facts as rows of a table and as lines of CSV, for whatever writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from chibo.model.facts import FACT_COLUMNS, MeetingFacts
from chibo.model.row_text import csv_lines, lines_of_values

_YES_NO = {True: "Có", False: "Không"}
_THEMATIC = FACT_COLUMNS.index("thematic")
_values = attrgetter(*FACT_COLUMNS)

FACTS_HEADING = next(csv_lines((), FACT_COLUMNS))
"""The first line of the facts as CSV."""


def facts_rows(facts: Iterable[MeetingFacts]) -> Iterator[dict[str, object]]:
    """Facts as rows to be printed, one by one: a value by column name; thematic or not as Có or Không."""
    for row in facts:
        yield dict(zip(FACT_COLUMNS, _shown(row), strict=True))


def facts_lines(facts: Iterable[MeetingFacts]) -> tuple[str, ...]:
    """Facts as lines of CSV below that heading, one to a meeting."""
    return tuple(lines_of_values(map(_shown, facts)))


def _shown(row: MeetingFacts) -> list[object]:
    values = list(_values(row))
    values[_THEMATIC] = _YES_NO[row.thematic]
    return values
