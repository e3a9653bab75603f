"""Who is responsible for a request or a declaration: whoever begins it, until it is given on."""

from __future__ import annotations

from typing import TypeVar

from casemgr.db.tables import Declaration, FoiaRequest, Person
from casemgr.fields import Code, Input
from casemgr.usecases import duties, people
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Owned = TypeVar("Owned", FoiaRequest, Declaration)


class OwnerInput(Input):
    """Who is responsible for it."""

    owner_id: Code


def who_begins(work: Work, matter_id: str) -> str | None:
    """Return whoever begins it, unless they are not on the matter to stay: then nobody by name."""
    there = duties.stays(work, [matter_id])[matter_id]
    return next((each.person_id for each in there if each.person_id == work.actor.id), None)


def give(work: Work, row: Owned, given: OwnerInput) -> Owned:
    """Make somebody on its matter responsible for a record whose door was opened."""
    checks = Checks(work)
    people.check_on_matter(checks, "owner_id", given.owner_id, row.matter_id)
    checks.done()
    if row.owner_id != given.owner_id:
        to = work.session.get_one(Person, given.owner_id)
        duties.make_owner(work, row, to.id, to.name)
    return row
