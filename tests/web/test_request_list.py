"""The list of requests as a page: narrowed by its address, walked by links, never without words."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from casemgr.usecases.views import request_list
from tests import makes
from tests.web.conftest import Office, counted, text_of

SOME = 60


@pytest.fixture
def many(office: Office) -> Office:
    with office.rows() as session:
        for i in range(SOME):
            makes.make_request(
                session, office.matter, title=f"Letter {i:02d}", requested_on=date(2010, 3, 1)
            )
    return office


def links(page: str) -> dict[str, str]:
    """Return where the links of a page lead, by their words."""
    found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>([^<]+)</a>', page)
    return {words.strip(): unescape(address) for address, words in found}


def test_the_filters_are_the_address(many: Office) -> None:
    ada = many.client(many.cast.ada)

    page = ada.get("/requests?text=letter+4&sort=title&way=up").text

    assert "10 requests of those you may see." in text_of(page)
    assert page.index("Letter 40") < page.index("Letter 49")
    assert "Opt-out letters" not in page
    assert 'aria-sort="ascending"' in page
    assert 'value="letter 4"' in page
    assert '<details class="narrow-by" open>' in page
    assert links(page)["Clear the filters"] == "/requests"


def test_the_pages_keep_the_filters_and_lead_both_ways(many: Office) -> None:
    ada = many.client(many.cast.ada)

    first = ada.get("/requests?state=not_started&sort=title").text
    second = ada.get(links(first)["Next"]).text
    last = ada.get(links(first)["Last"]).text
    again = ada.get(links(second)["Before"]).text

    rows = re.compile(r"Letter \d\d")
    assert rows.findall(first) == rows.findall(again)
    assert "state=not_started" in links(second)["First"]
    assert "First" not in links(first)
    assert "Next" not in links(last)
    assert set(rows.findall(first)).isdisjoint(rows.findall(second))
    assert len(rows.findall(second)) == SOME - request_list.PAGE


def test_an_empty_list_says_what_belongs_there_and_a_narrow_one_how_to_widen_it(
    office: Office,
) -> None:
    eve, ada = office.client(office.cast.eve), office.client(office.cast.ada)

    assert "A request is a letter asking an agency for records." in text_of(
        eve.get("/requests").text
    )
    assert "Take one filter away" in text_of(ada.get("/requests?text=nothing+like+it").text)


def test_what_cannot_be_a_filter_is_told_beside_its_field(office: Office) -> None:
    ada = office.client(office.cast.ada)

    answer = ada.get("/requests?due_after=soon&state=lost&colour=red")

    assert answer.status_code == 422
    assert "“soon” is not a date we can read." in text_of(answer.text)
    assert 'value="soon"' in answer.text
    assert "Choose one of the list." in answer.text


def test_a_list_of_fifty_asks_no_more_than_a_list_of_one(many: Office) -> None:
    ada = many.client(many.cast.ada)
    ada.get("/requests")

    with counted(many.desk.engine) as full:
        ada.get("/requests")
    with counted(many.desk.engine) as single:
        ada.get("/requests?text=letter+42")

    assert len(full) == len(single) <= 9


def test_a_wall_takes_the_matter_out_of_the_list_and_out_of_its_filters(many: Office) -> None:
    mira = many.client(many.cast.mira)
    assert "Letter 01" in mira.get("/requests?text=letter+01").text

    with many.rows() as session:
        makes.make_wall(session, many.cast.mira, many.matter, many.cast.ada, many.cast.noor)

    for address in ("/requests", f"/requests?matter={many.matter.id}", "/requests?text=letter"):
        page = mira.get(address).text
        assert "Letter" not in page
        assert many.matter.title not in page
