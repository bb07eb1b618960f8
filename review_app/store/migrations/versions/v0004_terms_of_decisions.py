"""Which term a decision was about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make room for it; of earlier decisions nobody knows it any more."""
    op.add_column("events", sa.Column("term", sa.String))
