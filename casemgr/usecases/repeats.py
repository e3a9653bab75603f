"""Do something once: who sends the same again, under the same name, gets the same answer again.

The answer is kept in the transaction of what it tells of, so that one is never there without the
other, whatever is killed in between.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import col

from casemgr.db.doors import looked_after, mine
from casemgr.db.tables import Answered
from casemgr.domain.words import Role
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.usecases import signin
from casemgr.usecases.work import Work

LIVES = timedelta(hours=24)
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """The name somebody gave to what they send, and a hash of all of it."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it left; `matters` are those it tells of beside what was recorded."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    matters: frozenset[str] = field(default_factory=frozenset)


class UnderWay(WrongMoment):
    """The same is being done at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "The same is being done at this moment. Wait a second and send it again: you then get "
            "the answer to the first."
        )


def once(
    work: Work, asked: Asked, act: Callable[[], Answer], *, waits: bool = False
) -> tuple[Answer, bool]:
    """Return the answer to what is asked, and whether it is one given before.

    Only an answer that something was done is kept. Where the same is under way in another process,
    `waits` says whether to wait for it or to raise UnderWay.
    """
    _take_turn(work, asked, waits=waits)
    if (before := find(work, asked)) is not None:
        return before, True
    answer = act()
    if answer.status < 400:
        keep(work, asked, answer)
    return answer, False


def find(work: Work, asked: Asked) -> Answer | None:
    """Return the answer given before to the same person, as long as they may still know of it."""
    row = work.session.get(Answered, _key(work, asked))
    if row is None or row.at <= signin.moment() - LIVES:
        return None
    if row.asked != asked.what:
        raise Malformed(
            {
                "Idempotency-Key": "You sent something else under this key within the last day. "
                "Take a new key for a new request."
            }
        )
    if set(row.matters) - _known(work, row.matters):
        raise NotFound  # a wall went up since, or they left the matter
    return _opened(work, asked, row.answer)


def keep(work: Work, asked: Asked, answer: Answer) -> None:
    """Keep an answer with what was done; it is given again for a day."""
    tells_of = answer.matters | {line.matter_id for line in work.lines if line.matter_id}
    work.session.merge(
        Answered(
            key=_key(work, asked),
            person_id=str(work.actor.id),
            asked=asked.what,
            answer=_sealed(work, asked, answer),
            # Of a matter the person does not know of, the answer told them nothing.
            matters=sorted(_known(work, tells_of)),
            at=signin.moment(),
        )
    )


def is_over() -> Any:
    """Return the condition that an answer is older than a day; it waits for `a_day_ago`."""
    return sa.exists().where(col(Answered.at) <= sa.bindparam("a_day_ago"))


def a_day_ago() -> datetime:
    """Return the moment before which answers are not given again."""
    return signin.moment() - LIVES


def forget(work: Work) -> int:
    """Delete the answers that are older than a day; return how many."""
    over = col(Answered.at) <= a_day_ago()
    return signin.rows(work.session.execute(sa.delete(Answered).where(over)))


def _take_turn(work: Work, asked: Asked, *, waits: bool) -> None:
    # On SQLite there is one writer at a time, and so one of these.
    if work.session.get_bind().dialect.name != "postgresql":
        return
    number = int(_key(work, asked)[:15], 16)
    if waits:
        work.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
    elif not work.session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(number))):
        raise UnderWay


def _known(work: Work, matters: Iterable[str]) -> set[str]:
    wanted = set(matters)
    if not wanted:
        return wanted
    asks = looked_after if work.actor.role is Role.ADMINISTRATOR else mine
    known = asks(work.actor, work.today).subquery()
    return set(work.session.scalars(sa.select(known.c.id).where(known.c.id.in_(wanted))))


# --- what is kept


def _key(work: Work, asked: Asked) -> str:
    """Return what an answer is found by; in another role somebody is another person to it."""
    return _mixed(work, "found by", asked).hex()


def _mixed(work: Work, use: str, asked: Asked) -> bytes:
    said = "\n".join(["answer", use, str(work.actor.id), work.actor.role.value, asked.name])
    return hmac.digest(work.key, said.encode(), "sha256")


def _sealed(work: Work, asked: Asked, answer: Answer) -> str:
    plain = json.dumps(
        {
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": base64.b64encode(answer.body).decode(),
        }
    )
    nonce = secrets.token_bytes(_NONCE)
    cipher = AESGCM(_mixed(work, "sealed by", asked))
    return base64.b64encode(nonce + cipher.encrypt(nonce, plain.encode(), None)).decode()


def _opened(work: Work, asked: Asked, sealed: str) -> Answer:
    data = base64.b64decode(sealed)
    cipher = AESGCM(_mixed(work, "sealed by", asked))
    found = json.loads(cipher.decrypt(data[:_NONCE], data[_NONCE:], None))
    return Answer(found["status"], found["headers"], base64.b64decode(found["body"]))
