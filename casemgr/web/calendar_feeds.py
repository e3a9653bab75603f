"""Calendar addresses: the page on which they are made, and what calendar programs fetch."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db.session import transaction
from casemgr.desk import DeskDep, WorkDep
from casemgr.domain.calendar_dates import FeedOf
from casemgr.domain.words import Role
from casemgr.usecases import calendar_feeds
from casemgr.usecases.calendar_feeds import FeedInput
from casemgr.usecases.views.lens import lens
from casemgr.usecases.views.matters import every
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

CALENDAR = "text/calendar; charset=utf-8"
SHOWS = {
    FeedOf.MINE: "Mine: what I own, check or answer for",
    FeedOf.ALL: "Everything I may see",
    FeedOf.MATTER: "One matter",
    FeedOf.ROLE: "One role: what all of it own",
}
ROLES = [Role.STUDENT, Role.STAFF, Role.ATTORNEY]

router = page_router()


@router.api_route("/feeds/{secret}.ics", methods=["GET", "HEAD"])
def fetch(http: Request, desk: DeskDep, secret: str) -> Response:
    """Give a calendar program the dates of an address, to nobody's session but the secret's."""
    site = desk.settings.address
    with desk.work(reads_only=True) as work:
        feed, theirs = calendar_feeds.open_feed(work, secret)
        version = calendar_feeds.version_of(theirs, feed, site)
        etag, feed_id = f'"{version}"', feed.id
        has_it = etag in http.headers.get("if-none-match", "").replace("W/", "").split(", ")
        body = b"" if has_it else calendar_feeds.body_of(theirs, feed, site, version)
    with transaction(desk.engine) as session:
        program = http.headers.get("user-agent", "")
        calendar_feeds.note_fetch(session, feed_id, program, version)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    return Response(body, 304 if has_it else 200, headers, CALENDAR)


@router.get("/calendar/addresses")
def show_feeds(http: Request, work: WorkDep, desk: DeskDep, matter: str = "") -> Response:
    """Show one's own calendar addresses, and the form that makes one."""
    typed = {"shows": "matter", "about_matter_id": matter} if matter else {}
    return _shown(http, work, desk.settings.address, typed=typed)


@router.post("/calendar/addresses")
def make_feed(http: Request, work: WorkDep, desk: DeskDep, sent: Fields) -> Response:
    """Make an address, and show it this once."""
    form = read_form(FeedInput, sent, work.today)
    done = attempt_form(work, form, partial(calendar_feeds.make_feed, work))
    site = desk.settings.address
    if isinstance(done, Problems):
        return _shown(http, work, site, typed=form.typed, problems=done, status=done.status)
    return _shown(http, work, site, made=f"{site}/feeds/{done[1]}.ics")


@router.post("/calendar/addresses/{feed_id}/revoke")
def revoke_feed(work: WorkDep, feed_id: str) -> Response:
    """End one of one's own addresses."""
    calendar_feeds.revoke_feed(work, feed_id)
    return see("/calendar/addresses")


def _shown(http: Request, work: Work, site: str, **given: Any) -> Response:
    matters = {each.id: each.title for each in every(lens(work))}
    shown = {
        "found": calendar_feeds.look(work, site, matters),
        "matters": list(matters.items()),
        "shows": [(each.value, says) for each, says in SHOWS.items()],
        "told": SHOWS,
        "roles": [(each.value, each.value.capitalize()) for each in ROLES],
        "made": "",
        "copies": True,
        **given,
    }
    return page(http, "calendar_addresses", work, **shown)
