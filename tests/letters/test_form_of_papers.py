"""What a clerk of the court, a reader of screens and an opponent would notice on the made PDF."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator

import pdfua
import pikepdf
import pytest

from casemgr.errors import NotRendered
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, render
from tests.letters import sample_facts as sample
from tests.letters.conftest import DRAFT, SAMPLES, make, opened

INCH = 72.0
every_paper = pytest.mark.parametrize("name", SAMPLES)


def text_of(paper: Rendered) -> str:
    """The text in the order in which the file tells it, which is the order it is read aloud in."""
    with opened(paper) as pdf:
        return "\n".join(page.extract_text(use_text_flow=True) for page in pdf.pages)


def in_a_line(paper: Rendered) -> str:
    return " ".join(text_of(paper).split())


@every_paper
def test_pages_are_letter_with_one_inch_margins_and_a_free_top_half_inch(
    papers: dict[str, Rendered], name: str
) -> None:
    with opened(papers[name]) as pdf:
        for page in pdf.pages:
            assert (page.width, page.height) == (8.5 * INCH, 11 * INCH)
            body = [c for c in page.chars if c["top"] >= INCH and c["bottom"] <= 10 * INCH + 1]
            assert len(body) > 40
            assert min(c["x0"] for c in page.chars) >= INCH - 0.5
            assert max(c["x1"] for c in page.chars) <= 7.5 * INCH + 0.5
            assert min(c["top"] for c in page.chars) >= INCH / 2


@every_paper
def test_every_letter_is_twelve_points_or_larger(papers: dict[str, Rendered], name: str) -> None:
    with opened(papers[name]) as pdf:
        small = {c["text"] for page in pdf.pages for c in page.chars if c["size"] < 11.99}
    assert small == set()


@every_paper
def test_our_own_times_metric_fonts_are_embedded_and_nothing_else(
    papers: dict[str, Rendered], name: str
) -> None:
    with opened(papers[name]) as pdf:
        letters = [c for page in pdf.pages for c in page.chars]
    assert {c["fontname"].split("+")[1].split("-")[0] for c in letters} == {"Tinos"}
    widths = {
        c["text"]: round((c["x1"] - c["x0"]) / c["size"], 3)
        for c in letters
        if c["fontname"].endswith("Tinos-Paper")
    }
    assert (widths["a"], widths["e"], widths["n"]) == (0.444, 0.444, 0.5)  # as in Times Roman
    with pikepdf.open(io.BytesIO(papers[name].pdf)) as pdf:
        descriptors = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontBBox" in o
        ]
        assert descriptors
        assert all("/FontFile2" in each for each in descriptors)


@every_paper
def test_it_is_tagged_and_says_its_title_and_language(
    papers: dict[str, Rendered], name: str
) -> None:
    with pikepdf.open(io.BytesIO(papers[name].pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == SAMPLES[name][1]
        assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()
    report = pdfua.validate(io.BytesIO(papers[name].pdf))
    assert report.findings == ()


@every_paper
def test_it_tells_nothing_of_who_made_it_when_or_where(
    papers: dict[str, Rendered], name: str
) -> None:
    with pikepdf.open(io.BytesIO(papers[name].pdf)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert str(pdf.docinfo["/Producer"]).startswith("WeasyPrint ")
        metadata = pdf.Root.Metadata.read_bytes()
        streams = b"".join(o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream))
    for word in (b"creator", b"CreateDate", b"ModifyDate", b"tmp", b"html", b"casemgr"):
        assert word not in metadata
    assert b"/tmp/" not in streams + papers[name].pdf


@every_paper
def test_pages_are_numbered(papers: dict[str, Rendered], name: str) -> None:
    with opened(papers[name]) as pdf:
        feet = [page.crop((0, 10 * INCH + 2, 612, 792)).extract_text() for page in pdf.pages]
    whole = name in {"report", "proof"}
    for number, foot in enumerate(feet, 1):
        assert foot.endswith(f"Page {number} of {len(feet)}" if whole else str(number))


@every_paper
def test_the_engine_has_nothing_to_complain_of(papers: dict[str, Rendered], name: str) -> None:
    assert papers[name].complaints == ()


@pytest.fixture(scope="module")
def made_elsewhere() -> Iterator[dict[str, Rendered]]:
    """The sample papers, made by another process in another order."""
    other = Pool(1)
    yield {name: make(name, other) for name in reversed(SAMPLES)}
    other.close()


@every_paper
def test_the_same_facts_give_the_same_bytes_in_another_worker(
    papers: dict[str, Rendered], made_elsewhere: dict[str, Rendered], name: str
) -> None:
    assert made_elsewhere[name].sha256 == papers[name].sha256
    assert made_elsewhere[name].template_version == papers[name].template_version


def lines_of(paper: Rendered, page: int) -> list[float]:
    """Where the lines of testimony stand: those that begin left of the signature block."""
    with opened(paper) as pdf:
        words = pdf.pages[page].extract_words()
    tops = {round(w["top"], 1) for w in words if INCH < w["top"] < 9.5 * INCH and w["x0"] < 200}
    return sorted(tops)


def test_testimony_is_double_spaced(papers: dict[str, Rendered]) -> None:
    tops = [top for top in lines_of(papers["declaration"], 1) if top < 320]
    gaps = [round(b - a, 1) for a, b in itertools.pairwise(tops)]
    assert len(gaps) > 6
    assert set(gaps) == {24.0}


def test_the_letter_is_double_spaced(papers: dict[str, Rendered]) -> None:
    tops = [top for top in lines_of(papers["request"], 0) if 300 < top < 405]
    assert {round(b - a, 1) for a, b in itertools.pairwise(tops)} == {24.0}


def test_the_caption_names_court_first_parties_number_and_paper_in_reading_order(
    papers: dict[str, Rendered],
) -> None:
    with pikepdf.open(io.BytesIO(papers["declaration"].pdf)) as pdf:
        assert pdf.Root.StructTreeRoot is not None
    said = papers["declaration"].html
    places = [
        said.index(words)
        for words in (
            "UNITED STATES DISTRICT COURT",
            "SOUTHERN DISTRICT OF NEW YORK",
            "NATIONAL DAY LABORER ORGANIZING NETWORK, <i>et al.</i>,",
            "Plaintiffs,",
            "– v. –",
            "UNITED STATES IMMIGRATION AND CUSTOMS ENFORCEMENT, <i>et al.</i>,",
            "Defendants.",
            "10 Civ. 3488 (SAS)(KNF)",
            "DECLARATION OF\nSARANG SEKHAVAT",
            "I, Sarang Sekhavat, declare",
        )
    ]
    assert places == sorted(places)
    assert "Office of Legal Counsel".upper() not in said


def test_a_single_party_is_not_et_al_and_not_plural(pool: Pool) -> None:
    alone = sample.f.Party(names=("National Day Laborer Organizing Network",), role="Plaintiff")
    caption = sample.replaced(sample.CAPTION, plaintiffs=alone)
    paper = render_declaration(pool, caption=caption)
    assert "NATIONAL DAY LABORER ORGANIZING NETWORK,</p>" in paper.html
    assert ">Plaintiff,<" in paper.html


def test_a_complaint_s_caption_names_every_party(pool: Pool) -> None:
    paper = render_declaration(pool, caption=sample.replaced(sample.CAPTION, full=True))
    assert "OFFICE OF LEGAL COUNSEL" in in_a_line(paper)
    assert "et al." not in paper.html


def render_declaration(pool: Pool, **changes: object) -> Rendered:
    facts = sample.replaced(sample.DECLARATION, **changes)
    return render(facts.TEMPLATE, facts.plain(), title="Declaration", pool=pool)


def test_paragraphs_keep_their_numbers_and_the_unnumbered_one_stays_so(
    papers: dict[str, Rendered],
) -> None:
    text = text_of(papers["declaration"])
    numbers = [int(n) for n in re.findall(r"(?m)^(\d+)\. ", text)]
    assert numbers == list(range(1, 10))
    before, after = text.index("5. In June 2011"), text.index("6. In or around July 27, 2001")
    between = text.index("\nDHS and ICE nevertheless said")
    assert before < between < after


def test_inside_the_united_states_the_oath_is_the_second_form_of_section_1746(
    papers: dict[str, Rendered],
) -> None:
    text = in_a_line(papers["declaration"])
    assert "I declare under penalty of perjury that the foregoing is true and correct." in text
    assert "Executed on September 9, 2011, at Boston, Massachusetts." in text


def test_abroad_the_oath_is_the_first_form_and_names_the_laws_of_the_united_states(
    pool: Pool,
) -> None:
    text = in_a_line(render_declaration(pool, jurat="outside", executed_at="Tegucigalpa, Honduras"))
    assert (
        "I declare under penalty of perjury under the laws of the United States of America that "
        "the foregoing is true and correct." in text
    )


def test_a_day_and_place_not_yet_known_are_lines_to_fill_in_at_signing(pool: Pool) -> None:
    text = in_a_line(render_declaration(pool, executed_on=None, executed_at=None))
    assert re.search(r"Executed on _{15,}, at _{15,}\.", text)


def test_a_draft_says_so_on_every_page_and_covers_nothing(papers: dict[str, Rendered]) -> None:
    with opened(papers["declaration"]) as pdf:
        assert len(pdf.pages) > 1
        for page in pdf.pages:
            head = page.crop((0, INCH / 2, 612, INCH)).extract_text()
            assert head == DRAFT
            assert DRAFT not in page.crop((0, INCH, 612, 792)).extract_text()


def test_without_draft_no_page_says_draft(papers: dict[str, Rendered]) -> None:
    for name in ("request", "report", "letter"):
        assert "DRAFT" not in text_of(papers[name])


@pytest.mark.parametrize("extra", range(0, 24, 3))
def test_the_signature_never_stands_alone(pool: Pool, extra: int) -> None:
    """Whatever the length of the testimony, oath and two lines of it share the signature's page."""
    long = "I remember the conversation well, and I made a note of it on the same day at my desk. "
    more = tuple(sample.f.Paragraph(text=long * (1 + n % 2), number=10 + n) for n in range(extra))
    paper = render_declaration(pool, paragraphs=sample.DECLARATION.paragraphs + more)
    with opened(paper) as pdf:
        lines = [page.extract_text_lines() for page in pdf.pages]
    (last,) = [page for page in lines if any("____" in line["text"] for line in page)]
    at = next(n for n, line in enumerate(last) if "____" in line["text"])
    before = [line["text"] for line in last[:at]]
    assert any("penalty of perjury" in line for line in before)
    assert before.index(next(t for t in before if "penalty of perjury" in t)) >= 2


def test_the_request_letter_says_all_a_request_must(papers: dict[str, Rendered]) -> None:
    text = in_a_line(papers["request"])
    for words in (
        "Wednesday, February 3, 2010",
        "By certified mail, return receipt requested",
        "Catrina Pavlik-Keenan, FOIA Director",
        "Freedom of Information Act request: records of the Secure Communities program",
        "from Tuesday, January 1, 2008 until the day on which the search is made",
        "2. Records that say whether taking part is voluntary or mandatory, among them:",
        "a. requests of a state or a locality to stay out",
        "5 U.S.C. § 552(a)(4)(A)(iii); 6 C.F.R. § 5.11(k).",
        "up to $200 without being asked",
        "true and correct to the best of my knowledge and belief. 5 U.S.C. § 552(a)(6)(E)(vi).",
        "within twenty working days",
        "release every part that can reasonably be separated",
        "reserve their right to appeal",
        "Sunita Patel",
    ):
        assert words in text


def test_a_request_of_2010_does_not_ask_for_what_the_law_of_2016_added(
    papers: dict[str, Rendered], pool: Pool
) -> None:
    assert "reasonably foresee" not in in_a_line(papers["request"])
    later = sample.replaced(sample.REQUEST, on=sample.date(2016, 7, 1))
    paper = render(later.TEMPLATE, later.plain(), title="Request", pool=pool)
    assert "reasonably foresee from release. 5 U.S.C. § 552(a)(8)(A)." in in_a_line(paper)


def test_a_letter_whose_manner_of_sending_is_not_known_does_not_mention_it(pool: Pool) -> None:
    unknown = sample.replaced(sample.REQUEST, sent_by=None)
    text = in_a_line(render(unknown.TEMPLATE, unknown.plain(), title="Request", pool=pool))
    assert "Wednesday, February 3, 2010 Catrina Pavlik-Keenan" in text


def test_a_request_without_waiver_or_expedition_does_not_mention_them(pool: Pool) -> None:
    fees = sample.f.Fees(category="other")
    bare = sample.replaced(sample.REQUEST, fees=fees, expedition=None)
    text = in_a_line(render(bare.TEMPLATE, bare.plain(), title="Request", pool=pool))
    assert "be waived" not in text
    assert "Expedited processing" not in text
    assert "Ask us before you incur any fee" in text


def test_the_report_shows_ours_and_theirs_apart_with_every_step(
    papers: dict[str, Rendered],
) -> None:
    text = in_a_line(papers["report"])
    assert text.index("We must do") < text.index("They must do") < text.index("Proofs:")
    for deadline in sample.REPORT.ours + sample.REPORT.theirs:
        assert deadline.title in text
        for step in deadline.steps:
            assert step.says in text
    assert "Nobody has confirmed this date yet." in text
    assert "Thursday, March 4, 2010" in text
    assert "Wednesday, March 10, 2010" in text


def test_a_long_table_repeats_its_head_and_splits_no_row(pool: Pool) -> None:
    words = "goes on and on, " * 12
    steps = tuple(
        sample.f.Step(
            on=sample.date(2010, 3, 1), says=f"Row {n:03} begins, {words}Row {n:03} ends."
        )
        for n in range(45)
    )
    facts = sample.replaced(
        sample.PROOF, deadline=sample.replaced(sample.DETERMINATION, steps=steps)
    )
    paper = render(facts.TEMPLATE, facts.plain(), title="Proof", pool=pool)
    with opened(paper) as pdf:
        pages = [page.extract_text(use_text_flow=True) for page in pdf.pages]
    rows = [page for page in pages if "Row " in page]
    assert len(rows) > 2
    assert all("What happens on it" in page for page in rows)
    for page in rows:
        assert page.count("ends.") > 1
        whole = [n for n in range(45) if f"Row {n:03} begins" in page]
        assert whole
        assert all(f"Row {n:03} ends." in page for n in whole)


def test_a_proof_of_ordinary_length_is_one_page(papers: dict[str, Rendered]) -> None:
    assert papers["proof"].pages == 1


def test_a_paper_says_its_own_number_of_pages_and_digest(papers: dict[str, Rendered]) -> None:
    with opened(papers["declaration"]) as pdf:
        assert papers["declaration"].pages == len(pdf.pages) == 2


def test_angle_brackets_and_ampersands_are_printed_as_typed(pool: Pool) -> None:
    text = "She wrote <b>no</b> & meant it; see *Doe v. Roe*, 1 * 2 * 3."
    paragraph = sample.f.Paragraph(text=text, number=1)
    printed = in_a_line(render_declaration(pool, paragraphs=(paragraph,)))
    assert "She wrote <b>no</b> & meant it; see Doe v. Roe, 1 * 2 * 3." in printed


def test_other_scripts_and_combining_letters_are_printed_in_order(pool: Pool) -> None:
    text = "She signed as Đoş Nguyễn Việt, שלום, Привет, αβγ, ½ € ™."
    paragraph = sample.f.Paragraph(text=text, number=1)
    printed = in_a_line(render_declaration(pool, paragraphs=(paragraph,)))
    assert "Đoş Nguyễn Việt" in printed
    assert "Привет, αβγ, ½ € ™." in printed


def test_a_character_that_would_be_an_empty_box_is_refused_by_name(pool: Pool) -> None:
    paragraph = sample.f.Paragraph(text="He wrote \U000143ff and left.", number=1)
    with pytest.raises(NotRendered, match="No font of this machine has the characters \U000143ff"):
        render_declaration(pool, paragraphs=(paragraph,))


def test_a_word_longer_than_the_line_stays_inside_the_margins(pool: Pool) -> None:
    paragraph = sample.f.Paragraph(text="See " + "x" * 300, number=1)
    with opened(render_declaration(pool, paragraphs=(paragraph,))) as pdf:
        assert max(c["x1"] for page in pdf.pages for c in page.chars) <= 7.5 * INCH + 0.5


@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-2u", "pdf/a-3a", None])
def test_other_forms_of_pdf_are_made_on_request(pool: Pool, variant: str | None) -> None:
    facts = sample.DECLARATION
    paper = render(facts.TEMPLATE, facts.plain(), title="D", pdf_variant=variant, pool=pool)
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    part = {"pdf/ua-1": b"pdfuaid:part", "pdf/a-2u": b"pdfaid:part", "pdf/a-3a": b"pdfaid:part"}
    assert part.get(variant or "", b"") in metadata
