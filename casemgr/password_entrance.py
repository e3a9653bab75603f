"""How somebody sets a password, by an invitation or a reset link, and how they change it."""

from __future__ import annotations

from casemgr.db.tables import Person
from casemgr.desk import Desk
from casemgr.entrance import Caller, owes_code
from casemgr.errors import Malformed, Refused
from casemgr.usecases import invitations, signin


def set_password(desk: Desk, secret: str, password: str, caller: Caller) -> tuple[str, bool]:
    """Set a password by an invitation or reset link; return as `sign_in` does.

    The link never takes the place of the second factor.
    """
    with desk.work() as work:
        allowed = invitations.may_try(work.session, caller.address)
    if not allowed:
        raise Refused(signin.TOO_MANY)
    with desk.work(reads_only=True) as work:
        person = invitations.who_is_invited(work, secret)
    signin.judge(password, person, desk.office)
    hashed = signin.hash_password(password)
    with desk.work(signin.as_actor(person)) as work:
        person = invitations.use_link(work, secret, hashed)
        invitations.was_right(work.session, caller.address)
        half = owes_code(desk, work.session, person.id)
        return signin.begin(work, person, half=half, device=caller.device), half


def change_password(
    desk: Desk, person: Person, old: str, new: str, cookie: str, caller: Caller
) -> None:
    """Change a password for whoever knows the old one; every other way in ends."""
    with desk.work() as work:
        allowed = signin.may_try(work, person.email, caller.address)
    if not allowed:
        raise Refused(signin.TOO_MANY)
    if not signin.matches(person, old):
        raise Malformed({"old": "This is not your password. Type the one you have now."})
    signin.judge(new, person, desk.office)
    hashed = signin.hash_password(new)
    with desk.work(signin.as_actor(person)) as work:
        signin.was_right(work, person.email, caller.address)
        kept = work.session.get_one(Person, person.id)
        invitations.set_password(work, kept, hashed, but=cookie)
