"""Standing permissions: an attorney lets staff release letters of some kinds without asking.

One holds until its last day, until an attorney takes it back, and only while both are on the
matter: the member of staff it is for, and the attorney who answers for what goes out under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import BeforeValidator, Field
from sqlalchemy.orm import aliased
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import LetterDraft, Matter, Person, StandingPermission
from casemgr.domain.access import Right, may
from casemgr.domain.prose import long_day
from casemgr.domain.words import LetterKind, Role
from casemgr.errors import Malformed, Refused, WrongMoment
from casemgr.fields import Code, Day, Input, Reason, ShortText
from casemgr.usecases import records, signin
from casemgr.usecases.letter_kinds import KINDS, Written
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

LONGEST = timedelta(days=366)
AGAIN = "Hand the letter in, or ask an attorney on the matter to allow it again."
NOT_STAFF = "Choose a member of staff who is on this matter. Students always hand letters in."


def _several(given: object) -> object:
    # A form sends what was ticked as words in one field; a program sends a list.
    return given.split() if isinstance(given, str) else given


Kinds = Annotated[
    list[Written], Field(min_length=1, max_length=len(KINDS)), BeforeValidator(_several)
]


class PermissionInput(Input):
    """Who may release which letters of a matter without asking, and on which day that ends.

    `until_on` is the last day, a year from today at most.
    """

    person_id: Code
    kinds: Kinds
    until_on: Day
    because: ShortText = ""


class TakenBack(Input):
    """Why somebody asks an attorney again from now on."""

    because: Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """A permission with whom it is for and who gave it."""

    row: StandingPermission
    person: Person
    giver: Person


def give_permission(work: Work, matter_id: str, given: PermissionInput) -> StandingPermission:
    """Let one member of staff release letters of some kinds on a matter, until a day.

    What they release goes out in the name of whoever gives this. Attorneys on the matter only.
    """
    matter = doors.matter(work.session, work.actor, matter_id, Right.RELEASE, work.today)
    # Not for whoever was let in for some hours: this would outlast them.
    doors.matter(work.session, work.actor, matter_id, Right.MANAGE, work.today)
    person = _check(work, matter, given)
    row = StandingPermission(
        matter_id=matter.id,
        person_id=person.id,
        kinds=[each.value for each in KINDS if each in given.kinds],
        until_on=given.until_on,
        because=given.because,
        given_by=_somebody(work),
        given_at=work.now,
        known_on=work.today,
    )
    records.keep(work, row)
    until, kinds = long_day(row.until_on), named(row.kinds)
    work.record("permission.given", row, to=person.name, until=until, kinds=kinds)
    return row


def take_back(
    work: Work, permission_id: str, given: TakenBack, *, version: int | None = None
) -> StandingPermission:
    """End a permission from now on: the person asks an attorney again. Any attorney on the matter.

    What was released under it before stays released.
    """
    row = doors.open_door(
        work.session, work.actor, StandingPermission, permission_id, Right.RELEASE, work.today
    )
    records.not_overtaken(row, version)
    if row.taken_back_at is not None:
        raise WrongMoment("This permission was taken back already. Nothing was changed.")
    if row.until_on < work.today:
        raise WrongMoment(f"This permission ended on {long_day(row.until_on)} by itself.")
    row.taken_back_by, row.taken_back_at = _somebody(work), work.now
    row.taken_back_because = given.because
    records.keep(work, row)
    to = work.session.get_one(Person, row.person_id).name
    work.record("permission.taken_back", row, to=to, because=given.because)
    return row


def named(kinds: Sequence[str]) -> str:
    """Return kinds of letters by the names that pages give them.

    >>> named(["status_inquiry", "ogis"])
    'Status inquiry; Letter to OGIS, the mediator'
    """
    return "; ".join(KINDS[LetterKind(each)].name for each in kinds)


def _check(work: Work, matter: Matter, given: PermissionInput) -> Person:
    checks = Checks(work)
    person = work.session.get(Person, given.person_id)
    if person is None or not _is_staff_on(work, person, matter.id):
        raise Malformed({"person_id": NOT_STAFF})
    if given.until_on < work.today:
        checks.wrong("until_on", f"{long_day(given.until_on)} is past. Give today or a later day.")
    if given.until_on > (last := work.today + LONGEST):
        checks.wrong("until_on", f"A year at most: give {long_day(last)} or an earlier day.")
    for held in of_matter(work, matter.id):
        if held.person.id == person.id and (twice := set(held.row.kinds) & set(given.kinds)):
            checks.wrong("kinds", _twice(held, sorted(twice)))
    checks.done()
    return person


def _twice(held: Standing, kinds: Sequence[str]) -> str:
    return (
        f"{held.person.name} may do this already until {long_day(held.row.until_on)}: "
        f"{named(kinds)}. Leave that out, or take the other permission back first."
    )


def _somebody(work: Work) -> str:
    if work.actor.id is None:
        raise Refused("A standing permission is given by a person, not by casemgr itself. Sign in.")
    return work.actor.id


# --- what holds today


def _of_today(work: Work) -> sa.Select[StandingPermission, Person, Person]:
    person, giver = aliased(Person), aliased(Person)
    held = StandingPermission
    return (
        sa.select(held, person, giver)
        .join(person, col(person.id) == col(held.person_id))
        .join(giver, col(giver.id) == col(held.given_by))
        .where(
            col(held.known_on) <= work.today,
            col(held.until_on) >= work.today,
            sa.or_(col(held.taken_back_at).is_(None), col(held.taken_back_at) > work.now),
        )
        .order_by(col(held.until_on).desc(), col(held.id))
    )


def of_matter(work: Work, matter_id: str) -> list[Standing]:
    """Return the permissions that hold on a matter today, those that last longest first."""
    doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    asked = _of_today(work).where(col(StandingPermission.matter_id) == matter_id)
    return [each for each in _read(work, asked) if _holds(work, each)]


def of_actor(work: Work) -> list[Standing]:
    """Return the permissions of whoever asks that hold today, on whatever matter of theirs."""
    if work.actor.role is not Role.STAFF:
        return []
    asked = _of_today(work).where(
        col(StandingPermission.person_id) == work.actor.id,
        col(StandingPermission.matter_id).in_(doors.mine(work.actor, work.today)),
    )
    return [each for each in _read(work, asked) if _holds(work, each)]


def for_letter(work: Work, draft: LetterDraft) -> Standing | None:
    """Return the permission under which whoever asks may release a letter; None without one."""
    return next((each for each in of_actor(work) if covers(each, draft)), None)


def covers(held: Standing, draft: LetterDraft) -> bool:
    """Say whether a permission is for letters like this one."""
    return held.row.matter_id == draft.matter_id and draft.kind.value in held.row.kinds


def why_refused(work: Work, draft: LetterDraft) -> str:
    """Say why a permission somebody had for such letters holds no more; empty if they had none."""
    doors.open_door(work.session, work.actor, LetterDraft, draft.id, Right.READ, work.today)
    had = (
        sa.select(StandingPermission)
        .where(
            col(StandingPermission.matter_id) == draft.matter_id,
            col(StandingPermission.person_id) == work.actor.id,
            col(StandingPermission.known_on) <= work.today,
        )
        .order_by(col(StandingPermission.given_at).desc(), col(StandingPermission.id))
    )
    for row in work.session.scalars(had):
        if draft.kind.value in row.kinds:
            return f"{_over(work, row)} {AGAIN}"
    return ""


def why_over(work: Work, permission_id: str) -> str:
    """Say why a permission holds no more, to somebody who may read of it; empty while it does."""
    row = doors.open_door(
        work.session, work.actor, StandingPermission, permission_id, Right.READ, work.today
    )
    return _over(work, row)


def _over(work: Work, row: StandingPermission) -> str:
    if row.taken_back_by is not None and row.taken_back_at and row.taken_back_at <= work.now:
        by = work.session.get_one(Person, row.taken_back_by).name
        return f"{by} took this permission back: {row.taken_back_because.rstrip('.')}."
    if row.until_on < work.today:
        return f"This permission ended on {long_day(row.until_on)}."
    person = work.session.get_one(Person, row.person_id)
    return _without(work, Standing(row, person, work.session.get_one(Person, row.given_by)))


def staff_on(work: Work, matter_id: str) -> list[tuple[str, str]]:
    """Return id and name of the staff on a matter, to whom a permission can be given."""
    able = dict(doors.who_can(work.session, matter_id, Right.CONFIRM, work.today))
    asked = sa.select(Person).where(
        col(Person.role) == Role.STAFF,
        sa.or_(col(Person.id).in_(able), col(Person.office_wide).is_(True)),
    )
    found = work.session.scalars(asked.order_by(col(Person.name), col(Person.id))).all()
    return [(each.id, each.name) for each in found if _is_on(work, each, matter_id)]


def _read(work: Work, asked: sa.Select[StandingPermission, Person, Person]) -> Iterator[Standing]:
    return (Standing(*found) for found in work.session.execute(asked).all())


def _holds(work: Work, held: Standing) -> bool:
    return not _without(work, held)


def _without(work: Work, held: Standing) -> str:
    """Say who of the two a permission rests on is missing; empty where both are there."""
    if not _is_staff_on(work, held.person, held.row.matter_id):
        return f"{held.person.name} is no staff on this matter any more."
    if not (may(held.giver.role, Right.RELEASE) and _is_on(work, held.giver, held.row.matter_id)):
        return f"{held.giver.name}, who gave this, is no attorney on this matter any more."
    return ""


def _is_staff_on(work: Work, person: Person, matter_id: str) -> bool:
    return person.role is Role.STAFF and _is_on(work, person, matter_id)


def _is_on(work: Work, person: Person, matter_id: str) -> bool:
    """Say whether somebody is on a matter for good today, and no wall stands between."""
    theirs = doors.mine(signin.as_actor(person), work.today, for_good=True)
    found = work.session.scalar(theirs.where(col(Matter.id) == matter_id))
    return person.active and found is not None
