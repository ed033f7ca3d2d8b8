"""Facts as Parquet, for analysts' own tools."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.parquet as pq

from chibo.model import FACT_COLUMNS, MeetingFacts
from chibo.model.facts_rows import facts_rows

_WHOLE = {
    "year",
    "minutes",
    "membership",
    "exempt",
    "transferred",
    "special_duty",
    "present",
    "excused",
    "unexcused",
    "speakers",
    "opinions",
    "findings",
}
_MEASURES = {"attendance_rate", "self_total", "fact_total", "official_total"}


def facts_parquet(facts: Iterable[MeetingFacts]) -> bytes:
    """The facts as a Parquet file: the columns of `chibo facts`, an unknown value null.

    Counts are int64, percent and points double, `held_on` a date, everything else the text that CSV has.
    """
    rows = list(facts_rows(facts))
    arrays = [_column(name, [row[name] for row in rows]) for name in FACT_COLUMNS]
    stream = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(FACT_COLUMNS)), stream)
    return stream.getvalue()


def _column(name: str, values: list[object]) -> pa.Array:
    known = [None if value in (None, "") else value for value in values]
    if name in _WHOLE:
        return pa.array(known, type=pa.int64())
    if name in _MEASURES:
        return pa.array([None if value is None else float(str(value)) for value in known], type=pa.float64())
    if name == "held_on":
        return pa.array(known, type=pa.date32())
    return pa.array([None if value is None else str(value) for value in known], type=pa.string())
