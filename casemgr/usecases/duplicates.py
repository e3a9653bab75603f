"""Has the office asked this before? Its own requests to the same components, in nearly its words.

Only requests the actor may read are looked at, so a wall leaves no trace here either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Agency, FoiaRequest, Person, RequestItem, Track
from casemgr.domain.likeness import Likeness, compare, telling, words_of
from casemgr.fields import Input, Printable
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.work import Work

LOOKED_FOR = 8  # of the telling words: one of them must be in a request that is read
READ = 100  # requests at most, the newest
SHOWN = 3
WORDS_SHOWN = 6


class Asking(Input):
    """What is about to be asked, and of whom."""

    title: Annotated[str, Field(max_length=200), Printable] = ""
    items: Annotated[list[Annotated[str, Field(max_length=8000), Printable]], Field(max_length=100)]
    agency_ids: Annotated[list[DirectoryId], Field(max_length=100)]


Candidate = Any  # a row: id, title, requested_on, name


@dataclass(frozen=True, slots=True)
class Near:
    """A request of the office that asks nearly the same, and why it is taken for that."""

    id: str
    title: str
    who: str | None  # is responsible for it
    asked_on: date | None
    agencies: tuple[str, ...]  # those that both go to
    share: float
    words: tuple[str, ...]  # that both hold


def near(work: Work, asking: Asking) -> list[Near]:
    """Return the office's own requests that ask the same components for nearly the same.

    The nearest first, three at most; only what the actor may read.
    """
    title, every = words_of(asking.title), words_of(asking.title, *asking.items)
    if not every or not asking.agency_ids:
        return []
    found = _candidates(work, asking.agency_ids, every)
    says = _items(work, [row.id for row in found])
    told = []
    for row in found:
        like = max(
            compare(title, words_of(row.title)),
            compare(every, words_of(row.title, *says[row.id])),
            key=lambda each: (each.near, each.share),
        )
        if like.near:
            told.append((row, like))
    told.sort(key=lambda each: -each[1].share)
    agencies = _agencies(work, [row.id for row, _ in told[:SHOWN]], asking.agency_ids)
    return [_near(row, like, agencies[row.id]) for row, like in told[:SHOWN]]


def _near(row: Candidate, like: Likeness, to: Sequence[str]) -> Near:
    return Near(
        id=row.id,
        title=row.title,
        who=row.name,
        asked_on=row.requested_on,
        agencies=tuple(to),
        share=like.share,
        words=like.words[:WORDS_SHOWN],
    )


def _candidates(
    work: Work, agency_ids: Collection[str], words: Collection[str]
) -> Sequence[Candidate]:
    """Return the newest requests to these components in which one of the words stands."""
    return work.session.execute(
        sa.select(
            col(FoiaRequest.id),
            col(FoiaRequest.title),
            col(FoiaRequest.requested_on),
            col(Person.name),
        )
        .outerjoin(Person, col(Person.id) == col(FoiaRequest.owner_id))
        .where(
            col(FoiaRequest.matter_id).in_(doors.mine(work.actor, work.today)),
            col(FoiaRequest.known_on) <= work.today,
            sa.exists().where(
                col(Track.request_id) == col(FoiaRequest.id),
                col(Track.agency_id).in_(agency_ids),
                col(Track.known_on) <= work.today,
            ),
            sa.or_(*_hold_one_of(words)),
        )
        .order_by(col(FoiaRequest.asked_on).desc(), col(FoiaRequest.id))
        .limit(READ)
    ).all()


def _hold_one_of(words: Collection[str]) -> Iterator[ColumnElement[bool]]:
    for word in telling(words, LOOKED_FOR):
        part = word.removesuffix("y")  # a policy, two policies
        yield col(FoiaRequest.title).icontains(part, autoescape=True)
        yield sa.exists().where(
            col(RequestItem.request_id) == col(FoiaRequest.id),
            col(RequestItem.says).icontains(part, autoescape=True),
        )


def _items(work: Work, ids: Sequence[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    asked = sa.select(col(RequestItem.request_id), col(RequestItem.says)).where(
        col(RequestItem.request_id).in_(ids)
    )
    for request_id, says in work.session.execute(asked):
        found[request_id].append(says)
    return found


def _agencies(work: Work, ids: Sequence[str], among: Collection[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    asked = (
        sa.select(col(Track.request_id), col(Agency.short_name))
        .join(Agency, col(Agency.id) == col(Track.agency_id))
        .where(
            col(Track.request_id).in_(ids),
            col(Track.agency_id).in_(among),
            col(Track.known_on) <= work.today,
        )
        .distinct()
        .order_by(col(Agency.short_name))
    )
    for request_id, name in work.session.execute(asked):
        found[request_id].append(name)
    return found
