"""A declaration reads the same from text, PDF and Word; what is no declaration is said so."""

from __future__ import annotations

import io
import random
import time
import zipfile
from datetime import date

import docx
import pikepdf
import pytest

from casemgr import unpacking
from casemgr.declarations.check import check
from casemgr.declarations.files import read_file
from casemgr.declarations.paper import Paper
from casemgr.errors import Malformed
from casemgr.letters.returned import NotADeclaration
from casemgr.letters.word_reading import read_returned
from casemgr.unpacking import MOST_PARAGRAPHS, refuse_overfull
from casemgr.usecases.declaration_reading import read_caged
from tests.declarations.papers import BY_NAME

TODAY = date(2026, 11, 22)


def pdf_of(text: str, step: float = 12.0) -> bytes:
    """Return a PDF that prints each line of a text where it stands, a page a form feed."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Courier,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    fonts = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    for words in text.split("\f"):
        shown = [b"BT /F1 8 Tf 40 770 Td"]
        for line in words.split("\n"):
            at = len(line) - len(line.lstrip())
            said = line.strip().encode("cp1252")
            for sign in (b"\\", b"(", b")"):
                said = said.replace(sign, b"\\" + sign)
            shown.append(b"%.1f 0 Td (%s) Tj %.1f %.1f Td" % (at * 4.8, said, -at * 4.8, -step))
        page = pdf.add_blank_page(page_size=(612, 800))
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = pdf.make_stream(b"\n".join([*shown, b"ET"]))
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def word_of(*paragraphs: str, numbered: bool = True) -> bytes:
    """Return a Word file whose paragraphs Word itself numbers."""
    document = docx.Document()
    for line in BY_NAME["nocaption"].text.split("\n\n")[:2]:
        document.add_paragraph(line.strip())
    for text in paragraphs:
        document.add_paragraph(text, style="List Number" if numbered else None)
    for line in BY_NAME["nocaption"].text.split("\n\n")[-3:]:
        document.add_paragraph(line.strip())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def told(paper: Paper) -> tuple[object, ...]:
    numbers = [each.number for each in paper.paragraphs]
    labels = [each.label for each in paper.exhibits]
    dates = (paper.executed_on, paper.executed_at, paper.jurat, paper.signed)
    return paper.court, paper.docket_number, paper.title, paper.declarant, numbers, labels, dates


@pytest.mark.parametrize("name", ["colons", "parentheses", "pleading", "affidavit", "box", "pages"])
def test_a_pdf_reads_as_its_text_does(name: str) -> None:
    sound = BY_NAME[name]

    paper = read_file(pdf_of(sound.text, step=24.0 if name == "degrees" else 12.0))

    assert told(paper) == told(read_file(sound.text.encode()))
    assert check(paper, None, TODAY) == ()


def test_the_numbers_that_word_gives_are_read_as_it_prints_them() -> None:
    paper = read_file(word_of("I saw it myself.", "On May 4, 2016, I wrote.", "Nobody answered."))

    assert [each.number for each in paper.paragraphs] == [1, 2, 3]
    assert paper.paragraphs[1].text == "On May 4, 2016, I wrote."
    assert paper.declarant == "Beatriz Solano"
    assert (paper.executed_on, paper.executed_at) == (date(2016, 12, 2), "Columbus, Ohio")


def test_the_cage_hands_back_the_whole_paper() -> None:
    data = BY_NAME["colons"].text.encode()

    assert read_caged(data) == read_file(data)


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(pdf_of("I declare"))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="o", user="secret"))


def without_text() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return saved(pdf)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in parts.items():
            pack.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (without_text(), "only pictures"),
        (encrypted(), "password"),
        (b"%PDF-1.7 and then nothing", "damaged"),
        (packed(a=b"no Word file"), "damaged"),
        (b"PK\x03\x04 torn", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (bytes(range(256)) * 40, "no text, PDF or Word"),
        (random.Random(7).randbytes(9000), "no text, PDF or Word"),
        (b"Dear Director, we ask for the lamp files once more, and remain yours.", "not read like"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why) as told_so:
        read_file(data)

    assert str(told_so.value).endswith(".")


def test_a_word_file_that_unpacks_to_too_much_stays_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 10_000)

    with pytest.raises(Malformed, match="unpacks to more"):
        read_file(word_of("Said " * 40_000))


MANY = {  # what is repeated, how often, and in how many parts
    "three million paragraphs": (b"<w:p/>", 3_000_000, 1),
    "paragraphs by another name": (b"<other:p>", 1_000_000, 1),
    "two million runs": (b"<w:r/>", 2_000_001, 1),
    "many small parts": (b"<w:p/>", 1, 2_001),
}


@pytest.mark.parametrize("name", MANY)
def test_a_small_word_file_that_holds_too_much_is_not_parsed(name: str) -> None:
    said, often, parts = MANY[name]
    data = packed(**{f"word/{n}.xml": said * often for n in range(parts)})
    began = time.process_time()

    for read, refused in ((read_file, Malformed), (read_returned, NotADeclaration)):
        with pytest.raises(refused, match="than a paper can hold"):
            read(data)

    assert time.process_time() - began < 2  # seconds, for both; parsed, one took 38


def test_as_many_paragraphs_as_a_paper_can_hold_are_opened() -> None:
    within = packed(a=b"<w:pPr/>" * 300_000, b=b"<w:p/>" * MOST_PARAGRAPHS)

    with zipfile.ZipFile(io.BytesIO(within)) as pack:
        refuse_overfull(pack, len(within))


def test_four_hundred_paragraphs_are_read_with_their_numbers() -> None:
    said = "\n".join(
        f"{n}. On May {n % 28 + 1}, 2016, I saw lamp {n}, as paragraph {max(1, n - 1)} tells."
        for n in range(1, 401)
    )
    text = BY_NAME["nocaption"].text
    first, last = text.index("1. I am a student"), text.index("I declare under penalty")
    paper = read_file((text[:first] + said + "\n\n" + text[last:]).encode())

    assert [each.number for each in paper.paragraphs] == list(range(1, 401))
    assert {each.code for each in check(paper, None, TODAY)} <= {"no-basis-of-knowledge"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_other_scripts_and_loose_accents_are_kept(encoding: str) -> None:
    text = BY_NAME["abroad"].text.replace(
        "3. Mr. Long gave", "3. אני מצהיר כי ראיתי את הקבלה. Mr. Long gave"
    )
    loose = text.replace("Á", "A\u0301").replace("ñ", "n\u0303")

    paper = read_file(loose.encode(encoding))

    assert paper.declarant == "Ángela Peña de la Cruz"
    assert paper.paragraphs[2].text.startswith("אני מצהיר")
    assert paper.executed_at == "Guatemala City, Guatemala"
