"""Saved views: a list under a name, for oneself or for others, and never through a wall."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import SavedView
from tests import makes
from tests.web.conftest import Office, text_of


def save(browser: TestClient, name: str, address: str = "", shared: str = "private") -> int:
    given = {"name": name, "address": address, "shared": shared}
    return browser.post("/saved-views", data=given).status_code


def names(browser: TestClient) -> set[str]:
    """Return the names of the views that the list offers."""
    page = browser.get("/requests").text
    if 'aria-label="Saved views"' not in page:
        return set()
    nav = page.split('aria-label="Saved views"')[1].split("</nav>")[0]
    return set(re.findall(r">([^<]+)</a>", nav))


def test_a_list_is_saved_as_it_is_narrowed_and_opened_again(
    office: Office, ada: TestClient
) -> None:
    form = ada.get("/saved-views?late=yes&component=ice&sort=due").text
    assert 'name="address" value="late=yes&amp;component=ice&amp;sort=due"' in form

    answer = ada.post(
        "/saved-views",
        data={"name": "Late at ICE", "address": "late=yes&component=ice&sort=due"},
    )

    assert answer.status_code == 303
    kept = dict(part.split("=") for part in answer.headers["location"].split("?")[1].split("&"))
    assert kept == {"late": "yes", "component": "ice", "sort": "due"}
    assert ada.get(answer.headers["location"]).status_code == 200
    assert names(ada) == {"Late at ICE"}


def test_who_sees_a_view_is_said_when_it_is_saved(
    office: Office, ada: TestClient, sam: TestClient, eve: TestClient
) -> None:
    matter = f"matter={office.matter.id}"
    assert save(ada, "Mine") == 303
    assert save(ada, "Ours", matter, "matter") == 303
    assert save(ada, "Everybody's", "late=yes", "office") == 303

    assert names(ada) == {"Mine", "Ours", "Everybody&#39;s"}
    assert names(sam) == {"Ours", "Everybody&#39;s"}
    assert names(eve) == {"Everybody&#39;s"}


def test_a_wall_hides_a_view_even_from_whoever_made_it(office: Office) -> None:
    mira = office.client(office.cast.mira)
    assert save(mira, "About it", f"matter={office.matter.id}") == 303
    assert names(mira) == {"About it"}

    with office.rows() as session:
        makes.make_wall(session, office.cast.mira, office.matter, office.cast.ada, office.cast.noor)
        view = session.exec(select(SavedView.id)).one()

    assert names(mira) == set()
    assert "About it" not in mira.get("/saved-views").text
    assert mira.post(f"/saved-views/{view}/removal", data={}).status_code == 404


@pytest.mark.parametrize(
    ("address", "shared", "says"),
    [
        ("late=yes", "matter", "Narrow the list to the matter first"),
        ("matter=MATTER", "office", "shared only with those who are on it"),
        ("matter=M-0000000000", "private", "There is no such matter."),
        ("colour=red", "private", "These filters cannot be saved."),
    ],
)
def test_what_cannot_be_shared_so_is_told(
    office: Office, ada: TestClient, address: str, shared: str, says: str
) -> None:
    given = {"name": "View", "address": address.replace("MATTER", office.matter.id)}

    answer = ada.post("/saved-views", data={**given, "shared": shared})

    assert answer.status_code == 422
    assert says in text_of(answer.text)
    assert names(ada) == set()


def test_a_stranger_saves_no_view_of_a_matter(office: Office, eve: TestClient) -> None:
    assert save(eve, "Theirs", f"matter={office.matter.id}") == 422
    assert save(eve, "Theirs", "matter=M-0000000000") == 422


def test_a_view_is_renamed_shared_and_removed_by_who_may(
    office: Office, ada: TestClient, sam: TestClient
) -> None:
    assert save(sam, "Late", "late=yes", "office") == 303
    with office.rows() as session:
        view = session.exec(select(SavedView.id)).one()

    given = {"name": "Overdue", "address": "late=yes", "shared": "office", "version": "1"}
    assert ada.post(f"/saved-views/{view}", data=given).status_code == 303
    assert names(sam) == {"Overdue"}
    assert ada.post(f"/saved-views/{view}", data=given).status_code == 409
    assert sam.post(f"/saved-views/{view}/removal", data={"version": "2"}).status_code == 303
    assert names(ada) == set()


def test_a_student_changes_no_view_of_somebody_else(
    office: Office, ada: TestClient, sam: TestClient
) -> None:
    assert save(ada, "Ours", "late=yes", "office") == 303
    with office.rows() as session:
        view = session.exec(select(SavedView.id)).one()

    assert sam.post(f"/saved-views/{view}/removal", data={}).status_code == 403
    assert "Made by somebody else" in text_of(sam.get("/saved-views").text)
    assert save(ada, "Ours") == 422  # one name, one view
