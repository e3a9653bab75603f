"""Single sign-on: whose account it is that came back, and what that is worth."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.tables import LinkedAccount, Person
from casemgr.errors import Refused
from casemgr.usecases import signin
from casemgr.usecases.work import Work

CLOCKS_DIFFER = timedelta(minutes=1)  # the service's from ours, at most

NOBODY = (
    "The sign-on worked, but it does not open this office: it named nobody who was invited here "
    "and may come in today. Ask an administrator, and say which address you used there."
)


class NotOurs(Refused):
    """Nobody comes in with this account; `why` is for the history and never shown."""

    def __init__(self, why: str, person_id: str | None = None) -> None:
        self.why, self.person_id = why, person_id
        super().__init__(NOBODY)


def who_is(work: Work, issuer: str, subject: str, email: str) -> Person:
    """Return the person of the office an account belongs to; nobody becomes one by it.

    Raises NotOurs, in the same words whatever is wrong: an address that nobody here has, somebody
    who may not be here today, or another account than the first.
    """
    person = signin.find(work, email)
    if person is None:
        raise NotOurs("the sign-on service named nobody who may come in")
    linked = work.session.get(LinkedAccount, person.id)
    if linked is not None and (linked.issuer, linked.subject) != (issuer, subject):
        raise NotOurs("another account of the sign-on service has this address now", person.id)
    if linked is None and _is_anothers(work, issuer, subject):
        raise NotOurs("this account of the sign-on service is somebody else's here", person.id)
    return person


def _is_anothers(work: Work, issuer: str, subject: str) -> bool:
    asked = select(LinkedAccount.person_id).where(
        LinkedAccount.issuer == issuer, LinkedAccount.subject == subject
    )
    return work.session.exec(asked).one_or_none() is not None


def link(work: Work, person: Person, issuer: str, subject: str) -> None:
    """Keep which account somebody came in with first: from then on only that one is theirs."""
    if work.session.get(LinkedAccount, person.id) is None:
        made = LinkedAccount(
            person_id=person.id, issuer=issuer, subject=subject, since_at=signin.moment()
        )
        work.session.add(made)
        work.record("sso.linked", person, title=person.name)


def unlink(work: Work, person_id: str) -> int:
    """Forget which account is somebody's; return how many there were."""
    gone = sa.delete(LinkedAccount).where(col(LinkedAccount.person_id) == person_id)
    return signin.rows(work.session.execute(gone))
