"""Chat or SMS beside the mail, through apprise: for the people a file of the office names.

The file is no part of the database, so that the secrets in these addresses are in no backup or
export; the database knows an address by a hash with the office's key. A message carries the address
of a page and nothing else.
"""

from __future__ import annotations

import hmac
import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from casemgr.errors import Unusable
from casemgr.mail.outcomes import NotTaken, ReplyLost
from casemgr.settings import Settings

PATIENCE = 10  # seconds for one message, whatever the service
INSTALL = 'python -m pip install "apprise>=2.2,<3"'
LACKING = f"Chat and SMS need the package apprise. Type: {INSTALL}"


def installed() -> bool:
    """Say whether the package that knows the services is there."""
    return importlib.util.find_spec("apprise") is not None


def read(file: Path) -> Mapping[str, tuple[str, ...]]:
    """Read who is told where: a line has a mail address, blanks, and one address apprise knows.

    Raises Unusable with the number of the line that cannot be read, and never what it says.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise Unusable(
            f"CASEMGR_NOTIFY_FILE names {file}, which cannot be read. Make that file, with lines "
            "like: ada@example.org ntfy://ntfy.example.org/a-topic"
        ) from unreadable
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, 1):
        email, _, address = line.strip().partition(" ")
        if not email or email.startswith("#"):
            continue
        if "@" not in email or "://" not in address:
            raise Unusable(
                f"Line {number} of {file} cannot be read. Write a mail address, a blank, and an "
                "address apprise knows."
            )
        found[email.lower()] = (*found.get(email.lower(), ()), address.strip())
    return found


@dataclass(frozen=True)
class Chat:
    """The services by which the people of one file are told."""

    file: Path

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Return who is told where, read once."""
        return read(self.file)

    def by(self, email: str) -> list[str]:
        """Return the kinds of services somebody is told by: `ntfy`, say."""
        return [kind_of(each) for each in self.people.get(email.lower(), ())]

    def ways(self, email: str, key: bytes) -> Mapping[str, str]:
        """Return the addresses somebody is told at, each by what the database knows it by."""
        return {name_of(each, key): each for each in self.people.get(email.lower(), ())}

    def tell(self, email: str, says: str) -> bool:
        """Tell somebody everywhere, and say whether there was any way to.

        Raises NotTaken where a service certainly was not told, ReplyLost where nobody can say.
        """
        try:
            addresses = self.people.get(email.lower(), ())
        except Unusable as why:
            raise NotTaken(str(why)) from why
        for each in addresses:
            send(each, says)
        return bool(addresses)


def name_of(address: str, key: bytes) -> str:
    """Return what the database knows an address by, which does not say it."""
    return hmac.digest(key, f"chat\n{address}".encode(), "sha256").hex()[:12]


def kind_of(address: str) -> str:
    """Return the kind of service an address is of: `ntfy`, say."""
    return address.partition("://")[0]


def send(address: str, says: str) -> None:
    """Send a message to one address.

    Raises NotTaken where it certainly was not taken, ReplyLost where nobody can say: apprise does
    not tell a service that refused from one that did not answer.
    """
    if not installed():
        raise NotTaken(LACKING)
    # Loaded only where somebody is told: it knows 170 services and takes a tenth of a second.
    apprise: Any = importlib.import_module("apprise")
    service = apprise.Apprise()
    kind = kind_of(address)
    if not service.add(address):
        raise NotTaken(f"apprise does not understand this address of the service {kind}.")
    if not service.notify(body=says, timeout=PATIENCE):
        raise ReplyLost(f"The service {kind} did not take a message.")


def open_chat(settings: Settings, *, demonstration: bool = False) -> Chat | None:
    """Return the office's chat and SMS where its settings name them; none in a demonstration."""
    if settings.notify_file is None or demonstration:
        return None
    return Chat(settings.notify_file)


def says_of(chat: Chat | None, email: str) -> str:
    """Say to somebody how they are told beside the mail; nothing where they are not."""
    if chat is None:
        return ""
    try:
        kinds = chat.by(email)
    except Unusable as why:
        return f"Chat and SMS do not work at the moment: {why}"
    if not kinds:
        return ""
    return f"You are also told by {' and '.join(kinds)}." if installed() else LACKING
