"""Twenty sound declarations are read right and left in peace; every planted slip is found."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.declarations.check import check
from casemgr.declarations.codes import BY_CODE
from casemgr.declarations.reading import read_text
from tests.declarations.mutations import SLIPS, Slip
from tests.declarations.papers import BY_NAME, SOUND, Sound

TODAY = date(2026, 11, 22)
# These are planted into what the matter knows, not into the words of the paper.
OF_THE_MATTER = {"stale-fact", "exhibit-uncited", "stale-translation", "not-translated"}


@pytest.mark.parametrize("sound", SOUND, ids=lambda each: each.name)
def test_a_paper_is_read_whatever_its_layout(sound: Sound) -> None:
    paper = read_text(sound.text)

    assert (paper.court, paper.docket_number) == (sound.court, sound.docket_number)
    assert (paper.title, paper.declarant) == (sound.title, sound.declarant)
    assert tuple(each.number for each in paper.paragraphs) == sound.numbers
    assert (paper.executed_on, paper.executed_at) == (sound.executed_on, sound.executed_at)
    assert (paper.jurat, paper.signed) == (sound.jurat, sound.signed)
    assert tuple(each.label for each in paper.exhibits) == sound.exhibits
    if sound.parties:
        assert paper.caption.parties == sound.parties


def test_at_most_one_finding_in_twenty_sound_papers_is_false() -> None:
    assert len(SOUND) == 20

    found = [
        (each.name, finding.code)
        for each in SOUND
        for finding in check(read_text(each.text), None, TODAY)
    ]

    assert len(found) <= 1, found


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_planted_slip_is_found_where_it_was_planted(slip: Slip) -> None:
    sound = slip.against if slip.code not in OF_THE_MATTER else None
    before = check(read_text(BY_NAME[slip.paper].text), sound, TODAY)
    after = check(read_text(slip.text), slip.against, TODAY)

    assert (slip.code, slip.paragraph) not in {(each.code, each.paragraph) for each in before}
    assert (slip.code, slip.paragraph) in {(each.code, each.paragraph) for each in after}


def test_every_check_has_a_slip_that_it_finds() -> None:
    assert len(SLIPS) >= 60
    assert {slip.code for slip in SLIPS} == set(BY_CODE)
