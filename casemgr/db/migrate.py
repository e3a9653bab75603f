"""Bring a database to the newest schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from casemgr.shipped import shipped


def configuration(url: str) -> Config:
    """Return alembic's configuration without any file of its own."""
    config = Config()
    config.set_main_option("script_location", str(shipped("alembic")))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url` to a revision, all of it or nothing.

    A new SQLite file can be read by its owner only; one that is changed is copied first.
    """
    copy_before(url, newest_revision() if revision == "head" else revision)
    file = make_url(url).database if url.startswith("sqlite") else None
    if file and not Path(file).exists():
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).touch(mode=0o600)
    command.upgrade(configuration(url), revision)


def copy_before(url: str, revision: str | None) -> Path | None:
    """Copy an SQLite file that stands at another revision, and return where the copy is.

    A migration is all or nothing; the copy is for the one that did what nobody meant.
    """
    file = make_url(url).database if url.startswith("sqlite") else None
    if not file or not Path(file).exists():
        return None
    with closing(sqlite3.connect(file)) as there:
        if not there.execute("SELECT 1 FROM sqlite_master WHERE name = 'matter'").fetchone():
            return None
        at = there.execute("SELECT version_num FROM alembic_version").fetchone()
        if at and at[0] == revision:
            return None
        copy = Path(f"{file}.before-{revision}")
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(copy)) as here:
            there.backup(here)
    return copy


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision (`base` for an empty one)."""
    command.downgrade(configuration(url), revision)


def newest_revision() -> str | None:
    """Return the revision this program wants."""
    return ScriptDirectory.from_config(configuration("")).get_current_head()
