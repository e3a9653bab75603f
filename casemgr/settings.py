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
| `CASEMGR_PASSKEYS` | `1` lets people sign in with passkeys |
| `CASEMGR_OIDC_ISSUER` | the address of the single sign-on people may come in by |
| `CASEMGR_OIDC_CLIENT_ID` | what casemgr is called there |
| `CASEMGR_OIDC_CLIENT_SECRET_FILE` | a file whose first line is the secret it has there |
| `CASEMGR_OIDC_CLIENT_SECRET` | that secret itself, where a file cannot be given |
| `CASEMGR_OIDC_SECOND_FACTOR` | words of its `acr` or `amr` that count as a second factor |
| `CASEMGR_MAIL_FROM` | the address mails come from; needed with a mail server |
| `CASEMGR_SMTP_HOST` | the mail server; without one, mails are kept as files in the data folder |
| `CASEMGR_SMTP_PORT` | its port; default 465, or 587 with `starttls`, or 25 with `none` |
| `CASEMGR_SMTP_TLS` | `tls` (default), `starttls`, or `none`, which only this machine may use |
| `CASEMGR_SMTP_CA_FILE` | the certificates it is known by, where the machine's own do not do |
| `CASEMGR_SMTP_USER` | the name casemgr signs in there with |
| `CASEMGR_SMTP_PASSWORD_FILE` | a file whose first line is the password there |
| `CASEMGR_SMTP_PASSWORD` | that password itself, where a file cannot be given |
| `CASEMGR_NOTIFY_FILE` | a file with lines of who is told by chat or SMS beside the mail |
| `CASEMGR_WEBHOOK_NETWORKS` | own networks in which programs may be told, like `10.0.5.0/24` |
| `CASEMGR_WEBHOOK_CA_FILE` | certificates that vouch for programs, beside the machine's own |
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
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
        "CASEMGR_PASSKEYS",
        "CASEMGR_OIDC_ISSUER",
        "CASEMGR_OIDC_CLIENT_ID",
        "CASEMGR_OIDC_CLIENT_SECRET",
        "CASEMGR_OIDC_CLIENT_SECRET_FILE",
        "CASEMGR_OIDC_SECOND_FACTOR",
        "CASEMGR_MAIL_FROM",
        "CASEMGR_SMTP_HOST",
        "CASEMGR_SMTP_PORT",
        "CASEMGR_SMTP_TLS",
        "CASEMGR_SMTP_CA_FILE",
        "CASEMGR_SMTP_USER",
        "CASEMGR_SMTP_PASSWORD",
        "CASEMGR_SMTP_PASSWORD_FILE",
        "CASEMGR_NOTIFY_FILE",
        "CASEMGR_WEBHOOK_NETWORKS",
        "CASEMGR_WEBHOOK_CA_FILE",
    }
)


@dataclass(frozen=True)
class SingleSignOn:
    """The service that may tell us who somebody is (OpenID Connect), as an administrator set it.

    `second_factor` are the words of its `acr` or `amr` with which it says that it asked for one;
    without any of them the office asks for its own.
    """

    issuer: str
    client_id: str
    second_factor: frozenset[str] = frozenset()
    secret_given: str = field(default="", repr=False)
    secret_file: Path | None = None

    @property
    def host(self) -> str:
        """Return the name people know the service by."""
        return urlsplit(self.issuer).hostname or self.issuer

    def secret(self) -> str:
        """Return the secret casemgr has there; raise Unusable where it cannot be read."""
        given = self.secret_given
        if self.secret_file is not None:
            given = _first_line(self.secret_file, "CASEMGR_OIDC_CLIENT_SECRET_FILE", "the secret")
        if not given:
            raise Unusable(
                "Single sign-on needs the secret casemgr has there. Write it into a file only you "
                "can read, and set CASEMGR_OIDC_CLIENT_SECRET_FILE to that file."
            )
        return given


class MailTls(StrEnum):
    """How the way to the mail server is encrypted."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"

    @property
    def port(self) -> int:
        """Return the usual port (RFC 8314 for the first two)."""
        return {MailTls.TLS: 465, MailTls.STARTTLS: 587, MailTls.NONE: 25}[self]

    @property
    def said(self) -> str:
        """Return it in words."""
        return "not encrypted" if self is MailTls.NONE else f"encrypted ({self.value})"


@dataclass(frozen=True)
class MailServer:
    """The server that takes the office's mail, as an administrator set it."""

    host: str
    port: int
    tls: MailTls
    user: str = ""
    ca_file: Path | None = None
    password_given: str = field(default="", repr=False)
    password_file: Path | None = None

    def password(self) -> str:
        """Return the password casemgr has there; raise Unusable where it cannot be read."""
        if self.password_file is not None:
            return _first_line(self.password_file, "CASEMGR_SMTP_PASSWORD_FILE", "the password")
        return self.password_given


@dataclass(frozen=True)
class MailSettings:
    """From whom mails come, and the server they go to; without one they are kept as files."""

    sender: str = "casemgr@office.invalid"
    server: MailServer | None = None

    @property
    def domain(self) -> str:
        """Return the name that message ids end with."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True)
class Settings:
    """One installation's settings, checked."""

    database_url: str
    data: Path
    zone: ZoneInfo
    address: str
    secure_cookies: bool
    passkeys: bool = False
    single_sign_on: SingleSignOn | None = None
    mail: MailSettings = MailSettings()
    notify_file: Path | None = None
    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    webhook_ca_file: Path | None = None


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
        secure_cookies=not _switch(env, "CASEMGR_INSECURE_COOKIES"),
        passkeys=_switch(env, "CASEMGR_PASSKEYS"),
        single_sign_on=_single_sign_on(env),
        mail=_mail(env),
        notify_file=Path(file) if (file := env.get("CASEMGR_NOTIFY_FILE")) else None,
        webhook_networks=_networks(env),
        webhook_ca_file=Path(file) if (file := env.get("CASEMGR_WEBHOOK_CA_FILE")) else None,
    )


def _switch(env: Mapping[str, str], name: str) -> bool:
    given = env.get(name, "0")
    if given not in {"0", "1"}:
        raise Unusable(f"{name} is {given!r}; it takes 0 or 1.")
    return given == "1"


_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[A-Za-z0-9.-]+")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _mail(env: Mapping[str, str]) -> MailSettings:
    host, sender = env.get("CASEMGR_SMTP_HOST", ""), env.get("CASEMGR_MAIL_FROM", "")
    if sender and not _ADDRESS.fullmatch(sender):
        raise Unusable(
            f"CASEMGR_MAIL_FROM is {sender!r}, which is no address. Use one like "
            "casemgr@office.example.org."
        )
    if not host:
        return MailSettings(sender or MailSettings.sender)
    if not sender:
        raise Unusable(
            "CASEMGR_SMTP_HOST is set, but not from whom mails come. Set CASEMGR_MAIL_FROM to an "
            "address that server sends for."
        )
    return MailSettings(sender, _mail_server(env, host))


def _mail_server(env: Mapping[str, str], host: str) -> MailServer:
    tls = env.get("CASEMGR_SMTP_TLS", MailTls.TLS.value)
    if tls not in list(MailTls):
        raise Unusable(f"CASEMGR_SMTP_TLS is {tls!r}; it takes tls, starttls or none.")
    if tls == MailTls.NONE and host not in LOOPBACK:
        raise Unusable(
            f"CASEMGR_SMTP_TLS is none, so mails would travel to {host} for everybody to read. "
            "Use tls or starttls; none is for a mail server on this machine."
        )
    port = env.get("CASEMGR_SMTP_PORT", str(MailTls(tls).port))
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise Unusable(f"CASEMGR_SMTP_PORT is {port!r}; it takes a number from 1 to 65535.")
    ca_file, password_file = (
        env.get("CASEMGR_SMTP_CA_FILE"),
        env.get("CASEMGR_SMTP_PASSWORD_FILE"),
    )
    return MailServer(
        host=host,
        port=int(port),
        tls=MailTls(tls),
        user=env.get("CASEMGR_SMTP_USER", ""),
        ca_file=Path(ca_file) if ca_file else None,
        password_given=env.get("CASEMGR_SMTP_PASSWORD", ""),
        password_file=Path(password_file) if password_file else None,
    )


def _networks(env: Mapping[str, str]) -> tuple[IPv4Network | IPv6Network, ...]:
    given = env.get("CASEMGR_WEBHOOK_NETWORKS", "")
    try:
        return tuple(ip_network(each) for each in given.replace(",", " ").split())
    except ValueError as wrong:
        raise Unusable(
            f"CASEMGR_WEBHOOK_NETWORKS is {given!r}: {wrong}. Name networks like 10.0.5.0/24, with "
            "blanks between them."
        ) from wrong


def _single_sign_on(env: Mapping[str, str]) -> SingleSignOn | None:
    issuer, client_id = env.get("CASEMGR_OIDC_ISSUER", ""), env.get("CASEMGR_OIDC_CLIENT_ID", "")
    if not issuer and not client_id:
        return None
    if not issuer or not client_id:
        lacks = "CASEMGR_OIDC_CLIENT_ID" if issuer else "CASEMGR_OIDC_ISSUER"
        raise Unusable(f"Single sign-on is half set: {lacks} is missing. Set it, or neither.")
    file = env.get("CASEMGR_OIDC_CLIENT_SECRET_FILE")
    return SingleSignOn(
        issuer=issuer,
        client_id=client_id,
        second_factor=frozenset(env.get("CASEMGR_OIDC_SECOND_FACTOR", "").split()),
        secret_given=env.get("CASEMGR_OIDC_CLIENT_SECRET", ""),
        secret_file=Path(file) if file else None,
    )


def _first_line(file: Path, name: str, what: str) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].strip("\r")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise Unusable(
            f"{name} names {file}, which cannot be read. Make that file with one line: {what}."
        ) from unreadable


SHORTEST_PASSPHRASE = 15


def backup_passphrase(environ: Mapping[str, str] | None = None) -> str:
    """Return what backups are sealed with; raise Unusable with what to set where there is none.

    It is read only when a backup is made or restored, and kept nowhere.
    """
    env = os.environ if environ is None else environ
    given = env.get("CASEMGR_BACKUP_PASSPHRASE", "")
    if file := env.get("CASEMGR_BACKUP_PASSPHRASE_FILE"):
        given = _first_line(Path(file), "CASEMGR_BACKUP_PASSPHRASE_FILE", "the passphrase")
    if len(given) < SHORTEST_PASSPHRASE:
        raise Unusable(
            f"Backups need a passphrase of at least {SHORTEST_PASSPHRASE} characters. Write it "
            "into a file only you can read, and set CASEMGR_BACKUP_PASSPHRASE_FILE to that file. "
            "Keep a copy of it elsewhere: without it no backup can ever be opened."
        )
    return given
