"""The list of requests: one statement for each way it is filtered, sorted and paged, built once.

Each sort has an index, and a page begins after a row (keyset): the last page costs what the first
does. Somebody who may see few requests is served from the index of their matters; for everybody
else the sort's own index is walked, and what is not theirs is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col
from sqlmodel.sql.sqltypes import UTCDateTime

from casemgr.db import doors
from casemgr.db.tables import Agency, FoiaRequest, Matter, Person, Track, TrackingNumber
from casemgr.domain.words import Role

TODAY: Any = sa.bindparam("today", type_=sa.Date())
ACTOR: Any = sa.bindparam("actor", type_=sa.String())
NOW: Any = sa.bindparam("now", type_=UTCDateTime)
MOST: Any = sa.bindparam("most", type_=sa.Integer())

SORTS: dict[str, Any] = {
    "asked": col(FoiaRequest.asked_on),
    "title": col(FoiaRequest.title),
    "due": col(FoiaRequest.next_due_on),
}
# Those without the day that is sorted by stand after all that have it, whichever way it is sorted.
PARTS = {"asked": (True,), "title": (True,), "due": (True, False)}
FEW = 2_000  # requests somebody may see, up to which their matters' index is quicker


@dataclass(frozen=True)
class Asker:
    """A kind of person, with the id left open: what a statement is built for once."""

    role: Role
    office_wide: bool
    id: Any = ACTOR
    at: Any = NOW


@dataclass(frozen=True)
class Walk:
    """Which statement is wanted; `by` names the filters that are set."""

    role: Role
    office_wide: bool
    by: frozenset[str] = frozenset()
    sort: str = "asked"
    down: bool = True
    dated: bool = True  # of a sort by a day that not every request has: those that have it
    beyond: bool = False  # after a row
    few: bool = False


_components = (
    sa.select(sa.func.aggregate_strings(col(Agency.short_name), "|"))
    .join(Track, col(Track.agency_id) == col(Agency.id))
    .where(col(Track.request_id) == col(FoiaRequest.id), col(Track.known_on) <= TODAY)
    .correlate(FoiaRequest)
    .scalar_subquery()
)

# In the order of the fields of `usecases.views.request_list.Line`.
COLUMNS: tuple[Any, ...] = (
    col(FoiaRequest.id),
    col(FoiaRequest.matter_id),
    col(Matter.title).label("matter"),
    col(FoiaRequest.reference),
    col(FoiaRequest.title),
    col(FoiaRequest.requested_on),
    col(FoiaRequest.asked_on),
    col(FoiaRequest.certainty),
    col(FoiaRequest.stage),
    col(FoiaRequest.next_due_on),
    col(FoiaRequest.their_due_on),
    (col(FoiaRequest.fee_waiver_because) != sa.literal_column("''")).label("fee_waiver"),
    col(Person.name).label("owner"),
    _components.label("components"),
)


def _theirs(role: Role, *, office_wide: bool, few: bool) -> sa.ColumnElement[bool]:
    matters = doors.mine(Asker(role, office_wide), TODAY)
    if few:
        return col(FoiaRequest.matter_id).in_(matters)
    one = matters.where(col(Matter.id) == col(FoiaRequest.matter_id))
    return one.correlate(FoiaRequest).exists()


def _filter(name: str) -> sa.ColumnElement[bool]:
    given: Any = sa.bindparam(name)
    if name == "text":
        return _holds_text()
    if name == "component":
        return col(FoiaRequest.id).in_(
            sa.select(col(Track.request_id)).where(
                col(Track.agency_id) == given, col(Track.known_on) <= TODAY
            )
        )
    stage: Any = FoiaRequest.__table__.c.stage  # type: ignore[attr-defined]
    plain: dict[str, Any] = {
        "matter": col(FoiaRequest.matter_id) == given,
        "state": stage == sa.bindparam(name, type_=stage.type),
        "owner": col(FoiaRequest.owner_id) == given,
        "due_after": col(FoiaRequest.next_due_on) >= sa.bindparam(name, type_=sa.Date()),
        "due_before": col(FoiaRequest.next_due_on) <= sa.bindparam(name, type_=sa.Date()),
        # As the partial index says it.
        "fee_waiver": sa.text("foia_request.fee_waiver_because <> ''"),
        "no_fee_waiver": sa.text("foia_request.fee_waiver_because = ''"),
        "late": col(FoiaRequest.their_due_on) < TODAY,
    }
    found: sa.ColumnElement[bool] = plain[name]
    return found


def _holds_text() -> sa.ColumnElement[bool]:
    """Title or reference hold the text, or a tracking number begins with it."""
    held: Any = sa.bindparam("text", type_=sa.String())
    first: Any = sa.bindparam("text_from", type_=sa.String())
    end: Any = sa.bindparam("text_until", type_=sa.String())
    numbered = (
        sa.select(col(Track.request_id))
        .join(TrackingNumber, col(TrackingNumber.track_id) == col(Track.id))
        .where(
            col(TrackingNumber.number) >= first,
            col(TrackingNumber.number) < end,
            col(TrackingNumber.known_on) <= TODAY,
        )
    )
    return sa.or_(
        sa.func.lower(col(FoiaRequest.title)).like(held, escape="\\"),
        sa.func.lower(col(FoiaRequest.reference)).like(held, escape="\\"),
        col(FoiaRequest.id).in_(numbered),
    )


def _wanted(walk: Walk) -> list[sa.ColumnElement[bool]]:
    known = col(FoiaRequest.known_on) <= TODAY
    theirs = _theirs(walk.role, office_wide=walk.office_wide, few=walk.few)
    return [known, theirs, *(_filter(name) for name in sorted(walk.by))]


@lru_cache(maxsize=2048)
def page(walk: Walk) -> sa.Select[Any]:
    """Return the statement for one page; it takes what the filters name, and the row it is after.

    `walk.down` is the way it walks: backwards for the page before.
    """
    sort, key = SORTS[walk.sort], col(FoiaRequest.id)
    asked = (
        sa.select(*COLUMNS)
        .join(Matter, col(Matter.id) == col(FoiaRequest.matter_id))
        .outerjoin(Person, col(Person.id) == col(FoiaRequest.owner_id))
        .where(*_wanted(walk))
    )
    row: list[Any] = [sort, key] if walk.dated else [key]
    if len(PARTS[walk.sort]) > 1:
        asked = asked.where(sort.is_not(None) if walk.dated else sort.is_(None))
    if walk.beyond:
        names = ("after_value", "after_id") if walk.dated else ("after_id",)
        after = [sa.bindparam(n, type_=c.type) for n, c in zip(names, row, strict=True)]
        here, place = (sa.tuple_(*row), sa.tuple_(*after)) if walk.dated else (row[0], after[0])
        asked = asked.where(here < place if walk.down else here > place)
    return asked.order_by(*(each.desc() if walk.down else each for each in row)).limit(MOST)


@lru_cache(maxsize=512)
def count(walk: Walk) -> sa.Select[Any]:
    """Return the statement that counts what the filters leave, up to `most`."""
    some = sa.select(sa.literal(1)).select_from(FoiaRequest).where(*_wanted(walk)).limit(MOST)
    return sa.select(sa.func.count()).select_from(some.subquery())


# --- what the filters may be set to


@lru_cache(maxsize=16)
def matters(role: Role, *, office_wide: bool) -> sa.Select[Any]:
    """Return the statement for the matters somebody may choose from."""
    mine = doors.mine(Asker(role, office_wide), TODAY)
    asked: Any = (
        sa.select(col(Matter.id), col(Matter.title))
        .where(col(Matter.id).in_(mine))
        .order_by(col(Matter.title), col(Matter.id))
        .limit(MOST)
    )
    choices: sa.Select[Any] = asked
    return choices


COMPONENTS = sa.select(col(Agency.id), col(Agency.short_name)).order_by(
    col(Agency.short_name), col(Agency.id)
)


@lru_cache(maxsize=16)
def owners(role: Role, *, office_wide: bool) -> sa.Select[Any]:
    """Return the statement for the people who are responsible for requests somebody may see."""
    theirs: type[SQLModel] = FoiaRequest
    owned = (
        sa.select(sa.literal(1))
        .where(
            col(FoiaRequest.owner_id) == col(Person.id),
            doors.within(theirs, doors.mine(Asker(role, office_wide), TODAY), TODAY),
        )
        .correlate(Person)
        .exists()
    )
    people: Any = sa.select(col(Person.id), col(Person.name)).where(owned)
    choices: sa.Select[Any] = people.order_by(col(Person.name), col(Person.id))
    return choices
