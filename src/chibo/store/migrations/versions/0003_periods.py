"""Periods, the units that each expects, and the exceptions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "periods",
        sa.Column("period", sa.String(8), nullable=False),
        *(_day(name, nullable=False) for name in ("opened_on", "due_on", "grace_until", "locks_on")),
        _day("closed_on"),
        sa.PrimaryKeyConstraint("period", name="pk_periods"),
    )
    op.create_table(
        "expected_units",
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("unit_code", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("unit_name", "committee_code", "committee_name")),
        sa.PrimaryKeyConstraint("period", "unit_code", name="pk_expected_units"),
        _of_period("expected_units"),
    )
    op.create_table(
        "unit_exceptions",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("unit_code", sa.String(64), nullable=False),
        sa.Column("exempt", sa.Boolean, nullable=False),
        _day("until"),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_unit_exceptions"),
        _of_period("unit_exceptions"),
    )
    op.create_index("ix_unit_exceptions_period", "unit_exceptions", ["period"])


def downgrade() -> None:
    """Take the tables away."""
    for name in ("unit_exceptions", "expected_units", "periods"):
        op.drop_table(name)


def _day(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, **more)


def _of_period(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["period"], ["periods.period"], name=f"fk_{table}_period")
