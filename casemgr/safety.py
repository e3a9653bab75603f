"""What must be right before an office is opened to people, and what should be right every day.

`refuse_unsafe` is asked at each start: an office that would be served unsafely is not served, and
the sentence says why and what to do. `look_around` is what `casemgr doctor` adds day by day.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy import Engine, make_url
from sqlmodel import col

from casemgr.db.tables import Heartbeat, Reminder
from casemgr.desk import Desk
from casemgr.domain.words import ReminderState
from casemgr.errors import Unusable
from casemgr.settings import KNOWN, Settings
from casemgr.shipped import shipped
from casemgr.usecases import health

MOUNTS = Path("/proc/mounts")
NETWORKED = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs"}
)
# What `db.session` sets on every connection; read back, because a build of SQLite may ignore it.
PRAGMAS: Mapping[str, int] = {
    "foreign_keys": 1,
    "synchronous": 2,
    "secure_delete": 1,
    "trusted_schema": 0,
}
LEAST_PATIENCE = 5000  # milliseconds that a writer waits for another
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")

BACKUP_AGE = timedelta(hours=26)  # a daily backup, and two hours for it to run
SWEEP_AGE = timedelta(minutes=5)
LEAST_ROOM = 1024**3  # bytes free where the documents are


def refuse_unsafe(desk: Desk, host: str, environ: Mapping[str, str]) -> None:
    """Raise Unusable, naming every cause, where the office would be served unsafely on `host`."""
    wrong = list(unsafe(desk, host, environ))
    if wrong:
        raise Unusable("This office is not safe to serve. " + " ".join(wrong))


def unsafe(desk: Desk, host: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Say what is unsafe, each in one sentence with what to do."""
    yield from _unknown_settings(environ)
    yield from _without_tls(desk.settings, host)
    yield from _passkeys_nowhere(desk.settings)
    yield from _sign_on_open_to_others(desk.settings, host)
    if desk.demonstration and not _is_loopback(host):
        yield (
            "It is a demonstration, which anybody enters with one click: serve it on 127.0.0.1, "
            "or make an office of its own for real matters."
        )
    yield from _open_to_others(desk.settings, environ)
    yield from _on_a_network_disk(desk.settings)
    yield from _careless_database(desk.engine)


def look_around(desk: Desk, now: datetime) -> Iterator[str]:
    """Say what is not as it should be in an office that runs: backups, reminders, room."""
    beats = _heartbeats(desk.engine)
    yield from _late(beats, "backup", now, BACKUP_AGE, "Run casemgr backup every day.")
    yield from _late(beats, "sweep", now, SWEEP_AGE, "Reminders are sent only while it is served.")
    with desk.work(reads_only=True) as work:
        standing = health.standing(work.session)
    if standing.clock_since is not None:
        yield f"{standing.clock_why} Reminders wait: casemgr reminders sweep --clock-is-right."
    if standing.mail_down_since is not None:
        since = f"{standing.mail_down_since:%Y-%m-%d %H:%M} UTC"
        yield f"No mail goes out since {since}: {standing.mail_why}"
    free = shutil.disk_usage(desk.settings.data).free
    if free < LEAST_ROOM:
        yield f"Only {free // 1024**2} MB are free where {desk.settings.data} is. Make room."
    with desk.work(reads_only=True) as work:
        failed = col(Reminder.state) == ReminderState.FAILED
        count = work.session.scalar(sa.select(sa.func.count(col(Reminder.id))).where(failed))
    yield from _sign_on_silent(desk)
    if count:
        what = "1 reminder" if count == 1 else f"{count} reminders"
        yield f"{what} could not be sent. See on the matter who was not told, and tell them."


# --- settings


def _unknown_settings(environ: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environ):
        if name.startswith("CASEMGR_") and name not in KNOWN:
            near = difflib.get_close_matches(name, sorted(KNOWN), 1, cutoff=0.85)
            hint = f"Did you mean {near[0]}?" if near else "Remove it."
            yield f"There is no setting {name}. {hint}"


def _without_tls(chosen: Settings, host: str) -> Iterator[str]:
    told = urlsplit(chosen.address)
    if told.scheme not in {"http", "https"} or not told.hostname:
        yield (
            f"CASEMGR_ADDRESS is {chosen.address!r}, which nobody can type into a browser. "
            "Write it like https://casemgr.example.org."
        )
        return
    local = _is_loopback(told.hostname)
    if told.scheme == "http" and not (local and _is_loopback(host)):
        yield (
            "Passwords would travel unencrypted: CASEMGR_ADDRESS begins with http. Put a proxy "
            "with TLS in front, and set CASEMGR_ADDRESS to its https address."
        )
    if not chosen.secure_cookies and not (local and _is_loopback(host)):
        yield "CASEMGR_INSECURE_COOKIES is for this machine alone. Remove it."


def _passkeys_nowhere(chosen: Settings) -> Iterator[str]:
    """A passkey belongs to a name, not to a number, and browsers make none without encryption."""
    if not chosen.passkeys:
        return
    told = urlsplit(chosen.address)
    named = told.hostname and not _is_number(told.hostname)
    if not named or (told.scheme != "https" and told.hostname != "localhost"):
        yield (
            f"Passkeys cannot work at {chosen.address}: they need an https address with a name. "
            "Set CASEMGR_ADDRESS to the one people type, or remove CASEMGR_PASSKEYS. To try them "
            "out on this machine, http://localhost does."
        )


def _sign_on_open_to_others(chosen: Settings, host: str) -> Iterator[str]:
    service = chosen.single_sign_on
    if service is None:
        return
    told = urlsplit(service.issuer)
    here = _is_loopback(told.hostname or "") and _is_loopback(host)
    if not told.hostname or told.username or not (told.scheme == "https" or here):
        yield (
            f"CASEMGR_OIDC_ISSUER is {service.issuer!r}: what it says of people could be changed "
            "on the way. Write its https address."
        )
    try:
        service.secret()
    except Unusable as lacks:
        yield str(lacks)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


# --- files


def _open_to_others(chosen: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    if os.name != "posix":
        return
    mine = [(chosen.data, "700"), (chosen.data / "history.key", "600")]
    url = make_url(chosen.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        mine.append((Path(url.database), "600"))
    if passphrase := environ.get("CASEMGR_BACKUP_PASSPHRASE_FILE"):
        mine.append((Path(passphrase), "600"))
    if chosen.single_sign_on and chosen.single_sign_on.secret_file:
        mine.append((chosen.single_sign_on.secret_file, "600"))
    for path, mode in mine:
        if path.exists() and _mode(path) & 0o077:
            yield f"Others on this machine can open {path}. Type: chmod {mode} {path}"
    templates = shipped("templates")
    if _mode(templates) & 0o002:
        yield f"Anybody on this machine can change {templates}. Type: chmod -R o-w {templates}"
    if not os.access(chosen.data, os.W_OK):
        yield f"{chosen.data} cannot be written to. Give it to the user who runs casemgr."


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _on_a_network_disk(chosen: Settings) -> Iterator[str]:
    url = make_url(chosen.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or not MOUNTS.exists():
        return
    kind = file_system_of(Path(url.database), MOUNTS.read_text(encoding="utf-8"))
    if kind in NETWORKED:
        yield (
            f"SQLite loses data on a network disk, and {url.database} is on one ({kind}). "
            "Set CASEMGR_DATA to a disk of this machine, or use PostgreSQL."
        )


def file_system_of(path: Path, mounts: str) -> str:
    """Return the kind of file system a path is on, by the mount that reaches deepest."""
    whole = path.resolve()
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        place, found = line.split()[1:3]
        folder = Path(place.replace("\\040", " "))
        if whole.is_relative_to(folder) and len(folder.parts) > deepest:
            deepest, kind = len(folder.parts), found
    return kind


# --- the database


def _careless_database(engine: Engine) -> Iterator[str]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            yield from _careless_sqlite(connection)
        else:
            yield from _careless_postgresql(connection)


def _careless_sqlite(connection: sa.Connection) -> Iterator[str]:
    for pragma, wanted in PRAGMAS.items():
        found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
        if found != wanted:
            yield f"SQLite answers {found} for {pragma} and not {wanted}. Use another build of it."
    if (connection.exec_driver_sql("PRAGMA busy_timeout").scalar() or 0) < LEAST_PATIENCE:
        yield "SQLite does not wait for other writers. Use another build of it."


def _careless_postgresql(connection: sa.Connection) -> Iterator[str]:
    for name in DURABLE:
        if connection.exec_driver_sql(f"SHOW {name}").scalar() == "off":
            yield f"PostgreSQL may lose what was saved: {name} is off. Set {name} = on."
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        yield f"The database keeps text as {encoding}. Make one with ENCODING 'UTF8'."
    yield from too_much_power(connection)


_POWER = """
SELECT current_user, pg_has_role(current_user, relowner, 'MEMBER')
  OR has_table_privilege(oid, 'DELETE') OR has_table_privilege(oid, 'TRUNCATE')
  OR has_any_column_privilege(oid, 'UPDATE')
FROM pg_class WHERE oid = to_regclass('history_entry')
"""


def too_much_power(connection: sa.Connection) -> Iterator[str]:
    """Say that the role could do more to the history than read it and add to it.

    The triggers refuse a change, but whoever owns the table could take the triggers away.
    """
    role, too_much = connection.exec_driver_sql(_POWER).one()
    if too_much:
        yield (
            f"The role {role} may change or delete the history, and needs only to add to it. Let "
            "another role own the tables, as templates/running/postgresql.sql does."
        )


def _sign_on_silent(desk: Desk) -> Iterator[str]:
    """Ask the sign-on service what it says of itself, as the next person to come in will."""
    service = desk.settings.single_sign_on
    if service is None:
        return
    from casemgr.identity import fence, oidc  # noqa: PLC0415  # slow to load, seldom needed

    try:
        oidc.service_of(service.issuer)
    except fence.NoAnswer as wrong:
        yield (
            f"Nobody can come in by {service.host}: {wrong}. Check CASEMGR_OIDC_ISSUER and that "
            "this machine can reach it."
        )


def _heartbeats(engine: Engine) -> dict[str, datetime]:
    with engine.connect() as connection:
        rows = connection.execute(sa.select(col(Heartbeat.name), col(Heartbeat.at)))
        return {row.name: row.at for row in rows}


def _late(
    beats: Mapping[str, datetime], name: str, now: datetime, age: timedelta, cure: str
) -> Iterator[str]:
    at = beats.get(name)
    if at is None:
        yield f"There was no {name} yet. {cure}"
    elif now - at > age:
        yield f"The last {name} was at {at:%Y-%m-%d %H:%M} UTC. {cure}"
