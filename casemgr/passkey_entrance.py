"""How somebody comes in with a passkey, and how a passkey comes to be theirs.

Each step is a transaction of its own, as in `entrance`: a try counts whatever follows it, and what
a browser was asked to sign counts once whether it signed it or not.
"""

from __future__ import annotations

from casemgr.db.tables import Passkey, Person
from casemgr.desk import Desk
from casemgr.domain.words import Asked, WayIn
from casemgr.entrance import Caller
from casemgr.errors import Malformed, NotFound, Refused
from casemgr.usecases import challenges, passkeys, signin, throttle
from casemgr.usecases.passkeys import NewPasskey
from casemgr.usecases.work import THE_OFFICE, Actor, Work

WRONG = "This passkey opens nothing here. Use another one, or sign in with your password and code."
ANOTHERS = "This is not a passkey of whoever is signed in here. Use one of yours."


def refuse_unless_on(desk: Desk) -> None:
    """Answer as for an address that never was where nobody switched passkeys on."""
    if not desk.settings.passkeys:
        raise NotFound


def ask(desk: Desk, caller: Caller, browser: str) -> str:
    """Return as JSON what a browser needs to sign in with a passkey; it names nobody."""
    from casemgr.identity import passkeys as library  # noqa: PLC0415  # slow to load, seldom needed

    refuse_unless_on(desk)
    with desk.work() as work:
        allowed = throttle.may_ask(work.session, _asked_from(caller), signin.moment())
    if not allowed:
        raise Refused(signin.TOO_MANY)
    with desk.work() as work:
        challenge = challenges.ask(work, Asked.PASSKEY, browser)
    return library.ask_for_known(library.site_of(desk.settings.address, desk.office), challenge)


def sign_in(
    desk: Desk, answer: str, browser: str, cookie: str, caller: Caller, only: str | None = None
) -> str:
    """Check what a passkey signed and return the new session's secret; it is both factors at once.

    `cookie` is the session that this one takes the place of. With `only`, the passkey must be
    that person's. Raises Refused in the same words whatever was wrong with the passkey.
    """
    from casemgr.identity import passkeys as library  # noqa: PLC0415  # slow to load, seldom needed

    refuse_unless_on(desk)
    try:
        brought = library.read_known(answer)
    except library.NotProved:
        raise Refused(WRONG) from None
    keys = _keys(brought.credential_id, caller)
    with desk.work() as work:
        allowed = throttle.may_try(work.session, *keys, throttle.PASSWORD, signin.moment())
    if not allowed:
        raise Refused(signin.TOO_MANY)
    with desk.work() as work:
        asked = challenges.bring_back(work, Asked.PASSKEY, browser, brought.challenge)
    if asked is None:
        raise Refused(challenges.LATE)
    with desk.work(reads_only=True) as work:
        passkey, person = _owner(work, brought.credential_id, brought.person_id)
    try:
        if passkey is None or person is None:
            raise library.NotProved("the passkey is not known here")
        kept = library.NewKey(passkey.credential_id, passkey.public_key, passkey.sign_count)
        site = library.site_of(desk.settings.address, desk.office)
        signed = library.check_known(site, brought, brought.challenge, kept)
    except library.NotProved as wrong:
        _tell(desk, person, str(wrong))
        raise Refused(WRONG) from None
    if only is not None and person.id != only:
        _tell(desk, person, "the passkey was offered where somebody else is signed in")
        raise Refused(ANOTHERS)
    return _in_full(desk, person, passkey, signed, cookie, caller, keys)


def _owner(work: Work, credential_id: str, person_id: str) -> tuple[Passkey | None, Person | None]:
    found = passkeys.owner_of(work.session, credential_id)
    if found is None:
        return None, None
    passkey, person = found
    named_right = person_id in {"", person.id}  # a security key may not say whose it is
    return (passkey if named_right and signin.is_here(work, person) else None), person


def _in_full(
    desk: Desk,
    person: Person,
    passkey: Passkey,
    signed: int,
    cookie: str,
    caller: Caller,
    keys: tuple[str, str],
) -> str:
    with desk.work(signin.as_actor(person)) as work:
        still = work.session.get(Person, person.id)
        used = passkeys.count(work, passkey, signed)
        if still is None or not used or not signin.is_here(work, still):
            raise Refused(WRONG)  # removed, or off-boarded, a moment ago
        throttle.take_back(work.session, *keys)
        if cookie:
            signin.end_one(work, cookie)
        return signin.begin(work, still, way=WayIn.PASSKEY, device=caller.device)


def _tell(desk: Desk, person: Person | None, why: str) -> None:
    with desk.work(signin.as_actor(person) if person else THE_OFFICE) as work:
        signin.refuse(work, person, why)


def _asked_from(caller: Caller) -> str:
    return f"passkey-asked:{signin.token_hash(caller.address)}"


def _keys(credential_id: str, caller: Caller) -> tuple[str, str]:
    return (
        f"passkey:{signin.token_hash(credential_id)}",
        f"passkey-address:{signin.token_hash(caller.address)}",
    )


# --- adding one


def ask_for_new(work: Work, desk: Desk, cookie: str) -> str:
    """Return as JSON what a browser needs to make a passkey for whoever is signed in in it."""
    from casemgr.identity import passkeys as library  # noqa: PLC0415  # slow to load, seldom needed

    refuse_unless_on(desk)
    signin.fresh(work)
    person = work.session.get_one(Person, work.actor.id)
    known = [each.credential_id for each in passkeys.of(work.session, person.id)]
    challenge = challenges.ask(work, Asked.NEW_PASSKEY, cookie, person.id)
    site = library.site_of(desk.settings.address, desk.office)
    return library.ask_for_new(site, challenge, (person.id, person.email, person.name), known)


def add(desk: Desk, actor: Actor, given: NewPasskey, cookie: str) -> None:
    """Keep a passkey that a browser made as it was asked to in this session; or raise Malformed."""
    from casemgr.identity import passkeys as library  # noqa: PLC0415  # slow to load, seldom needed

    refuse_unless_on(desk)
    try:
        challenge, whole = library.read_new(given.answer)
        with desk.work(actor) as work:
            asked = challenges.bring_back(work, Asked.NEW_PASSKEY, cookie, challenge)
        if asked is None or asked.person_id is None or asked.person_id != actor.id:
            raise Malformed({"": challenges.LATE})
        site = library.site_of(desk.settings.address, desk.office)
        made = library.check_new(site, challenge, whole)
    except library.NotProved:
        raise Malformed({"": passkeys.NOT_TAKEN}) from None
    with desk.work(actor) as work:
        passkeys.keep(
            work,
            Passkey(
                person_id=asked.person_id,
                name=given.name,
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                made_at=signin.moment(),
            ),
        )
