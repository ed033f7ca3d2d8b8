"""Units, the other names they go by, people and what is assigned to them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _make(
        "unit_changes",
        _text("unit_code"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("change", sa.String(64), nullable=False),
        _text("name"),
        sa.Column("level", sa.String(64)),
        *map(_text, ("parent_code", "kind", "merged_into", "decision", "note")),
    )
    _make("unit_aliases", _text("alias"), _text("unit_code"))
    _make("persons", *map(_text, ("person_code", "full_name", "user", "contact", "note")))
    _make(
        "assignments",
        _text("person_code"),
        sa.Column("role", sa.String(64), nullable=False),
        _text("unit_code"),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        _text("decision"),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("assignments", "persons", "unit_aliases", "unit_changes"):
        op.drop_table(name)


def _make(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("key", sa.String(400), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("key", name=f"pk_{name}"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
