"""People: who works in the office, and who is on which matter, from when to when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import ApiToken, Membership, Person, SignIn
from casemgr.domain.access import Right
from casemgr.domain.duties import Duty, gone_by
from casemgr.domain.prose import long_day
from casemgr.domain.words import Role, TokenScope
from casemgr.errors import Malformed, NotFound, Refused
from casemgr.fields import Code, Day, Email, Input, Name, ShortText
from casemgr.usecases import duties, records, signin, sso
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

ONLY_ADMINISTRATORS = "Only an administrator adds or changes people. Ask one of yours."


class PersonInput(Input):
    """Somebody who may sign in, and what they do in the office."""

    name: Name
    email: Email
    role: Role
    title: ShortText = ""
    active: bool = True
    office_wide: bool = False
    term_ends_on: Day | None = None


class NewPerson(PersonInput):
    """A new person, with a first password if they are to sign in at once."""

    password: signin.Password | None = None


class MembershipInput(Input):
    """From when to when somebody is on a matter, and whether they answer for it."""

    since_on: Day | None = None
    until_on: Day | None = None
    responsible: bool = False


class NewMembership(MembershipInput):
    """Somebody to put on a matter."""

    person_id: Code


class TokenInput(Input):
    """An API token to make for oneself: what it is for, what it may do, how many days it lives."""

    name: Name
    days: int = 90
    scope: TokenScope = TokenScope.WRITE


def add_person(work: Work, given: NewPerson) -> Person:
    """Add somebody to the office; they see no matter until somebody puts them on one."""
    administrators_only(work)
    signin.fresh(work)
    _check_person(work, given, None)
    values = given.model_dump(exclude={"password", "email"})
    person = Person(email=given.email.lower(), **values)
    if given.password is not None:
        signin.judge(given.password, person, "")
        person.password_hash = signin.hash_password(given.password)
    records.keep(work, person)
    work.record("person.added", person, title=person.name, role=person.role.value)
    return person


def change_person(
    work: Work, person_id: str, given: PersonInput, *, version: int | None = None
) -> Person:
    """Change somebody's name, role or standing; with the role or standing every way in ends."""
    administrators_only(work)
    signin.fresh(work)
    person = find(work, person_id)
    records.not_overtaken(person, version)
    _check_person(work, given, person)
    role, given = person.role, given.model_copy(update={"email": given.email.lower()})
    if given.email != person.email:
        sso.unlink(work, person.id)  # with another address, another account may be theirs
    records.change(work, person, given)
    if not person.active or person.role is not role:
        signin.lock_out(work, person.id)
    # Whoever looks after people reads no matter, so the house chooses who takes over.
    duties.pass_on(work, person.id, f"{person.name} will not be there.")
    return person


def find(work: Work, person_id: str) -> Person:
    """Return somebody of the office; administrators see everybody, others whom they work with."""
    person = work.session.get(Person, person_id)
    if person is None or (work.actor.role is Role.GUEST and person.id != work.actor.id):
        raise NotFound
    return person


def add_member(work: Work, matter_id: str, given: NewMembership) -> Membership:
    """Put somebody on a matter."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.MANAGE, work.today)
    person = work.session.get(Person, given.person_id)
    if person is None or not person.active:
        raise Malformed({"person_id": "There is no such person in the office. Add them first."})
    if doors.stands_between(work.session, person.id, matter.id):
        raise Malformed(
            {"person_id": f"A wall stands between {person.name} and this matter. Choose another."}
        )
    since_on = given.since_on or work.today
    _check_member(work, since_on, given.until_on, person)
    if _membership(work, matter.id, person.id) is not None:
        raise Malformed(
            {"person_id": f"{person.name} is or was on this matter. Change that membership."}
        )
    member = Membership(
        person_id=person.id,
        matter_id=matter.id,
        since_on=since_on,
        until_on=given.until_on,
        responsible=given.responsible,
    )
    records.keep(work, member)
    work.record("member.added", member, title=person.name)
    return member


def change_member(
    work: Work, member_id: str, given: MembershipInput, *, version: int | None = None
) -> Membership:
    """Change from when to when somebody is on a matter, or whether they answer for it."""
    member = doors.open_door(
        work.session, work.actor, Membership, member_id, Right.MANAGE, work.today
    )
    records.not_overtaken(member, version)
    person = work.session.get_one(Person, member.person_id)
    since_on = given.since_on or member.since_on
    _check_member(work, since_on, given.until_on, person)
    ended = given.until_on is not None and member.until_on is None
    tag = "member.removed" if ended else "record.changed"
    values = given.model_copy(update={"since_on": since_on})
    ends_now = given.until_on is not None and given.until_on <= work.today
    floor = work.today + timedelta(days=ends_now)
    before = _alone(work, member.matter_id, floor)
    records.change(work, member, values, tag, title=person.name)
    _leave_nothing(work, member, before.keys(), floor)
    return member


def _alone(work: Work, matter_id: str, floor: date) -> dict[str, Duty]:
    open_now = duties.on_matters(work, [matter_id], floor=floor)
    return {each.key: each for each in open_now if each.alone}


def _leave_nothing(work: Work, member: Membership, before: Collection[str], floor: date) -> None:
    """Refuse an end after which nobody is there for what somebody was there for."""
    now = _alone(work, member.matter_id, floor)
    left = [duty for key, duty in now.items() if key not in before]
    if left:
        day = max(each.day_from(floor) for each in left)
        stays = duties.stays(work, [member.matter_id])[member.matter_id]
        others = [each for each in stays if each.person_id != member.person_id]
        able = [each for each in others if each.there_on(day)]
        raise Malformed({"until_on": duties.left_alone(left, able)})


def make_token(work: Work, given: TokenInput) -> tuple[ApiToken, str]:
    """Make an API token for oneself; the secret is returned once and kept nowhere."""
    if not 1 <= given.days <= 366:
        raise Malformed({"days": "A token lives from 1 to 366 days. Choose a number between."})
    signin.fresh(work)
    person = work.session.get_one(Person, work.actor.id)
    secret = signin.make_token(work, person, given.name, given.days, given.scope)
    token = work.session.exec(
        select(ApiToken).where(ApiToken.token_hash == signin.token_hash(secret))
    ).one()
    return token, secret


def revoke_token(work: Work, token_id: str) -> ApiToken:
    """End one of one's own API tokens."""
    token = work.session.get(ApiToken, token_id)
    if token is None or token.person_id != work.actor.id:
        raise NotFound
    if token.revoked_at is None:
        token.revoked_at = signin.moment()
        records.keep(work, token)
        work.record("token.revoked", token, title=token.name)
    return token


def end_session(work: Work, session_id: str) -> None:
    """Sign out one of one's own browsers."""
    found = work.session.exec(
        select(SignIn).where(SignIn.id == session_id, SignIn.person_id == work.actor.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    if found.ended_at is None:
        found.ended_at = signin.moment()
        records.keep(work, found)
        work.record("session.ended", title=found.device or "a browser")


def check_on_matter(
    checks: Checks, name: str, person_id: str | None, matter_id: str, day: date | None = None
) -> None:
    """Refuse somebody who does not work on the matter today, or will not on the day."""
    if person_id is None:
        return
    stays = duties.stays(checks.work, [matter_id])[matter_id]
    stay = next((each for each in stays if each.person_id == person_id), None)
    day = max(day or checks.work.today, checks.work.today)
    if stay is None:
        checks.wrong(name, "There is no such person on this matter. Put them on it first.")
    elif not stay.there_on(day):
        checks.wrong(name, gone_by(stay, day, [each for each in stays if each.there_on(day)]))


def _membership(work: Work, matter_id: str, person_id: str) -> Membership | None:
    return work.session.exec(
        select(Membership).where(
            Membership.matter_id == matter_id, Membership.person_id == person_id
        )
    ).one_or_none()


def administrators_only(work: Work) -> None:
    """Raise Refused for whoever does not look after the office's people."""
    if work.actor.role is not Role.ADMINISTRATOR:
        raise Refused(ONLY_ADMINISTRATORS)


def _check_person(work: Work, given: PersonInput, person: Person | None) -> None:
    checks = Checks(work)
    taken = work.session.exec(
        select(Person.id).where(Person.email == given.email.lower())
    ).one_or_none()
    if taken is not None and (person is None or taken != person.id):
        checks.wrong("email", "Somebody of the office has this address already. Use another.")
    if given.office_wide and given.role not in {Role.ATTORNEY, Role.STAFF}:
        checks.wrong(
            "office_wide", "Only attorneys and staff may be on every matter. Put them on some."
        )
    if person is not None and person.id == work.actor.id and not given.active:
        checks.wrong("active", "You cannot lock yourself out. Ask another administrator.")
    checks.done()


def _check_member(work: Work, since_on: date, until_on: date | None, person: Person) -> None:
    checks = Checks(work)
    checks.in_order(since_on, until_on, "until_on")
    if person.role is Role.ADMINISTRATOR:
        checks.wrong("person_id", f"{person.name} looks after people and reads no matter.")
    if person.term_ends_on is not None and since_on > person.term_ends_on:
        checks.wrong("since_on", f"{person.name}'s term ends on {long_day(person.term_ends_on)}.")
    checks.done()
