"""What can become of a message besides being taken: each asks for something else."""

from __future__ import annotations


class NotTaken(OSError):
    """A message was not taken for certain; the same one may be tried again later."""


class PostDown(NotTaken):
    """The server, or the folder, takes nothing at all now, whatever the message."""


class Bounced(NotTaken):
    """The server refused this recipient or this message for good: trying again is no use."""


class ReplyLost(OSError):
    """The message was handed over and no answer came: nobody can say whether it was taken."""
