"""The request page: next step, claims, fees and what was kept back, each with its proof."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Event
from casemgr.domain.words import EventKind, FeeCategory, Outcome
from casemgr.usecases import clock
from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def address(office: Office) -> str:
    return f"/requests/{office.request.id}/{office.track.id}"


def happened(office: Office, kind: EventKind, on: date, **more: Any) -> None:
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        track = work.session.get_one(type(office.track), office.track.id)
        makes.make_event(work.session, track, kind, on, **more)
        clock.project_track(work, office.track.id, because="the test went on")


def arrives(office: Office, on: date) -> None:
    """Let the request arrive on a day known for sure, and never before."""
    with office.rows() as session:
        asked = select(Event).where(Event.kind == EventKind.RECEIVED_BY_DESIGNATED)
        session.exec(asked).one().withdrawn_on = date(2010, 2, 4)
    happened(office, EventKind.RECEIVED, on)


def part(office: Office, browser: TestClient, first: str, last: str) -> str:
    said = text_of(browser.get(address(office)).text)
    start = said.index(first)
    return said[start : said.index(last, start + len(first))]


def fees(office: Office, browser: TestClient) -> str:
    return part(office, browser, "Fees Category", "The clock of each component")


def test_a_late_agency_charges_no_search_fees_and_the_page_proves_since_when(
    office: Office, sam: TestClient
) -> None:
    happened(office, EventKind.RECEIVED, date(2010, 2, 9))

    said = fees(office, sam)

    assert "Since Thursday, March 11, 2010 they may charge no search fees." in said
    assert "5 U.S.C. § 552(a)(4)(A)(viii)" in said
    assert "exceptional circumstances" in said
    assert "Why this date?" in said


def test_the_press_pays_no_duplication_either(office: Office, sam: TestClient) -> None:
    happened(office, EventKind.RECEIVED, date(2010, 2, 9))
    with office.rows() as session:
        request = session.get_one(type(office.request), office.request.id)
        request.fee_category = FeeCategory.NEWS_MEDIA

    assert "no search and duplication fees" in fees(office, sam)


def test_an_agency_in_time_may_charge(office: Office, sam: TestClient) -> None:
    arrives(office, date(2010, 10, 20))

    assert "They have missed no time limit" in fees(office, sam)


def test_each_estimate_stands_with_its_words_and_our_answer(
    office: Office, sam: TestClient
) -> None:
    happened(office, EventKind.FEE_ESTIMATE, date(2010, 3, 1), amount_cents=120_050, says="About.")
    happened(office, EventKind.FEE_QUESTION, date(2010, 3, 8), amount_cents=45_000, says="Pay.")
    assert "None yet. They wait for it." in fees(office, sam)

    happened(
        office,
        EventKind.FEE_REPLY_SENT,
        date(2010, 3, 9),
        amount_cents=10_000,
        says="We pay a hundred.",
    )

    said = fees(office, sam)
    assert "$1,200.50 About." in said
    assert "$450.00 Pay. Tue, Mar 9: We pay a hundred. (up to $100.00)" in said
    assert "None yet" not in said


def test_the_waiver_is_told_as_asked_and_decided(office: Office, sam: TestClient) -> None:
    happened(office, EventKind.FEE_WAIVER_REQUESTED, date(2010, 2, 3))
    happened(office, EventKind.FEE_WAIVER_DECIDED, date(2010, 3, 1), outcome=Outcome.DENIED)

    said = fees(office, sam)

    assert "They decided on the fee waiver (Denied)" in said
    page = text_of(sam.get(address(office)).text)
    assert "Appeal the refusal of the fee waiver by ICE" in page


def test_pages_and_exemptions_are_a_picture_with_its_table(office: Office, sam: TestClient) -> None:
    happened(
        office,
        EventKind.DETERMINATION,
        date(2010, 10, 4),
        outcome=Outcome.PARTIAL,
        adverse=True,
        exemptions=["5", "7(E): 12 whole, 40 in part", "3 (8 U.S.C. § 1367): 4 in part"],
        pages_released=300,
        pages_withheld=12,
    )

    html = sam.get(address(office)).text
    said = text_of(html)

    assert html.count('<rect class="claim') == 3
    assert "12 whole" in said
    assert "claimed; nobody has said on how many pages" in said
    table = said[said.index("The exemptions as a table") :]
    assert "(b)(7)(E) Law enforcement: techniques and guidelines None 1 12 40" in table
    assert "(b)(3) Another statute forbids it 8 U.S.C. § 1367 1 Not said 4" in table
    assert "(b)(5)" in table


def test_without_pages_the_bars_count_letters(office: Office, sam: TestClient) -> None:
    for day in (date(2010, 10, 4), date(2010, 10, 5)):
        decided = {"outcome": Outcome.DENIED, "adverse": True, "exemptions": ["6"]}
        happened(office, EventKind.DETERMINATION, day, **decided)

    said = text_of(sam.get(address(office)).text)
    assert "2 letters" in said
    assert "Nobody has said on how many pages" in said


def test_nothing_kept_back_shows_no_such_part(office: Office, sam: TestClient) -> None:
    assert "Pages and exemptions" not in sam.get(address(office)).text


@pytest.mark.parametrize(
    ("kind", "on", "more", "said"),
    [
        (EventKind.RECEIVED, date(2010, 2, 9), {}, "Decide with an attorney: sue"),
        (
            EventKind.STILL_INTERESTED,
            date(2010, 10, 20),
            {"answer_by": date(2010, 11, 20)},
            "Tell ICE that we still want the records, by Nov 20.",
        ),
        (EventKind.CLOSED, date(2010, 10, 20), {}, "Nothing. This track is closed."),
    ],
)
def test_the_next_step_is_one_sentence(
    office: Office, sam: TestClient, kind: EventKind, on: date, more: dict[str, Any], said: str
) -> None:
    happened(office, kind, on, **more)

    assert f"Next: {said}" in text_of(sam.get(address(office)).text)


def test_while_their_time_runs_the_next_step_is_to_wait(office: Office, sam: TestClient) -> None:
    arrives(office, date(2010, 10, 20))

    said = text_of(sam.get(address(office)).text)
    assert "Next: Wait until Nov 18. Then ask how it goes." in said


def test_the_claims_of_a_track_lead_to_the_ledger(office: Office, sam: TestClient) -> None:
    happened(office, EventKind.RECEIVED, date(2010, 2, 9))

    page = sam.get(address(office)).text

    assert f'href="/matters/{office.matter.id}/exhaustion"' in page
    claims = part(office, sam, "Claim by claim", "Timeline")
    assert "The time ran out Can be pleaded since Thu, Mar 11" in claims
    assert "A decision before suit. Then an appeal comes first." in claims


def test_before_suing_the_page_says_what_nobody_has_looked_at(
    office: Office, sam: TestClient, ada: TestClient
) -> None:
    arrives(office, date(2010, 2, 9))

    before = part(office, sam, "You may", "We must now")
    form = address(office) + "/proper"
    by_student = sam.post(form, data={"says": ""})
    done = ada.post(form, data={"says": "Page 2 names the office and the dates."})
    after = part(office, sam, "You may", "We must now")

    assert "Yes It went to the right office. The right office got it on February 9, 2010." in before
    assert "Look It says clearly which records are meant. Nobody has checked." in before
    assert "Staff and attorneys on the matter can say that it is in order." in before
    assert (by_student.status_code, done.status_code) == (403, 303)
    assert "Yes It says clearly which records are meant. Checked on October 29, 2010." in after
    shown = text_of(ada.get(address(office)).text)
    assert "past. You may sue" in shown
    assert "We read it over before suing" in shown
    assert "Page 2 names the office and the dates." in shown


def test_a_question_that_is_open_keeps_the_page_from_saying_that_one_may_sue(
    office: Office, ada: TestClient
) -> None:
    arrives(office, date(2010, 2, 9))
    ada.post(address(office) + "/proper", data={"says": ""})
    happened(office, EventKind.STILL_INTERESTED, date(2010, 10, 1))

    shown = text_of(ada.get(address(office)).text)

    assert "past. Check before suing" in shown
    assert "Not answered: whether we still want it on October 1, 2010." in shown
