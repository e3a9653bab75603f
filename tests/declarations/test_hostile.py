"""A text made to stall a reader is read in time that grows with its length, and no faster."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date

import pytest

from casemgr.declarations.check import check
from casemgr.declarations.reading import read_text
from casemgr.errors import Malformed

TODAY = date(2026, 11, 22)
HEAD = (
    "UNITED STATES DISTRICT COURT SOUTHERN DISTRICT OF NEW YORK ROSA VEGA, Plaintiff, v. BUREAU OF "
    "LAMPS, Defendant. No. 10 Civ. 3488 DECLARATION OF ROSA VEGA I, Rosa Vega, declare: 1. I saw. "
)
END = (
    " I declare under penalty of perjury that the foregoing is true and correct. Executed on "
    "May 3, 2012, at Albany, New York. /s/ Rosa Vega"
)
SIZE = 40_000  # signs; what grew with their square took minutes
SECONDS = 15.0  # of computing; each takes a tenth of that on a busy machine
HOSTILE = {
    "titles without end": "FIRST ",
    "references": "paragraph 41 ",
    "declarations that begin": '" I declare ',
    "letters of that day": "On May 3, 2011, see that letter, Exhibit A. ",
}
IN_CAPTION = {
    "a title that names its side again and again": "PLAINTIFFS " * 60 + "X DECLARATION OF ROSA",
    "sides of many names": "a " + "PlaintiffPlaintiff " * 60,
    "a plaintiff against a plaintiff": "a Plaintiff v. " * 120,
}


def assert_read_in_time(text: str) -> None:
    began = time.process_time()
    with suppress(Malformed):
        check(read_text(text), None, TODAY)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", HOSTILE)
def test_a_flat_text_made_to_stall_is_read_in_time(name: str) -> None:
    words = (HOSTILE[name] * (SIZE // len(HOSTILE[name]) + 1))[:SIZE]

    assert_read_in_time(f"{HEAD}{words}{END}")


@pytest.mark.parametrize("name", IN_CAPTION)
def test_a_caption_made_to_stall_is_read_in_time(name: str) -> None:
    court = "UNITED STATES DISTRICT COURT\nSOUTHERN DISTRICT OF NEW YORK\n\n"
    body = "\n\nDECLARATION OF ROSA VEGA\n\nI, Rosa Vega, declare:\n\n1. I saw it.\n\n"

    assert_read_in_time(f"{court}{IN_CAPTION[name]}\n{IN_CAPTION[name]}{body}{END}")
