"""Count tries to prove who one is, and whatever else is guessed at; shared by every process.

A try that was not allowed is not counted: it learned nothing, and counting it would let a stranger
keep the owner out for good. The window slides, so no five minutes hold more than is said here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from casemgr.db.tables import Attempt


@dataclass(frozen=True)
class Limit:
    """How many tries are allowed within a time."""

    within: timedelta
    tries: int


FIVE_MINUTES = timedelta(minutes=5)
PASSWORD = (Limit(FIVE_MINUTES, 10),)
FACTOR = (Limit(FIVE_MINUTES, 5), Limit(timedelta(hours=1), 20), Limit(timedelta(days=1), 50))
# What somebody who was asked has not yet answered: a class that signs in at once stays below it.
ASKED = (Limit(FIVE_MINUTES, 60),)

# Past its limit an account still takes one try in this time, so that guesses from elsewhere slow
# its owner down and never lock them out. An address past its limit takes none.
STILL = timedelta(seconds=30)
_KEPT = timedelta(days=1)


def may_try(
    session: Session,
    account: str,
    address: str,
    limits: Sequence[Limit],
    moment: datetime,
    *,
    still: timedelta | None = STILL,
) -> bool:
    """Count a try by account and by address, and say whether it is allowed.

    `account` and `address` are keys that name nobody. `still` None means a hard limit on the
    account too. Call it in a transaction of its own, so that a try counts whatever follows.
    """
    tries = [_of(session, key, moment) for key in sorted({account, address})]
    for attempt in tries:
        lets = still if attempt.key == account and account != address else None
        if not _is_open(attempt.tried, limits, moment, lets):
            return False
    for attempt in tries:
        _add(session, attempt, limits, moment)
    return True


def may_ask(session: Session, key: str, moment: datetime) -> bool:
    """Count that an address wants to be asked for a proof, and say whether it is; as `may_try`."""
    return may_try(session, key, key, ASKED, moment, still=None)


def may_still(session: Session, key: str, limits: Sequence[Limit], moment: datetime) -> bool:
    """Say whether another try of a key is allowed, and count nothing: `count` does, afterwards."""
    attempt = session.get(Attempt, key)
    return attempt is None or _is_open(attempt.tried, limits, moment, None)


def count(session: Session, key: str, limits: Sequence[Limit], moment: datetime) -> None:
    """Count a try of a key that was allowed."""
    _add(session, _of(session, key, moment), limits, moment)


def take_back(session: Session, *keys: str) -> None:
    """Forget the newest try of each key: it was right, so it guessed nothing.

    Without this a whole class behind one address would lock itself out by signing in.
    """
    for key in sorted(set(keys)):
        attempt = session.get(Attempt, key, with_for_update=True)
        if attempt is not None:
            attempt.tried = attempt.tried[:-1]
            session.add(attempt)


def _is_open(
    tried: Sequence[float], limits: Sequence[Limit], moment: datetime, still: timedelta | None
) -> bool:
    now = moment.timestamp()
    full = any(
        sum(now - each < limit.within.total_seconds() for each in tried) >= limit.tries
        for limit in limits
    )
    if not full:
        return True
    return still is not None and now - max(tried) >= still.total_seconds()


def _add(session: Session, attempt: Attempt, limits: Sequence[Limit], moment: datetime) -> None:
    attempt.tried = _kept([*attempt.tried, moment.timestamp()], limits)
    attempt.last_at = moment
    session.add(attempt)


def _kept(tried: list[float], limits: Sequence[Limit]) -> list[float]:
    return tried[-2 * max(limit.tries for limit in limits) :]


def _of(session: Session, key: str, moment: datetime) -> Attempt:
    """Return the row of a key, locked until the end of the transaction."""
    found = session.get(Attempt, key, with_for_update=True)
    if found is None:
        _make(session, key, moment)
        found = session.get_one(Attempt, key, with_for_update=True)
    return found


def _make(session: Session, key: str, moment: datetime) -> None:
    session.execute(sa.delete(Attempt).where(col(Attempt.last_at) < moment - _KEPT))
    row = sa.insert(Attempt).values(key=key, tried=[], last_at=moment)
    try:
        with session.begin_nested():
            session.execute(row)
    except IntegrityError:
        return  # another process was quicker; its row is locked next
