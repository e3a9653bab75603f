"""The hand-over: what leaves with somebody goes to who will be there, all or nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Deadline, HistoryEntry, Matter, Membership, Person, Reminder, Task
from casemgr.domain.words import ReminderState, Role
from tests import makes
from tests.api.conftest import API
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LAST = date(2010, 11, 5)
LATER = date(2010, 11, 12)


@pytest.fixture
def deadline(office: Office) -> Deadline:
    """Let Sam leave on November 5 with a date of November 12, a plan, and one day before."""
    sam = office.cast.sam
    with office.rows() as session:
        session.get_one(Person, sam.id).term_ends_on = LAST
        session.get_one(Task, office.task.id).person_id = sam.id
        for member in session.exec(select(Membership)):
            member.responsible = member.person_id == office.cast.mira.id
        makes.make_deadline(
            session, office.matter, date(2010, 11, 2), title="Early", owner_id=sam.id
        )
        return makes.make_deadline(session, office.matter, LATER, title="Oppose", owner_id=sam.id)


def fields(page: str) -> dict[str, str]:
    """Return the name of the field for each duty, by the code in it."""
    names = re.findall(r'<select id="[^"]+" name="([a-z]+\.[^"]+)"', page)
    return {name.split(".")[1]: name for name in names}


def here(office: Office) -> str:
    return f"/hand-over/{office.cast.sam.id}"


def give(
    office: Office, browser: TestClient, *, note: str = "", all: str = "", **to: str
) -> tuple[int, str]:
    """Choose somebody on Sam's page for each duty named by its code, and hand over."""
    named = fields(browser.get(here(office)).text)
    sent = {named[code]: who for code, who in to.items()} | dict.fromkeys(named.values(), "")
    sent |= {named[code]: who for code, who in to.items()}
    address = f"{here(office)}/{office.matter.id}"
    answer = browser.post(address, data={**sent, "all": all, "note": note})
    return answer.status_code, text_of(answer.text)


def owner(office: Office, deadline: Deadline) -> str | None:
    with office.rows() as session:
        return session.get_one(Deadline, deadline.id).owner_id


def test_who_leaves_is_listed_with_what_nobody_would_be_there_for_first(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    overview = text_of(ada.get("/hand-over").text)
    assert "To hand over (1) Of whoever leaves before Friday, November 26, 2010" in overview
    assert re.search(r"Sam Okonjo Fri, Nov 5 1 3 1", overview)
    assert "Mira Castellan no end" in overview.partition("Everybody else")[2]
    sooner = text_of(ada.get("/hand-over?before=11/1/2010").text)
    assert "To hand over (1)" in sooner  # a date of his is after his last day
    assert ada.get("/hand-over?before=the end").status_code == 422

    page = ada.get(here(office)).text
    said = text_of(page)
    assert "3 open duties, 1 with nobody there on its day." in said
    assert "Last day here: Friday, November 5, 2010." in said
    assert next(iter(fields(page))) == deadline.id
    assert "For 1 open duty nobody will be there on its day" in text_of(ada.get("/due").text)


def test_one_duty_goes_to_somebody_who_will_be_there(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    mira = office.cast.mira
    status, _ = give(office, ada, note="Call Jo first.", **{deadline.id: mira.id})

    assert status == 303
    assert owner(office, deadline) == mira.id
    with office.rows() as session:
        assert session.get_one(Task, office.task.id).person_id == office.cast.sam.id
        told = session.exec(select(Task).where(Task.person_id == mira.id)).one()
        assert told.title == "Take over from Sam Okonjo: 1 duty"
        assert "Oppose (November 12, 2010). Call Jo first." in told.note
        asked = select(Reminder.person_id, Reminder.state).where(
            Reminder.deadline_id == deadline.id
        )
        assert {who for who, state in session.exec(asked)} == {mira.id}
    memo = text_of(ada.get(here(office)).text)
    assert "2 open duties." in memo
    assert "Mira Castellan: Oppose (November 12, 2010). By Ada Marlowe. Call Jo first." in memo
    assert "Gone by then" not in memo
    assert "handed 1 duty of Sam Okonjo over to Mira Castellan" in text_of(
        ada.get(f"/matters/{office.matter.id}/history").text
    )


def test_everything_goes_to_one_person_but_what_was_chosen_apart(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    mira, own = office.cast.mira.id, office.cast.ada.id
    assert give(office, ada, all=mira, **{deadline.id: own})[0] == 303

    assert owner(office, deadline) == own
    with office.rows() as session:
        assert session.get_one(Task, office.task.id).person_id == mira
        told = select(Task.person_id).where(Task.title.startswith("Take over"))
        assert list(session.exec(told)) == [mira]  # who took it themselves knows
    assert "Sam Okonjo has no open duties on your matters." in text_of(ada.get(here(office)).text)


def test_who_will_be_gone_is_refused_and_nothing_is_handed_over(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    cast = office.cast
    with office.rows() as session:
        bea = makes.make_person(session, "Bea Noll", Role.STUDENT, term_ends_on=LAST)
        makes.make_membership(session, bea, office.matter)
    page = ada.get(here(office)).text
    row = page[page.index(f"f-deadline.{deadline.id}") :].partition("</select>")[0]
    assert ("Bea Noll" in row, "Ada Marlowe" in row) == (False, True)

    status, said = give(
        office, ada, note="Kept.", **{deadline.id: bea.id, office.task.id: cast.mira.id}
    )

    assert status == 422
    assert (
        "Bea Noll will not be there on November 12, 2010: their last day is November 5, 2010. "
        "Ada Marlowe and Mira Castellan can." in said
    )
    assert "Nothing was handed over." in said
    assert "Kept." in said
    assert owner(office, deadline) == cast.sam.id
    with office.rows() as session:
        assert session.get_one(Task, office.task.id).person_id == cast.sam.id
    assert "duties.handed_over" not in office.history()
    stranger, noor = (give(office, ada, **{deadline.id: p.id})[1] for p in (cast.eve, cast.noor))
    assert "There is nobody like that on this matter. Ada Marlowe and Mira" in stranger
    assert "There is nobody like that on this matter. Ada Marlowe and Mira" in noor
    assert "Choose somebody for at least one duty." in give(office, ada)[1]


def test_what_somebody_changed_meanwhile_is_not_handed_over(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    named = fields(ada.get(here(office)).text)
    with office.rows() as session:
        session.get_one(Deadline, deadline.id).second_id = office.cast.mira.id
    address = f"{here(office)}/{office.matter.id}"

    late = ada.post(address, data={named[deadline.id]: office.cast.ada.id})

    assert late.status_code == 409
    assert "Somebody else changed this while you had it open." in text_of(late.text)
    assert owner(office, deadline) == office.cast.sam.id


def test_a_student_hands_over_their_own_and_nobody_elses(
    office: Office, deadline: Deadline, sam: TestClient
) -> None:
    mira = office.cast.mira
    assert "Your last day is Friday, November 5, 2010." in text_of(sam.get("/due").text)
    assert "Mira Castellan" not in text_of(sam.get("/hand-over").text)
    others = sam.get(f"/hand-over/{mira.id}")
    assert others.status_code == 403
    assert "Staff and attorneys on the matter can." in others.text

    assert give(office, sam, **{deadline.id: mira.id})[0] == 303

    with office.rows() as session:
        theirs = makes.make_deadline(session, office.matter, LATER, owner_id=mira.id)
    one = {"kind": "deadline", "id": theirs.id, "version": 1, "to_id": office.cast.ada.id}
    refused = sam.post(f"{API}/hand-overs", json={"duties": [one]})
    assert refused.status_code == 403
    assert owner(office, theirs) == mira.id


def test_what_nobody_is_there_for_is_found_and_given(office: Office, ada: TestClient) -> None:
    overview = text_of(ada.get("/hand-over").text)
    assert "Nobody named nobody answers for it" in overview

    page = ada.get("/hand-over/nobody").text
    address = f"/hand-over/nobody/{office.matter.id}"
    sent = {**dict.fromkeys(fields(page).values(), ""), "all": office.cast.mira.id}
    assert ada.post(address, data=sent).status_code == 303

    assert "Everything has somebody who will be there." in text_of(
        ada.get("/hand-over/nobody").text
    )


def test_who_answers_for_a_matter_hands_that_over_too(office: Office, deadline: Deadline) -> None:
    cast, mira = office.cast, office.client(office.cast.mira)
    with office.rows() as session:
        unowned = makes.make_deadline(session, office.matter, LATER, title="Nobody's")
    page = mira.get(f"/hand-over/{cast.mira.id}").text
    assert "Answers for the matter" in page
    (name,) = fields(page).values()

    address = f"/hand-over/{cast.mira.id}/{office.matter.id}"
    assert mira.post(address, data={name: cast.ada.id}).status_code == 303

    with office.rows() as session:
        answers = session.exec(select(Membership).where(Membership.responsible)).one()
        assert answers.person_id == cast.ada.id
        asked = select(Reminder.person_id, Reminder.state).where(Reminder.deadline_id == unowned.id)
        pending = {who for who, state in session.exec(asked) if state is ReminderState.PENDING}
    assert pending == {cast.ada.id}


def test_off_the_matter_there_is_nobody_to_hand_over(
    office: Office, deadline: Deadline, eve: TestClient
) -> None:
    noor = office.client(office.cast.noor)
    real, never = eve.get(here(office)), eve.get("/hand-over/P-0000000000")
    assert (real.status_code, never.status_code) == (404, 404)
    assert real.content == never.content
    assert "Sam Okonjo" not in eve.get("/hand-over").text
    sent = {f"deadline.{deadline.id}.1": office.cast.eve.id}
    assert eve.post(f"{here(office)}/{office.matter.id}", data=sent).status_code == 404
    assert noor.get("/hand-over").status_code == 403
    assert noor.get(here(office)).status_code == 403
    assert owner(office, deadline) == office.cast.sam.id


def test_a_closed_matter_has_nothing_to_hand_over(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    with office.rows() as session:
        session.get_one(Matter, office.matter.id).closed_on = makes.TODAY

    assert "has no open duties" in text_of(ada.get(here(office)).text)
    one = {"kind": "deadline", "id": deadline.id, "version": 1, "to_id": office.cast.ada.id}
    refused = ada.post(f"{API}/hand-overs", json={"duties": [one]})
    assert refused.status_code == 409
    assert "Reopen it first" in refused.json()["detail"]


def test_programs_hand_over_once_with_the_version_they_read(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    listed = ada.get(f"{API}/hand-overs", params={"before": "2010-11-26"}).json()
    assert [each["title"] for each in listed["items"]] == [
        "Oppose",
        "Early",
        "Call the FOIA officer",
    ]
    first = listed["items"][0]
    assert first["alone"] is True
    assert office.cast.sam.id not in first["could_take"]
    wanted = {name: first[name] for name in ("kind", "id", "version")}
    body = {"duties": [{**wanted, "to_id": office.cast.mira.id}], "note": ""}
    key = {"Idempotency-Key": "once"}

    done = ada.post(f"{API}/hand-overs", json=body, headers=key)
    again = ada.post(f"{API}/hand-overs", json=body, headers=key)
    stale = ada.post(f"{API}/hand-overs", json=body)

    assert done.status_code == 201, done.text
    assert done.json()["items"] == [
        {
            "kind": "deadline",
            "id": deadline.id,
            "matter_id": office.matter.id,
            "from_id": office.cast.sam.id,
            "to_id": office.cast.mira.id,
        }
    ]
    assert (again.status_code, again.content) == (201, done.content)
    assert stale.status_code == 409
    with office.rows() as session:
        tags = select(HistoryEntry).where(HistoryEntry.what == "duties.handed_over")
        assert len(session.exec(tags).all()) == 1


def test_a_name_in_a_program_that_cannot_be_is_a_problem_of_its_duty(
    office: Office, deadline: Deadline, ada: TestClient
) -> None:
    one = {"kind": "deadline", "id": deadline.id, "version": 1, "to_id": office.cast.mira.id}
    twice = ada.post(f"{API}/hand-overs", json={"duties": [one, one]})
    none = ada.post(f"{API}/hand-overs", json={"duties": []})

    assert (twice.status_code, none.status_code) == (422, 422)
    assert list(twice.json()["errors"]) == [f"deadline.{deadline.id}"]
