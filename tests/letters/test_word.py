"""What somebody notices who opens a paper in Word: the same words, and a document to go on with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html as markup

from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, in_word, render
from casemgr.letters.word import to_word
from tests.letters.conftest import DRAFT, SAMPLES

every_paper = pytest.mark.parametrize("name", SAMPLES)


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def of_page(html: str) -> str:
    """The words of a page, without the numbers Word counts itself and what stands outside it."""
    body = markup.document_fromstring(html).find("body")
    for each in body.xpath("//*[contains(concat(' ', @class, ' '), ' number ')]"):
        each.text = ""
    for each in body.xpath("//*[@class='foot' or @class='draft-mark']"):
        each.text = ""
    for each in body.iter("br", "td", "th", "p", "li", "h1", "h2", "h3"):
        each.tail = f" {each.tail or ''}"
    return words(body.text_content())


def of_word(document: Any) -> str:
    paragraphs = document.element.body.iter(qn("w:p"))
    return words(" ".join(" ".join(_texts(each)) for each in paragraphs))


def _texts(paragraph: Any) -> Iterator[str]:
    said = ""
    for each in paragraph.iter(qn("w:t"), qn("w:br")):
        said += each.text or "" if each.tag == qn("w:t") else " "
    yield said


def numbered(document: Any, scheme: str) -> list[str]:
    """The texts that Word numbers by this form: decimal, lowerLetter or bullet."""
    root = document.part.numbering_part.element
    forms = {
        (num.get(qn("w:numId")), level.get(qn("w:ilvl"))): level.find(qn("w:numFmt")).get(
            qn("w:val")
        )
        for num in root.findall(qn("w:num"))
        for abstract in root.findall(qn("w:abstractNum"))
        if abstract.get(qn("w:abstractNumId")) == num.find(qn("w:abstractNumId")).get(qn("w:val"))
        for level in abstract.findall(qn("w:lvl"))
    }
    found = []
    for each in document.paragraphs:
        place = each._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if place is not None:
            key = tuple(place.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("numId", "ilvl"))
            if forms[key] == scheme:
                found.append(each.text)
    return found


@every_paper
def test_word_has_the_words_of_the_pdf_and_no_others(
    papers: dict[str, Rendered], name: str
) -> None:
    assert of_word(opened(to_word(papers[name].html))) == of_page(papers[name].html)


@every_paper
def test_the_file_names_no_author_no_program_and_no_day(
    papers: dict[str, Rendered], name: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(to_word(papers[name].html))) as file:
        assert file.testzip() is None
        core = file.read("docProps/core.xml").decode()
        assert {each.date_time[0] for each in file.infolist()} == {1980}
        assert not any("thumbnail" in each or "app.xml" in each for each in file.namelist())
    assert SAMPLES[name][1] in core
    assert not re.search("python|creator|created|modified|lastModifiedBy", core)


def test_the_same_paper_is_the_same_file(papers: dict[str, Rendered], pool: Pool) -> None:
    assert in_word(papers["request"].html, pool=pool) == to_word(papers["request"].html)


def test_items_are_numbered_by_word_and_not_typed(papers: dict[str, Rendered]) -> None:
    document = opened(to_word(papers["request"].html))

    items, parts = numbered(document, "decimal"), numbered(document, "lowerLetter")

    assert len(items) == 5
    assert items[0].startswith("Agreements about Secure Communities")
    assert parts[0].startswith("requests of a state or a locality")
    assert not any(re.match(r"\d+\.|[a-z]\.", each) for each in items + parts)


def test_testimony_is_numbered_and_the_paragraph_without_a_number_stays_without(
    papers: dict[str, Rendered],
) -> None:
    document = opened(to_word(papers["declaration"].html))

    assert len(numbered(document, "decimal")) == 9
    plain = next(p for p in document.paragraphs if p.text.startswith("DHS and ICE nevertheless"))
    assert plain._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is None


def test_headings_are_headings_and_tables_repeat_their_heads(papers: dict[str, Rendered]) -> None:
    letter, report = opened(to_word(papers["request"].html)), opened(to_word(papers["report"].html))

    heads = [each.text for each in letter.paragraphs if each.style.name.startswith("Heading")]
    assert "The records requested" in heads
    assert all(
        table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for table in report.tables
        if len(table.columns) > 2
    )


def test_a_draft_says_so_on_every_page_and_pages_are_counted(papers: dict[str, Rendered]) -> None:
    section = opened(to_word(papers["declaration"].html)).sections[0]

    assert section.header.paragraphs[0].text == DRAFT
    field = section.footer.paragraphs[0]._p.find(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert (round(section.page_width.inches, 1), round(section.left_margin.inches, 1)) == (8.5, 1.0)
    assert opened(to_word(papers["request"].html)).sections[0].header.paragraphs[0].text == ""


def test_a_footnote_is_a_footnote(pool: Pool) -> None:
    facts, title, _ = SAMPLES["letter"]
    given = facts.plain()
    given["paragraphs"] = [{**given["paragraphs"][0], "text": "See.[^1]", "notes": ["Dkt. *12*."]}]

    made = render(facts.TEMPLATE, given, title=title, pool=pool)

    with zipfile.ZipFile(io.BytesIO(to_word(made.html))) as file:
        notes = file.read("word/footnotes.xml").decode()
        text = file.read("word/document.xml").decode()
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)", notes)).strip() == "Dkt. 12."
    assert text.count("<w:footnoteReference") == 1
    assert "See." in of_word(opened(to_word(made.html)))


def test_arabic_runs_from_right_to_left_and_accents_stay() -> None:
    page = "<html lang='es'><head><title>é</title></head><body><p class='says'>{}</p></body></html>"

    arabic = opened(to_word(page.format("طلب السجلات"))).paragraphs[0]
    spanish = opened(to_word(page.format("Peña &amp; Núñez &lt;b&gt;"))).paragraphs[0]

    assert arabic._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    assert spanish.text == "Peña & Núñez <b>"
    assert spanish._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None
