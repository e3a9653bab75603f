"""Sign in and out: passwords, sessions kept by hash, throttled by account and address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import BoundedSemaphore

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import Session, col, select

from casemgr.db.tables import ApiToken, Attempt, Person, SignIn, SignInLink
from casemgr.errors import Malformed, Refused
from casemgr.fields import Input
from casemgr.usecases.work import Actor, Work

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
WINDOW = timedelta(minutes=5)
TRIES = 10  # in a window, by account and by address
SHORTEST_PASSWORD, LONGEST_PASSWORD = 15, 1024
# Writing "last seen" at every page would make every read a write.
SEEN_EVERY = timedelta(minutes=1)

WRONG = "That e-mail address and password do not belong together. Check both and try again."
TOO_MANY = "Too many tries. Wait five minutes, then try again."
_hashes = BoundedSemaphore(2)  # more at once would stall the server


class Credentials(Input):
    """What somebody types to sign in."""

    email: str
    password: str


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep; a password too short or too long is refused."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Malformed(
            {"password": f"Use at least {SHORTEST_PASSWORD} characters. A sentence is easiest."}
        )
    with _hashes:
        return _hasher().hash(password)


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(24))


def token_hash(secret: str) -> str:
    """Return what is kept of a random secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def may_try(work: Work, email: str, address: str) -> bool:
    """Count a try to sign in, by account and by address, and say whether it is allowed.

    Call it in a transaction of its own, so that a try counts whatever follows.
    """
    account = token_hash(email.strip().lower())
    counts = [_count(work, f"account:{account}"), _count(work, f"address:{token_hash(address)}")]
    return max(counts) <= TRIES


def _count(work: Work, key: str) -> int:
    found = work.session.get(Attempt, key, with_for_update=True)
    if found is None or work.now - found.window_start > WINDOW:
        found = work.session.merge(Attempt(key=key, window_start=work.now, count=0))
    found.count += 1
    work.session.add(found)
    return found.count


def find(work: Work, email: str) -> Person | None:
    """Return the active person with this address."""
    return work.session.exec(
        select(Person).where(Person.email == email.strip().lower(), col(Person.active).is_(True))
    ).one_or_none()


def matches(person: Person | None, typed: str) -> bool:
    """Say whether a password is the person's; nobody's costs the same time as somebody's."""
    kept = person.password_hash if person else None
    with _hashes:
        try:
            return _hasher().verify(kept or _nobodys_hash(), typed) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def refuse(work: Work, person: Person | None) -> None:
    """Record a wrong password."""
    work.record("person.refused", person, why="the password was wrong")


def begin(work: Work, person: Person) -> str:
    """Open a session for a person and return the cookie's secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    moment = datetime.now(UTC)  # a session lives in real time, also in a replayed office
    work.session.add(
        SignIn(
            token_hash=token_hash(secret),
            person_id=person.id,
            started_at=moment,
            seen_at=moment,
            ends_at=moment + LONGEST,
        )
    )
    work.record("person.signed_in", person)
    return secret


def by_link(work: Work, secret: str) -> Person:
    """Return the person of a one-click link; only a demonstration office has any."""
    person = work.session.exec(
        select(Person)
        .join(SignInLink, col(SignInLink.person_id) == Person.id)
        .where(SignInLink.token_hash == token_hash(secret), col(Person.active).is_(True))
    ).one_or_none()
    if person is None:
        raise Refused("This link does not open anything. Sign in with your password.")
    return person


def end(work: Work, secret: str) -> None:
    """Close the session the cookie belongs to."""
    work.session.execute(
        sa.update(SignIn)
        .where(col(SignIn.token_hash) == token_hash(secret))
        .values(ended_at=datetime.now(UTC))
    )
    work.record("person.signed_out")


def who_holds(session: Session, secret: str) -> tuple[Actor, bool] | None:
    """Return the person a cookie's secret belongs to, and whether to note that they were seen."""
    moment = datetime.now(UTC)
    found = session.execute(
        _BY_COOKIE, {"hash": token_hash(secret), "moment": moment, "idle": moment - IDLE}
    ).one_or_none()
    if found is None:
        return None
    person_id, name, role, office_wide, seen_at = found
    return Actor(person_id, name, role, office_wide), moment - seen_at > SEEN_EVERY


def who_holds_token(session: Session, secret: str) -> Actor | None:
    """Return the person an API token stands for."""
    found = session.execute(
        _BY_TOKEN, {"hash": token_hash(secret), "moment": datetime.now(UTC)}
    ).one_or_none()
    return None if found is None else Actor(*found)


def seen(session: Session, secret: str) -> None:
    """Note that a session was used just now."""
    session.execute(
        sa.update(SignIn)
        .where(col(SignIn.token_hash) == token_hash(secret))
        .values(seen_at=datetime.now(UTC))
    )


def make_token(work: Work, person: Person, name: str, days: int = 90) -> str:
    """Make an API token and return its secret, shown once."""
    secret = f"cmg_{secrets.token_urlsafe(32)}"
    moment = datetime.now(UTC)
    token = ApiToken(
        person_id=person.id,
        name=name,
        token_hash=token_hash(secret),
        made_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    work.session.add(token)
    work.record("token.made", token, title=name)
    return secret


_PERSON = (col(Person.id), col(Person.name), col(Person.role), col(Person.office_wide))

_BY_COOKIE = (
    sa.select(*_PERSON, col(SignIn.seen_at))
    .join(SignIn, col(SignIn.person_id) == col(Person.id))
    .where(
        col(SignIn.token_hash) == sa.bindparam("hash"),
        col(SignIn.ended_at).is_(None),
        col(SignIn.ends_at) > sa.bindparam("moment"),
        col(SignIn.seen_at) > sa.bindparam("idle"),
        col(Person.active).is_(True),
    )
)

_BY_TOKEN = (
    sa.select(*_PERSON)
    .join(ApiToken, col(ApiToken.person_id) == col(Person.id))
    .where(
        col(ApiToken.token_hash) == sa.bindparam("hash"),
        col(ApiToken.revoked_at).is_(None),
        col(ApiToken.expires_at) > sa.bindparam("moment"),
        col(Person.active).is_(True),
    )
)
