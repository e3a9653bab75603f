"""A reminder as a mail: plain text and HTML from the same facts, the same id every time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casemgr.domain.prose import full_day, long_day
from casemgr.shipped import shipped


@cache
def _templates() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(shipped("templates") / "mail"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = full_day
    environment.filters["kept_day"] = kept_day
    return environment


def kept_day(kept: str) -> str:
    """Return a day as sentences say it, from how a proof keeps it.

    >>> kept_day("2010-11-12")
    'November 12, 2010'
    """
    return long_day(date.fromisoformat(kept))


def message(
    name: str,
    facts: Mapping[str, object],
    *,
    to: tuple[str, str],
    key: str,
    at: datetime,
    sender: tuple[str, str] = ("casemgr", "casemgr@office.invalid"),
) -> EmailMessage:
    """Return the mail `name` (three templates: subject, text, HTML) for one recipient.

    `key` makes the Message-ID: a mailbox that gets the same one twice can drop the second. Signs
    that could end a header's line are taken out of names and subject.
    """
    made = EmailMessage()
    subject = _templates().get_template(f"{name}.subject.txt").render(facts)
    made["Subject"] = one_line(subject)
    made["From"] = Address(one_line(sender[0]), addr_spec=sender[1])
    made["To"] = Address(one_line(to[0]), addr_spec=to[1])
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id(key, sender[1].rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice answers it
    plain = _templates().get_template(f"{name}.body.txt").render(facts)
    made.set_content(re.sub(r"\n{3,}", "\n\n", plain))
    made.add_alternative(
        _templates().get_template(f"{name}.body.html").render(facts), subtype="html"
    )
    return made


def message_id(key: str, domain: str) -> str:
    """Return the same Message-ID for the same message, whenever and wherever it is made."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def one_line(text: str) -> str:
    """Return text without anything that could begin another line of a header.

    >>> one_line("Late\\r\\nBcc: eve@example.org")
    'Late Bcc: eve@example.org'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
