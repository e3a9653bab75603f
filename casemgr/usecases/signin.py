"""Sign in and out: passwords, sessions and API tokens kept by hash, throttled."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import UTC, date, datetime, timedelta
from functools import cache
from threading import BoundedSemaphore
from typing import Annotated, Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from pydantic import StringConstraints
from sqlmodel import Session, col, select

from casemgr.db.tables import ApiToken, PasswordLink, Person, SignIn, SignInLink
from casemgr.domain.passwords import LONGEST as LONGEST_PASSWORD
from casemgr.domain.passwords import SHORTEST, why_refused
from casemgr.domain.words import TokenScope, WayIn
from casemgr.errors import Malformed, NotFresh, Refused
from casemgr.fields import Input
from casemgr.usecases import throttle
from casemgr.usecases.work import Actor, Work

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
HALFWAY = timedelta(minutes=10)  # from the password to the second factor
FRESH = timedelta(minutes=10)  # how old a sign-in may be for a dangerous act
# Writing "last seen" at every page would make every read a write.
SEEN_EVERY = timedelta(minutes=1)

WRONG = "That e-mail address and password do not belong together. Check both and try again."
TOO_MANY = "Too many tries. Wait five minutes, then try again."
READ_ONLY = "This token may only read. Make one that may also write, on your account page."
# Hashing takes a core whole, and one is left to whoever is signed in already.
_hashes = BoundedSemaphore(max(1, min(2, (os.cpu_count() or 1) - 1)))


# A password is taken as it is typed, with the spaces at its ends.
Password = Annotated[str, StringConstraints(strip_whitespace=False, max_length=4096)]


class Credentials(Input):
    """What somebody types to sign in."""

    email: str
    password: Password


def moment() -> datetime:
    """Return this moment: sessions live in real time, also in an office replayed at another day."""
    return datetime.now(UTC)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep; a password too short or too long is refused."""
    if not SHORTEST <= len(password) <= LONGEST_PASSWORD:
        raise Malformed({"password": why_refused(password) or ""})
    with _hashes:
        return _hasher().hash(password)


def judge(password: str, person: Person, office: str) -> None:
    """Raise Malformed for a password that is too short, or easy to guess for this person."""
    if says := why_refused(password, (person.name, person.email, office)):
        raise Malformed({"password": says})


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
    account, place = _keys(email, address)
    return throttle.may_try(work.session, account, place, throttle.PASSWORD, moment())


def was_right(work: Work, email: str, address: str) -> None:
    """Forget a try that was right."""
    throttle.take_back(work.session, *_keys(email, address))


def _keys(email: str, address: str) -> tuple[str, str]:
    return f"account:{token_hash(email.strip().lower())}", f"address:{token_hash(address)}"


def find(work: Work, email: str) -> Person | None:
    """Return the person with this address who may be here today."""
    person = work.session.exec(
        select(Person).where(Person.email == email.strip().lower())
    ).one_or_none()
    return person if person is not None and is_here(work, person) else None


def is_here(work: Work, person: Person) -> bool:
    """Say whether somebody is active and within their term."""
    return person.active and (person.term_ends_on is None or person.term_ends_on >= work.today)


def as_actor(person: Person) -> Actor:
    """Return a person as somebody a piece of work is done for."""
    return Actor(person.id, person.name, person.role, person.office_wide)


def matches(person: Person | None, typed: str) -> bool:
    """Say whether a password is the person's; nobody's costs the same time as somebody's."""
    kept = person.password_hash if person else None
    with _hashes:
        try:
            return _hasher().verify(kept or _nobodys_hash(), typed) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def refuse(work: Work, person: Person | None, why: str = "the password was wrong") -> None:
    """Record that somebody was not let in; of what strangers sent, only what can be printed."""
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in why)
    work.record("person.refused", person, why=plain[:300])


_BEGAN_BY = {
    WayIn.PASSWORD: "person.signed_in",
    WayIn.PASSKEY: "person.signed_in_by_passkey",
    WayIn.SINGLE_SIGN_ON: "person.signed_in_by_sso",
    WayIn.LINK: "person.signed_in",
}


def begin(
    work: Work,
    person: Person,
    *,
    half: bool = False,
    way: WayIn = WayIn.PASSWORD,
    device: str = "",
    proved_at: datetime | None = None,
) -> str:
    """Open a session for a person and return the cookie's secret, which is kept nowhere.

    A half session has the password, or a single sign-on, behind it and still owes the second
    factor. `proved_at` is when they proved who they are, where that was earlier than now.
    """
    secret, now = secrets.token_urlsafe(32), moment()
    work.session.add(
        SignIn(
            token_hash=token_hash(secret),
            person_id=person.id,
            half=half,
            way=way,
            device=device,
            started_at=now,
            proved_at=proved_at or now,
            seen_at=now,
            ends_at=now + (HALFWAY if half else LONGEST),
        )
    )
    if not half:
        work.record(_BEGAN_BY[way], person)
    return secret


def way_of(session: Session, secret: str) -> WayIn | None:
    """Return how the session of a cookie's secret began."""
    asked = select(SignIn.way).where(SignIn.token_hash == token_hash(secret))
    found = session.exec(asked).one_or_none()
    return None if found is None else WayIn(found)


def by_link(work: Work, secret: str) -> Person:
    """Return the person of a one-click link; only a demonstration office has any."""
    person = work.session.exec(
        select(Person)
        .join(SignInLink, col(SignInLink.person_id) == Person.id)
        .where(SignInLink.token_hash == token_hash(secret))
    ).one_or_none()
    if person is None or not is_here(work, person):
        raise Refused("This link does not open anything. Sign in with your password.")
    return person


def end(work: Work, secret: str) -> None:
    """Close the session the cookie belongs to."""
    end_one(work, secret)
    work.record("person.signed_out")


def end_one(work: Work, secret: str) -> None:
    """Close one session because another takes its place."""
    work.session.execute(
        sa.update(SignIn)
        .where(col(SignIn.token_hash) == token_hash(secret))
        .values(ended_at=moment())
    )


def open_to(person_id: str | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition for a person's sessions that would open a page now."""
    now = moment()
    return (
        col(SignIn.person_id) == person_id,
        col(SignIn.half).is_(False),
        col(SignIn.ended_at).is_(None),
        col(SignIn.ends_at) > now,
        col(SignIn.seen_at) > now - IDLE,
    )


def end_sessions(work: Work, person_id: str, *, but: str | None = None) -> int:
    """Close every session of a person, except the one of a cookie; return how many were open."""
    now = moment()
    ended = work.session.execute(
        sa.update(SignIn)
        .where(
            col(SignIn.person_id) == person_id,
            col(SignIn.ended_at).is_(None),
            col(SignIn.ends_at) > now,
            col(SignIn.token_hash) != token_hash(but or ""),
        )
        .values(ended_at=now)
    )
    return rows(ended)


def revoke_tokens(work: Work, person_id: str) -> int:
    """End every API token of a person; return how many were alive."""
    now = moment()
    ended = work.session.execute(
        sa.update(ApiToken)
        .where(
            col(ApiToken.person_id) == person_id,
            col(ApiToken.revoked_at).is_(None),
            col(ApiToken.expires_at) > now,
        )
        .values(revoked_at=now)
    )
    return rows(ended)


def void_links(work: Work, person_id: str) -> int:
    """End every invitation and reset link of a person; return how many were open."""
    now = moment()
    ended = work.session.execute(
        sa.update(PasswordLink)
        .where(
            col(PasswordLink.person_id) == person_id,
            col(PasswordLink.used_at).is_(None),
            col(PasswordLink.ends_at) > now,
        )
        .values(ends_at=now)
    )
    return rows(ended)


def rows(result: sa.Result[Any]) -> int:
    """Return how many rows a statement changed."""
    return int(getattr(result, "rowcount", 0))


def lock_out(work: Work, person_id: str, *, but: str | None = None) -> tuple[int, int, int]:
    """End sessions, tokens and links of a person at once; return how many of each."""
    return (
        end_sessions(work, person_id, but=but),
        revoke_tokens(work, person_id),
        void_links(work, person_id),
    )


def fresh(work: Work) -> None:
    """Raise NotFresh where a dangerous act rests on a sign-in over ten minutes old.

    A program's token counts from when it was made; the command line and casemgr itself are not
    asked.
    """
    proved_at = work.actor.proved_at
    if proved_at is not None and moment() - proved_at > FRESH:
        raise NotFresh


def who_holds(session: Session, secret: str, today: date) -> tuple[Actor, bool] | None:
    """Return the person a cookie's secret belongs to, and whether to note that they were seen."""
    now = moment()
    given = {"hash": token_hash(secret), "moment": now, "idle": now - IDLE, "today": today}
    found = session.connection().execute(_BY_COOKIE, given).one_or_none()
    if found is None:
        return None
    person_id, name, role, office_wide, proved_at, seen_at = found
    return Actor(person_id, name, role, office_wide, proved_at), now - seen_at > SEEN_EVERY


def who_owes(session: Session, secret: str) -> Person | None:
    """Return the person whose password was right and whose second factor is still owed."""
    return session.exec(
        select(Person)
        .join(SignIn, col(SignIn.person_id) == Person.id)
        .where(
            col(SignIn.token_hash) == token_hash(secret),
            col(SignIn.half).is_(True),
            col(SignIn.ended_at).is_(None),
            col(SignIn.ends_at) > moment(),
            col(Person.active).is_(True),
        )
    ).one_or_none()


def who_holds_token(
    session: Session, secret: str, today: date, *, reads_only: bool
) -> tuple[Actor, bool] | None:
    """Return the person an API token stands for, and whether to note that it was used.

    A token that may only read is refused where something is written.
    """
    now = moment()
    given = {"hash": token_hash(secret), "moment": now, "today": today}
    found = session.connection().execute(_BY_TOKEN, given).one_or_none()
    if found is None:
        return None
    person_id, name, role, office_wide, made_at, scope, used_at = found
    if scope is TokenScope.READ and not reads_only:
        raise Refused(READ_ONLY)
    actor = Actor(person_id, name, role, office_wide, made_at)
    return actor, used_at is None or now - used_at > SEEN_EVERY


def note_seen(session: Session, cookie: str | None, token: str | None) -> None:
    """Note that a session or a token was used just now."""
    if token is not None:
        kept: Any = sa.update(ApiToken).where(col(ApiToken.token_hash) == token_hash(token))
        session.execute(kept.values(used_at=moment()))
    elif cookie is not None:
        kept = sa.update(SignIn).where(col(SignIn.token_hash) == token_hash(cookie))
        session.execute(kept.values(seen_at=moment()))


def make_token(
    work: Work,
    person: Person,
    name: str,
    days: int = 90,
    scope: TokenScope = TokenScope.WRITE,
) -> str:
    """Make an API token and return its secret, shown once."""
    secret, now = f"cmg_{secrets.token_urlsafe(32)}", moment()
    token = ApiToken(
        person_id=person.id,
        name=name,
        token_hash=token_hash(secret),
        scope=scope,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    work.session.add(token)
    work.record("token.made", token, title=name)
    return secret


_PERSON = (col(Person.id), col(Person.name), col(Person.role), col(Person.office_wide))

_HERE = (
    col(Person.active).is_(True),
    sa.or_(col(Person.term_ends_on).is_(None), col(Person.term_ends_on) >= sa.bindparam("today")),
)

_BY_COOKIE = (
    sa.select(*_PERSON, col(SignIn.proved_at), col(SignIn.seen_at))
    .join(SignIn, col(SignIn.person_id) == col(Person.id))
    .where(
        col(SignIn.token_hash) == sa.bindparam("hash"),
        col(SignIn.half).is_(False),
        col(SignIn.ended_at).is_(None),
        col(SignIn.ends_at) > sa.bindparam("moment"),
        col(SignIn.seen_at) > sa.bindparam("idle"),
        *_HERE,
    )
)

_BY_TOKEN = (
    sa.select(*_PERSON, col(ApiToken.made_at), col(ApiToken.scope), col(ApiToken.used_at))
    .join(ApiToken, col(ApiToken.person_id) == col(Person.id))
    .where(
        col(ApiToken.token_hash) == sa.bindparam("hash"),
        col(ApiToken.revoked_at).is_(None),
        col(ApiToken.expires_at) > sa.bindparam("moment"),
        *_HERE,
    )
)
