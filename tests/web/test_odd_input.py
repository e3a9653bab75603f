"""Whatever is typed or sent, the answer is a page in words and never a failure of ours."""

from __future__ import annotations

from functools import partial
from itertools import product
from urllib.parse import quote

import pytest

from casemgr.domain.words import EventKind
from tests.web.conftest import Office

ODD = ["\x00", "M-\x00", "é" * 300, "' OR 1=1 --", "%", "../../etc/passwd", "9" * 400, "‮"]
quote_all = partial(quote, safe="")
FORMS = {
    "/sign-in": ["email", "password", "next"],
    "/matters/{matter}/edit": ["title", "reference", "summary", "version"],
    "/matters/{matter}/tasks": ["title", "due_on", "person_id"],
    "/requests/{request}/{track}/events": [
        "kind", "happened_on", "until_on", "certainty", "outcome", "source", "says", "document_id",
    ],
    "/matters/{matter}/searches": ["said_in", "track_id", "terms", "records_from", "document_id"],
    "/matters/{matter}/productions": ["title", "track_id", "produced_on", "bates_first", "again"],
    "/matters/{matter}/paces": ["pages", "every", "since_on", "docket_entry_id"],
    "/matters/{matter}/lawsuits/new": ["court_id", "docket_number", "below_id"],
    "/lawsuits/{lawsuit}/record/party": ["role", "aliases", "organisation_id"],
    "/lawsuits/{lawsuit}/papers/notice_of_motion": ["what", "answer_by", "signer"],
    "/lawsuits/{lawsuit}/docket": ["number", "kind", "filed_by", "filed_on", "says", "answers_id"],
}  # fmt: skip


NOUNS = [
    "matters", "requests", "lawsuits", "deadlines", "declarations", "documents",
    "events", "tracks", "docket-entries", "letters", "tasks", "search-statements", "productions",
    "production-paces",
]  # fmt: skip


@pytest.mark.both_databases
def test_no_address_breaks_a_page(office: Office) -> None:
    ada = office.client(office.cast.ada)
    request = f"/requests/{office.request.id}"
    whole = [f"{request}/{office.track.id}", f"/lawsuits/{office.lawsuit.id}"]

    for odd in map(quote_all, ODD):
        places = [f"/{noun}/{odd}" for noun in NOUNS]
        places += [f"/lawsuits/{office.lawsuit.id}/{part}/{odd}" for part in ("papers", "record")]
        places += [f"{request}/{odd}", f"/requests?after=2010-02-03~{odd}"]
        for page in ("/due", "/requests", "/history", "/sign-in"):
            places += [f"{page}?{name}={odd}" for name in ("after", "matter", "period", "next")]
        places += [f"{page}?{name}={odd}" for page in whole for name in ("logged", "recorded")]
        for place in places:
            assert ada.get(place).status_code < 500, place


def test_a_moment_that_no_clock_can_show_is_answered_in_words(office: Office) -> None:
    ada = office.client(office.cast.ada)

    for moment in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        for page in ("/history", f"/matters/{office.matter.id}/history"):
            assert ada.get(page, params={"after": f"{moment}~1"}).status_code == 422
        assert ada.post("/due/seen", data={"until": moment}).status_code == 404


def test_no_form_breaks_a_page(office: Office) -> None:
    ada = office.client(office.cast.ada)
    here = {
        "matter": office.matter.id,
        "request": office.request.id,
        "track": office.track.id,
        "lawsuit": office.lawsuit.id,
    }
    sound = {"kind": EventKind.CALL.value, "title": "x", "happened_on": "today"}

    for address, names in FORMS.items():
        for name, odd in product(names, ODD):
            form = {each: sound[each] for each in names if each in sound} | {name: odd}
            answer = ada.post(address.format(**here), data=form)
            assert answer.status_code < 500, (address, name, odd)


def test_a_form_with_a_file_or_with_no_form_at_all_is_answered(office: Office) -> None:
    ada = office.client(office.cast.ada)
    place = f"/requests/{office.request.id}/{office.track.id}/events"

    assert 400 <= ada.post(place, files={"kind": ("a.txt", b"x")}).status_code < 500
    assert (
        400 <= ada.post(place, content=b"\xff\x00", headers={"content-type": "x"}).status_code < 500
    )
    assert 400 <= ada.post(place, json={"kind": "call"}).status_code < 500
