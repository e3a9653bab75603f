"""How somebody comes in by the single sign-on of their university or firm (OpenID Connect).

The service says who somebody is; whether they may come in is decided here. Nothing is asked of it
unless an administrator named it, and nothing is held open in the database while it is asked.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from casemgr import entrance
from casemgr.db.tables import Challenge, Person
from casemgr.desk import Desk
from casemgr.domain.words import Asked, WayIn
from casemgr.entrance import Caller
from casemgr.errors import NotFound, Refused, Unusable
from casemgr.settings import SingleSignOn
from casemgr.usecases import challenges, signin, sso, throttle
from casemgr.usecases.sso import NotOurs
from casemgr.usecases.work import THE_OFFICE

CALLBACK = "/sign-in/sso/back"


@dataclass(frozen=True)
class Returned:
    """What a browser came back with: as the service sent it, and nothing of it believed."""

    state: str
    code: str
    error: str
    issuer: str


@dataclass(frozen=True)
class CameIn:
    """A session that began by single sign-on: its secret, whether a code is owed, where to go."""

    secret: str
    half: bool
    back: str


def the_service(desk: Desk) -> SingleSignOn:
    """Return the service an administrator named; as for an address that never was without one."""
    if desk.settings.single_sign_on is None:
        raise NotFound
    return desk.settings.single_sign_on


def begin(desk: Desk, caller: Caller, browser: str, back: str, again: str | None = None) -> str:
    """Return where to send a browser. `again` is who is to prove anew who they are.

    Raises Refused where the service does not answer.
    """
    from casemgr.identity import fence, oidc  # noqa: PLC0415  # slow to load, seldom needed

    chosen = the_service(desk)
    with desk.work() as work:
        key = f"sso-asked:{signin.token_hash(caller.address)}"
        allowed = throttle.may_ask(work.session, key, signin.moment())
    if not allowed:
        raise Refused(signin.TOO_MANY)
    try:
        service = oidc.service_of(chosen.issuer)
    except fence.NoAnswer as wrong:
        _tell(desk, None, f"the sign-on service gave no answer: {wrong}")
        raise Refused(_no_answer(chosen)) from None
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with desk.work() as work:
        state = challenges.ask(
            work, Asked.SINGLE_SIGN_ON, browser, again, nonce=nonce, verifier=verifier, back=back
        )
    sent = (state, nonce, verifier)
    return oidc.address_to_go_to(service, chosen, _callback(desk), sent, anew=again is not None)


def come_back(desk: Desk, caller: Caller, browser: str, cookie: str, returned: Returned) -> CameIn:
    """Check what a browser came back with, and open the session it is worth.

    `cookie` is the session that this one takes the place of. Raises Refused.
    """
    chosen = the_service(desk)
    key = f"sso-address:{signin.token_hash(caller.address)}"
    with desk.work() as work:
        allowed = throttle.may_try(
            work.session, key, key, throttle.PASSWORD, signin.moment(), still=None
        )
    if not allowed:
        raise Refused(signin.TOO_MANY)
    with desk.work() as work:
        asked = challenges.bring_back(work, Asked.SINGLE_SIGN_ON, browser, returned.state)
    if asked is None:
        raise Refused(challenges.LATE)
    try:
        believed = _believe(desk, chosen, returned, asked)
    except NotOurs as refused:
        _tell(desk, refused.person_id, refused.why)
        raise
    with desk.work(signin.as_actor(believed.person)) as work:
        throttle.take_back(work.session, key)
        # Asked once more, in the transaction that lets them in: somebody may leave meanwhile.
        person = sso.who_is(work, chosen.issuer, believed.subject, believed.person.email)
        sso.link(work, person, chosen.issuer, believed.subject)
        half = not believed.two_factors and entrance.owes_code(desk, work.session, person.id)
        if cookie:
            signin.end_one(work, cookie)
        way, proved_at = WayIn.SINGLE_SIGN_ON, believed.proved_at
        secret = signin.begin(
            work, person, half=half, way=way, device=caller.device, proved_at=proved_at
        )
    return CameIn(secret, half, str(asked.kept.get("back", "/")))


@dataclass(frozen=True)
class _Believed:
    """Who came back, with which account, when they proved it, and whether with two factors."""

    person: Person
    subject: str
    proved_at: datetime
    two_factors: bool


def _believe(desk: Desk, chosen: SingleSignOn, returned: Returned, asked: Challenge) -> _Believed:
    from casemgr.identity import fence, oidc  # noqa: PLC0415  # slow to load, seldom needed

    if returned.error or not returned.code:
        raise Refused(
            f"{chosen.host} did not sign you in. Try again there, or sign in another way."
        )
    now = signin.moment()
    try:
        _refuse_anothers_answer(oidc.service_of(chosen.issuer).names_itself, chosen, returned)
        kept = (str(asked.kept["nonce"]), str(asked.kept["verifier"]))
        said = oidc.redeem(chosen, returned.code, _callback(desk), kept, now)
    except fence.NoAnswer as wrong:
        _tell(desk, None, f"the sign-on service gave no answer: {wrong}")
        raise Refused(_no_answer(chosen)) from None
    except Unusable as wrong:
        _tell(desk, None, f"single sign-on cannot be used: {wrong}")
        raise Refused(_no_answer(chosen)) from None
    except oidc.NotBelieved as wrong:
        raise NotOurs(str(wrong)) from None
    if not said.verified:
        raise NotOurs("the sign-on service has not verified the e-mail address")
    with desk.work(reads_only=True) as work:
        person = sso.who_is(work, chosen.issuer, said.subject, said.email)
    proved_at = min(said.proved_at or now - signin.LONGEST, now)
    two_factors = bool(said.words & chosen.second_factor)
    if asked.person_id is not None:
        _refuse_unless_proved_anew(asked, person, proved_at, two_factors)
    return _Believed(person, said.subject, proved_at, two_factors)


def _refuse_anothers_answer(named: bool, chosen: SingleSignOn, returned: Returned) -> None:
    """Refuse an answer that another service gave (RFC 9207, section 2.4)."""
    if returned.issuer != chosen.issuer and (named or returned.issuer):
        raise NotOurs("the answer came from another sign-on service than was asked")


def _refuse_unless_proved_anew(
    asked: Challenge, person: Person, proved_at: datetime, two_factors: bool
) -> None:
    """Refuse somebody else, and a proof that is old where no code of ours will follow it."""
    if person.id != asked.person_id:
        raise NotOurs("somebody else signed in where a person was to prove it anew", person.id)
    if two_factors and proved_at < asked.made_at - sso.CLOCKS_DIFFER:
        raise Refused(
            "You were not asked anew who you are, so this counts as an old sign-in. Sign in again "
            "with your password or a passkey, or sign out there first."
        )


def _callback(desk: Desk) -> str:
    return f"{desk.settings.address}{CALLBACK}"


def _no_answer(chosen: SingleSignOn) -> str:
    return (
        f"{chosen.host} gives no answer that can be used just now. Try again in a minute, or "
        "sign in another way. An administrator finds the cause in the history."
    )


def where_to_leave(desk: Desk) -> str:
    """Return where somebody ends their session with the service too; empty where none is known."""
    from casemgr.identity import oidc  # noqa: PLC0415  # slow to load, seldom needed

    chosen = the_service(desk)
    service = oidc.known_service(chosen.issuer)
    back = f"{desk.settings.address}/sign-in"
    return oidc.address_to_leave_at(service, chosen, back) if service else ""


def _tell(desk: Desk, person_id: str | None, why: str) -> None:
    with desk.work(reads_only=True) as work:
        person = work.session.get(Person, person_id) if person_id else None
    with desk.work(signin.as_actor(person) if person else THE_OFFICE) as work:
        signin.refuse(work, person, why)
