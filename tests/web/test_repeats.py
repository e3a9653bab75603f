"""A form sent twice: the second click is led to what the first one made."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Task
from casemgr.web.repeats import FIELD, with_keys
from tests.web.conftest import Office


def key_on(page: str) -> str:
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def tasks(office: Office) -> list[str]:
    with office.rows() as session:
        return [each.title for each in session.exec(select(Task)) if each.title == "Write"]


def test_a_double_click_makes_one_record(office: Office, ada: TestClient) -> None:
    address = f"/matters/{office.matter.id}"
    sent = {"title": "Write", FIELD: key_on(ada.get(address).text)}

    def click(_: int) -> Response:
        return ada.post(f"{address}/tasks", data=sent)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(click, range(2)))

    assert {(each.status_code, each.headers["location"]) for each in found} == {
        (303, f"{address}#tasks")
    }
    assert tasks(office) == ["Write"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_page_opened_anew_or_corrected_makes_another(office: Office, ada: TestClient) -> None:
    address = f"/matters/{office.matter.id}"
    key = key_on(ada.get(address).text)
    other = key_on(ada.get(address).text)

    wrong = ada.post(f"{address}/tasks", data={"title": "", FIELD: key})
    right = ada.post(f"{address}/tasks", data={"title": "Write", FIELD: key})
    again = ada.post(f"{address}/tasks", data={"title": "Write", FIELD: other})

    assert key != other
    assert (wrong.status_code, right.status_code, again.status_code) == (422, 303, 303)
    assert tasks(office) == ["Write", "Write"]


def test_every_form_that_sends_gets_a_key_of_its_own() -> None:
    page = with_keys('<form method="post"></form><form></form><form class="x" method="post">')

    assert len(set(re.findall(rf'name="{FIELD}" value="([^"]+)"', page))) == 2
    assert "<form></form>" in page
