"""Docket papers are read in a process of their own."""

import pytest

from casemgr.dockets.reading import read_paper
from casemgr.dockets.shapes import PaperRead
from casemgr.errors import Malformed
from casemgr.usecases import docket_reading, one_reading
from casemgr.usecases.docket_reading import read_caged
from tests.dockets.papers import notice, sheet


@pytest.mark.parametrize("data", [sheet(), notice(), b"No.,Filed,Text\n1,10/29/2010,COMPLAINT\n"])
def test_what_is_read_in_the_cage_is_what_the_paper_says(data: bytes) -> None:
    assert read_caged(data) == read_paper(data)


def test_a_paper_that_cannot_be_read_says_why() -> None:
    with pytest.raises(Malformed, match="cut short"):
        read_caged(sheet(entries=()))


def test_one_that_takes_too_long_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_reading, "SECONDS", 0.01)
    with pytest.raises(Malformed) as wrong:
        read_caged(sheet(number="1:10-cv-00055"))
    assert wrong.value.problems == {"file": docket_reading.STOPPED}


def test_a_paper_read_a_moment_ago_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    paper = read_paper(sheet())

    def read(data: bytes, _: str) -> PaperRead:
        asked.append(data)
        return paper

    monkeypatch.setattr(docket_reading, "_read_now", read)
    papers = [b"paper %d" % number for number in range(docket_reading.REMEMBERED + 1)]
    for data in (papers[0], papers[0], *papers[1:], papers[0]):
        assert read_caged(data) is paper

    assert asked == [*papers, papers[0]]
    docket_reading._read_lately.clear()
