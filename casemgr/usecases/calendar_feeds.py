"""Calendar addresses: make and revoke one, and give a calendar program what it may have today.

Whoever knows the address reads; so it is a secret like an API token, and what it gives is decided
anew at each fetch, by the same doors as every page of its person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from casemgr.db import calendar_lists as lists
from casemgr.db import doors
from casemgr.db.tables import CalendarFeed, FeedSubscriber, Person
from casemgr.domain.access import Right
from casemgr.domain.calendar_dates import FeedOf
from casemgr.domain.calendar_text import FORM, Look, calendar
from casemgr.domain.words import Role
from casemgr.errors import Malformed, NotFound
from casemgr.fields import Code, Input, Name, readable
from casemgr.usecases import records, signin
from casemgr.usecases.calendar_reading import Asked, dates
from casemgr.usecases.calendar_shelf import Shelf
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.work import Work

MOST = 20  # addresses of one person, and programs told of for one address
SEEN_EVERY = timedelta(minutes=5)
BACK = 3  # months that stay in a calendar
AHEAD = 10  # years
_shelf = Shelf()


class FeedInput(Input):
    """A calendar address to make for oneself: which dates it gives, and how they are told."""

    name: Name = Field(description="How it is called here and in the calendar program.")
    shows: FeedOf = FeedOf.MINE
    about_matter_id: Code | None = None
    about_role: Role | None = None
    neutral: bool = False
    alarms: bool = True


# --- make and revoke


def make_feed(work: Work, given: FeedInput) -> tuple[CalendarFeed, str]:
    """Make an address for oneself; its secret part is returned once and kept nowhere."""
    doors.allow(work.actor, Right.READ)
    signin.fresh(work)
    _check(work, given)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(
        person_id=str(work.actor.id),
        secret_hash=signin.token_hash(secret),
        made_at=signin.moment(),
        **given.model_dump(),
    )
    records.keep(work, feed)
    work.record("feed.made", feed, title=feed.name)
    return feed, secret


def _check(work: Work, given: FeedInput) -> None:
    problems: dict[str, str] = {}
    if (given.shows is FeedOf.MATTER) != (given.about_matter_id is not None):
        problems["about_matter_id"] = "Choose a matter for the dates of one matter, and only then."
    elif given.about_matter_id is not None and given.about_matter_id not in lens(work).matters:
        problems["about_matter_id"] = "There is no such matter. Choose one of yours."
    if (given.shows is FeedOf.ROLE) != (given.about_role is not None):
        problems["about_role"] = "Choose a role for the dates of one role, and only then."
    if len(feeds_of(work)) >= MOST:
        problems[""] = f"You have {MOST} calendar addresses. Revoke one that nobody uses first."
    if problems:
        raise Malformed(problems)


def revoke_feed(work: Work, feed_id: str) -> CalendarFeed:
    """End one of one's own addresses at once: whoever fetches it finds nothing there any more."""
    feed = _one_of_mine(work, feed_id)
    if feed.revoked_at is None:
        feed.revoked_at = signin.moment()
        records.keep(work, feed)
        work.record("feed.revoked", feed, title=feed.name)
    return feed


def _one_of_mine(work: Work, feed_id: str) -> CalendarFeed:
    asked = select(CalendarFeed).where(CalendarFeed.id == feed_id, _own(work))
    feed = work.session.exec(asked).one_or_none()
    if feed is None:
        raise NotFound
    return feed


def revoke_all(work: Work, person_id: str) -> int:
    """End every address of somebody who leaves; return how many there were."""
    ended = work.session.execute(
        sa.update(CalendarFeed)
        .where(col(CalendarFeed.person_id) == person_id, col(CalendarFeed.revoked_at).is_(None))
        .values(revoked_at=signin.moment(), version=CalendarFeed.version + 1)
    )
    return signin.rows(ended)


def own(_table: type[SQLModel], asker: Any, today: Any) -> ColumnElement[bool]:
    """Return the condition for one's own addresses; a wall hides those of its matter."""
    about = col(CalendarFeed.about_matter_id)
    return sa.and_(
        col(CalendarFeed.person_id) == asker.id,
        sa.or_(about.is_(None), about.in_(doors.mine(asker, today))),
    )


def _own(work: Work) -> ColumnElement[bool]:
    return own(CalendarFeed, work.actor, work.today)


# --- what its person sees of it


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A program that fetches an address, and whether it has the dates as they are now."""

    program: str
    fetched_at: datetime
    behind: bool


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One of somebody's addresses with the programs that fetch it."""

    feed: CalendarFeed
    matter: str
    subscribers: list[Subscriber]


def feeds_of(work: Work) -> list[CalendarFeed]:
    """Return one's own addresses that still give something, the newest first."""
    asked = select(CalendarFeed).where(_own(work), col(CalendarFeed.revoked_at).is_(None))
    return list(work.session.exec(asked.order_by(col(CalendarFeed.made_at).desc())))


def look(work: Work, site: str, titles: dict[str, str]) -> list[FeedLine]:
    """Show one's own addresses, who fetches them, and whose calendar is behind."""
    found = feeds_of(work)
    programs: dict[str, list[FeedSubscriber]] = {}
    asked = select(FeedSubscriber).where(col(FeedSubscriber.feed_id).in_([f.id for f in found]))
    for each in work.session.exec(asked.order_by(col(FeedSubscriber.fetched_at).desc())):
        programs.setdefault(each.feed_id, []).append(each)
    return [
        FeedLine(
            feed,
            titles.get(feed.about_matter_id or "", ""),
            _subscribers(work, feed, site, programs.get(feed.id, [])),
        )
        for feed in found
    ]


def subscribers_of(work: Work, feed_id: str, site: str) -> list[Subscriber]:
    """Show who fetches one of one's own addresses, who came last first."""
    feed = _one_of_mine(work, feed_id)
    asked = select(FeedSubscriber).where(FeedSubscriber.feed_id == feed.id)
    found = work.session.exec(asked.order_by(col(FeedSubscriber.fetched_at).desc()))
    return _subscribers(work, feed, site, list(found))


def _subscribers(
    work: Work, feed: CalendarFeed, site: str, programs: list[FeedSubscriber]
) -> list[Subscriber]:
    if not programs:
        return []
    now = version_of(work, feed, site)
    return [Subscriber(each.program, each.fetched_at, each.has != now) for each in programs]


# --- what a calendar program is given


def open_feed(work: Work, secret: str) -> tuple[CalendarFeed, Work]:
    """Return the address a secret belongs to, and the work of its person.

    Raises NotFound where it never was, was revoked, or its person is not here today.
    """
    found = work.session.exec(
        select(CalendarFeed, Person)
        .join(Person, col(Person.id) == col(CalendarFeed.person_id))
        .where(
            CalendarFeed.secret_hash == signin.token_hash(secret),
            col(CalendarFeed.revoked_at).is_(None),
        )
    ).one_or_none()
    if found is None or not signin.is_here(work, found[1]):
        raise NotFound
    feed, person = found
    theirs = replace(work, actor=signin.as_actor(person))
    _seen(theirs, feed)
    return feed, theirs


def version_of(work: Work, feed: CalendarFeed, site: str) -> str:
    """Return what differs as soon as anything differs that the address gives; never alike for two.

    Only codes and versions are read for it, not what the rows say.
    """
    seen, asked = _seen(work, feed), _asked(work.today, feed)
    told = sha256(f"{FORM} {feed.id} {feed.version} {site} {asked} {seen.matters}".encode())
    given = {**asked.given(), "matters": seen.matters, "today": work.today}
    for statement in lists.stamps(asked.shows):
        told.update(repr([tuple(row) for row in work.session.execute(statement, given)]).encode())
    return told.hexdigest()


def body_of(work: Work, feed: CalendarFeed, site: str, version: str) -> bytes:
    """Return the calendar of this version, written once and then kept for a while."""
    kept = _shelf.take(version)
    if kept is None:
        found = dates(_seen(work, feed), _asked(work.today, feed))
        look = Look(site, neutral=feed.neutral, alarms=feed.alarms)
        kept = calendar("Dates" if feed.neutral else feed.name, found, look)
        _shelf.put(version, kept)
    return kept


def _seen(work: Work, feed: CalendarFeed) -> Lens:
    seen = lens(work)
    return seen.narrowed(feed.about_matter_id) if feed.about_matter_id else seen


def _asked(today: date, feed: CalendarFeed) -> Asked:
    """Return the days of a feed: they change once a month, and not every night."""
    months = today.year * 12 + today.month - 1 - BACK
    since = date(months // 12, months % 12 + 1, 1)
    return Asked(
        since,
        date(since.year + AHEAD, 12, 31),
        FeedOf.ALL if feed.shows is FeedOf.MATTER else feed.shows,
        feed.person_id,
        feed.about_role.value if feed.about_role else None,
        of_feed=True,
    )


def note_fetch(session: Session, feed_id: str, program: str, version: str) -> None:
    """Note that a program fetched an address, and which version it now has."""
    named, now = readable(program).strip()[:60] or "An unnamed program", signin.moment()
    row = session.get(FeedSubscriber, (feed_id, named))
    if row is not None and row.has == version and now - row.fetched_at < SEEN_EVERY:
        return
    if row is None:
        _make_room(session, feed_id)
        row = FeedSubscriber(
            feed_id=feed_id, program=named, since_at=now, fetched_at=now, has=version
        )
    row.fetched_at, row.has = now, version
    session.add(row)


def _make_room(session: Session, feed_id: str) -> None:
    """Forget the program that has not come for the longest time, where there are very many."""
    asked = select(FeedSubscriber).where(FeedSubscriber.feed_id == feed_id)
    there = session.exec(asked.order_by(col(FeedSubscriber.fetched_at).desc())).all()
    for late in there[MOST - 1 :]:
        session.delete(late)
    session.flush()
