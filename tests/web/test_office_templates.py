"""The office's own templates on their pages: write, try, approve by another, withdraw."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from casemgr.letters.shelf import our_templates
from tests.web.conftest import Office, text_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
def test_one_writes_and_another_approves(office: Office, sam: TestClient) -> None:
    ada, mira = office.client(office.cast.ada), office.client(office.cast.mira)
    eve = office.client(office.cast.eve)
    assert sam.get("/templates").status_code == 403
    assert "uses ours everywhere" in text_of(ada.get("/templates").text)
    form = ada.get("/templates/new?name=_signature.html").text
    assert "signer.name" in form
    short = ada.post("/templates", data={"name": "_signature.html", "source": "x", "note": "n"})
    assert short.status_code == 422
    source = our_templates()["_signature.html"].replace("{{ signer.name }}", "X {{ signer.name }}")
    data = {"name": "_signature.html", "source": source, "note": "An X to sign at."}
    made = ada.post("/templates", data=data)
    assert made.status_code == 303, made.text
    there = made.headers["location"]

    letter = sam.post(f"/declarations/{office.declaration.id}/pdf").headers["location"]
    code = letter.removeprefix("/letters/").removesuffix(".pdf")
    tried = mira.get(f"{there}/trial?letter_id={code}")
    assert tried.headers["content-type"] == "application/pdf"
    assert eve.get(f"{there}/trial?letter_id={code}").status_code == 404
    assert "Approve version 1" in mira.get(there).text
    assert "Approve version 1" not in ada.get(there).text
    approved = {"letter_id": code, "version": "1"}
    assert ada.post(f"{there}/approve", data=approved).status_code == 403
    assert mira.post(f"{there}/approve", data=approved).status_code == 303
    assert "In use since" in text_of(ada.get("/templates").text)
    assert mira.post(f"{there}/withdraw", data={"version": "2"}).status_code == 303
    assert "Withdrawn" in text_of(ada.get("/templates").text)
    assert [each for each in office.history() if each.startswith("template.")] == [
        "template.written",
        "template.approved",
        "template.withdrawn",
    ]
