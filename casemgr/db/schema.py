"""Which schema this program needs, and which one a database has; asked at every start."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Engine

from casemgr.db.session import open_engine
from casemgr.errors import Unusable

SCHEMA = "0001"  # the newest migration in alembic/versions; a test of the house compares them


def schema_of(engine: Engine) -> str | None:
    """Return the revision the database stands at; None before the first migration."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def refuse_old_schema(engine: Engine) -> None:
    """Raise Unusable, with what to do, unless the database stands at the schema needed."""
    at = schema_of(engine)
    if at != SCHEMA:
        raise Unusable(
            f"The database stands at schema {at or 'none'}, this program needs {SCHEMA}. "
            "Run: casemgr migrate"
        )


def bring_up_to_date(url: str) -> None:
    """Migrate a database unless it is up to date already."""
    engine = open_engine(url)
    try:
        if schema_of(engine) == SCHEMA:
            return
    finally:
        engine.dispose()
    # Alembic takes a third of a second to load, and most starts do not need it.
    from casemgr.db.migrate import migrate  # noqa: PLC0415

    migrate(url)
