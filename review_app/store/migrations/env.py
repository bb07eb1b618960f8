"""What Alembic runs: the steps, in the transaction that it is handed."""

from __future__ import annotations

from alembic import context

from review_app.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
