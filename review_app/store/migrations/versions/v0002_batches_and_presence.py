"""Decisions made at one stroke, and who looks at what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make room for them."""
    op.add_column("events", sa.Column("batch", sa.String))
    op.create_index("events_by_path", "events", ["path", "id"])
    op.create_index("events_by_batch", "events", ["batch"])
    op.create_table(
        "presence",
        sa.Column("editor", sa.String, primary_key=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("since", sa.String, nullable=False),
        sa.Column("seen", sa.String, nullable=False),
    )
