"""The digest of what was written with an entry of the log; entries of before have none and stay as they were sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("record", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the column away; entries that had something in it no longer fit their seal."""
    with op.batch_alter_table("audit") as audit:
        audit.drop_column("record")
