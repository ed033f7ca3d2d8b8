"""Editions of the units' books, what each says of its period, the decisions, and the views of analysts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_WHOLE = [
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
]
_POINTS = ["attendance_rate", "self_total", "fact_total", "official_total"]
_WORDS = [
    "committee_code",
    "cell_code",
    "cell_name",
    "meeting_code",
    "kind",
    "held_on",
    "frame",
    "self_grade",
    "official_grade",
    "source",
]


def upgrade() -> None:
    """Make the tables and views."""
    op.create_table(
        "editions",
        *_key(),
        _text("content_hash", 64),
        sa.Column("file_name", sa.Text, nullable=False),
        *(_text(name, 64) for name in ("part", "values", "grown_from")),
        sa.Column("saved_at", sa.String(32)),
        _text("content", 64),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.Column("submitted_on", sa.Date, nullable=False),
        _text("at", 32),
        sa.Column("receipt", sa.Integer, nullable=False),
        sa.Column("head_count", sa.Integer, nullable=False),
        _text("head_hash", 64),
        sa.Column("in_use", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "period", "content_hash", name="pk_editions"),
        sa.UniqueConstraint("receipt", name="uq_editions_receipt"),
        _of_period("editions"),
    )
    op.create_table(
        "parts",
        *_key(),
        _text("content_hash", 64),
        sa.Column("book", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("facts", "scores")),
        sa.PrimaryKeyConstraint("unit_code", "period", "content_hash", name="pk_parts"),
        _of_period("parts"),
    )
    op.create_table(
        "steps",
        sa.Column("number", sa.Integer, nullable=False),
        *_key(),
        _text("kind", 64),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        _text("at", 32),
        *(_text(name, 64) for name in ("part", "content_hash")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("note", "reasons")),
        sa.PrimaryKeyConstraint("number", name="pk_steps"),
        _of_period("steps"),
    )
    for table in ("editions", "parts", "steps"):
        op.create_index(f"ix_{table}_period", table, ["period"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(_facts_view(is_sqlite))
    op.execute(_scores_view(is_sqlite))


def downgrade() -> None:
    """Take the tables and views away."""
    for view in ("tidy_scores", "tidy_facts"):
        op.execute(f"DROP VIEW {view}")
    for table in ("steps", "parts", "editions"):
        op.drop_table(table)


def _facts_view(is_sqlite: bool) -> str:
    columns = [
        *(_member("f.value", name, "TEXT", is_sqlite) for name in _WORDS),
        *(_member("f.value", name, "INTEGER", is_sqlite) for name in _WHOLE),
        *(_member("f.value", name, "REAL", is_sqlite) for name in _POINTS),
    ]
    rows = "json_each(p.facts)" if is_sqlite else "json_array_elements(p.facts::json)"
    return (
        f"CREATE VIEW tidy_facts AS SELECT e.unit_code, e.period, {', '.join(columns)} "  # noqa: S608 - words of this file
        f"FROM editions e JOIN parts p USING (unit_code, period, content_hash) CROSS JOIN {rows} AS f WHERE e.in_use"
    )


def _scores_view(is_sqlite: bool) -> str:
    kinds = enumerate(("own", "official", "fact"))
    columns = [f'CAST({_item("c.value", index, is_sqlite)} AS REAL) AS "{name}"' for index, name in kinds]
    meetings = "json_each(p.scores)" if is_sqlite else "json_each(p.scores::json)"
    return (
        "CREATE VIEW tidy_scores AS "  # noqa: S608 - words of this file
        f"SELECT e.unit_code, e.period, m.key AS meeting_code, c.key AS criterion, {', '.join(columns)} "
        "FROM editions e JOIN parts p USING (unit_code, period, content_hash) "
        f"CROSS JOIN {meetings} AS m CROSS JOIN json_each(m.value) AS c WHERE e.in_use"
    )


def _member(value: str, name: str, kind: str, is_sqlite: bool) -> str:
    found = f"json_extract({value}, '$.{name}')" if is_sqlite else f"({value} ->> '{name}')"
    return f'CAST({found} AS {kind}) AS "{name}"'


def _item(value: str, index: int, is_sqlite: bool) -> str:
    return f"json_extract({value}, '$[{index}]')" if is_sqlite else f"({value} ->> {index})"


def _key() -> tuple[sa.Column[Any], ...]:
    return (_text("unit_code", 64), _text("period", 8))


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _of_period(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["period"], ["periods.period"], name=f"fk_{table}_period")
