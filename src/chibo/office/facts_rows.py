"""Facts as rows of a table, for whatever writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from chibo.model import FACT_COLUMNS, MeetingFacts

_YES_NO = {True: "Có", False: "Không"}
_values = attrgetter(*FACT_COLUMNS)


def facts_rows(facts: Iterable[MeetingFacts]) -> Iterator[dict[str, object]]:
    """Facts as rows to be printed, one by one: a value by column name; thematic or not as Có or Không."""
    for row in facts:
        values = dict(zip(FACT_COLUMNS, _values(row), strict=True))
        values["thematic"] = _YES_NO[row.thematic]
        yield values
