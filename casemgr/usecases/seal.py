"""Check that the history is as it was written, against heads kept outside the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from casemgr.db import chain
from casemgr.domain.access import Right, may
from casemgr.domain.chain import Checked, Head, follow
from casemgr.domain.words import Role
from casemgr.errors import Refused
from casemgr.usecases.work import Work


def check_seal(work: Work, kept: Sequence[Head]) -> Checked:
    """Follow the whole chain and name the first record that is not as it was written."""
    return follow(work.key, chain.stored(work.session), chain.newest(work.session), kept)


def look_at_seal(work: Work, kept: Sequence[Head]) -> Checked:
    """Check the seal for somebody of the office; guests and students learn nothing of its size."""
    if work.actor.role is not Role.ADMINISTRATOR and not may(work.actor.role, Right.CONFIRM):
        raise Refused("Only staff, attorneys and administrators check the seal. Ask one of them.")
    return check_seal(work, kept)


def head_at(work: Work, moment: datetime) -> Head:
    """Return how far the history reaches, as a head to be kept at this moment."""
    return chain.newest(work.session)._replace(at=moment)
