"""A stranger learns nothing: a record that is not theirs answers as one that never was."""

from __future__ import annotations

from starlette.testclient import TestClient

from casemgr.domain.words import Role
from tests import makes
from tests.web.conftest import Office

TOLD_ANYWAY = frozenset({"person.signed_in", "denied"})

NOWHERE = {
    "/matters/{matter}": "M-0000000000",
    "/matters/{matter}/edit": "M-0000000000",
    "/matters/{matter}/close": "M-0000000000",
    "/matters/{matter}/docket": "M-0000000000",
    "/matters/{matter}/history": "M-0000000000",
    "/requests/{request}": "R-0000000000",
    "/requests/{request}/{track}": "R-0000000000",
    "/tracks/{track}": "T-0000000000",
    "/events/{event}": "E-0000000000",
    "/lawsuits/{lawsuit}": "LS-0000000000",
    "/docket-entries/{entry}": "DE-0000000000",
    "/deadlines/{deadline}": "D-0000000000",
    "/declarations/{declaration}": "DC-0000000000",
    "/documents/{document}": "DOC-0000000000",
    "/documents/{document}/file": "DOC-0000000000",
}
POSTS = [
    "/matters/{matter}/edit",
    "/matters/{matter}/close",
    "/matters/{matter}/reopen",
    "/matters/{matter}/tasks",
    "/matters/{matter}/reset",
    "/matters/{matter}/report",
    "/tasks/{task}/done",
    "/requests/{request}/{track}/events",
    "/tracks/{track}/letter",
    "/lawsuits/{lawsuit}/docket",
    "/deadlines/{deadline}/done",
    "/deadlines/{deadline}/confirm",
    "/deadlines/{deadline}/check",
    "/deadlines/{deadline}/proof",
    "/declarations/{declaration}/pdf",
]
FORM = {
    "title": "x",
    "kind": "call",
    "happened_on": "today",
    "filed_on": "today",
    "filed_by": "ours",
    "says": "x",
    "done_on": "today",
    "how": "x",
    "because": "x",
}


def places(office: Office) -> dict[str, str]:
    return {
        "matter": office.matter.id,
        "request": office.request.id,
        "track": office.track.id,
        "event": office.sent.id,
        "lawsuit": office.lawsuit.id,
        "entry": office.complaint.id,
        "deadline": office.deadline("opposition").id,
        "declaration": office.declaration.id,
        "document": office.document.id,
        "task": office.task.id,
    }


def test_no_page_tells_a_stranger_more_than_a_random_address(
    office: Office, eve: TestClient
) -> None:
    here = places(office)
    for address, nowhere in NOWHERE.items():
        real = eve.get(address.format(**here))
        random = eve.get(address.format(**dict.fromkeys(here, nowhere)))

        assert (real.status_code, random.status_code) == (404, 404), address
        assert real.content == random.content, address
        assert '<a href="/due">Go to what is due</a>' in real.text
        assert "your browser’s Back button" in real.text


def test_no_form_of_a_stranger_does_anything(office: Office, eve: TestClient) -> None:
    here, before = places(office), office.history()
    for address in POSTS:
        # Only the fields the page has: an unknown one would be answered before the door.
        real = eve.post(address.format(**here), data=fields(address))
        random = eve.post(
            address.format(**dict.fromkeys(here, "Z-0000000000")), data=fields(address)
        )

        assert (real.status_code, random.status_code) == (404, 404), address
        assert real.content == random.content, address
    # That somebody was turned away is told; nothing else may be.
    told = [each for each in office.history() if each not in TOLD_ANYWAY]
    assert told == [each for each in before if each not in TOLD_ANYWAY]


def fields(address: str) -> dict[str, str]:
    wanted = {
        "edit": ["title"],
        "close": ["because"],
        "reopen": ["because"],
        "tasks": ["title"],
        "events": ["kind", "happened_on"],
        "docket": ["kind", "filed_on", "filed_by", "says"],
        "done": ["done_on", "how"],
    }.get(address.rsplit("/", 1)[1], [])
    form = {name: FORM[name] for name in wanted}
    return {**form, "kind": "motion"} if "docket" in address else form


OPEN = ["/due", "/matters", "/requests", "/documents", "/history", "/help"]


def test_nobody_reads_a_page_without_signing_in(office: Office) -> None:
    here, nobody = places(office), office.client()
    for address in [*NOWHERE, *OPEN]:
        answer = nobody.get(address.format(**here))

        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/sign-in?next=%2F"), address


def test_a_guest_of_the_matter_reads_and_changes_nothing(office: Office) -> None:
    with office.rows() as session:
        gil = makes.make_person(session, "Gil Ferro", Role.GUEST)
        makes.make_membership(session, gil, office.matter)
    guest = office.client(gil)

    page = guest.get(f"/requests/{office.request.id}/{office.track.id}")
    refused = guest.post(
        f"/requests/{office.request.id}/{office.track.id}/events",
        data={"kind": "call", "happened_on": "today"},
    )

    assert page.status_code == 200
    assert "Log something that happened" not in page.text
    assert refused.status_code == 403
    assert "A guest cannot log or change this." in refused.text
