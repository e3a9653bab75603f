"""People: a class comes in on one list or not at all, and who leaves is out at once."""

from __future__ import annotations

import re

import pytest
from httpx2 import Response
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from casemgr.db import tables
from casemgr.desk import open_desk
from casemgr.domain.words import Role
from casemgr.errors import Refused
from casemgr.people_cli import app as people_command
from casemgr.settings import settings
from casemgr.usecases import invitations, signin
from casemgr.usecases.signin import token_hash
from tests import makes
from tests.web.conftest import Office, text_of

CLASS = (
    "Priya Shah, priya@example.org\n"
    "Ben Wolfe; BEN@example.org; student\n"
    "\n"
    "Maya Chen\tmaya@example.org\tstaff\n"
)


def addresses(office: Office) -> set[str]:
    with office.rows() as session:
        return set(session.exec(select(tables.Person.email)))


def test_a_class_is_invited_from_a_pasted_list(office: Office) -> None:
    noor = office.client(office.cast.noor)

    answer = noor.post("/people/invite-class", data={"lines": CLASS, "term_ends_on": "12/11/2010"})

    assert answer.status_code == 200
    assert len(set(re.findall(r"/invitation/[\w-]{43}", answer.text))) == 3
    listed = text_of(noor.get("/people").text)
    assert "8 people of the office" in listed
    with office.rows() as session:
        asked = select(tables.Person).where(tables.Person.email == "ben@example.org")
        ben = session.exec(asked).one()
    assert (ben.role, str(ben.term_ends_on)) == (Role.STUDENT, "2010-12-11")


def test_a_list_with_wrong_lines_invites_nobody_and_names_each(office: Office) -> None:
    before = addresses(office)
    lines = (
        "Priya Shah, priya@example.org\n"
        "Ben Wolfe\n"
        "Ada Again, ada@example.org\n"
        "Priya Twice, PRIYA@example.org\n"
        "Gus, gus@example.org, king\n"
        "Odd, odd@nowhere\n"
    )

    answer = office.client(office.cast.noor).post("/people/invite-class", data={"lines": lines})

    said = text_of(answer.text)
    assert answer.status_code == 422
    assert "Nobody was invited." in said
    assert "Line 1:" not in said
    for number, why in ((2, "no e-mail"), (4, "on line 1 too"), (5, "role"), (6, "e-mail address")):
        assert re.search(rf"Line {number}: [^.]*{why}", said), (number, said)
    assert addresses(office) == before
    assert "Priya Shah, priya@example.org" in answer.text  # what was pasted is still there


def test_an_address_that_is_taken_stops_the_whole_list(office: Office) -> None:
    before = addresses(office)
    lines = "Priya Shah, priya@example.org\nAda Again, ADA@example.org\n"

    answer = office.client(office.cast.noor).post("/people/invite-class", data={"lines": lines})

    assert "Line 2: Somebody of the office has this address already." in text_of(answer.text)
    assert addresses(office) == before
    assert "person.invited" not in office.history()


@pytest.mark.parametrize(
    "address",
    ["/people", "/people/invite", "/people/P-7F3KQ2X8MP"],
)
def test_only_administrators_look_after_people(office: Office, address: str) -> None:
    for person in (office.cast.ada, office.cast.sam, office.cast.mira):
        assert office.client(person).get(address).status_code == 403


def test_who_is_off_boarded_is_out_from_the_first_request_on(office: Office) -> None:
    """Every kind of way in of thirty students is kept, all are off-boarded, all are tried."""
    noor = office.client(office.cast.noor)
    with office.rows() as session:
        students = [
            makes.make_person(session, f"S{number} Example", Role.STUDENT) for number in range(30)
        ]
        for each in students:
            makes.make_membership(session, each, office.matter)
            session.add(
                tables.SignInLink(token_hash=token_hash(f"link {each.id}"), person_id=each.id)
            )
    kept = {each.id: _ways_in(office, each) for each in students}
    for each in students:
        assert noor.post(f"/people/{each.id}/off-board").status_code == 200

    opened = [
        (each.name, way)
        for each in students
        for way, status in _tried(office, each, kept[each.id]).items()
        if status == 200
    ]
    assert opened == []
    assert {len(_tried(office, each, kept[each.id])) for each in students[:1]} == {8}


def _ways_in(office: Office, person: tables.Person) -> dict[str, str]:
    with office.desk.work() as work:
        return {
            "cookie": signin.begin(work, person),
            "half": signin.begin(work, person, half=True),
            "write": signin.make_token(work, person, "writes"),
            "read": signin.make_token(work, person, "reads", scope=signin.TokenScope.READ),
            "reset": invitations.reset(work, person.id).secret,
            "link": f"link {person.id}",
        }


def _tried(office: Office, person: tables.Person, kept: dict[str, str]) -> dict[str, int]:
    def with_cookie(secret: str) -> TestClient:
        browser = office.client()
        browser.cookies.set(office.desk.cookie, secret)
        return browser

    stranger = office.client()
    email = {"email": person.email, "password": makes.PASSWORD}
    matter = f"/matters/{office.matter.id}"
    write = {"authorization": f"Bearer {kept['write']}"}
    read = {"authorization": f"Bearer {kept['read']}"}
    whole, half = with_cookie(kept["cookie"]), with_cookie(kept["half"])
    return {
        "cookie": whole.get(matter).status_code,
        "half a sign in": half.get("/sign-in/app").status_code,
        "token that writes": stranger.get(f"/api/v1{matter}", headers=write).status_code,
        "token that reads": stranger.get(f"/api/v1{matter}", headers=read).status_code,
        "reset link": stranger.get(f"/invitation/{kept['reset']}").status_code,
        "one-click link": _to(stranger.get(f"/sign-in/link/{kept['link']}")),
        "demo cookie api": whole.get("/api/v1/me").status_code,
        "password": _to(stranger.post("/sign-in", data=email)),
    }


def _to(answer: Response) -> int:
    """Return 200 where an answer lets somebody in, by its cookie."""
    return 200 if "set-cookie" in answer.headers else 403


def test_the_ways_in_that_are_tried_open_before_somebody_leaves(office: Office) -> None:
    with office.rows() as session:
        session.add(
            tables.SignInLink(token_hash=token_hash(f"link {office.cast.sam.id}"),
                              person_id=office.cast.sam.id)
        )  # fmt: skip
    tried = _tried(office, office.cast.sam, _ways_in(office, office.cast.sam))

    assert set(tried.values()) == {200}


def test_off_boarding_tells_what_is_left_open_by_code_only(office: Office) -> None:
    noor, ada = office.client(office.cast.noor), office.cast.ada
    with office.rows() as session:
        deadline = session.exec(
            select(tables.Deadline).where(tables.Deadline.superseded_on == None)  # noqa: E711
        ).first()
        assert deadline
        deadline.owner_id = ada.id
        task = session.get_one(tables.Task, office.task.id)
        task.person_id = ada.id
        for member in session.exec(select(tables.Membership)):
            member.responsible = member.person_id == ada.id

    gone = noor.post(f"/people/{ada.id}/off-board")

    said = text_of(gone.text)
    assert "Ada Marlowe cannot come in any more" in said
    assert f"Deadline {deadline.id}" in said
    assert f"Task {task.id}" in said
    assert "Nobody" not in said
    assert deadline.title not in said  # whoever looks after people reads no matter
    assert office.matter.title not in said
    assert "Mira" not in said
    assert "person.off_boarded" in office.history()
    with office.rows() as session:
        assert session.get_one(tables.Deadline, deadline.id).owner_id == office.cast.mira.id
        assert session.get_one(tables.Task, task.id).person_id == office.cast.mira.id
        asked = select(tables.Membership).where(tables.Membership.responsible)
        assert session.exec(asked).one().person_id == office.cast.mira.id
        told = session.exec(select(tables.Task).where(tables.Task.id != task.id)).one()
    assert (told.person_id, told.title) == (
        office.cast.mira.id,
        "Take over from Ada Marlowe: 3 duties",
    )


def test_off_boarding_the_last_of_a_matter_says_that_nobody_is_left(office: Office) -> None:
    noor, ada = office.client(office.cast.noor), office.cast.ada
    with office.rows() as session:
        alone = makes.make_matter(session, title="Hers alone")
        makes.make_membership(session, ada, alone, responsible=True)
        task = makes.make_task(session, alone, person_id=ada.id)

    said = text_of(noor.post(f"/people/{ada.id}/off-board").text)

    assert re.search(rf"Task {task.id} {alone.id} no day Nobody of the matter will be there", said)
    assert f"Nobody answers for {alone.id} any more." in said


def test_nobody_locks_themselves_out(office: Office) -> None:
    answer = office.client(office.cast.noor).post(f"/people/{office.cast.noor.id}/off-board")

    assert "You cannot lock yourself out." in text_of(answer.text)
    assert office.client(office.cast.noor).get("/people").status_code == 200


def test_a_lost_telephone_is_mended_by_an_administrator(office: Office) -> None:
    with office.rows() as session:
        session.add(
            tables.SecondFactor(
                person_id=office.cast.ada.id, salt="0" * 32, since_at=signin.moment()
            )
        )
    browser, noor = office.client(office.cast.ada), office.client(office.cast.noor)

    assert "Take away their authenticator app" in noor.get(f"/people/{office.cast.ada.id}").text
    noor.post(f"/people/{office.cast.ada.id}/remove-app")

    assert browser.get("/due").status_code == 303
    with office.rows() as session:
        assert session.get(tables.SecondFactor, office.cast.ada.id) is None


def test_a_student_asks_whoever_can(office: Office) -> None:
    sam, ada = office.client(office.cast.sam), office.client(office.cast.ada)
    deadline = office.deadline("determination")

    refused = sam.post(f"/deadlines/{deadline.id}/confirm", data={})
    assert refused.status_code == 403
    said = text_of(refused.text)
    assert "Ask Ada Marlowe" in said
    assert "Eve" not in said  # she is on no matter here
    form = dict(re.findall(r'name="(\w+)" value="([^"]+)"', refused.text))
    sent = {**form, "person_id": office.cast.ada.id}
    first = sam.post("/ask", data=sent)
    assert first.status_code == 303
    sam.post("/ask", data=sent)

    with office.rows() as session:
        mine = select(tables.Task).where(tables.Task.person_id == office.cast.ada.id)
        titles = [task.title for task in session.exec(mine)]
    assert titles == [f"Sam Okonjo asks you to confirm a date: {deadline.title}"]
    assert "Sam Okonjo asks you" in text_of(ada.get(f"/matters/{office.matter.id}").text)


def test_asking_reaches_nobody_who_could_not_and_nothing_elsewhere(office: Office) -> None:
    sam, eve = office.client(office.cast.sam), office.client(office.cast.eve)
    sent = {
        "matter_id": office.matter.id,
        "subject_kind": "foia_request",
        "subject_id": office.request.id,
        "right": "confirm",
        "person_id": office.cast.mira.id,
    }

    assert eve.post("/ask", data=sent).status_code == 404
    assert sam.post("/ask", data={**sent, "person_id": office.cast.eve.id}).status_code == 422
    assert sam.post("/ask", data={**sent, "person_id": office.cast.sam.id}).status_code == 422
    assert sam.post("/ask", data={**sent, "subject_kind": "sign_in"}).status_code == 404
    assert sam.post("/ask", data={**sent, "subject_id": "R-0000000000"}).status_code == 404
    assert sam.post("/ask", data=sent).status_code == 303


def test_the_command_line_makes_the_first_administrator_and_off_boards(
    engine: Engine, database_url: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEMGR_DATABASE_URL", database_url.replace("+psycopg", ""))
    monkeypatch.setenv("CASEMGR_DATA", str(tmp_path))
    monkeypatch.setenv("CASEMGR_INSECURE_COOKIES", "1")
    run = CliRunner()

    added = run.invoke(
        people_command, ["add", "--role", "administrator", "Noor Haddad", "noor@example.org"]
    )
    assert added.exit_code == 0, added.output
    found = re.search(r"/invitation/([\w-]{43})", added.output)
    assert found
    desk = open_desk(settings())
    with desk.work(reads_only=True) as work:
        assert invitations.who_is_invited(work, found[1]).role is Role.ADMINISTRATOR
    gone = run.invoke(people_command, ["off-board", "Noor@example.org"])
    assert gone.exit_code == 0, gone.output
    assert "Links made void       1" in gone.output
    with desk.work(reads_only=True) as work, pytest.raises(Refused):
        invitations.who_is_invited(work, found[1])
    desk.engine.dispose()
