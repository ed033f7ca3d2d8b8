"""The figures of a period counted again, by SQL of its own on the tables of the office."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from attrs import frozen

_STATES = """
WITH exceptions AS (
    SELECT unit_code, exempt, until, row_number() OVER (PARTITION BY unit_code ORDER BY number DESC) AS nth
    FROM unit_exceptions WHERE period = :period
), owed AS (
    SELECT e.unit_code, e.committee_code, coalesce(x.exempt, 0) AS exempt,
           max(p.grace_until, coalesce(x.until, p.grace_until)) AS in_time
    FROM expected_units e JOIN periods p USING (period)
    LEFT JOIN exceptions x ON x.unit_code = e.unit_code AND x.nth = 1
    WHERE e.period = :period
), newest AS (
    SELECT unit_code, part, content,
           row_number() OVER (PARTITION BY unit_code ORDER BY saved_at DESC, content_hash DESC) AS nth
    FROM editions WHERE period = :period
), came AS (
    SELECT unit_code, coalesce(min(CASE WHEN content <> 'empty' THEN submitted_on END), min(submitted_on)) AS first_on
    FROM editions WHERE period = :period GROUP BY unit_code
), last_step AS (
    SELECT unit_code, kind, part, row_number() OVER (PARTITION BY unit_code ORDER BY number DESC) AS nth
    FROM (
        SELECT *, lead(kind) OVER (PARTITION BY unit_code ORDER BY number) AS next_kind
        FROM steps WHERE period = :period
    ) WHERE kind <> 'unlocked' AND NOT (kind = 'locked' AND next_kind IS 'unlocked')
), looked_at AS (
    SELECT unit_code, kind, part, row_number() OVER (PARTITION BY unit_code ORDER BY number DESC) AS nth
    FROM steps WHERE period = :period AND kind IN ('verified', 'returned')
)
SELECT o.unit_code, o.committee_code,
       CASE WHEN o.exempt THEN 'exempt'
            WHEN n.unit_code IS NULL THEN 'missing'
            WHEN s.kind IN ('verified', 'accepted') AND s.part = n.part THEN 'verified'
            WHEN s.kind = 'locked' AND l.kind = 'verified' AND l.part = n.part THEN 'verified'
            ELSE n.content END,
       CASE WHEN o.exempt OR c.first_on IS NULL THEN 0
            ELSE max(0, CAST(julianday(c.first_on) - julianday(o.in_time) AS INTEGER)) END
FROM owed o
LEFT JOIN newest n ON n.unit_code = o.unit_code AND n.nth = 1
LEFT JOIN came c ON c.unit_code = o.unit_code
LEFT JOIN last_step s ON s.unit_code = o.unit_code AND s.nth = 1
LEFT JOIN looked_at l ON l.unit_code = o.unit_code AND l.nth = 1
"""
_POINTS = """
SELECT coalesce(sum(json_array_length(s.points)), 0) FROM steps s WHERE s.period = :period
"""


@frozen
class Counts:
    """The units of a period by state, and how many came late."""

    states: Counter[str]
    late: int

    @property
    def expected(self) -> int:
        """How many owe something."""
        return sum(self.states.values()) - self.states["exempt"]

    @property
    def received(self) -> int:
        """Of how many something came in."""
        return self.expected - self.states["missing"]


@frozen
class Counted:
    """A period counted: every unit's state and days late, and the counts altogether and by base organisation."""

    units: dict[str, tuple[str, int]]
    total: Counts
    by_committee: dict[str, Counts]


def counted(database: Path, period: str) -> Counted:
    """A period counted in the database of an office."""
    rows = _rows(database, _STATES, period)
    committees = sorted({committee for _, committee, _, _ in rows})
    return Counted(
        units={unit: (state, days) for unit, _, state, days in rows},
        total=_counts(rows),
        by_committee={code: _counts([row for row in rows if row[1] == code]) for code in committees},
    )


def points_given(database: Path, period: str) -> int:
    """How many official points were given for a period."""
    return int(_rows(database, _POINTS, period)[0][0])


def whole_tables(database: Path) -> dict[str, int]:
    """How many rows stand in each table."""
    names = ("editions", "steps", "audit", "unit_changes", "expected_units")
    return {name: int(_rows(database, f"SELECT count(*) FROM {name}", "")[0][0]) for name in names}


def _counts(rows: list[tuple[str, str, str, int]]) -> Counts:
    return Counts(Counter(state for _, _, state, _ in rows), sum(days > 0 for _, _, _, days in rows))


def _rows(database: Path, question: str, period: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(question, {"period": period}).fetchall()
