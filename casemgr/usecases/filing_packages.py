"""The filing package: the declaration, each exhibit as a PDF of its own, and what goes with them.

One zip. Every file in it has a title and no author; the same record gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Day, Input, Printable
from casemgr.files.store import Store
from casemgr.letters.facts import Paper, Signer
from casemgr.letters.filing_facts import (
    CertificateFacts,
    CoverFacts,
    ExhibitListFacts,
    ListedExhibit,
    Served,
)
from casemgr.letters.render import render
from casemgr.usecases import filing_checks, filing_reading, letters
from casemgr.usecases.filing_parts import Filing, Part
from casemgr.usecases.letters import Opens

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day a zip file can name
MOST_NAMED = 120  # signs of a file's name: long paths do not unpack everywhere
READING, ARCHIVE = "pdf/ua-1", "pdf/a-2u"
BY_COURT = (
    "No certificate of service is in this package: everybody is served by the court's electronic "
    "filing system, and then none is needed (Fed. R. Civ. P. 5(d)(1)(B))."
)
MOVED = (
    "The declaration or one of its exhibits changed while the package was made, so nothing left. "
    "Look through the files again."
)


class PackageInput(Input):
    """How the papers are served, and in which form of PDF ours are made.

    `served` names everybody who is not served by the court's system, one a line:
    `Name; by certified mail; address`. Left empty, no certificate is made.
    """

    served: Annotated[str, StringConstraints(max_length=5000), Printable] = ""
    by_court: Annotated[str, StringConstraints(max_length=5000), Printable] = ""
    served_by: Annotated[str, StringConstraints(max_length=200), Printable] = ""
    served_on: Day | None = None
    archive: bool = Field(default=False, description="PDF/A for keeping instead of PDF/UA.")
    draft: bool = Field(
        default=False, description="Of a version nobody signed off: to look at, not to file."
    )


@dataclass(frozen=True)
class Package:
    """The zip: what to call it, its bytes, and the SHA-256 over them."""

    name: str
    data: bytes
    sha256: str


def make(opens: Opens, store: Store, declaration_id: str, given: PackageInput) -> Package:
    """Make the filing package of a declaration, for whoever may work on it.

    WrongMoment for a version that nobody signed off, unless it is asked for as a draft; refused
    with every reason while a file is held back. Papers are made outside any transaction;
    whether they are still what they were is asked again before anything leaves.
    """
    served = read_served(given)
    with opens(reads_only=True) as work:
        filing = filing_checks.gather(work, declaration_id, Right.LOG)
        _refuse(filing, given)
    letter, _ = letters.make(opens, store, letters.declaration(declaration_id, filing.version.id))
    _, word = letters.opened_in_word(opens, store, letter.id)
    files = dict(_files(store, filing, given, served, word))
    data = _zipped(files)
    made = Package(f"{_plain(_named(filing))}.zip", data, _sha256(data))
    with opens() as work:
        now = filing_checks.gather(work, declaration_id, Right.LOG)
        if [each.sha256 for each in now.parts] != [each.sha256 for each in filing.parts]:
            raise WrongMoment(MOVED)
        _refuse(now, given)
        work.record(
            "declaration.packaged",
            now.declaration,
            title=_named(now),
            fingerprint=made.sha256,
        )
    return made


def _refuse(filing: Filing, given: PackageInput) -> None:
    if not given.draft:
        filing_checks.refuse_not_signed_off(filing)
    filing_checks.refuse_held_back(filing)


def _named(filing: Filing) -> str:
    """Return what the main paper is called: as a draft where nobody signed it off."""
    return f"{'' if filing.signed_off else 'DRAFT '}{filing.declaration.title}"


def read_served(given: PackageInput) -> tuple[Served, ...]:
    """Return who is served otherwise than by the court; Malformed naming the line that is not so.

    >>> read_served(PackageInput(served="Jo Lee; by mail; 1 Main St", served_by="Ada"))[0].how
    'by mail'
    """
    found = []
    for number, line in enumerate(given.served.splitlines(), 1):
        if not line.strip():
            continue
        parts = [each.strip() for each in line.split(";")]
        if len(parts) < 2 or not all(parts[:2]):
            raise Malformed({"served": f"Line {number}: write “Name; by mail; address”."})
        found.append(Served(name=parts[0], how=parts[1], lines=tuple(filter(None, parts[2:]))))
    if found and not given.served_by:
        raise Malformed({"served_by": "A certificate says who served the papers. Give the name."})
    return tuple(found)


def title_of(place: int, part: Part) -> str:
    """Return what an exhibit is called at the court: `1 Ex. A – Heffernan letter, June 3, 2011`."""
    dated = f", {part.dated}" if part.dated and part.dated not in part.title else ""
    return f"{place} Ex. {part.label} – {part.title}{dated}"


# --- the files


def _files(
    store: Store, filing: Filing, given: PackageInput, served: tuple[Served, ...], word: bytes
) -> Iterator[tuple[str, bytes]]:
    title = filing.declaration.title
    variant = ARCHIVE if given.archive else READING
    yield f"0 {_plain(_named(filing))}.pdf", _main(store, filing, variant)
    listed = []
    for place, part in enumerate(filing.exhibits, 1):
        bound = _bound(store, filing, place, part)
        listed.append(_line(filing, part, bound.pages))
        yield f"{_plain(title_of(place, part))}.pdf", bound.pdf
    caption = filing.content.facts.caption
    if listed:
        facts = ExhibitListFacts(caption=caption, to=title, exhibits=tuple(listed))
        yield "Exhibit list.pdf", _paper(facts, f"Exhibits to the {title}", variant)
    if served:
        yield "Certificate of service.pdf", _certificate(filing, given, served, variant)
    yield f"{_plain(_named(filing))}.docx", word
    yield "Read me.txt", _read_me(filing, given, served).encode()


def _main(store: Store, filing: Filing, variant: str) -> bytes:
    main, paper = filing.main, filing.paper
    assert main.sha256 is not None
    data = store.read(main.sha256)
    if filing.signed_pages:
        return filing_reading.bind(b"", data, main.media_type, paper.title).pdf
    if variant == READING:
        return data
    made = render(
        paper.facts.TEMPLATE, paper.facts.plain(), title=paper.title, draft=paper.draft or None,
        pdf_variant=variant, sources=paper.sources,
    )  # fmt: skip
    return made.pdf


def _bound(store: Store, filing: Filing, place: int, part: Part) -> filing_reading.Bound:
    assert part.sha256 is not None
    cover = CoverFacts(
        caption=filing.content.facts.caption,
        label=f"Exhibit {part.label}",
        title=f"{part.title}{f', {part.dated}' if part.dated else ''}",
        to=filing.declaration.title,
    )
    title = title_of(place, part)
    sheet = _paper(cover, title, READING)
    return filing_reading.bind(sheet, store.read(part.sha256), part.media_type, title)


def _line(filing: Filing, part: Part, pages: int) -> ListedExhibit:
    sign = re.compile(rf"\bEx(?:hibit|\.)\s*{re.escape(part.label)}(?![\w-])")
    cited = [
        f"¶ {each.number}"
        for each in filing.content.facts.paragraphs
        if each.number is not None and sign.search(each.text)
    ]
    return ListedExhibit(
        label=part.label,
        title=part.title,
        dated=part.dated,
        pages=str(pages - 1),  # its own, without the cover
        cited_in=", ".join(cited),
    )


def _certificate(
    filing: Filing, given: PackageInput, served: tuple[Served, ...], variant: str
) -> bytes:
    titles = (filing.declaration.title, *(f"Exhibit {each.label}" for each in filing.exhibits))
    facts = CertificateFacts(
        caption=filing.content.facts.caption,
        papers=titles,
        served=served,
        by_court=tuple(filter(None, map(str.strip, given.by_court.splitlines()))),
        signer=Signer(name=given.served_by),
        on=given.served_on,
    )
    return _paper(facts, "Certificate of service", variant)


def _paper(facts: Paper, title: str, variant: str) -> bytes:
    return render(facts.TEMPLATE, facts.plain(), title=title, pdf_variant=variant).pdf


def _read_me(filing: Filing, given: PackageInput, served: tuple[Served, ...]) -> str:
    lines = [
        f"Filing package: {filing.declaration.title}",
        f"{filing.content.facts.caption.docket_number}, version {filing.version.number}",
        "",
        "File number 0 as the main document and each exhibit as an attachment of its own, under",
        "the number and title of its name. checksums.txt lists every file: sha256sum -c.",
        "",
    ]
    lines += [_standing(filing), ""]
    if not served:
        lines += [BY_COURT, ""]
    if given.archive:
        lines += ["Our own papers are PDF/A-2; scans and exhibits are as they were received.", ""]
    lines += list(filing.remarks) or ["Every file is below the size we hold for this court."]
    for part in filing.parts:
        if part.check is not None and part.check.cleared_by is not None:
            lines += [f"{part.name} was cleared: {part.check.because}"]
    return "\n".join(lines) + "\n"


def _standing(filing: Filing) -> str:
    if not filing.signed_off:
        return "DRAFT: nobody has signed this version off. Look at it, and do not file it."
    if filing.signed_pages:
        day = filing.version.executed_on
        on = f" on {long_day(day)}" if day else ""
        return f"The main document is the signed pages as they were scanned, signed{on}."
    return "No signed pages are on file: the main document is the paper as it was made."


# --- the zip


def _zipped(files: dict[str, bytes]) -> bytes:
    sums = "".join(f"{_sha256(data)}  {name}\n" for name, data in files.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in (*files.items(), ("checksums.txt", sums.encode())):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            pack.writestr(entry, data)
    return made.getvalue()


def _plain(title: str) -> str:
    """Return a title as the name of a file that every system takes."""
    kept = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", title)
    return kept[:MOST_NAMED].rstrip(" .") or "paper"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
