"""Deliver mail into a folder of `.eml` files, for an office without a mail server."""

from __future__ import annotations

import os
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path


class MailFolder:
    """A folder in which each message is one file; the same Message-ID is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, message: EmailMessage) -> Path:
        """Write a message whole or not at all, and return its file."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        path, half = self.folder / f"{name}.eml", self.folder / f".{name}.part"
        with half.open("wb") as file:
            file.write(message.as_bytes(policy=SMTP))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        return path
