"""How a migration runs: keys off and checked after on SQLite, one at a time on PostgreSQL."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, text
from sqlmodel import SQLModel

import casemgr.db.tables  # noqa: F401  (fills the metadata)
from casemgr.settings import settings

ONE_AT_A_TIME = 0x0CA5E  # an advisory lock of ours: two upgrades of one database would collide


def _url() -> str:
    return str(context.config.attributes.get("url") or settings().database_url)


def _options(dialect: str) -> dict[str, Any]:
    return {
        "target_metadata": SQLModel.metadata,
        "render_as_batch": dialect == "sqlite",
        "compare_type": True,
        "compare_server_default": True,
        "transaction_per_migration": False,
        "transactional_ddl": True,
    }


def _without_foreign_keys(connection: Any, _entry: Any) -> None:
    # Batch mode drops and remakes a table; with the keys on, its children would go with it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA busy_timeout=10000")


def run() -> None:
    """Migrate in one transaction; whatever fails leaves the database as it was."""
    engine = create_engine(_url())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_foreign_keys)
        event.listen(engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection:
            _migrate(connection, engine.dialect.name)
    finally:
        engine.dispose()


def _migrate(connection: Connection, dialect: str) -> None:
    context.configure(connection=connection, **_options(dialect))
    with context.begin_transaction():
        if dialect == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        context.run_migrations()
        if dialect == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            if broken:
                raise RuntimeError(f"The migration would leave dangling rows: {broken[:5]}")


run()
