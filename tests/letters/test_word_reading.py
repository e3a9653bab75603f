"""A declaration comes back from Word: its testimony as Word shows it, and what Word hides."""

from __future__ import annotations

import io
import zipfile

import pytest

from casemgr.letters.render import Rendered
from casemgr.letters.returned import NotADeclaration, Returned
from casemgr.letters.word import to_word
from casemgr.letters.word_reading import read_returned
from tests.letters import sample_facts as sample
from tests.letters.word_files import NS, a_word_file, line, run


def test_our_own_word_file_comes_back_as_it_left(papers: dict[str, Rendered]) -> None:
    text = read_returned(to_word(papers["declaration"].html))
    assert text.opening == sample.DECLARATION.opening
    assert [each.says for each in text.paragraphs] == [
        each.text for each in sample.DECLARATION.paragraphs
    ]
    assert [each.numbered for each in text.paragraphs] == [
        each.number is not None for each in sample.DECLARATION.paragraphs
    ]
    assert text.told == ()


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    text = read_returned(
        a_word_file(
            line(
                "I wrote on ",
                f"<w:del>{run('Monday').replace('w:t', 'w:delText')}</w:del>",
                f"<w:ins>{run('Tuesday')}</w:ins>",
                ".",
            )
        )
    )
    assert [each.says for each in text.paragraphs] == ["I wrote on Tuesday."]
    assert text.told == (
        (
            "It has tracked changes: 1 put in, 1 taken out. They are shown below as if they were "
            "accepted."
        ),
    )


def test_hidden_words_stay_out_and_comments_are_told() -> None:
    said = '<w:comment w:author="Ben">' + line("Is this so?", numbered=False) + "</w:comment>"
    text = read_returned(
        a_word_file(line("I wrote.", run(" Not to be read.", "<w:vanish/>")), comments=said)
    )
    assert [each.says for each in text.paragraphs] == ["I wrote."]
    assert text.told == (
        "It has hidden words in 1 places. They were left out.",
        "Comment of Ben: Is this so?",
    )


def test_italics_headings_and_typed_numbers_are_understood() -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>' + run("The search") + "</w:p>"
    text = read_returned(
        a_word_file(
            line("I read ", run("Halpern", "<w:i/>"), " twice."),
            heading,
            line("2. I searched.", numbered=False),
            line("Nobody answered.", numbered=False),
        )
    )
    assert text.paragraphs == (
        Returned(numbered=True, says="I read *Halpern* twice."),
        Returned(numbered=True, says="I searched.", heading="The search"),
        Returned(numbered=False, says="Nobody answered."),
    )


BOMB = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100}'><!ENTITY b '{'&a;' * 100}'>]><w:p {NS}>&b;</w:p>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 and so on", "damaged"),
        (a_word_file(), "no numbered paragraph"),
        (a_word_file(more={"word/big.bin": b"\0" * (101 << 20)}), "unpacks to more"),
    ],
    ids=["nothing", "broken", "no testimony", "too large"],
)
def test_a_file_without_testimony_is_told_in_words(data: bytes, says: str) -> None:
    with pytest.raises(NotADeclaration, match=says):
        read_returned(data)


def test_entities_are_never_unfolded() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        pack.writestr("word/document.xml", BOMB)
    with pytest.raises(NotADeclaration, match="no Word file"):
        read_returned(made.getvalue())
