"""What differs between one installation and the next: environment variables, read once.

| variable | what it sets |
|---|---|
| `CASEMGR_DATABASE_URL` | the database; default: an SQLite file in the data folder |
| `CASEMGR_DATA` | the data folder (database, documents, mail folder); default `casemgr-data` |
| `CASEMGR_ZONE` | the office's time zone; default `America/New_York` |
| `CASEMGR_ADDRESS` | the address people type, used in mails; default `http://127.0.0.1:8017` |
| `CASEMGR_INSECURE_COOKIES` | `1` lets cookies travel without TLS; only for loopback |
| `CASEMGR_BACKUP_PASSPHRASE_FILE` | a file whose first line opens and seals backups |
| `CASEMGR_BACKUP_PASSPHRASE` | the passphrase itself, where a file cannot be given |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casemgr.errors import Unusable

KNOWN = frozenset(
    {
        "CASEMGR_DATABASE_URL",
        "CASEMGR_DATA",
        "CASEMGR_ZONE",
        "CASEMGR_ADDRESS",
        "CASEMGR_INSECURE_COOKIES",
        "CASEMGR_BACKUP_PASSPHRASE",
        "CASEMGR_BACKUP_PASSPHRASE_FILE",
    }
)


@dataclass(frozen=True)
class Settings:
    """One installation's settings, checked."""

    database_url: str
    data: Path
    zone: ZoneInfo
    address: str
    secure_cookies: bool


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, refusing by name what cannot be right."""
    env = os.environ if environ is None else environ
    data = Path(env.get("CASEMGR_DATA", "casemgr-data")).resolve()
    zone_name = env.get("CASEMGR_ZONE", "America/New_York")
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise Unusable(
            f"CASEMGR_ZONE is {zone_name!r}, which is no time zone. Use one like America/New_York."
        ) from unknown
    insecure = env.get("CASEMGR_INSECURE_COOKIES", "0")
    if insecure not in {"0", "1"}:
        raise Unusable(f"CASEMGR_INSECURE_COOKIES is {insecure!r}; it takes 0 or 1.")
    url = env.get("CASEMGR_DATABASE_URL") or f"sqlite:///{data / 'casemgr.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise Unusable(
            "CASEMGR_DATABASE_URL must begin with sqlite:/// or postgresql://. "
            "Leave it out for an SQLite file in the data folder."
        )
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://", 1),
        data=data,
        zone=zone,
        address=env.get("CASEMGR_ADDRESS", "http://127.0.0.1:8017").rstrip("/"),
        secure_cookies=insecure == "0",
    )


SHORTEST_PASSPHRASE = 15


def backup_passphrase(environ: Mapping[str, str] | None = None) -> str:
    """Return what backups are sealed with; raise Unusable with what to set where there is none.

    It is read only when a backup is made or restored, and kept nowhere.
    """
    env = os.environ if environ is None else environ
    given = env.get("CASEMGR_BACKUP_PASSPHRASE", "")
    if file := env.get("CASEMGR_BACKUP_PASSPHRASE_FILE"):
        try:
            given = Path(file).read_text(encoding="utf-8").partition("\n")[0].strip("\r")
        except (OSError, UnicodeDecodeError) as unreadable:
            raise Unusable(
                f"CASEMGR_BACKUP_PASSPHRASE_FILE names {file}, which cannot be read. "
                "Make that file with one line: the passphrase."
            ) from unreadable
    if len(given) < SHORTEST_PASSPHRASE:
        raise Unusable(
            f"Backups need a passphrase of at least {SHORTEST_PASSPHRASE} characters. Write it "
            "into a file only you can read, and set CASEMGR_BACKUP_PASSPHRASE_FILE to that file. "
            "Keep a copy of it elsewhere: without it no backup can ever be opened."
        )
    return given
