"""A mail server that really speaks SMTP over a socket, and fails the way real ones do."""

from __future__ import annotations

import asyncio
import random
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from casemgr.settings import MailServer, MailTls


@dataclass
class Faults:
    """How often it fails, of a hundred messages, and what it does to some addresses."""

    later: float = 0  # says 451
    hangs_up: float = 0  # before it takes the message
    says_nothing: float = 0  # takes the message and hangs up instead of saying so
    refuses: frozenset[str] = frozenset()  # 550, always
    stalls: frozenset[str] = frozenset()  # answers these late
    stall: float = 0.0  # by so many seconds
    down: bool = False  # 421 to everybody
    seed: int = 8


@dataclass
class Sink:
    """What a mail server took, and how often nobody could know that it did."""

    faults: Faults = field(default_factory=Faults)
    took: list[EmailMessage] = field(default_factory=list)
    silent: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def __post_init__(self) -> None:
        self._dice = random.Random(self.faults.seed)

    @property
    def server(self) -> MailServer:
        """Return the settings with which casemgr finds it."""
        return MailServer("127.0.0.1", self.port, MailTls.NONE)

    def copies(self) -> Counter[str]:
        """Return how often each message arrived, by its Message-ID."""
        return Counter(str(each["Message-ID"]) for each in self.took)

    # What aiosmtpd calls, by these names.
    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take or refuse a recipient."""
        if self.faults.down:
            return "421 4.3.2 Not now"
        if address in self.faults.refuses:
            return "550 5.1.1 Nobody here has that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, or fail in one of the ways asked for."""
        rolled = self._dice.random() * 100
        if set(envelope.rcpt_tos) & self.faults.stalls:
            await asyncio.sleep(self.faults.stall)
        if rolled < self.faults.later:
            return "451 4.3.0 Try again later"
        rolled -= self.faults.later
        if 0 <= rolled < self.faults.hangs_up:
            server.transport.abort()
            return "451 never heard"
        rolled -= self.faults.hangs_up
        made = message_from_bytes(envelope.content, policy=default)
        self.took.append(made)
        if 0 <= rolled < self.faults.says_nothing:
            self.silent[str(made["Message-ID"])] += 1
            server.transport.abort()
        return "250 OK"


@contextmanager
def mail_server(faults: Faults | None = None) -> Iterator[Sink]:
    """Run a mail server on a free port."""
    sink = Sink(faults or Faults())
    with socket.socket() as free:  # the controller calls itself up at the port it was given
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    running = Controller(sink, hostname="127.0.0.1", port=sink.port)
    running.start()
    try:
        yield sink
    finally:
        running.stop()
