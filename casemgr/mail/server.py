"""Deliver mail to a server that speaks SMTP (RFC 5321), and say exactly what became of each."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import getaddresses
from types import TracebackType
from typing import Protocol

from casemgr.mail.outcomes import Bounced, NotTaken, PostDown, ReplyLost
from casemgr.settings import MailServer, MailTls

PATIENCE = 75  # seconds for one answer: longer than a server that stalls on purpose for thirty
MOST_ON_ONE = 100  # messages over one connection; many servers want no more


class Post(Protocol):
    """Whatever takes a message away; raises one of `casemgr.mail.outcomes` when it cannot."""

    def deliver(self, message: EmailMessage) -> object: ...


class MailServerPost:
    """A connection to the office's mail server, opened when first needed and kept for the rest.

    It is one sweep's: `with MailServerPost(...) as post` closes it.
    """

    def __init__(self, server: MailServer, patience: float = PATIENCE) -> None:
        self.server, self.patience = server, patience
        self._open: smtplib.SMTP | None = None
        self._sent = 0

    def __enter__(self) -> MailServerPost:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye to the server, if it still listens."""
        opened, self._open = self._open, None
        if opened is None:
            return
        try:
            opened.quit()
        except (smtplib.SMTPException, OSError):
            opened.close()

    def deliver(self, message: EmailMessage) -> None:
        """Hand a message over; return only when the server has said that it keeps it."""
        opened = self._connection()
        [(_, to)] = getaddresses([str(message["To"])])
        [(_, sender)] = getaddresses([str(message["From"])])
        try:
            self._envelope(opened, sender, to)
        except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as gone:
            self._hang_up()
            raise NotTaken(f"The mail server hung up: {gone}") from gone
        self._content(opened, message)
        self._sent += 1
        if self._sent >= MOST_ON_ONE:
            self.close()

    def _connection(self) -> smtplib.SMTP:
        if self._open is None:
            try:
                self._open = _connect(self.server, self.patience)
            except smtplib.SMTPAuthenticationError as refused:
                raise PostDown(
                    f"{self.server.host} does not know the name or password it was given: "
                    f"{_said(refused.smtp_code, refused.smtp_error)}"
                ) from refused
            except (smtplib.SMTPException, OSError) as why:
                raise PostDown(f"{self.server.host} does not answer as it should: {why}") from why
            self._sent = 0
        return self._open

    def _envelope(self, opened: smtplib.SMTP, sender: str, to: str) -> None:
        for code, said in (opened.mail(sender), opened.rcpt(to)):
            if code not in (250, 251):
                self._start_over(opened)
                _refuse(code, said)
        code, said = opened.docmd("DATA")
        if code != 354:
            self._start_over(opened)
            _refuse(code, said)

    def _content(self, opened: smtplib.SMTP, message: EmailMessage) -> None:
        """Send the text. Once its last line is out, silence means that nobody can know."""
        text = message.as_bytes(policy=message.policy.clone(linesep="\r\n", max_line_length=78))
        quoted = b"\r\n".join(
            b"." + line if line.startswith(b".") else line for line in text.split(b"\r\n")
        )
        end = b".\r\n" if quoted.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            opened.send(quoted + end)
            code, said = opened.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as silent:
            self._hang_up()
            raise ReplyLost(f"The mail server did not say whether it took it: {silent}") from silent
        if code != 250:
            _refuse(code, said)

    def _start_over(self, opened: smtplib.SMTP) -> None:
        try:
            opened.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()


def _connect(server: MailServer, patience: float) -> smtplib.SMTP:
    secure = ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
    if server.tls is MailTls.TLS:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=patience, context=secure
        )
    else:
        opened = smtplib.SMTP(server.host, server.port, timeout=patience)
    try:
        if server.tls is MailTls.STARTTLS:
            opened.starttls(context=secure)
        opened.ehlo_or_helo_if_needed()
        if server.user:
            opened.login(server.user, server.password())
    except BaseException:
        opened.close()
        raise
    return opened


def _refuse(code: int, said: bytes) -> None:
    if code >= 500:
        raise Bounced(_said(code, said))
    if code == 421:
        raise PostDown(_said(code, said))
    raise NotTaken(_said(code, said))


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:300]
