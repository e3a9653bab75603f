"""A declaration as it prints, while it is written: the real PDF, its pages, and the same text."""

from __future__ import annotations

import re
import struct

import pytest
from starlette.testclient import TestClient

from casemgr.files.previews import Previews
from casemgr.letters import render as rendering
from tests.web.conftest import Office, text_of
from tests.web.test_declaration_editor import form_of, rows

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_pages_are_the_real_pdf_made_once_for_each_text(
    office: Office, sam: TestClient, eve: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/declarations/{office.declaration.id}"
    made: list[str] = []

    def counted(template: str, *given: object, **more: object) -> object:
        made.append(template)
        return rendering.render(template, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("casemgr.usecases.declaration_preview.render", counted)
    before = office.history()

    page = sam.get(f"{at}/preview").text
    pictures = re.findall(r'src="([^"]+page-\d+\.png[^"]*)"', page)
    picture = sam.get(pictures[0])
    pdf = sam.get(f"{at}/preview/paper.pdf")

    assert made == ["declaration.html"]
    assert pdf.content.startswith(b"%PDF")
    assert picture.headers["content-type"] == "image/png"
    width, height = struct.unpack(">II", picture.content[16:24])
    assert (width, height) == (935, 1210)
    assert "2. I asked for the letters." in text_of(page)
    assert "I declare under penalty of perjury that the foregoing is true and correct." in page
    assert re.search(r"<p>Executed on _+, at _+\.</p>", page)
    assert sam.get(f"{at}/preview/page-{len(pictures) + 1}.png").status_code == 404
    form = form_of(sam.get(f"{at}/write").text)
    sam.post(f"{at}/write", data={**form, f"says-{rows(office)[0].id}": "I teach.", "do": "save:"})
    part = sam.get(f"{at}/preview?part=1").text
    assert "<html" not in part
    assert "1. I teach." in text_of(part)
    assert made == ["declaration.html"] * 2
    # Looking at a draft makes no paper of it and is no act that the history tells of.
    assert [each for each in office.history()[len(before) :] if each != "declaration.changed"] == []
    for address in ("preview", "preview/page-1.png", "preview/paper.pdf"):
        assert eve.get(f"{at}/{address}").status_code == 404


def test_what_is_no_paper_yet_says_what_is_missing(office: Office, sam: TestClient) -> None:
    new = f"/matters/{office.matter.id}/declarations/new"
    write = sam.post(new, data={"declarant": "Ana Lima"}).headers["location"]

    page = text_of(sam.get(write.replace("/write", "/preview")).text)

    assert "for no lawsuit yet" in page
    assert "Your text is saved." in page


def test_old_previews_are_given_up_and_odd_names_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Previews(office.desk.settings.data / "previews")
    monkeypatch.setattr("casemgr.files.previews.MOST", 3)
    for n in range(5):
        kept.keep(f"{n}" * 64 + ".pdf", b"x")

    assert len(list(kept.folder.iterdir())) <= 3
    with pytest.raises(ValueError, match="no name"):
        kept.read("../secret.pdf")
