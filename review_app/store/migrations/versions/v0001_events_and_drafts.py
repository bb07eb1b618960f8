"""Decisions and drafts: the tables as they were before there were migrations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("entry", sa.String),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("dismissals", sa.JSON, nullable=False),
        sa.Column("undone_by", sa.Integer, sa.ForeignKey("events.id")),
    )
    op.create_index("events_by_editor", "events", ["by", "id"])
    op.create_index("events_by_time", "events", ["at"])
    op.create_table(
        "drafts",
        sa.Column("editor", sa.String, primary_key=True),
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("entry", sa.String, primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("base_hash", sa.String, nullable=False),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )
