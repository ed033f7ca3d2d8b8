"""The tidy tables of analysts: facts and points of the editions in use, as views over what is kept packed.

One row a submission holds its facts and points as JSON text, and the views take it apart when they are asked. Against
one row a criterion that takes the same room and a fraction of the time to write (docs/performance.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from chibo.model import FACT_COLUMNS, MeetingFacts


def facts_text(facts: Iterable[MeetingFacts]) -> str:
    """The facts of some meetings as a JSON list of objects, named as the columns of `chibo facts`; what is known."""
    rows = [
        {name: _plain(value) for name in FACT_COLUMNS if (value := getattr(row, name)) not in {None, ""}}
        for row in facts
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int) else str(value)
