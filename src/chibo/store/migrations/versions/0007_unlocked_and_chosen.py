"""Two decisions more: a lock taken off with that of its period, and an edition that its unit chose.

The tables stay as they are. The number keeps a Chibo that does not know the words from a store that has them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_STEPS = sa.table("steps", sa.column("kind", sa.String))


def upgrade() -> None:
    """Nothing that is there is said in other words."""


def downgrade() -> None:
    """What was unlocked is reopened, as it was before there was the word; of a choice nothing is known any more."""
    op.execute(_STEPS.update().where(_STEPS.c.kind == "unlocked").values(kind="reopened"))
    op.execute(_STEPS.delete().where(_STEPS.c.kind == "chosen"))
