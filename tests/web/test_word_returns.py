"""A declaration comes back from Word on its page, and a stranger learns nothing of it."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.letters.word_files import a_word_file, line
from tests.web.conftest import Office, text_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FILE = a_word_file(
    line("I work for the Night Schools Network of New York."), line("I asked for the letters.")
)


@on_sqlite
def test_a_word_file_is_compared_and_accepted(office: Office, sam: TestClient) -> None:
    where = f"/declarations/{office.declaration.id}/returns"
    assert "Choose the Word file." in sam.post(where, data={}).text
    told = sam.post(where, files={"file": ("d.docx", FILE)})
    assert told.status_code == 303, told.text
    there = told.headers["location"]
    page = sam.get(there).text
    assert "of New York." in text_of(page)
    found = re.search(r'name="fingerprint" value="(\w+)"', page)
    places = re.findall(r'name="(accept-\d+)"', page)
    assert found is not None
    assert places
    nothing = sam.post(there, data={"fingerprint": found[1]})
    assert nothing.status_code == 422
    assert "Nothing was accepted" in nothing.text
    data = {"fingerprint": found[1], **dict.fromkeys(places, "yes")}
    assert sam.post(there, data=data).status_code == 303
    assert "Nothing: the testimony reads" in text_of(sam.get(there).text)
    assert "declaration.returned" in office.history()

    eve = office.client(office.cast.eve)
    assert eve.get(where).status_code == 404
    assert eve.get(there).status_code == 404
    assert eve.post(there, data=data).status_code == 404
    assert eve.post(where, files={"file": ("d.docx", FILE)}).status_code == 404
