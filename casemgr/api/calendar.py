"""Calendars for programs: dates as JSON and as a file, and one's calendar addresses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import Body, Query
from pydantic import BaseModel, create_model
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Asker, Noun, Remove
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, answer_once, api_router
from casemgr.api.shapes import TODAY, Shape
from casemgr.db.tables import CalendarFeed
from casemgr.desk import DeskDep, WorkDep
from casemgr.domain.calendar_dates import CalendarKind, Dated, Standing
from casemgr.domain.calendar_grid import Month
from casemgr.domain.calendar_text import Look, calendar
from casemgr.downloads import saved
from casemgr.errors import Malformed
from casemgr.fields import Code, Day
from casemgr.usecases import calendar_feeds, calendar_pages
from casemgr.usecases.work import Work

MOST = timedelta(days=400)  # in one answer
CALENDAR = "text/calendar"


def own(table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the asker's own addresses."""
    return calendar_feeds.own(table, asker, TODAY)


FEEDS = Noun(
    path="calendar-feeds",
    one="calendar feed",
    about="A secret address from which your calendar program fetches dates.",
    shape=Shape("CalendarFeed", CalendarFeed, without=("secret_hash",)),
    order="made_at",
    scope=own,
    remove=Remove(
        "revoke_calendar_feed",
        "End one of your calendar addresses",
        "End an address at once; it stays in the list with the moment it ended.",
        calendar_feeds.revoke_feed,
    ),
)

NewFeed = create_model(
    "NewCalendarFeed",
    __base__=FEEDS.shape.model,
    __doc__="An address just made: it is shown here and never again.",
    address=(str, ...),
)


class CalendarDate(BaseModel):
    """One date; `first` and `last` differ where no single day is known, `page` explains it."""

    kind: CalendarKind
    id: str
    uid: str
    sequence: int
    matter_id: str
    title: str
    where: str
    first: date
    last: date
    at: datetime | None
    zone: str
    place: str
    owner: str
    standing: Standing
    page: str


class CalendarDates(BaseModel):
    """The dates within some days, by day."""

    items: list[CalendarDate]


class Subscriber(BaseModel):
    """A program that fetches an address; `behind` where dates have changed since it did."""

    program: str
    fetched_at: datetime
    behind: bool


class Subscribers(BaseModel):
    """Every program that fetches one address."""

    items: list[Subscriber]


router = api_router()

Since = Annotated[Day, Query(description="The first day.", examples=["2010-11-01"])]
Until = Annotated[Day, Query(description="The last day, 400 days later at most.")]
OfMatter = Annotated[Code | None, Query(description="Only those of this matter.")]
OfPerson = Annotated[Code | None, Query(description="Only what this person owns or answers for.")]
OfKind = Annotated[CalendarKind | None, Query(description="Only those of this kind.")]


@router.get(
    "/calendar",
    operation_id="read_calendar",
    summary="Read the dates within some days",
    response_model=None,
    responses={200: {"model": CalendarDates}, **answers(401, 404, 422, 503)},
)
def read_calendar(
    work: WorkDep,
    since: Since,
    until: Until,
    matter: OfMatter = None,
    person: OfPerson = None,
    kind: OfKind = None,
) -> Response:
    """Return deadlines, hearings and plans of your matters within these days."""
    found = _within(work, since, until, matter, person, kind)
    items = [CalendarDate.model_validate(each, from_attributes=True) for each in found]
    return Response(CalendarDates(items=items).model_dump_json(), media_type=JSON)


@router.get(
    "/calendar.ics",
    operation_id="download_calendar",
    summary="Download the dates within some days as iCalendar",
    response_model=None,
    responses={
        200: {"content": {CALENDAR: {"schema": {"type": "string"}}}},
        **answers(401, 404, 422, 503),
    },
)
def download_calendar(
    work: WorkDep,
    desk: DeskDep,
    since: Since,
    until: Until,
    matter: OfMatter = None,
    person: OfPerson = None,
    kind: OfKind = None,
) -> Response:
    """Return the same dates as a calendar file (RFC 5545)."""
    found = _within(work, since, until, matter, person, kind)
    body = calendar("Dates", found, Look(desk.settings.address))
    return saved(body, f"{CALENDAR}; charset=utf-8", "dates.ics")


def _within(
    work: Work,
    since: date,
    until: date,
    matter: str | None,
    person: str | None,
    kind: CalendarKind | None,
) -> list[Dated]:
    if not timedelta(0) <= until - since <= MOST:
        raise Malformed({"until": "Give a last day from the first to 400 days after it."})
    filters = calendar_pages.Filters(
        Month(since.year, since.month),
        matter=matter or "",
        person=person or "",
        kind=kind,
    )
    return calendar_pages.within(work, filters, since, until)


@router.post(
    "/calendar-feeds",
    status_code=201,
    operation_id="create_calendar_feed",
    summary="Make one calendar address for yourself",
    response_model=None,
    responses={201: {"model": NewFeed}, **answers(400, 401, 403, 409, 413, 422, 503)},
)
def create_feed(
    work: WorkDep,
    desk: DeskDep,
    given: Annotated[
        calendar_feeds.FeedInput, StrictJson(), Body(examples=[{"name": "Outlook on my desk"}])
    ],
) -> Response:
    """Make an address; whoever has it reads these dates, and it is not shown again."""
    feed, secret = calendar_feeds.make_feed(work, given)
    address = f"{desk.settings.address}/feeds/{secret}.ics"
    return answer_once(work, FEEDS, feed, NewFeed, address=address)


@router.get(
    "/calendar-feeds/{id}/subscribers",
    operation_id="list_feed_subscribers",
    summary="List which programs fetch one of your addresses",
    response_model=None,
    responses={200: {"model": Subscribers}, **answers(401, 404, 503)},
)
def list_subscribers(work: WorkDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return the programs that fetch an address, when they last did, and who is behind."""
    found = calendar_feeds.subscribers_of(work, row_id, desk.settings.address)
    items = [Subscriber.model_validate(each, from_attributes=True) for each in found]
    return Response(Subscribers(items=items).model_dump_json(), media_type=JSON)
