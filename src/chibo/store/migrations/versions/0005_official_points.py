"""What a decision carries: official points, the criteria touched since the last one, the marked copy that was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COLUMNS = (("points", sa.Text(), "[]"), ("touched", sa.Text(), "[]"), ("sent_copy", sa.String(64), ""))
"""With what decisions of before have in them: nothing."""


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("steps") as steps:
        for name, kind, nothing in _COLUMNS:
            steps.add_column(sa.Column(name, kind, nullable=False, server_default=nothing))


def downgrade() -> None:
    """Take the columns away, and what stands in them."""
    with op.batch_alter_table("steps") as steps:
        for name, _, _ in _COLUMNS:
            steps.drop_column(name)
