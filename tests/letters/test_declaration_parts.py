"""Declarations with more than testimony: a table of days, another language and its translation."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from casemgr.errors import Malformed, NotRendered
from casemgr.letters import facts as f
from casemgr.letters.court_form import form_of
from casemgr.letters.form_check import check_form
from casemgr.letters.looked import Page
from casemgr.letters.pdf_lines import read_pages
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, render
from casemgr.letters.word import to_word
from tests.letters import sample_facts as sample

DAYS = f.Table(
    caption="What became of the request at ICE",
    head=("Day", "What happened", "Authority"),
    rows=(
        ("Wed, Feb 3, 2010", "ICE received the request.", "5 U.S.C. § 552(a)(6)(A)(i)"),
        ("Thu, Mar 4, 2010", "Twenty working days had passed.", "5 U.S.C. § 552(a)(6)(A)(i)"),
    ),
)
TRANSLATION = f.Translation(
    language="Spanish",
    opening="I, Rosa Álvarez, declare:",
    paragraphs=(
        f.Paragraph(text="I live in Puebla.", number=1),
        f.Paragraph(text="On March 5, 2012 I asked the consulate for my papers.", number=2),
    ),
    translator=f.Signer(name="Ben Iyer", lines=("Interpreter",)),
    competence="I read and write Spanish and English, and have translated for courts since 2004.",
    executed_on=date(2012, 3, 9),
    executed_at="New York, New York",
)
SPANISH: f.DeclarationFacts = sample.replaced(
    sample.DECLARATION,
    title="Declaration of Rosa Álvarez",
    purpose="in support of plaintiffs’ motion for summary judgment",
    declarant=f.Signer(name="Rosa Álvarez"),
    opening="Yo, Rosa Álvarez, declaro:",
    paragraphs=(
        f.Paragraph(text="Vivo en Puebla.", number=1),
        f.Paragraph(text="El 5 de marzo de 2012 pedí mis papeles.", number=2, table=DAYS),
    ),
    jurat="outside",
    executed_on=date(2012, 3, 5),
    executed_at="Puebla",
    language="es",
    translation=TRANSLATION,
)


@pytest.fixture(scope="module")
def made(pool: Pool) -> Rendered:
    """The Spanish declaration with its translation, made once."""
    return render(SPANISH.TEMPLATE, SPANISH.plain(), title=SPANISH.title, pool=pool)


@pytest.fixture(scope="module")
def pages(made: Rendered) -> tuple[Page, ...]:
    return read_pages(made.pdf)


def words(page: Page) -> str:
    return " ".join(line.text for line in page.lines)


def test_the_original_the_translation_and_the_certificate_each_have_a_page_and_a_caption(
    pages: tuple[Page, ...],
) -> None:
    assert len(pages) == 3
    assert all("10 Civ. 3488 (SAS)(KNF)" in words(page) for page in pages)
    assert "Yo, Rosa Álvarez, declaro:" in words(pages[0])
    assert "ENGLISH TRANSLATION OF THE" in words(pages[1])
    assert "I live in Puebla." in words(pages[1])
    assert "CERTIFICATE OF TRANSLATION" in words(pages[2])


def test_the_declarant_abroad_takes_the_oath_in_her_own_language(pages: tuple[Page, ...]) -> None:
    said = words(pages[0])
    assert "pena de perjurio, conforme a las leyes de los Estados Unidos de América" in said
    assert "Firmado el 5 de marzo de 2012, en Puebla." in said
    assert "I declare" not in said


def test_the_translator_swears_to_the_translation_and_nobody_else_signs_it(
    pages: tuple[Page, ...],
) -> None:
    assert "_____" not in words(pages[1])
    assert "under the laws of the United States of America" in words(pages[1])
    assert "from Spanish into English" in words(pages[2])
    assert "Executed on March 9, 2012, at New York, New York." in words(pages[2])
    assert words(pages[2]).index("______") < words(pages[2]).index("Interpreter")


def test_each_language_is_marked_for_whoever_reads_it_aloud(made: Rendered) -> None:
    assert '<div lang="es">' in made.html
    assert made.html.index('lang="es"') < made.html.index("Yo, Rosa")
    assert "Yo, Rosa" in made.html.split('<div class="part">')[0]


def test_a_chronology_stands_under_its_paragraph_as_a_table(pages: tuple[Page, ...]) -> None:
    said = words(pages[0])
    places = [
        said.index(each)
        for each in ("pedí mis papeles", DAYS.caption, "Thu, Mar 4, 2010", "Declaro bajo pena")
    ]
    assert places == sorted(places)


def test_all_its_parts_are_in_the_form_of_the_court(pages: tuple[Page, ...]) -> None:
    assert check_form(pages, form_of("nysd", date(2026, 1, 5))) == ()


def test_word_has_the_same_parts_the_table_and_the_language(made: Rendered) -> None:
    document = docx.Document(io.BytesIO(to_word(made.html)))
    said = "\n".join(each.text for each in document.paragraphs)
    assert "Firmado el 5 de marzo de 2012" in said
    assert "I live in Puebla." in said
    assert said.count("\f") == 0
    breaks = document.element.xpath("//w:br[@w:type='page']")
    assert len(breaks) == 2
    assert document.tables[1].cell(1, 1).text == "ICE received the request."
    spanish = document.element.xpath("//w:r[w:rPr/w:lang[@w:val='es']]/w:t")
    assert "Vivo en Puebla." in {each.text for each in spanish}


def test_a_language_whose_oath_we_do_not_know_wants_the_oath_typed(pool: Pool) -> None:
    korean = sample.replaced(SPANISH, language="ko", translation=None)
    with pytest.raises((Malformed, NotRendered), match="empty"):
        render(korean.TEMPLATE, korean.plain(), title="Declaration", pool=pool)
    typed = sample.replaced(SPANISH, language="fr", translation=None, oath="Je le jure.")
    paper = render(typed.TEMPLATE, typed.plain(), title="Declaration", pool=pool)
    assert "Je le jure." in paper.html
