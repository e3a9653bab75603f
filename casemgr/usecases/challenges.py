"""What a browser is asked to bring back: once, within minutes, and from that browser alone."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import Challenge
from casemgr.domain.words import Asked
from casemgr.usecases import signin
from casemgr.usecases.work import Work

LIVES = timedelta(minutes=10)

LATE = (
    "This was begun in another browser, or more than ten minutes ago, or it was used already. "
    "Begin again."
)


def ask(work: Work, asked: Asked, browser: str, person_id: str | None = None, **kept: str) -> str:
    """Return a fresh secret for a browser to bring back, and keep `kept` until it does.

    `browser` is the secret of a cookie of that browser. Neither is kept but as a hash.
    """
    secret, now = secrets.token_urlsafe(32), signin.moment()
    work.session.execute(sa.delete(Challenge).where(col(Challenge.ends_at) <= now))
    work.session.add(
        Challenge(
            token_hash=signin.token_hash(secret),
            browser_hash=signin.token_hash(browser),
            asked=asked,
            person_id=person_id,
            kept=dict(kept),
            made_at=now,
            ends_at=now + LIVES,
        )
    )
    return secret


def bring_back(work: Work, asked: Asked, browser: str, secret: str) -> Challenge | None:
    """Return what was asked with this secret and use it up, or None where nothing was.

    One statement: of two processes that are brought the same secret, one gets it. Commit it before
    anything rests on it, so that a secret counts once whatever follows.
    """
    used = (
        sa.delete(Challenge)
        .where(
            col(Challenge.token_hash) == signin.token_hash(secret),
            col(Challenge.browser_hash) == signin.token_hash(browser),
            col(Challenge.asked) == asked,
            col(Challenge.ends_at) > signin.moment(),
        )
        .returning(Challenge)
    )
    found = work.session.scalars(used).one_or_none()
    if found is not None:
        work.session.expunge(found)
    return found


def forget(work: Work, person_id: str) -> None:
    """Forget what a person was asked to bring back."""
    work.session.execute(sa.delete(Challenge).where(col(Challenge.person_id) == person_id))
