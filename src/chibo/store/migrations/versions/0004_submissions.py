"""Editions of the units' books, what each says of its period, the decisions, and the views of analysts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from chibo.store.views import tidy_queries, view_of

revision = "0004"
down_revision = "0003"


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
    for name, query in tidy_queries(op.get_bind().dialect.name).items():
        op.execute(view_of(name, query))


def downgrade() -> None:
    """Take the tables and views away."""
    for view in ("tidy_scores", "tidy_facts"):
        op.execute(f"DROP VIEW {view}")
    for table in ("steps", "parts", "editions"):
        op.drop_table(table)


def _key() -> tuple[sa.Column[Any], ...]:
    return (_text("unit_code", 64), _text("period", 8))


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _of_period(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["period"], ["periods.period"], name=f"fk_{table}_period")
