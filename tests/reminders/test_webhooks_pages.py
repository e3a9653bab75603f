"""Webhooks on their pages and for programs."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.carrying import carry
from casemgr.db.tables import Person, Webhook
from casemgr.mail.outcomes import NotTaken
from casemgr.usecases import signin
from tests import makes
from tests.reminders.office import Office
from tests.reminders.test_settings_pages import browser
from tests.reminders.test_webhooks import Outside, move

SENT = {"name": "Chat", "address": "https://chat.example.org/h/5ecret", "tell-date.moved": "1"}


def program(office: Office, person: Person) -> TestClient:
    with office.desk.work(makes.actor_of(person)) as work:
        secret = signin.make_token(work, person, "a program")
    headers = {"Authorization": f"Bearer {secret}"}
    return TestClient(build(office.desk), headers=headers)


def test_one_is_made_tried_paused_changed_and_removed_on_its_pages(office: Office) -> None:
    mira = browser(office, office.cast.mira)
    made = mira.post("/webhooks", data=SENT)
    [secret] = re.findall(r"whsec_[\w+/]+=", made.text)
    with office.desk.work(reads_only=True) as work:
        hook = work.session.exec(select(Webhook)).one()
    page = f"/webhooks/{hook.id}"

    assert (made.status_code, hook.happenings) == (200, ["date.moved"])
    assert secret not in mira.get("/webhooks").text
    assert "A date or hearing that moved. All your matters." in mira.get("/webhooks").text
    assert "A test" in mira.post(f"{page}/test").text
    move(office)
    outside = Outside()
    carry(replace(office.desk, demonstration=False), outside.send)
    shown = mira.get(page).text
    assert sorted(outside.told) == ["date.moved", "test"]
    assert outside.taken[0][1].is_signed(secret)
    assert f'href="/deadlines/{office.deadline.id}"' in shown
    assert shown.count(">Sent<") == 2
    mira.post(f"{page}/pause")
    assert "What happens meanwhile waits" in mira.get(page).text
    assert "Let it go on first" in mira.post(f"{page}/test").text
    mira.post(f"{page}/resume")
    changed = mira.post(page, data={**SENT, "name": "New chat", "version": "3"})
    assert "<h1>New chat</h1>" in changed.text
    late = mira.post(page, data={**SENT, "name": "Newer chat", "version": "3"})
    assert late.status_code == 409
    assert 'value="Newer chat"' in late.text
    mira.post(f"{page}/remove")
    assert mira.get(page).status_code == 404


def test_of_a_matter_behind_a_wall_not_even_a_number_is_shown(office: Office) -> None:
    mira = browser(office, office.cast.mira)
    mira.post("/webhooks", data=SENT)
    with office.desk.work(reads_only=True) as work:
        hook = work.session.exec(select(Webhook)).one()
    outside = Outside(fails={hook.address: NotTaken("down")})
    move(office)
    carry(replace(office.desk, demonstration=False), outside.send)
    page = f"/webhooks/{hook.id}"
    before = mira.get("/webhooks").text, mira.get(page).text
    with office.desk.work() as work:
        cast = office.cast
        makes.make_wall(work.session, cast.mira, office.matter, cast.ada, cast.noor)
    after = mira.get("/webhooks").text, mira.get(page).text

    assert ("1 waiting" in before[0], "WD-" in before[1]) == (True, True)
    assert ("0 waiting" in after[0], "WD-" in after[1]) == (True, False)


def test_what_is_wrong_is_told_beside_what_was_typed(office: Office) -> None:
    mira = browser(office, office.cast.mira)
    wrong = mira.post("/webhooks", data={**SENT, "address": "http://chat.example.org/"})
    nothing = mira.post("/webhooks", data={"name": "Chat", "address": SENT["address"]})

    assert (wrong.status_code, nothing.status_code) == (422, 422)
    assert "Use https" in wrong.text
    assert 'name="tell-date.moved" value="1" checked' in wrong.text
    assert "Fill this in" in nothing.text


def test_an_administrator_sees_where_it_leads_and_stops_it(office: Office) -> None:
    mira, noor = browser(office, office.cast.mira), browser(office, office.cast.noor)
    mira.post("/webhooks", data={**SENT, "name": "Alvarez", "about_matter_id": office.matter.id})
    with office.desk.work(reads_only=True) as work:
        hook = work.session.exec(select(Webhook)).one()

    shown = noor.get("/webhooks").text
    assert "chat.example.org" in shown
    assert "Mira Castellan" in shown
    assert "5ecret" not in shown
    assert "Make a webhook" not in shown
    assert noor.get(f"/webhooks/{hook.id}").status_code == 404
    noor.post(f"/webhooks/{hook.id}/remove")
    assert "You have no webhook yet" in mira.get("/webhooks").text
    assert "made by attorneys" in browser(office, office.cast.sam).get("/webhooks").text


def test_a_program_makes_changes_and_removes_one(office: Office) -> None:
    mira, eve, ada = (
        program(office, each) for each in (office.cast.mira, office.cast.eve, office.cast.ada)
    )
    given = {"name": "Chat", "address": SENT["address"], "happenings": ["date.moved"]}

    made = mira.post("/api/v1/webhooks", json=given)
    where = made.headers["Location"]
    assert made.json()["secret"].startswith("whsec_")
    assert not {"secret", "salt", "told_seq"} & set(mira.get(where).json())
    assert eve.get(where).status_code == 404
    assert ada.post("/api/v1/webhooks", json=given).status_code == 403
    held = {"If-Match": mira.get(where).headers["ETag"]}
    named = mira.patch(where, json={"name": "New chat"}, headers=held)
    assert (named.status_code, named.json()["happenings"]) == (200, ["date.moved"])
    held = {"If-Match": named.headers["ETag"]}
    assert mira.post(f"{where}/test", headers=held).status_code == 200
    [waiting] = mira.get("/api/v1/webhook-deliveries?state=pending").json()["items"]
    assert waiting["happening"] == "test"
    again = f"/api/v1/webhook-deliveries/{waiting['id']}"
    etag = {"If-Match": mira.get(again).headers["ETag"]}
    assert mira.post(f"{again}/repetition", headers=etag).status_code == 409
    assert eve.get("/api/v1/webhook-deliveries").json()["items"] == []
    assert mira.delete(where, headers=held).status_code == 204
    assert mira.get(where).json()["ended_at"] is not None
