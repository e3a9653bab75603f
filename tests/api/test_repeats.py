"""The same request sent again under its key: the same answer, and nothing done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from httpx2 import Response
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Answered, Matter, Task
from casemgr.errors import WrongMoment
from casemgr.usecases import repeats, signin
from casemgr.usecases.repeats import Answer, Asked
from tests import makes
from tests.api.conftest import API, BY_PATH, MADE, OfficeBehindApi
from tests.api.test_who_may import ON_MATTER

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = {"Idempotency-Key": "0f1e5a52-5b0c-4bd5-8a3a-7ce4e3f5c8a1"}


def task(office: OfficeBehindApi, title: str = "Call the FOIA officer") -> dict[str, str]:
    return {"matter_id": office.ids["matter_id"], "title": title}


def titles(office: OfficeBehindApi) -> list[str]:
    with transaction(office.desk.engine, reads_only=True) as session:
        return list(session.exec(select(Task.title)))


def test_a_repeat_gets_the_first_answer_and_does_nothing(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    first, again = (ada.post(f"{API}/tasks", json=task(office), headers=KEY) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    for name in ("ETag", "Location", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert titles(office) == ["Call the FOIA officer"]


def test_without_a_key_each_is_one_of_its_own(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    for _ in range(2):
        assert ada.post(f"{API}/tasks", json=task(office)).status_code == 201

    assert len(titles(office)) == 2


def test_another_body_under_the_key_is_refused_with_a_sentence(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    ada.post(f"{API}/tasks", json=task(office), headers=KEY)

    other = ada.post(f"{API}/tasks", json=task(office, "Another"), headers=KEY)
    elsewhere = ada.post(f"{API}/matters", json={"title": "Another"}, headers=KEY)

    for answer in (other, elsewhere):
        assert answer.status_code == 422
        assert "Take a new key" in answer.json()["errors"]["Idempotency-Key"]
    assert titles(office) == ["Call the FOIA officer"]


def test_many_at_once_do_it_once_and_each_is_answered(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    def send(_: int) -> Response:
        return ada.post(f"{API}/tasks", json=task(office), headers=KEY)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(send, range(12)))

    statuses = [answer.status_code for answer in found]
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert len({answer.content for answer in found if answer.status_code == 201}) == 1
    assert titles(office) == ["Call the FOIA officer"]
    assert send(0).status_code == 201


def test_two_processes_at_once_do_it_once(office: OfficeBehindApi, engine: Engine) -> None:
    """PostgreSQL alone lets two write at once: the second is told to come again."""
    asked, done = Asked("a key", "the same"), Answer(201, {}, b"{}")
    actor = makes.actor_of(office.cast.ada)
    with office.desk.work(actor) as work:
        assert repeats.once(work, asked, lambda: done) == (done, False)
        if engine.dialect.name == "postgresql":
            with pytest.raises(WrongMoment, match="at this moment"), office.desk.work(actor) as two:
                repeats.once(two, asked, lambda: pytest.fail("done twice"))
    with office.desk.work(actor) as work:
        assert repeats.once(work, asked, lambda: pytest.fail("done twice")) == (done, True)


@one_database
def test_what_was_refused_may_be_sent_again_under_its_key(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    wrong = ada.post(f"{API}/tasks", json=task(office, ""), headers=KEY)
    right = ada.post(f"{API}/tasks", json=task(office), headers=KEY)

    assert (wrong.status_code, right.status_code) == (422, 201)


@one_database
def test_a_key_belongs_to_one_person(office: OfficeBehindApi) -> None:
    for person in (office.cast.ada, office.cast.mira):
        answer = office.client(person).post(f"{API}/tasks", json=task(office), headers=KEY)
        assert "Idempotency-Replayed" not in answer.headers

    assert len(titles(office)) == 2


@one_database
def test_a_preview_takes_no_key(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    preview = ada.post(f"{API}/tasks?preview=true", json=task(office), headers=KEY)
    done = ada.post(f"{API}/tasks", json=task(office), headers=KEY)

    assert (preview.status_code, done.status_code) == (200, 201)


@one_database
@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "ключ".encode()])
def test_a_key_has_a_form(office: OfficeBehindApi, key: str | bytes) -> None:
    ada = office.client(office.cast.ada)

    answer = ada.post(
        f"{API}/tasks",
        json=task(office),
        headers={"Idempotency-Key": key},  # type: ignore[dict-item]
    )

    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["errors"]


@one_database
def test_after_a_day_the_key_is_new_and_what_was_kept_is_gone(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    ada.post(f"{API}/tasks", json=task(office), headers=KEY)
    with transaction(office.desk.engine) as session:
        session.execute(sa.update(Answered).values(at=signin.moment() - timedelta(hours=25)))

    again = ada.post(f"{API}/tasks", json=task(office), headers=KEY)
    assert "Idempotency-Replayed" not in again.headers

    with transaction(office.desk.engine) as session:
        session.execute(sa.update(Answered).values(at=signin.moment() - timedelta(hours=25)))
    with office.desk.work() as work:
        assert repeats.forget(work) == 1


@one_database
def test_an_answer_is_not_given_again_through_a_wall(office: OfficeBehindApi) -> None:
    cast, ada = office.cast, office.client(office.cast.ada)
    sent: dict[str, Any] = {}

    def send(path: str) -> Response:
        return ada.post(f"{API}/{path}", json=sent[path], headers={"Idempotency-Key": path})

    for path in MADE:
        sent[path] = office.example(BY_PATH[path])
        first = send(path)
        assert first.status_code == 201, first.text
        assert send(path).content == first.content
        office.remember(path, first.json())
        if path == "requests":
            office.ids["track_id"] = ada.get(f"{API}/tracks").json()["items"][0]["id"]
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, office.ids["matter_id"])
        makes.make_wall(session, cast.ada, matter, cast.mira, cast.noor)

    for path in ON_MATTER:
        assert send(path).status_code == 404, path
    assert send("contacts").status_code == 201  # of no matter


@one_database
def test_what_was_looked_up_under_a_key_is_not_given_again_through_a_wall(
    office: OfficeBehindApi,
) -> None:
    cast, ada, matter_id = office.cast, office.client(office.cast.ada), office.ids["matter_id"]
    with transaction(office.desk.engine) as session:
        session.get_one(Matter, matter_id).names = ["River Corp"]
    kept = ada.post(
        f"{API}/docket-papers/upload",
        data={"matter_id": matter_id},
        files={"file": ("docket.csv", b"number,date,text\n1,2/3/2010,Complaint\n", "text/csv")},
    ).json()["id"]
    looks: dict[str, dict[str, Any]] = {
        "conflicts": {"names": ["River Corp"]},
        f"documents/{kept}/docket-plan": {},
    }

    def look(path: str) -> Response:
        return ada.post(f"{API}/{path}", json=looks[path], headers={"Idempotency-Key": path})

    assert [look(path).status_code for path in looks] == [200, 200]
    assert matter_id in look("conflicts").text
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, matter_id)
        makes.make_wall(session, cast.ada, matter, cast.mira, cast.noor)

    assert [look(path).status_code for path in looks] == [404, 404]


@one_database
def test_a_secret_shown_once_is_not_to_be_read_in_what_is_kept(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    first, again = (ada.post(f"{API}/tokens", json={"name": "x"}, headers=KEY) for _ in range(2))

    assert first.status_code == 201, first.text
    assert again.json()["secret"] == first.json()["secret"]
    with transaction(office.desk.engine, reads_only=True) as session:
        kept = session.exec(select(Answered)).one()
    assert first.json()["secret"] not in str(kept.model_dump())
    assert KEY["Idempotency-Key"] not in str(kept.model_dump())


@one_database
def test_a_file_sent_twice_is_one_document(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    def send(data: bytes) -> Response:
        return ada.post(
            f"{API}/documents/upload",
            data={"matter_id": office.ids["matter_id"], "document": '{"title": "A letter"}'},
            files={"file": ("letter.txt", data, "text/plain")},
            headers=KEY,
        )

    first, again, other = send(b"Dear sir,"), send(b"Dear sir,"), send(b"Dear madam,")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.content == first.content
    assert len(ada.get(f"{API}/documents").json()["items"]) == 1


@one_database
def test_every_route_that_creates_or_sends_takes_a_key(office: OfficeBehindApi) -> None:
    without = set()
    for path, operations in office.app.openapi()["paths"].items():
        said = operations.get("post", {"parameters": [{"name": "Idempotency-Key"}]})
        named = {each["name"] for each in said.get("parameters", ())}
        without |= {path} if "Idempotency-Key" not in named else set()

    # It reads the law and writes nothing.
    assert without <= {"/api/v1/law"}
