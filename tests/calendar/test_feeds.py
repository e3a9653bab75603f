"""What a calendar program gets from an address: what its person may see, and nothing after that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from httpx2 import Response
from sqlmodel import Session, select

from casemgr.db.session import transaction
from casemgr.db.tables import CalendarFeed, Deadline, FeedSubscriber, Membership, Person
from casemgr.domain.words import Side
from casemgr.errors import Malformed, Refused
from casemgr.usecases import calendar_feeds, offboarding, signin
from casemgr.usecases.calendar_feeds import FeedInput
from tests import makes
from tests.calendar.conftest import Office
from tests.calendar.entries import named, read

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

OURS = "We must: Oppose the motion of October 29, 2010, 10 Civ. 9001"
HEARING = "Hearing on the motion, 10 Civ. 9001"


def titles(answer: Response) -> set[str]:
    return {title.rsplit(" (", 1)[0] for title in named(answer.content)}


def supersede(session: Session, old: Deadline, new: Deadline | None) -> None:
    session.add(old)
    old.superseded_on, old.superseded_because = makes.TODAY, "the motion was served again"
    session.flush()
    if new is not None:
        session.add(new)
        session.flush()
        old.superseded_by_id = new.id


def test_an_address_gives_deadlines_as_days_and_hearings_as_moments(office: Office) -> None:
    answer = office.fetch(office.feed(office.cast.ada))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = {title.rsplit(" (", 1)[0]: each for title, each in named(answer.content).items()}
    assert found.keys() == {OURS, HEARING}
    assert found[OURS]["DTSTART"].dt == date(2010, 11, 12)
    assert found[OURS]["DTEND"].dt == date(2010, 11, 13)
    assert found[HEARING]["DTSTART"].dt == datetime(2010, 11, 9, 19, tzinfo=UTC)
    assert f"/deadlines/{office.deadline.id}" in found[OURS]["DESCRIPTION"]


@on_sqlite
def test_a_second_fetch_without_a_change_brings_nothing(office: Office) -> None:
    path = office.feed(office.cast.ada)
    first = office.fetch(path)

    again = office.fetch(path, etag=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert office.fetch(path).content == first.content


@on_sqlite
def test_a_moved_date_keeps_its_name_and_raises_its_number(office: Office) -> None:
    path = office.feed(office.cast.ada)
    before = office.fetch(path)
    with transaction(office.desk.engine) as session:
        old = session.get_one(Deadline, office.deadline.id)
        given = old.model_dump(exclude={"id", "version", "due", "earliest", "latest"})
        day = date(2010, 11, 19)
        new = Deadline(**{**given, "due": day, "earliest": day, "latest": day})
        supersede(session, old, new)

    after = office.fetch(path, etag=before.headers["ETag"])

    assert after.status_code == 200
    [was], [now] = (
        [each for each in read(answer.content) if str(each["SUMMARY"]).startswith("We must")]
        for answer in (before, after)
    )
    assert (now["UID"], now["DTSTART"].dt) == (was["UID"], date(2010, 11, 19))
    assert now["SEQUENCE"] > was["SEQUENCE"]


@on_sqlite
def test_a_date_that_fell_away_is_sent_as_cancelled(office: Office) -> None:
    path = office.feed(office.cast.ada)
    office.fetch(path)
    with transaction(office.desk.engine) as session:
        supersede(session, session.get_one(Deadline, office.deadline.id), None)

    found = {str(each["STATUS"]) for each in read(office.fetch(path).content)}

    assert found == {"CANCELLED", "CONFIRMED"}


def _wall(session: Session, office: Office) -> None:
    cast = office.cast
    makes.make_wall(session, cast.ada, office.matter, cast.mira, cast.noor)


def _membership_ends(session: Session, office: Office) -> None:
    for row in session.exec(select(Membership).where(Membership.person_id == office.cast.ada.id)):
        row.until_on = makes.TODAY - timedelta(days=1)
        session.add(row)


@on_sqlite
@pytest.mark.parametrize("stop", [_wall, _membership_ends])
def test_who_may_no_longer_see_the_matter_gets_no_word_of_it(
    office: Office, stop: Callable[[Session, Office], None]
) -> None:
    own, of_matter = (
        office.feed(office.cast.ada, **given)
        for given in ({}, {"shows": "matter", "about_matter_id": office.matter.id})
    )
    etags = [office.fetch(each).headers["ETag"] for each in (own, of_matter)]
    with transaction(office.desk.engine) as session:
        stop(session, office)

    assert read(office.fetch(own, etag=etags[0]).content) == []
    gone, never = office.fetch(of_matter, etag=etags[1]), office.fetch("/feeds/x.ics")
    assert (gone.status_code, gone.content) == (404, never.content)


def _off_boarded(office: Office) -> None:
    with office.desk.work(makes.actor_of(office.cast.noor)) as work:
        offboarding.off_board(work, office.cast.ada.id)


def _term_over(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        person = session.get_one(Person, office.cast.ada.id)
        person.term_ends_on = makes.TODAY - timedelta(days=1)
        session.add(person)


def _revoked(office: Office) -> None:
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        calendar_feeds.revoke_feed(work, calendar_feeds.feeds_of(work)[0].id)


@on_sqlite
@pytest.mark.parametrize("stop", [_off_boarded, _term_over, _revoked])
def test_the_address_of_somebody_who_left_or_revoked_it_never_was(
    office: Office, stop: Callable[[Office], None]
) -> None:
    path = office.feed(office.cast.ada)
    etag = office.fetch(path).headers["ETag"]
    stop(office)

    gone, never = office.fetch(path, etag=etag), office.fetch("/feeds/x.ics")

    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.content == never.content
    assert sorted(gone.headers) == sorted(never.headers)


@on_sqlite
def test_an_address_of_off_boarding_stays_dead_when_the_person_comes_back(office: Office) -> None:
    path = office.feed(office.cast.ada)
    _off_boarded(office)
    with transaction(office.desk.engine) as session:
        person = session.get_one(Person, office.cast.ada.id)
        person.active = True
        session.add(person)

    assert office.fetch(path).status_code == 404


@on_sqlite
def test_the_same_dates_are_never_shared_between_two_people(office: Office) -> None:
    one, other = office.feed(office.cast.ada), office.feed(office.cast.mira, shows="all")
    first, second = office.fetch(one), office.fetch(other)

    assert first.headers["ETag"] != second.headers["ETag"]
    assert office.fetch(other, etag=first.headers["ETag"]).status_code == 200


@on_sqlite
def test_each_kind_of_address_gives_its_own_dates(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        makes.make_deadline(session, office.matter, title="Nobody's", owner_id=None)
        sams = {"title": "Sam's", "owner_id": office.cast.sam.id}
        makes.make_deadline(session, office.matter, **sams)
        makes.make_deadline(session, office.matter, title="Theirs", whose=Side.THEIRS)
        makes.make_task(session, office.matter, due_on=date(2010, 11, 1))
        other = makes.make_matter(session, office.cast.ada, title="Another matter")
        makes.make_deadline(session, other, title="Elsewhere", owner_id=office.cast.ada.id)
        member = select(Membership).where(Membership.person_id == office.cast.mira.id)
        session.exec(member).one().responsible = True
    cast, mine = office.cast, {OURS, HEARING, "We must: Elsewhere"}
    every = {OURS, HEARING, "We must: Nobody's", "We must: Sam's", "They must: Theirs"}
    every.add("Plan: Call the FOIA officer")
    of_matter = {"shows": "matter", "about_matter_id": office.matter.id}

    assert titles(office.fetch(office.feed(cast.ada))) == mine
    assert titles(office.fetch(office.feed(cast.ada, **of_matter))) == every
    assert titles(office.fetch(office.feed(cast.mira, shows="all"))) == every
    role = {"shows": "role", "about_role": "student"}
    assert titles(office.fetch(office.feed(cast.mira, **role))) == {"We must: Sam's", HEARING}
    # Who answers for the matter answers for what nobody owns, theirs included.
    answers = {"We must: Nobody's", "They must: Theirs", HEARING}
    assert titles(office.fetch(office.feed(cast.mira))) == answers


@on_sqlite
def test_neutral_titles_and_no_alarms_are_what_the_address_says(office: Office) -> None:
    path = office.feed(office.cast.ada, name="Alvarez", neutral=True, alarms=False)

    body = office.fetch(path).content

    assert len(read(body)) == 2
    for word in (b"Alvarez", b"Civ", b"motion", b"Courtroom", b"VALARM"):
        assert word not in body


@on_sqlite
def test_whose_calendar_is_behind_is_seen(office: Office) -> None:
    path = office.feed(office.cast.ada)
    office.fetch(path, program="Outlook")
    office.fetch(path, program="Telephone")
    with transaction(office.desk.engine) as session:
        row = session.get_one(Deadline, office.deadline.id)
        row.title = "Oppose the second motion"
        session.add(row)
    office.fetch(path, program="Telephone")

    page = office.browser(office.cast.ada).get("/calendar/addresses").text

    with transaction(office.desk.engine, reads_only=True) as session:
        assert len(session.exec(select(FeedSubscriber)).all()) == 2
    outlook, telephone = page.index("Outlook, last"), page.index("Telephone, last")
    assert "Behind: dates have changed since" in page[outlook : outlook + 300]
    assert "Up to date" in page[telephone : telephone + 300]


@on_sqlite
def test_the_secret_is_shown_once_and_kept_nowhere(office: Office) -> None:
    browser = office.browser(office.cast.ada)
    sent = {"name": "My telephone", "shows": "mine", "neutral": "false", "alarms": "true"}

    made = browser.post("/calendar/addresses", data=sent)

    address = made.text.split('id="made">')[1].split("<")[0]
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 43  # 256 bits
    assert address.startswith(office.desk.settings.address)
    assert office.fetch(f"/feeds/{secret}.ics").status_code == 200
    assert secret not in browser.get("/calendar/addresses").text
    with transaction(office.desk.engine, reads_only=True) as session:
        [feed] = session.exec(select(CalendarFeed)).all()
    assert feed.secret_hash == signin.token_hash(secret)
    revoked = browser.post(f"/calendar/addresses/{feed.id}/revoke")
    assert revoked.headers["Location"] == "/calendar/addresses"
    assert office.fetch(f"/feeds/{secret}.ics").status_code == 404


@on_sqlite
def test_nobody_makes_an_address_of_what_is_not_theirs(office: Office) -> None:
    of_matter = FeedInput.model_validate(
        {"name": "x", "shows": "matter", "about_matter_id": office.matter.id}
    )
    with office.desk.work(makes.actor_of(office.cast.eve)) as work:
        with pytest.raises(Malformed) as there:
            calendar_feeds.make_feed(work, of_matter)
        never = of_matter.model_copy(update={"about_matter_id": "M-0000000000"})
        with pytest.raises(Malformed) as nowhere:
            calendar_feeds.make_feed(work, never)
    assert there.value.problems == nowhere.value.problems
    with (
        office.desk.work(makes.actor_of(office.cast.noor)) as work,
        pytest.raises(Refused),
    ):
        calendar_feeds.make_feed(work, FeedInput(name="x"))


@on_sqlite
def test_an_old_sign_in_makes_no_address(office: Office) -> None:
    actor = makes.actor_of(office.cast.ada)
    long_ago = signin.moment() - timedelta(hours=1)

    with (
        office.desk.work(replace(actor, proved_at=long_ago)) as work,
        pytest.raises(Refused, match="Sign in again"),
    ):
        calendar_feeds.make_feed(work, FeedInput(name="x"))
