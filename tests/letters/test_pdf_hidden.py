"""What a PDF hides is found before it leaves, and does not leave with an exhibit."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from casemgr.letters.looked import Locked
from casemgr.letters.pdf_binding import bind, picture_as_pdf
from casemgr.letters.pdf_hidden import inspect
from tests.letters import small_pdfs as small

COVER = small.a_pdf("BT /F 24 Tf 200 500 Td (EXHIBIT A) Tj ET")


@pytest.mark.parametrize("name", small.DIRTY)
def test_each_thing_hidden_is_found_and_named(name: str) -> None:
    data, code = small.DIRTY[name]
    assert [each.code for each in inspect(data).found] == [code]


@pytest.mark.parametrize("name", small.CLEAN)
def test_a_sound_page_raises_no_alarm(name: str) -> None:
    looked = inspect(small.CLEAN[name])
    assert looked.found == ()
    assert (looked.pages, looked.has_text) == (1, True)


def test_a_finding_does_not_repeat_the_number_it_found() -> None:
    found = inspect(small.DIRTY["a social-security number"][0]).found
    assert "…1120" in found[0].says
    assert "078" not in found[0].says


def test_a_pdf_with_a_password_and_a_broken_one_are_told_apart() -> None:
    with pytest.raises(Locked):
        inspect(small.LOCKED)
    with pytest.raises(ValueError):
        inspect(small.BROKEN)
    assert inspect(small.NO_COPYING).pages == 1  # whoever has it can open it


REMOVED = [
    "an attached file", "a file pinned to a page", "a script", "a script behind another action",
    "a program", "an author",
]  # fmt: skip


@pytest.mark.parametrize("name", REMOVED)
def test_what_rides_along_stays_behind_when_it_becomes_an_exhibit(name: str) -> None:
    bound, _ = bind(COVER, small.DIRTY[name][0], "1 Ex. A – The letter")
    assert inspect(bound).found == ()


def test_an_exhibit_has_its_cover_first_and_names_its_title_and_nobody() -> None:
    bound, _ = bind(COVER, small.DIRTY["an author"][0], "1 Ex. A – The letter")
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        assert len(pdf.pages) == 2
        assert b"EXHIBIT A" in pdf.pages[0].Contents.read_bytes()
        assert {k: str(v) for k, v in pdf.docinfo.items()} == {
            "/Title": "1 Ex. A – The letter",
            "/Producer": "casemgr",
        }
        assert "/Metadata" not in pdf.Root
    assert bind(COVER, small.DIRTY["an author"][0], "1 Ex. A – The letter") == (bound, 2)


def test_binding_never_shows_what_a_layer_hides() -> None:
    """A layer that is switched off stays so, and stays told, until somebody clears it."""
    bound, _ = bind(COVER, small.DIRTY["a layer"][0], "1 Ex. A")
    assert [each.code for each in inspect(bound).found] == ["layer"]


def test_a_picture_becomes_a_page_without_where_it_was_taken() -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Rosa Alvarez"
    Image.new("RGB", (60, 40), "red").save(picture, "JPEG", exif=exif)
    assert b"Rosa" in picture.getvalue()
    made = picture_as_pdf(picture.getvalue())
    assert b"Rosa" not in made
    assert inspect(made).pages == 1
