"""How somebody comes in: password, then second factor, each try counted before it is looked at.

Every try is committed first, so that it counts whatever follows, and hashes are made outside any
transaction, so that sixteen people signing in do not hold up anybody's page.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from casemgr.db.tables import Person
from casemgr.desk import Desk
from casemgr.domain.words import WayIn
from casemgr.errors import NotSignedIn, Refused
from casemgr.usecases import second_factor, signin
from casemgr.usecases.second_factor import Factors
from casemgr.usecases.work import THE_OFFICE


@dataclass(frozen=True)
class Caller:
    """The browser at the door: where it calls from, and what it is."""

    address: str
    device: str = ""


def sign_in(desk: Desk, typed: signin.Credentials, caller: Caller) -> tuple[str, bool]:
    """Check a password and return the new session's secret, and whether a code is still owed.

    Raises Refused for a wrong password, in the same words and time for nobody's account.
    """
    with desk.work() as work:
        allowed = signin.may_try(work, typed.email, caller.address)
    if not allowed:
        raise Refused(signin.TOO_MANY)
    with desk.work(reads_only=True) as work:
        person = signin.find(work, typed.email)
    right = signin.matches(person, typed.password)
    with desk.work(signin.as_actor(person) if person else THE_OFFICE) as work:
        if right and person is not None:
            signin.was_right(work, typed.email, caller.address)
            half = owes_code(desk, work.session, person.id)
            return signin.begin(work, person, half=half, device=caller.device), half
        signin.refuse(work, person)
    raise Refused(signin.WRONG)


def owes_code(desk: Desk, session: Session, person_id: str) -> bool:
    """Say whether a password alone is not enough: only in a demonstration office it may be."""
    return not desk.demonstration or second_factor.factors_of(session, person_id).any


def halfway(desk: Desk, cookie: str) -> tuple[Person, Factors]:
    """Return who has shown the password in this browser, and what they have set up already."""
    with desk.work(reads_only=True) as work:
        person = signin.who_owes(work.session, cookie)
        if person is None:
            raise NotSignedIn
        return person, second_factor.factors_of(work.session, person.id)


def prove(desk: Desk, cookie: str, typed: str, caller: Caller) -> str:
    """Check the code that is still owed and return the whole session's secret, a new one."""
    person, _ = halfway(desk, cookie)
    check_code(desk, person, typed, caller)
    return _in_full(desk, person, cookie, caller)


def check_code(desk: Desk, person: Person, typed: str, caller: Caller) -> None:
    """Use up a code, or raise Refused."""
    with desk.work() as work:
        allowed = second_factor.may_try(work, person.id, caller.address)
    if not allowed:
        raise Refused(second_factor.TOO_MANY)
    with desk.work(signin.as_actor(person)) as work:
        right = second_factor.prove(work, person, typed)
        if right:
            second_factor.was_right(work, person.id, caller.address)
        else:
            work.record("person.refused", person, why="the code was wrong")
    if not right:
        raise Refused(second_factor.WRONG)


def _in_full(desk: Desk, person: Person, cookie: str, caller: Caller) -> str:
    with desk.work(signin.as_actor(person)) as work:
        still = signin.who_owes(work.session, cookie)
        if still is None:  # off-boarded a moment ago
            raise NotSignedIn
        way = signin.way_of(work.session, cookie) or WayIn.PASSWORD
        signin.end_one(work, cookie)
        return signin.begin(work, still, way=way, device=caller.device)


def enrol(
    desk: Desk, cookie: str, given: second_factor.EnrolInput, caller: Caller
) -> tuple[str, tuple[str, ...]]:
    """Take a first app into use; return the whole session's secret and the recovery codes.

    Whoever has an app or a passkey already is asked for that: a password alone adds no other.
    """
    person, factors = halfway(desk, cookie)
    if factors.any:
        raise NotSignedIn
    with desk.work(signin.as_actor(person)) as work:
        way = signin.way_of(work.session, cookie) or WayIn.PASSWORD
        codes = second_factor.enrol(work, person, given)
        return signin.begin(work, person, way=way, device=caller.device), codes


def again(desk: Desk, cookie: str, typed: signin.Credentials, code: str, caller: Caller) -> str:
    """Prove anew who one is, for a dangerous act; return the new session's secret."""
    secret, owes = sign_in(desk, typed, caller)
    if owes:
        secret = prove(desk, secret, code, caller)
    with desk.work() as work:
        signin.end_one(work, cookie)
    return secret
