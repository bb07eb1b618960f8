"""The tables as this version of the program wants them, whatever version made the database.

Everything happens in one transaction under a lock of the database itself, so that servers which
start at once neither meet half-made tables nor make them twice. Alembic is imported only where
there is an older database to bring up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, insert, inspect, select, text

from review_app.store.engine import WRITES, StoreError
from review_app.store.tables import Base, version

VERSIONS: Final = ("0001", "0002", "0003", "0004")
"""Every version there was, in order; the migrations in ``migrations/versions`` lead from one to the next."""
FIRST: Final = VERSIONS[0]
"""What databases are that were made before there were migrations."""
NEWEST: Final = VERSIONS[-1]
_LOCK: Final = 0x59494A49414F
"""The number of our advisory lock in PostgreSQL: "YIJIAO"."""


def prepare(engine: Engine) -> bool:
    """Make or bring up the tables; False where there was nothing to do.

    Raises :class:`StoreError` for a database that a newer version has made.
    """
    with engine.connect() as connection:
        if _version(connection) == NEWEST:
            return False
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        found = _version(connection)
        if found == NEWEST:
            return False
        if found is None:
            Base.metadata.create_all(connection)
            version.create(connection, checkfirst=True)
            connection.execute(insert(version).values(version_num=NEWEST))
        else:
            _upgrade(connection, found)
        return True


def _version(connection: Connection) -> str | None:
    """The version of a database; None for an empty one."""
    names = set(inspect(connection).get_table_names())
    if version.name in names:
        found = list(connection.scalars(select(version.c.version_num)))
        unknown = [each for each in found if each not in VERSIONS]
        if unknown:
            problem = f"a newer version of yijiao made it: schema {unknown[0]}, where this one knows {NEWEST}"
            raise StoreError(f"{problem}; update yijiao, or name another database")
        if found:
            return str(found[0])
    return FIRST if "events" in names else None


def _upgrade(connection: Connection, found: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A % would be taken for the beginning of a placeholder.
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, found)
    command.upgrade(config, NEWEST)
