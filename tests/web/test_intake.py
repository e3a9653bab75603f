"""The two doors of intake: nothing typed is lost, and what is saved is what was typed."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import (
    Blob,
    Document,
    Event,
    FoiaRequest,
    Organisation,
    Recipient,
    RequestDraft,
    RequestItem,
    Track,
)
from casemgr.domain.words import Certainty, EventKind, FeeCategory, SendMethod
from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SENT = {
    "title": "Detention statistics",
    "office_1": "ice",
    "sent_1": "9/8/2010",
    "how_1": "portal",
    "item_1": "Every monthly count of people detained.",
}


def hidden(html: str) -> dict[str, str]:
    """Return the hidden fields of a page's draft form."""
    form = html[html.index('id="draft"') :] if 'id="draft"' in html else html
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def begin(browser: TestClient, door: str = "sent", **more: str) -> str:
    """Open a door and return the address of the draft behind it."""
    answer = browser.post("/requests/new", data={"intake": door, **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def put(browser: TestClient, address: str, do: str = "check", **typed: Any) -> Response:
    """Open the page of a draft and send it with what was typed."""
    page = browser.get(address)
    assert page.status_code == 200, page.text
    files = typed.pop("files", None)
    return browser.post(address, data={**hidden(page.text), **typed, "do": do}, files=files)


def log(browser: TestClient, **typed: Any) -> Response:
    """Go through the first door from its choice to its last button."""
    address = begin(browser)
    matter = re.search(r'value="(M-[0-9A-Z]+)" selected', browser.get(address).text)
    assert matter
    checked = put(browser, address, **{**SENT, "matter_id": matter[1], **typed})
    if checked.status_code != 200 or "Check before saving" not in checked.text:
        return checked
    version = re.findall(r'name="version" value="(\d+)"', checked.text)[-1]
    return browser.post(f"{address}/save", data={"version": version})


def test_a_request_that_was_sent_is_logged_with_everything_on_its_page(
    office: Office, sam: TestClient
) -> None:
    with office.rows() as session:
        makes.make_agency(session, "fbi")
        asks = makes.make_organisation(session)

    saved = log(
        sam,
        office_2="fbi",
        sent_2="Sept 9 2010",
        about_2="yes",
        proof_2="Receipt 7",
        item_2="The rules for counting.",
        fee_waiver="yes",
        fee_waiver_because="The public does not know.",
        fee_category="educational",
        fee_limit="$25.50",
        records_from="1/1/2009",
        requester_1=asks.id,
        new_requester_1="Ward Nine Tenants",
        files={"file": ("letter.txt", b"Dear FOIA Officer:\r\n", "text/plain")},
    )

    assert saved.status_code == 303
    assert "Saved: Detention statistics" in text_of(sam.get(saved.headers["location"]).text)
    with office.rows() as session:
        foia = session.exec(select(FoiaRequest).where(FoiaRequest.title == SENT["title"])).one()
        tracks = session.exec(select(Track).where(Track.request_id == foia.id)).all()
        events = [
            each
            for each in session.exec(select(Event)).all()
            if each.track_id in {track.id for track in tracks}
        ]
        copies = session.exec(select(Recipient).where(Recipient.request_id == foia.id)).all()
        items = session.exec(select(RequestItem.says).where(RequestItem.request_id == foia.id))
        letter = session.exec(select(Document).where(Document.title.startswith("Request"))).one()  # type: ignore[attr-defined]
        blob = session.get_one(Blob, letter.sha256)
        assert set(items) == {SENT["item_1"], "The rules for counting."}
        assert session.exec(select(Organisation.name)).all().count("Ward Nine Tenants") == 1
        assert session.exec(select(RequestDraft)).all() == []
    assert (foia.requested_on, foia.records_from) == (date(2010, 9, 8), date(2009, 1, 1))
    assert (foia.fee_category, foia.fee_limit_cents) == (FeeCategory.EDUCATIONAL, 2550)
    assert foia.owner_id == office.cast.sam.id
    assert {each.kind for each in events} == {EventKind.SENT, EventKind.FEE_WAIVER_REQUESTED}
    assert {each.document_id for each in events} == {letter.id}
    assert {(each.agency_id, each.method, each.certainty, each.proof) for each in copies} == {
        ("ice", SendMethod.PORTAL, Certainty.EXACT, ""),
        ("fbi", SendMethod.UNKNOWN, Certainty.ABOUT, "Receipt 7"),
    }
    assert office.desk.store.read(blob.sha256) == b"Dear FOIA Officer:\r\n"
    assert "request.logged" in office.history()


def test_the_check_page_says_weekdays_and_what_the_clock_will_do_and_keeps_nothing(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam)

    page = text_of(put(sam, address, matter_id=office.matter.id, **SENT).text)

    assert "sent Wednesday, September 8, 2010, by portal" in page
    assert "No clock starts yet" in page
    assert "ICE: decide the request: due Wednesday, October 6, 2010" in page
    with office.rows() as session:
        assert len(session.exec(select(FoiaRequest)).all()) == 1  # the office's own, from before
        assert len(session.exec(select(RequestDraft)).all()) == 1


def test_every_problem_is_told_beside_its_field_and_nothing_typed_is_lost(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam)
    typed = {
        "title": "",
        "matter_id": office.matter.id,
        "office_1": "ice",
        "sent_1": "13/2/2015",
        "office_4": "",
        "sent_4": "10/31/2027",
        "item_1": "x" * 9000,
        "fee_limit": "twenty",
        "records_from": "2/30/2010",
    }

    page = put(sam, address, **typed)

    assert page.status_code == 422
    said = text_of(page.text)
    for sentence in (
        "Give it a short title",
        "for February 13, 2015 type 2/13/2015",
        "Choose the office for this line, or remove the line.",
        "Use at most 8000 characters",
        "Type an amount in dollars",
        "“2/30/2010” is not in the calendar",
    ):
        assert sentence in said, sentence
    again = unescape(sam.get(address).text)
    assert all(text in again for text in typed.values())
    assert "<title>Error: " in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"sent_1": "10/31/2027"}, "October 31, 2027 is in the future."),
        ({"sent_1": "9/1/2010", "requested_on": "9/8/2010"}, "sent before the day of the letter"),
        ({"office_2": "ice", "sent_2": "9/8/2010"}, "The same office is named twice."),
        ({"office_1": "nsa"}, "There is no component 'nsa' in the directory."),
        ({"sent_1": ""}, "Enter the date it was sent, like 9/8/2026."),
        ({"office_1": "", "sent_1": ""}, "Choose at least one office."),
        ({"item_1": " "}, "Write what it asks for."),
        ({"records_from": "2/1/2010", "records_until": "1/1/2010"}, "The end comes last."),
        ({"matter_id": "M-0000000000"}, "no such matter"),
        ({"requester_1": "O-0000000000"}, "There is no organisation"),
        ({"fee_category": "free"}, "Choose one of the list."),
        ({"new_requester_1": "n" * 201}, "Use at most 200 characters."),
    ],
)
def test_what_cannot_be_right_is_said_before_it_is_saved(
    office: Office, sam: TestClient, typed: dict[str, str], sentence: str
) -> None:
    answer = log(sam, **typed)

    assert answer.status_code == 422, answer.text
    assert sentence in text_of(answer.text)
    with office.rows() as session:
        assert len(session.exec(select(FoiaRequest)).all()) == 1


def test_a_file_that_is_not_what_it_claims_is_refused_and_the_rest_is_kept(
    office: Office, sam: TestClient
) -> None:
    answer = log(sam, files={"file": ("letter.pdf", b"MZ\x90", "application/pdf")})

    assert answer.status_code == 422
    assert "letter.pdf is named like" in text_of(answer.text)
    assert "Detention statistics" in answer.text


def test_lines_are_added_and_removed_without_scripts_and_keep_what_was_typed(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam)

    added = put(sam, address, "add_office", **SENT)
    page = sam.get(added.headers["location"]).text
    assert added.status_code == 303
    assert 'name="office_2"' in page
    assert page.count('value="9/8/2010"') == 2  # the day is taken over
    assert "Every monthly count of people detained." in page
    put(sam, address, "add_item", **SENT, office_2="ice", sent_2="9/9/2010")
    put(sam, address, "remove_office_1", **SENT, office_2="ice", sent_2="9/9/2010", item_2="B")
    page = sam.get(address).text

    assert 'name="office_1"' not in page
    assert 'value="9/9/2010"' in page
    assert ">B</textarea>" in page


def test_a_draft_is_kept_while_somebody_types_and_found_again(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam)
    fields = hidden(sam.get(address).text)

    first = sam.post(f"{address}/typed", data={**fields, "title": "Half", "sent_1": "9/8/2010"})
    later = {**fields, "version": str(first.json()["version"])}
    second = sam.post(f"{address}/typed", data={**later, "title": "Half a request"})

    assert (first.status_code, second.status_code) == (200, 200)
    assert re.fullmatch(r"Saved \d{1,2}:\d\d [ap]m", first.json()["says"])
    assert first.json()["echo"]["sent_1"] == "Wednesday, September 8, 2010"
    assert "Half a request" in text_of(sam.get("/requests/new").text)
    assert "Half a request" in sam.get(address).text
    assert office.history() == [tag for tag in office.history() if not tag.startswith("draft")]


def test_a_page_that_another_window_overtook_keeps_its_words_and_says_so(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam)
    mine, theirs = (hidden(sam.get(address).text) for _ in range(2))
    sam.post(address, data={**theirs, "title": "Theirs", "do": "add_item"})

    late = sam.post(address, data={**mine, "title": "Mine", "do": "check"})
    quiet = sam.post(f"{address}/typed", data={**mine, "title": "Mine"})

    assert (late.status_code, quiet.status_code) == (409, 409)
    assert "changed in another window" in text_of(late.text)
    assert 'value="Mine"' in late.text
    assert 'value="Theirs"' in sam.get(address).text
    again = {**hidden(late.text), "title": "Mine", "do": "draft"}
    assert sam.post(address, data=again).status_code == 303
    assert 'value="Mine"' in sam.get(address).text


def test_a_session_that_ended_gives_back_what_was_typed(office: Office, sam: TestClient) -> None:
    address = begin(sam)
    fields = hidden(sam.get(address).text)
    nobody = office.client()

    answer = nobody.post(address, data={**fields, **SENT, "title": "<b>Kept</b>", "do": "draft"})

    assert answer.status_code == 401
    assert "You are signed out" in text_of(answer.text)
    kept = dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', answer.text))
    assert unescape(kept["title"]) == "<b>Kept</b>"
    sent = {name: unescape(text) for name, text in kept.items()}
    assert sam.post(address, data=sent).status_code == 303
    assert "&lt;b&gt;Kept&lt;/b&gt;" in sam.get(address).text


def test_a_draft_is_its_owners_alone(office: Office, sam: TestClient, ada: TestClient) -> None:
    address = begin(sam, matter_id=office.matter.id)
    put(sam, address, "draft", **SENT, matter_id=office.matter.id)

    fields = {"version": "1", "title": "Mine now"}
    tries = [
        ada.get(address),
        ada.post(address, data=fields),
        ada.post(f"{address}/typed", data=fields),
        ada.post(f"{address}/save", data=fields),
        ada.post(f"{address}/remove", data=fields),
    ]

    assert {each.status_code for each in tries} == {404}
    assert "Detention statistics" not in ada.get("/requests/new").text
    assert "Detention statistics" not in ada.get(f"/matters/{office.matter.id}").text
    assert sam.get(address).status_code == 200


def test_a_wall_hides_the_draft_that_was_meant_for_the_matter(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam, matter_id=office.matter.id)
    put(sam, address, "draft", **SENT, matter_id=office.matter.id)

    with office.rows() as session:
        cast = office.cast
        makes.make_wall(session, cast.sam, office.matter, cast.ada, cast.noor)

    assert sam.get(address).status_code == 404
    assert "Detention statistics" not in sam.get("/requests/new").text
    assert office.matter.title not in sam.get("/requests/new").text


def test_a_draft_is_removed_for_good_when_its_owner_says_so(
    office: Office, sam: TestClient
) -> None:
    address = begin(sam)
    put(sam, address, "draft", **SENT)
    version = hidden(sam.get(address).text)["version"]

    assert sam.post(f"{address}/remove", data={"version": version}).status_code == 303
    assert sam.get(address).status_code == 404


def test_who_may_not_log_has_no_door(office: Office) -> None:
    noor = office.client(office.cast.noor)

    assert noor.get("/requests/new").status_code == 403
    assert noor.post("/requests/new", data={"intake": "sent"}).status_code == 403


def test_who_misses_an_office_in_the_list_is_told_who_adds_it(
    office: Office, sam: TestClient
) -> None:
    page = text_of(sam.get(begin(sam)).text)

    assert "An office is not here? Save the draft and ask staff or an attorney" in page


def test_somebody_on_no_matter_is_told_whom_to_ask(office: Office, eve: TestClient) -> None:
    page = text_of(eve.get("/requests/new").text)

    assert "You are on no open matter yet" in page
    assert office.matter.title not in page


def test_what_the_office_asked_before_is_shown_and_can_be_set_aside(
    office: Office, sam: TestClient
) -> None:
    with office.rows() as session:
        row = session.get_one(FoiaRequest, office.request.id)
        row.owner_id = office.cast.ada.id
    address = begin(sam)
    typed = {**SENT, "title": "Replies to opt-out letters", "item_1": "Letters and replies."}

    page = put(sam, address, matter_id=office.matter.id, **typed).text
    assert (
        "Ada Marlowe asked ICE for nearly the same on Wednesday, February 3, 2010: "
        f"Opt-out letters and replies ({office.request.id}" in text_of(page)
    )
    different = sam.post(f"{address}/check", data={"do": f"other_{office.request.id}"}).text

    assert "nearly the same" not in different
    assert "Check before saving" in different


def test_what_is_behind_a_wall_is_near_to_nothing(office: Office) -> None:
    with office.rows() as session:
        cast = office.cast
        own = makes.make_matter(session, cast.mira, title="Mira's own")
        makes.make_wall(session, cast.mira, office.matter, cast.ada, cast.noor)
    mira = office.client(office.cast.mira)
    address = begin(mira, matter_id=own.id)
    typed = {**SENT, "title": "Opt-out letters and replies", "matter_id": own.id}

    page = put(mira, address, **typed)

    assert "Check before saving" in page.text
    assert office.request.id not in page.text


def test_a_new_request_is_written_question_by_question(office: Office, sam: TestClient) -> None:
    address = begin(sam, "new", matter_id=office.matter.id)
    assert "Do this next" in sam.get(address).text
    assert "Cannot start yet: needs 1 to 3" in text_of(sam.get(address).text)

    records = put(
        sam,
        f"{address}/records",
        "next",
        matter_id=office.matter.id,
        title="Jail counts",
        item_1="Counts of people held in county jails.",
    )
    assert (records.status_code, records.headers["location"]) == (303, address)
    found = put(sam, f"{address}/offices", "find", q="ice")
    assert found.status_code == 303
    page = sam.get(f"{address}/offices").text
    assert "Last asked: Opt-out letters and replies" in text_of(page)
    put(sam, f"{address}/offices", "next", q="", to_ice="yes")
    asking = put(sam, f"{address}/asking", "next", seen_asking="yes", fee_category="other")
    assert asking.status_code == 303
    checked = sam.get(f"{address}/check")
    assert "Nothing is sent by saving." in text_of(checked.text)
    version = hidden(checked.text)["version"]
    saved = sam.post(f"{address}/save", data={"version": version})

    page = sam.get(saved.headers["location"]).text
    assert "Ask for a fee waiver" in page
    with office.rows() as session:
        foia = session.exec(select(FoiaRequest).where(FoiaRequest.title == "Jail counts")).one()
        [track] = session.exec(select(Track).where(Track.request_id == foia.id)).all()
        assert session.exec(select(Event).where(Event.track_id == track.id)).all() == []
    assert (foia.requested_on, track.agency_id) == (None, "ice")


def test_an_earlier_request_gives_its_items_to_a_new_one(office: Office, sam: TestClient) -> None:
    address = begin(sam, "new", matter_id=office.matter.id)

    used = put(
        sam, f"{address}/records", f"use_{office.request.id}", title="", item_1="Mine first."
    )
    page = sam.get(used.headers["location"]).text

    assert ">Mine first.</textarea>" in page
    assert ">All letters.</textarea>" in page
    assert 'value="Opt-out letters and replies"' in page


def test_an_earlier_request_of_somebody_else_gives_nothing(office: Office, eve: TestClient) -> None:
    with office.rows() as session:
        own = makes.make_matter(session, office.cast.eve, title="Eve's own")
    address = begin(eve, "new", matter_id=own.id)

    put(eve, f"{address}/records", f"use_{office.request.id}", title="", item_1="Mine.")
    page = eve.get(f"{address}/records").text

    assert "All letters." not in page
    assert "Opt-out letters" not in page.replace("“Opt-out letters and replies”", "")


def test_the_questions_say_what_is_missing(office: Office, sam: TestClient) -> None:
    address = begin(sam, "new", matter_id=office.matter.id)

    records = put(sam, f"{address}/records", "next", records_from="13/2/2015")
    offices = put(sam, f"{address}/offices", "next")
    early = sam.post(f"{address}/save", data={"version": hidden(records.text)["version"]})

    assert (records.status_code, offices.status_code, early.status_code) == (422, 422, 422)
    assert "type 2/13/2015" in text_of(records.text)
    assert "Choose at least one office." in text_of(offices.text)


@pytest.mark.parametrize("what", ["fee-waiver", "faster"])
def test_what_can_wait_is_asked_after_saving(office: Office, sam: TestClient, what: str) -> None:
    address = f"/requests/{office.request.id}/ask/{what}"
    fields = hidden(sam.get(address).text)

    too_long = sam.post(address, data={**fields, "because": "x" * 8001})
    kept = sam.post(address, data={**fields, "because": "Nobody knows\x00 how it works."})
    late = sam.post(address, data={**fields, "because": "Typed in another window."})

    assert (too_long.status_code, kept.status_code, late.status_code) == (422, 303, 409)
    assert "Typed in another window." in late.text
    with office.rows() as session:
        foia = session.get_one(FoiaRequest, office.request.id)
        said = (foia.fee_waiver_because, foia.expedition_because)
    assert said == (
        ("Nobody knows how it works.", "")
        if what == "fee-waiver"
        else ("", "Nobody knows how it works.")
    )


def test_pages_that_are_none_are_not_found(office: Office, sam: TestClient) -> None:
    sent, new = begin(sam), begin(sam, "new")

    assert sam.get(f"{sent}/records").status_code == 404
    assert sam.get(f"{new}/price").status_code == 404
    assert sam.post(f"{new}/price", data={}).status_code == 404
    assert sam.post(new, data={}).status_code == 404
    assert sam.post(f"{new}/typed", data={}).status_code == 404
    assert sam.post(f"{sent}/typed", data={"part": "records"}).status_code == 404
    assert sam.get(f"/requests/{office.request.id}/ask/money").status_code == 404
    assert sam.get("/requests/new/RD-0000000000").status_code == 404


def test_a_hundred_offices_and_a_very_long_letter_are_taken_in_or_told(
    office: Office, sam: TestClient
) -> None:
    with office.rows() as session:
        for number in range(100):
            makes.make_agency(session, f"a{number}")
    many = {f"office_{n + 1}": f"a{n}" for n in range(100)}
    many |= {f"sent_{n + 1}": "9/8/2010" for n in range(100)}
    long = {f"item_{n}": "word " * 1500 for n in range(1, 27)}

    saved = log(sam, **many, **long)
    too_many = log(sam, **many, office_101="ice", sent_101="9/8/2010")

    assert saved.status_code == 303, text_of(saved.text)[:500]
    assert too_many.status_code == 422
    with office.rows() as session:
        assert len(session.exec(select(Track)).all()) == 101


def test_more_lines_than_fit_are_told_and_change_nothing(office: Office, sam: TestClient) -> None:
    address = begin(sam)
    many = {f"item_{number}": "x" for number in range(900)}
    assert put(sam, address, "draft", **many).status_code == 303

    offices = {f"office_{number}": "ice" for number in range(90)}
    answer = put(sam, address, "add_item", **many, **offices)
    kept = sam.post(f"{address}/check", data={"do": "other_R-0000000000"})

    assert answer.status_code in {303, 422}
    assert kept.status_code == 422
    too_many = {f"proof_{number}": "x" for number in range(1001)}
    assert sam.post(address, data=too_many).status_code == 400


def test_odd_fields_are_neither_kept_nor_fatal(office: Office, sam: TestClient) -> None:
    address = begin(sam)

    answer = put(sam, address, title="A\x00\u202eB", office_1="💥", sent_x="1", evil="2")

    assert answer.status_code == 422
    with office.rows() as session:
        [draft] = session.exec(select(RequestDraft)).all()
    assert draft.typed["title"] == "AB"
    assert not {"evil", "sent_x", "do", "version"} & draft.typed.keys()
