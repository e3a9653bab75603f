"""Who may do what through the API: every route is in this list, and a stranger learns nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from httpx2 import Response
from starlette.testclient import TestClient

from casemgr.api.routers import NOUNS
from casemgr.db.tables import Matter, Person
from tests import makes
from tests.api.conftest import API, BY_PATH, MADE, OfficeBehindApi


@dataclass(frozen=True)
class Row:
    """Who of the matter's people may add and change; reading is everybody's on it."""

    add: str = ""
    change: str = ""


LOG, MANAGE = "ada sam mira", "ada mira"

# One line a noun, each of its routes meant. A noun that is not here fails the test below.
MATRIX = {
    "people": Row("noor", "noor"),
    "matters": Row("ada mira eve", LOG),
    "memberships": Row(MANAGE, MANAGE),
    "tasks": Row(LOG, LOG),
    "flags": Row(LOG),
    "organisations": Row("ada sam mira eve", "ada sam mira eve"),
    "contacts": Row("ada sam mira eve", "ada sam mira eve"),
    "agencies": Row("ada mira eve", "ada mira eve"),
    "courts": Row(),
    "requests": Row(LOG, LOG),
    "request-drafts": Row("ada sam mira eve", "ada sam mira eve"),  # each their own
    "request-items": Row(LOG, LOG),
    "requesters": Row(LOG),
    "recipients": Row(LOG, LOG),
    "tracks": Row(LOG, LOG),
    "tracking-numbers": Row(LOG, LOG),
    "events": Row(LOG, LOG),
    "appeals": Row(LOG, LOG),
    "productions": Row(LOG, LOG),
    "lawsuits": Row(LOG, LOG),
    "lawsuit-statuses": Row(LOG, LOG),
    "related-lawsuits": Row(LOG, LOG),
    "parties": Row(LOG, LOG),
    "appearances": Row(LOG, LOG),
    "services": Row(LOG, LOG),
    "docket-entries": Row(LOG, LOG),
    "docket-papers": Row(),
    "docket-lines": Row(),
    "docket-takings": Row(),
    "filings": Row(LOG, LOG),
    "filing-checks": Row(),
    "translations": Row(LOG, LOG),
    "order-dates": Row(LOG, LOG),
    "waiting-deadlines": Row(LOG, LOG),
    "hearings": Row(LOG, LOG),
    "search-statements": Row(LOG, LOG),
    "production-paces": Row(LOG, LOG),
    "deadlines": Row("", LOG),
    "reminders": Row(),
    "reminder-policies": Row("mira eve noor"),
    "reminder-hours": Row("ada sam mira eve noor"),
    "own-reminder-days": Row("ada sam mira eve noor"),
    "declarations": Row(LOG, LOG),
    "declaration-versions": Row(LOG, LOG),
    "paragraphs": Row(LOG, LOG),
    "exhibits": Row(LOG, LOG),
    "accepted-notes": Row(),
    "sign-offs": Row(),
    "documents": Row(LOG, LOG),
    "letters": Row(),
    "letter-drafts": Row(LOG, LOG),
    "letter-releases": Row(),
    "sendings": Row("", LOG),
    "standing-permissions": Row("mira"),
    "office-templates": Row("ada mira eve"),
    "legal-holds": Row(MANAGE),
    "walls": Row("mira noor"),
    "emergencies": Row("ada mira eve"),
    "closures": Row("ada mira eve"),
    "imports": Row(),
    "saved-views": Row("ada sam mira eve", "ada"),
    "history": Row(),
    "origins": Row(),
    "passkeys": Row(),
    "calendar-feeds": Row(),
    "webhooks": Row(),
    "webhook-deliveries": Row(),
    "tokens": Row(),
}

# Routes that no noun's four words cover; each is tried in a test of its own.
BESIDES = {
    ("get", "/api/v1/me"),
    ("post", "/api/v1/documents/upload"),
    ("put", "/api/v1/documents/{id}/file"),
    ("get", "/api/v1/documents/{id}/file"),
    ("post", "/api/v1/letters"),
    ("get", "/api/v1/letters/{id}/file"),
    ("get", "/api/v1/letters/{id}/word"),
    ("get", "/api/v1/letter-drafts/{id}/checks"),
    ("get", "/api/v1/declarations/{id}/filing"),
    ("post", "/api/v1/declarations/{id}/filing"),
    ("post", "/api/v1/declarations/{id}/package"),
    ("post", "/api/v1/filing-checks/{id}/clearing"),
    ("post", "/api/v1/declarations/{id}/returns"),
    ("get", "/api/v1/declarations/{id}/returns/{document_id}"),
    ("post", "/api/v1/declarations/{id}/returns/{document_id}"),
    ("get", "/api/v1/office-templates/{id}/trial"),
    ("post", "/api/v1/office-templates/{id}/approval"),
    ("post", "/api/v1/office-templates/{id}/withdrawal"),
    ("post", "/api/v1/letter-drafts/{id}/handing-in"),
    ("post", "/api/v1/letter-drafts/{id}/sending-back"),
    ("post", "/api/v1/letter-drafts/{id}/giving-up"),
    ("post", "/api/v1/letter-drafts/{id}/release"),
    ("post", "/api/v1/letter-releases/{id}/sending"),
    ("get", "/api/v1/tracks/{id}/letters"),
    ("post", "/api/v1/standing-permissions/{id}/taking-back"),
    ("delete", "/api/v1/request-drafts/{id}"),
    ("put", "/api/v1/request-drafts/{id}/file"),
    ("post", "/api/v1/requests/near"),
    ("post", "/api/v1/events/{id}/withdrawal"),
    ("post", "/api/v1/events/{id}/choice"),
    ("post", "/api/v1/tracks/{id}/incoming"),
    ("post", "/api/v1/closures/{id}/withdrawal"),
    ("get", "/api/v1/deadlines/{id}/by-rule"),
    ("post", "/api/v1/deadlines/{id}/acknowledgement"),
    ("post", "/api/v1/deadlines/{id}/snooze"),
    ("get", "/api/v1/requests/list"),
    ("get", "/api/v1/requests/file"),
    ("delete", "/api/v1/saved-views/{id}"),
    ("post", "/api/v1/imports"),
    ("get", "/api/v1/imports/{id}/rows"),
    ("post", "/api/v1/imports/{id}/matching"),
    ("post", "/api/v1/imports/{id}/start"),
    ("post", "/api/v1/imports/{id}/undoing"),
    ("post", "/api/v1/imports/{id}/dropping"),
    ("get", "/api/v1/rules"),
    ("get", "/api/v1/rules/{id}"),
    ("post", "/api/v1/law"),
    ("post", "/api/v1/invitations"),
    ("post", "/api/v1/invitations/class"),
    ("post", "/api/v1/staff-list/{id}/invitation"),
    ("post", "/api/v1/staff-list/{id}/reset"),
    ("post", "/api/v1/staff-list/{id}/off-boarding"),
    ("get", "/api/v1/sessions"),
    ("get", "/api/v1/sessions/{id}"),
    ("delete", "/api/v1/sessions/{id}"),
    ("post", "/api/v1/asks"),
    ("post", "/api/v1/tokens"),
    ("delete", "/api/v1/tokens/{id}"),
    ("delete", "/api/v1/passkeys/{id}"),
    ("get", "/api/v1/calendar"),
    ("get", "/api/v1/calendar.ics"),
    ("post", "/api/v1/calendar-feeds"),
    ("delete", "/api/v1/calendar-feeds/{id}"),
    ("get", "/api/v1/calendar-feeds/{id}/subscribers"),
    ("post", "/api/v1/webhooks"),
    ("patch", "/api/v1/webhooks/{id}"),
    ("delete", "/api/v1/webhooks/{id}"),
    ("post", "/api/v1/webhooks/{id}/test"),
    ("post", "/api/v1/webhooks/{id}/pause"),
    ("post", "/api/v1/webhooks/{id}/resumption"),
    ("post", "/api/v1/webhook-deliveries/{id}/repetition"),
    ("get", "/api/v1/history/seal"),
    ("post", "/api/v1/legal-holds/{id}/ask-release"),
    ("post", "/api/v1/legal-holds/{id}/release"),
    ("post", "/api/v1/walls/{id}/up"),
    ("post", "/api/v1/walls/{id}/ask-lift"),
    ("post", "/api/v1/walls/{id}/down"),
    ("post", "/api/v1/emergencies/{id}/opening"),
    ("post", "/api/v1/emergencies/{id}/end"),
    ("post", "/api/v1/conflicts"),
    ("get", "/api/v1/hand-overs"),
    ("post", "/api/v1/hand-overs"),
    ("post", "/api/v1/matters/{id}/closing"),
    ("post", "/api/v1/matters/{id}/reopening"),
    ("get", "/api/v1/matters/{id}/package"),
    ("get", "/api/v1/matters/{id}/exhaustion"),
    ("get", "/api/v1/matters/{id}/search-log"),
    ("get", "/api/v1/matters/{id}/production-ledger"),
    ("get", "/api/v1/origins/{id}/history"),
    ("post", "/api/v1/docket-papers/upload"),
    ("post", "/api/v1/documents/{id}/docket-plan"),
    ("post", "/api/v1/documents/{id}/docket-import"),
    ("post", "/api/v1/documents/{id}/docket-takings"),
    ("post", "/api/v1/search-statements/{id}/withdrawal"),
    ("post", "/api/v1/hearings/{id}/moving"),
    ("post", "/api/v1/hearings/{id}/calling-off"),
    ("get", "/api/v1/lawsuits/{id}/docket-dates"),
    ("get", "/api/v1/lawsuits/{id}/docket-periods"),
    ("get", "/api/v1/lawsuits/{id}/service-table"),
    ("get", "/api/v1/lawsuits/{id}/tracks"),
    ("get", "/api/v1/lawsuits/{id}/papers"),
    ("post", "/api/v1/lawsuits/{id}/papers"),
    ("post", "/api/v1/matters/{id}/docket-report"),
    ("put", "/api/v1/lawsuits/{id}/tracks/{track_id}"),
    ("post", "/api/v1/declaration-versions/{id}/naming"),
    ("post", "/api/v1/declaration-versions/{id}/sending"),
    ("post", "/api/v1/declaration-versions/{id}/reading"),
    ("post", "/api/v1/declaration-versions/{id}/numbering"),
    ("post", "/api/v1/declaration-versions/{id}/inserting"),
    ("post", "/api/v1/declaration-versions/{id}/fixing"),
    ("post", "/api/v1/declaration-versions/{id}/accepting"),
    ("post", "/api/v1/declaration-versions/{id}/sign-off"),
    ("post", "/api/v1/declaration-versions/{id}/signing"),
    ("post", "/api/v1/declaration-versions/{id}/filing"),
    ("post", "/api/v1/paragraphs/{id}/moving"),
    ("post", "/api/v1/paragraphs/{id}/joining"),
    ("post", "/api/v1/paragraphs/{id}/dividing"),
    ("post", "/api/v1/paragraphs/{id}/taking-out"),
    ("post", "/api/v1/paragraphs/{id}/putting-back"),
    ("post", "/api/v1/paragraphs/{id}/numbering"),
    ("post", "/api/v1/paragraphs/{id}/sources"),
    ("post", "/api/v1/exhibits/{id}/taking-out"),
    ("post", "/api/v1/exhibits/{id}/putting-back"),
    ("post", "/api/v1/accepted-notes/{id}/taking-back"),
    ("get", "/api/v1/declaration-versions/{id}/checks"),
    ("get", "/api/v1/declaration-versions/{id}/comparison"),
    ("get", "/api/v1/declarations/{id}/facts"),
    ("get", "/healthz"),
    ("get", "/readyz"),
}

OFFICE_WIDE = {
    "people", "organisations", "contacts", "agencies", "courts", "tokens", "closures", "passkeys",
    "reminder-policies", "reminder-hours", "own-reminder-days",
}  # fmt: skip
ON_MATTER = [path for path in MADE if path not in OFFICE_WIDE]


def test_every_route_is_meant(office: OfficeBehindApi) -> None:
    served = {
        (method, path)
        for path, operations in office.app.openapi()["paths"].items()
        for method in operations
    }
    meant = set(BESIDES)
    for path, row in MATRIX.items():
        meant |= {("get", f"{API}/{path}"), ("get", f"{API}/{path}/{{id}}")}
        meant |= {("post", f"{API}/{path}")} if row.add else set()
        meant |= {("patch", f"{API}/{path}/{{id}}")} if row.change else set()

    assert len(served) > 100
    assert served == meant


def _people(office: OfficeBehindApi) -> dict[str, Person]:
    cast = office.cast
    return {"ada": cast.ada, "sam": cast.sam, "mira": cast.mira, "gil": office.gil}


def _row_id(office: OfficeBehindApi, path: str) -> str:
    return office.ids[f"{BY_PATH[path].one_name}_id"]


def _patch(client: TestClient, address: str, example: object) -> int:
    etag = client.get(address).headers.get("ETag", '"1"')
    return client.patch(address, json=example, headers={"If-Match": etag}).status_code


def test_who_on_the_matter_may_change(full_office: OfficeBehindApi) -> None:
    clients = {name: full_office.client(each) for name, each in _people(full_office).items()}
    changing = [path for path in ON_MATTER if MATRIX[path].change]
    assert changing

    for path, (name, client) in product(changing, clients.items()):
        change = BY_PATH[path].change
        assert change is not None
        address = f"{API}/{path}/{_row_id(full_office, path)}"
        allowed = name in MATRIX[path].change.split()
        assert client.get(address).status_code == 200
        example = {"title": f"Call, {name}"} if path == "tasks" else change.example
        assert _patch(client, address, example) == (200 if allowed else 403), (path, name)


def test_a_guest_adds_nothing_and_is_told_who_can(full_office: OfficeBehindApi) -> None:
    gil = full_office.client(full_office.gil)

    for path in ON_MATTER:
        answer = gil.post(f"{API}/{path}", json=full_office.example(BY_PATH[path]))
        assert answer.status_code == 403, (path, answer.text)
        assert "Students and staff and attorneys on the matter can" in answer.json()["detail"]


def test_a_stranger_learns_nothing(full_office: OfficeBehindApi) -> None:
    eve = full_office.client(full_office.cast.eve)
    tries = []

    for path in ON_MATTER:
        assert eve.get(f"{API}/{path}").json() == {"items": [], "next": None}
        row_id = _row_id(full_office, path)
        for each in (row_id, f"{row_id.split('-')[0]}-0000000000"):
            tries += _tries(eve, path, each)

    assert len(tries) > 100
    assert {answer.status_code for answer in tries} == {404}
    assert len({answer.content for answer in tries}) == 1
    assert len({tuple(sorted(answer.headers)) for answer in tries}) == 1


def _tries(client: TestClient, path: str, row_id: str) -> list[Response]:
    address = f"{API}/{path}/{row_id}"
    change = BY_PATH[path].change
    if change is None:
        return [client.get(address)]
    held = {"If-Match": '"1"'}
    return [
        client.get(address),
        client.patch(address, json=change.example),
        client.patch(address, json=change.example, headers=held),
    ]


def test_a_stranger_adds_nothing(full_office: OfficeBehindApi) -> None:
    eve = full_office.client(full_office.cast.eve)

    for path in ON_MATTER:
        create = BY_PATH[path].create
        assert create is not None
        parent = create.parent or "track_id"
        given = full_office.example(BY_PATH[path])
        never = {**given, parent: f"{given[parent].split('-')[0]}-0000000000"}
        there, nowhere = (eve.post(f"{API}/{path}", json=each) for each in (given, never))
        assert (there.status_code, nowhere.status_code) == (404, 404), path
        assert there.content == nowhere.content


def test_a_foreign_id_in_a_body_says_the_same_as_one_that_never_was(
    full_office: OfficeBehindApi,
) -> None:
    eve = full_office.client(full_office.cast.eve)
    matter = eve.post(f"{API}/matters", json={"title": "Eve's own"}).json()["id"]

    def production(track_id: str) -> dict[str, str]:
        given = {"matter_id": matter, "title": "Release", "track_id": track_id}
        answer = eve.post(f"{API}/productions", json=given)
        assert answer.status_code == 422
        errors: dict[str, str] = answer.json()["errors"]
        return errors

    assert production(full_office.ids["track_id"]) == production("T-0000000000")


def test_a_docket_number_on_somebody_elses_matter_is_not_betrayed(
    full_office: OfficeBehindApi,
) -> None:
    eve = full_office.client(full_office.cast.eve)
    matter = eve.post(f"{API}/matters", json={"title": "Eve's own"}).json()["id"]
    given = {**full_office.example(BY_PATH["lawsuits"]), "matter_id": matter}

    taken = eve.post(f"{API}/lawsuits", json=given)

    assert taken.status_code == 201, taken.text


def test_an_administrator_reads_no_matter(full_office: OfficeBehindApi) -> None:
    noor = full_office.client(full_office.cast.noor)

    for path in [*ON_MATTER, "matters", "deadlines", "memberships", "letters", "reminders"]:
        assert noor.get(f"{API}/{path}").json()["items"] == [], path


def test_a_wall_beats_membership(full_office: OfficeBehindApi) -> None:
    mira = full_office.cast.mira
    client = full_office.client(mira)
    address = f"{API}/matters/{full_office.ids['matter_id']}"
    assert client.get(address).status_code == 200

    with full_office.desk.work() as work:
        matter = work.session.get_one(Matter, full_office.ids["matter_id"])
        makes.make_wall(work.session, mira, matter, full_office.cast.ada, full_office.cast.noor)

    assert client.get(address).status_code == 404
    assert client.get(f"{API}/events").json()["items"] == []


def test_nobody_signed_in_is_told_how(office: OfficeBehindApi) -> None:
    nobody = TestClient(office.app)

    for noun in NOUNS:
        answer = nobody.get(f"{API}/{noun.path}")
        assert answer.status_code == 401, noun.path
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_only_administrators_see_everything_of_everybody(office: OfficeBehindApi) -> None:
    ada, noor = office.client(office.cast.ada), office.client(office.cast.noor)
    gil = office.client(office.gil)
    sam = f"{API}/people/{office.cast.sam.id}"

    seen = {each["id"]: each["email"] for each in ada.get(f"{API}/people").json()["items"]}
    everything = noor.get(f"{API}/people").json()["items"]

    assert len(seen) == 6
    assert {person for person, email in seen.items() if email} == {office.cast.ada.id}
    assert all(each["email"] for each in everything)
    assert not any("hash" in name for each in everything for name in each)
    assert ada.get(sam).json()["email"] is None
    assert noor.get(sam).json()["email"] == "sam@example.org"
    assert ada.get(f"{API}/me").json()["email"] == "ada@example.org"
    assert [each["id"] for each in gil.get(f"{API}/people").json()["items"]] == [office.gil.id]


def test_somebody_made_inactive_is_out_at_once(office: OfficeBehindApi) -> None:
    sam, noor = office.client(office.cast.sam), office.client(office.cast.noor)
    assert sam.get(f"{API}/me").status_code == 200

    answer = noor.patch(
        f"{API}/people/{office.cast.sam.id}",
        json={"active": False},
        headers={"If-Match": '"1"'},
    )

    assert answer.status_code == 200, answer.text
    assert sam.get(f"{API}/me").status_code == 401


def test_staff_cannot_add_people(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    added = ada.post(f"{API}/people", json=office.example(BY_PATH["people"]))
    changed = ada.patch(
        f"{API}/people/{office.cast.sam.id}",
        json={"role": "attorney"},
        headers={"If-Match": '"1"'},
    )

    assert (added.status_code, changed.status_code) == (403, 403)
    assert "administrator" in added.json()["detail"]


def test_an_administrator_adds_and_changes_people(office: OfficeBehindApi) -> None:
    noor = office.client(office.cast.noor)

    added = noor.post(f"{API}/people", json=office.example(BY_PATH["people"]))
    twice = noor.post(f"{API}/people", json=office.example(BY_PATH["people"]))
    changed = noor.patch(
        added.headers["Location"],
        json={"title": "Senior paralegal"},
        headers={"If-Match": added.headers["ETag"]},
    )

    assert added.status_code == 201, added.text
    assert "email" in twice.json()["errors"]
    assert changed.json()["title"] == "Senior paralegal"
    assert changed.json()["email"] == "ada.marlowe@example.org"
