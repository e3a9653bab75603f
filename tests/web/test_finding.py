"""Every address leads where it led before: pages, nouns by their codes, files, and nowhere."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_what_a_page_loads_is_there_for_who_is_signed_in(office: Office, ada: TestClient) -> None:
    """A page `/{noun}/{code}` begins like anything, and no file may be taken for it."""
    page = ada.get("/requests").text

    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    kinds = {ada.get(each).headers["content-type"].split(";")[0] for each in loaded}

    assert len(loaded) > 2
    assert kinds == {"text/css", "text/javascript", "image/svg+xml"}


def test_a_code_leads_to_its_page_and_what_is_not_there_stays_away(
    office: Office, ada: TestClient
) -> None:
    assert ada.get(f"/requests/{office.request.id}").status_code == 200
    assert ada.get(f"/tracks/{office.track.id}").status_code == 303
    assert ada.get("/no-such-thing").status_code == 404
    assert ada.get("/static/no-such-file.css").status_code == 404
    assert ada.get("/api/v1/no-such-noun").status_code == 404
    assert ada.delete("/requests").status_code == 405
    assert ada.get("/api/v1/requests/list").status_code == 200
