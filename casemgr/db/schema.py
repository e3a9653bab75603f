"""Which schema this program needs, and which one a database has; asked at every start."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine, make_url

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


def refuse_missing(url: str) -> None:
    """Raise Unusable where an SQLite file is not there: opening it would make an empty one."""
    if not is_there(url):
        raise Unusable(f"There is no office at {make_url(url).database} yet. Run: casemgr migrate")


def is_there(url: str) -> bool:
    """Tell whether there is a database; of PostgreSQL only its server can tell."""
    file = make_url(url).database if url.startswith("sqlite") else None
    return not file or Path(file).exists()


def bring_up_to_date(url: str) -> None:
    """Migrate a database unless it is up to date already."""
    if is_there(url) and _stands(url):
        return
    # Alembic takes a third of a second to load, and most starts do not need it.
    from casemgr.db.migrate import migrate  # noqa: PLC0415

    migrate(url)


def _stands(url: str) -> bool:
    engine = open_engine(url)
    try:
        return schema_of(engine) == SCHEMA
    finally:
        engine.dispose()
