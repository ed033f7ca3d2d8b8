"""The trash: files that may go, for a while before they are destroyed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "trash",
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("empties_on", sa.Date, nullable=False),
        sa.Column("destroyed_on", sa.Date),
        sa.PrimaryKeyConstraint("content_hash", name="pk_trash"),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("trash")
