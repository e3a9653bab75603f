"""Deliver mail into a folder of `.eml` files, for an office without a mail server."""

from __future__ import annotations

import errno
import os
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from casemgr.mail.outcomes import PostDown


class MailFolder:
    """A folder in which each message is one file; the same Message-ID is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, message: EmailMessage) -> Path:
        """Write a message whole or not at all, and return its file.

        Raises PostDown where the disk is full: the message itself has nothing to do with it.
        """
        try:
            return self._write(message)
        except OSError as why:
            if why.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
                raise PostDown(f"{self.folder} takes no more: {why.strerror}") from why
            raise

    def _write(self, message: EmailMessage) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        path, half = self.folder / f"{name}.eml", self.folder / f".{name}.part"
        with half.open("wb") as file:
            file.write(message.as_bytes(policy=SMTP))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        return path
