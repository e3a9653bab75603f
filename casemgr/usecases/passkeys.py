"""Passkeys: added on one's account page, used in the place of password and code, taken away."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from pydantic import StringConstraints
from sqlmodel import Session, col, select

from casemgr.db.tables import Passkey, Person, SecondFactor
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.fields import Input, Printable
from casemgr.usecases import signin
from casemgr.usecases.work import Work

MOST = 20  # passkeys of one person

NOT_TAKEN = (
    "This passkey was not taken: your browser or device did not prove what is needed. "
    "Try again, or use another device."
)
THERE_ALREADY = "This passkey is here already. Use another device for another one."


class NewPasskey(Input):
    """A passkey a browser has made, and the name its owner will know it by."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100), Printable]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


def of(session: Session, person_id: str) -> list[Passkey]:
    """Return a person's passkeys, the oldest first."""
    asked = select(Passkey).where(Passkey.person_id == person_id)
    return list(session.exec(asked.order_by(col(Passkey.made_at), col(Passkey.id))))


def are_there(session: Session, person_id: str) -> bool:
    """Say whether a person has any passkey."""
    asked = sa.select(sa.exists().where(col(Passkey.person_id) == person_id))
    return bool(session.execute(asked).scalar_one())


def keep(work: Work, made: Passkey) -> None:
    """Keep a new passkey of whoever signed in just now."""
    signin.fresh(work)
    _refuse_one_more(work, made)
    work.session.add(made)
    work.record("passkey.added", made, title=made.name)


def _refuse_one_more(work: Work, made: Passkey) -> None:
    taken = select(Passkey.id).where(Passkey.credential_id == made.credential_id)
    if work.session.exec(taken).one_or_none() is not None:
        raise Malformed({"": THERE_ALREADY})
    if len(of(work.session, made.person_id)) >= MOST:
        raise Malformed({"": f"You have {MOST} passkeys. Remove one you no longer use first."})


def remove(work: Work, passkey_id: str, *, but: str | None = None) -> None:
    """Take away one of one's own passkeys; whatever else was signed in ends, but this session.

    The only second factor of somebody with a password stays until there is another.
    """
    signin.fresh(work)
    passkey = work.session.get(Passkey, passkey_id)
    if passkey is None or passkey.person_id != work.actor.id:
        raise NotFound
    person = work.session.get_one(Person, passkey.person_id)
    has_app = work.session.get(SecondFactor, person.id) is not None
    if person.password_hash and not has_app and len(of(work.session, person.id)) == 1:
        raise WrongMoment(
            "This passkey is your only second factor. Set up an authenticator app or add another "
            "passkey first, then remove this one."
        )
    work.session.delete(passkey)
    signin.lock_out(work, person.id, but=but)
    work.record("passkey.removed", passkey, title=passkey.name)


def remove_all(work: Work, person_id: str) -> int:
    """Take away every passkey of a person; return how many there were."""
    gone = sa.delete(Passkey).where(col(Passkey.person_id) == person_id)
    return signin.rows(work.session.execute(gone))


# --- signing in


def owner_of(session: Session, credential_id: str) -> tuple[Passkey, Person] | None:
    """Return a passkey and whose it is, by the id its browser knows it by."""
    asked = (
        select(Passkey, Person)
        .join(Person, col(Person.id) == Passkey.person_id)
        .where(col(Passkey.credential_id) == credential_id)
    )
    return session.exec(asked).one_or_none()


def count(work: Work, passkey: Passkey, signed: int) -> bool:
    """Note that a passkey was used; False where it was removed or used elsewhere meanwhile."""
    used = (
        sa.update(Passkey)
        .where(col(Passkey.id) == passkey.id, col(Passkey.sign_count) == passkey.sign_count)
        .values(sign_count=signed, used_at=signin.moment())
    )
    return signin.rows(work.session.execute(used)) == 1
