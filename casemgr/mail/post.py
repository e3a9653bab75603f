"""Where an office's mail goes: to its mail server, or else into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from casemgr.mail.folder import MailFolder
from casemgr.mail.server import MailServerPost, Post
from casemgr.settings import Settings


@contextmanager
def open_post(settings: Settings, *, demonstration: bool = False) -> Iterator[Post]:
    """Open what takes mail away, for one sweep; nothing leaves a demonstration."""
    if settings.mail.server is None or demonstration:
        yield MailFolder(settings.data / "mail")
        return
    with MailServerPost(settings.mail.server) as post:
        yield post


def where(settings: Settings) -> str:
    """Say in words where mail goes."""
    server = settings.mail.server
    if server is None:
        return f"the folder {settings.data / 'mail'}"
    return f"{server.host}, port {server.port}, {server.tls.said}"
