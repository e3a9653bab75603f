"""Our own Word files, and what another program makes of them, are read like any declaration."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from casemgr.declarations.files import read_file
from casemgr.letters import facts as f
from casemgr.letters.fill import fill
from casemgr.letters.plain import from_wire, to_wire
from casemgr.letters.shelf import Shelf
from casemgr.letters.word import to_word
from casemgr.letters.word_reading import read_returned
from casemgr.shipped import shipped
from tests.letters import sample_facts as sample

ROWS = (("ICE", "February 4, 2010"), ("FBI", "February 5, 2010"))
TABLE = f.Table(caption="Days of receipt", head=("Component", "Received"), rows=ROWS)
NUMBERED = '<w:numId w:val="1"/>'
GOES_ON = '<w:num w:numId="91"><w:abstractNumId w:val="{of}"/></w:num></w:numbering>'


@pytest.fixture(scope="module")
def word() -> bytes:
    """Make the sample declaration for Word, with a table under its third paragraph."""
    paragraphs = list(sample.DECLARATION.paragraphs)
    paragraphs[2] = sample.replaced(paragraphs[2], table=TABLE)
    facts = sample.replaced(sample.DECLARATION, paragraphs=tuple(paragraphs))
    paper = {"title": "Declaration", "language": "en-US", "draft": None}
    given = from_wire(to_wire(facts.plain())) | {"paper": paper}
    return to_word(fill(facts.TEMPLATE, Shelf.read(shipped("templates")).sandbox({}), given))


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a Word file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            part = old.read(each)
            new.writestr(each, change(part.decode()).encode() if each == name else part)
    return out.getvalue()


def test_caption_and_title_are_found_in_the_table_that_holds_them(word: bytes) -> None:
    paper = read_file(word)

    assert paper.title == "DECLARATION OF SARANG SEKHAVAT"
    assert paper.docket_number == "10 Civ. 3488 (SAS)(KNF)"
    assert paper.caption.parties[0] == "NATIONAL DAY LABORER ORGANIZING NETWORK"
    assert [each.number for each in paper.paragraphs] == [1, 2, 3, 4, 5, None, 6, 7, 8, 9]


def test_numbers_go_on_where_a_program_parted_the_list_in_two(word: bytes) -> None:
    """LibreOffice starts the first paragraph anew in a list of its own, of the same kind."""
    with zipfile.ZipFile(io.BytesIO(word)) as pack:
        numbering = pack.read("word/numbering.xml").decode()
    of = numbering.split('w:numId="1"')[1].split('w:abstractNumId w:val="')[1].split('"')[0]
    parted = changed(
        word,
        "word/numbering.xml",
        lambda part: part.replace("</w:numbering>", GOES_ON.format(of=of)),
    )
    parted = changed(
        parted,
        "word/document.xml",
        lambda part: _all_but_the_first(part, NUMBERED, NUMBERED.replace('"1"', '"91"')),
    )

    numbers = [each.number for each in read_file(parted).paragraphs]

    assert numbers == [1, 2, 3, 4, 5, None, 6, 7, 8, 9]


def _all_but_the_first(part: str, old: str, new: str) -> str:
    first, _, rest = part.partition(old)
    return first + old + rest.replace(old, new)


def test_the_title_of_a_table_comes_back_as_no_paragraph(word: bytes) -> None:
    said = [each.says for each in read_returned(word).paragraphs]

    assert len(said) == 10
    assert TABLE.caption not in said
