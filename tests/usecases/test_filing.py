"""A declaration goes to the court: looked through, cleared by name, and packed file by file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.session import transaction
from casemgr.db.tables import Blob, Exhibit, FilingCheck, HistoryEntry, Person
from casemgr.domain.words import PartyRole
from casemgr.errors import Malformed, NotFound, Refused, WrongMoment
from casemgr.letters.pdf_hidden import inspect
from casemgr.usecases import (
    declaration_checks,
    declaration_content,
    declaration_sign_off,
    declaration_signing,
    declaration_versions,
    filing_checks,
    filing_packages,
)
from casemgr.usecases.declaration_checks import AcceptInput
from casemgr.usecases.declaration_sign_off import SignOffInput
from casemgr.usecases.declaration_signing import SignedInput
from casemgr.usecases.filing_checks import ClearInput
from casemgr.usecases.filing_packages import PackageInput
from casemgr.usecases.filing_parts import Filing
from casemgr.usecases.letters import PDF, Opens
from casemgr.usecases.work import Work
from tests import makes
from tests.letters import small_pdfs as small

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SAYS = (
    "I am the records manager of the Night Schools Network.",
    "On February 3, 2010, I wrote the request. A copy of the letter is Exhibit A.",
)
CLEARED = ClearInput(because="The layer holds the agency's stamp, and it is meant to be seen.")


class Court:
    """A declaration in a lawsuit, and whoever works on it."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            matter = makes.make_matter(session, self.cast.ada, self.cast.sam, self.cast.mira)
            lawsuit = makes.make_lawsuit(session, matter)
            makes.make_party(session, lawsuit)
            makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
            self.matter_id = matter.id
            row, self.version = makes.make_declaration(session, matter, SAYS, lawsuit_id=lawsuit.id)
            self.id = row.id

    def attach_two(self) -> None:
        """Attach a letter with a layer in it, and a plain one."""
        self.attach("A", small.DIRTY["a layer"][0], title="The letter of ICE")
        self.attach("B", small.CLEAN["plain words"], title="The reply / “final”")

    def attach(self, label: str, data: bytes | None, kind: str = PDF, title: str = "A") -> None:
        with transaction(self.desk.engine) as session:
            matter = session.get_one(makes.tables.Matter, self.matter_id)
            sha256 = self.desk.store.keep(data) if data is not None else None
            if sha256 is not None and session.get(Blob, sha256) is None:
                session.add(Blob(sha256=sha256, size=len(data or b""), media_type=kind))
                session.flush()
            document = makes.make_document(
                session, matter, title=title, sha256=sha256, dated_on=date(2010, 3, 1)
            )
            given = {"label": label, "title": title, "position": ord(label)}
            session.add(Exhibit(declaration_id=self.id, document_id=document.id, **given))

    def work(self, person: Person) -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(person))

    def opens(self, person: Person | None = None) -> Opens:
        actor = makes.actor_of(person or self.cast.sam)

        def opened(*, reads_only: bool = False) -> AbstractContextManager[Work]:
            return self.desk.work(actor, reads_only=reads_only)

        return opened

    def check(self) -> Filing:
        return filing_checks.check(self.opens(), self.desk.store, self.id)

    def clear(self, person: Person, label: str = "A") -> FilingCheck:
        with self.work(person) as work:
            filing = filing_checks.gather(work, self.id)
            (part,) = [each for each in filing.parts if each.label == label]
            assert part.check is not None
            return filing_checks.clear(work, part.check.id, CLEARED)

    def sign_off(self) -> None:
        """Sign the version off by Mira's word, whatever the checks find."""
        with self.work(self.cast.mira) as work:
            version, row = declaration_versions.opened(work, self.version.id)
            for each in declaration_checks.look(work, row, version):
                stands = AcceptInput(sha256=each.sha256, because="Looked at it.")
                declaration_checks.accept(work, version.id, stands)
            as_read = declaration_content.of(work, row, version).fingerprint
            declaration_sign_off.sign_off(work, version.id, SignOffInput(fingerprint=as_read))

    def sign(self, scan: bytes) -> None:
        """Put the scan of the signed pages on file."""
        with transaction(self.desk.engine) as session:
            matter = session.get_one(makes.tables.Matter, self.matter_id)
            sha256 = self.desk.store.keep(scan)
            session.add(Blob(sha256=sha256, size=len(scan), media_type=PDF))
            session.flush()
            document = makes.make_document(session, matter, title="Signed", sha256=sha256)
        with self.work(self.cast.sam) as work:
            signed = SignedInput(document_id=document.id, executed_on=makes.EARLIER)
            declaration_signing.keep_signed(work, self.version.id, signed)

    def make(self, **given: object) -> dict[str, bytes]:
        package = filing_packages.make(
            self.opens(), self.desk.store, self.id, PackageInput.model_validate(given)
        )
        assert hashlib.sha256(package.data).hexdigest() == package.sha256
        with zipfile.ZipFile(io.BytesIO(package.data)) as pack:
            return {name: pack.read(name) for name in pack.namelist()}


@pytest.fixture
def court(engine: Engine, tmp_path: Path) -> Court:
    return Court(engine, tmp_path)


@on_sqlite
def test_nothing_leaves_before_every_file_is_looked_through_and_cleared(court: Court) -> None:
    court.attach_two()
    court.sign_off()
    with pytest.raises(Malformed, match="was not looked through yet"):
        court.make()
    filing = court.check()
    assert [each.check.problem if each.check else "?" for each in filing.parts] == ["", "", ""]
    assert filing.stops == ("Exhibit A is held back until somebody clears what was found in it.",)
    with pytest.raises(Malformed, match="Exhibit A is held back"):
        court.make()
    with pytest.raises(Refused):
        court.clear(court.cast.sam)
    with pytest.raises(NotFound):
        court.clear(court.cast.eve)
    cleared = court.clear(court.cast.mira)
    assert cleared.cleared_by == court.cast.mira.id
    with pytest.raises(WrongMoment, match="cleared already"):
        court.clear(court.cast.mira)
    with pytest.raises(WrongMoment, match="Nothing was found"):
        court.clear(court.cast.mira, "B")

    files = court.make()
    assert list(files) == [
        "0 Declaration of Rosa Alvarez.pdf",
        "1 Ex. A – The letter of ICE, March 1, 2010.pdf",
        "2 Ex. B – The reply _ “final”, March 1, 2010.pdf",
        "Exhibit list.pdf",
        "Declaration of Rosa Alvarez.docx",
        "Read me.txt",
        "checksums.txt",
    ]
    said = files["Read me.txt"].decode()
    assert "Fed. R. Civ. P. 5(d)(1)(B)" in said
    assert "Exhibit A was cleared: The layer holds" in said
    sums = dict(line.split("  ")[::-1] for line in files["checksums.txt"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if name != "checksums.txt"
    }
    for name, data in files.items():
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                assert set(pdf.docinfo) == {"/Title", "/Producer"}
    exhibit = files["1 Ex. A – The letter of ICE, March 1, 2010.pdf"]
    assert inspect(exhibit).pages == 2
    with pikepdf.open(io.BytesIO(exhibit)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "1 Ex. A – The letter of ICE, March 1, 2010"
    with transaction(court.desk.engine) as session:
        told = session.exec(select(HistoryEntry.what).order_by(col(HistoryEntry.seq))).all()
    assert [each for each in told if each in {"declaration.cleared", "declaration.packaged"}] == [
        "declaration.cleared",
        "declaration.packaged",
    ]


@on_sqlite
def test_whoever_is_served_by_mail_gets_a_certificate(court: Court) -> None:
    court.check()
    with pytest.raises(Malformed, match="Line 1"):
        court.make(served="Jo Lee", served_by="Ada Marlowe")
    with pytest.raises(Malformed, match="who served"):
        court.make(served="Jo Lee; by mail; 1 Main Street", draft=True)
    files = court.make(
        served="Jo Lee; by certified mail; 1 Main Street, Albany",
        by_court="Office of the U.S. Attorney",
        served_by="Ada Marlowe",
        served_on=date(2010, 10, 29),
        archive=True,
        draft=True,
    )
    assert "Certificate of service.pdf" in files
    assert "No certificate" not in files["Read me.txt"].decode()
    with pikepdf.open(io.BytesIO(files["0 DRAFT Declaration of Rosa Alvarez.pdf"])) as pdf:
        assert b'pdfaid:part="2"' in pdf.Root.Metadata.read_bytes()


@on_sqlite
def test_an_exhibit_that_cannot_be_filed_is_told_in_words(court: Court) -> None:
    court.attach("C", small.LOCKED, title="Locked")
    court.attach("D", small.BROKEN, title="Broken")
    court.attach("E", b"Dear Sir or Madam:", "text/plain", title="Text")
    court.attach("F", None, title="Not here")
    court.attach("G", b"%PDF-1.7 large", title="Enormous")
    with transaction(court.desk.engine) as session:
        large = hashlib.sha256(b"%PDF-1.7 large").hexdigest()
        session.get_one(Blob, large).size = 512_000_000
    says = dict(zip("CDEFG", court.check().stops, strict=True))
    assert "wants a password" in says["C"]
    assert "broken" in says["D"]
    assert "plain text" in says["E"]
    assert "has no file" in says["F"]
    assert "512 megabytes" in says["G"]
    with pytest.raises(WrongMoment, match="cannot be cleared"):
        court.clear(court.cast.mira, "C")


@on_sqlite
def test_other_bytes_are_not_under_the_old_clearance(court: Court) -> None:
    court.attach("A", small.DIRTY["a layer"][0])
    court.check()
    court.clear(court.cast.mira)
    with transaction(court.desk.engine) as session:
        sha256 = court.desk.store.keep(small.DIRTY["words under a black box"][0])
        session.add(Blob(sha256=sha256, size=1, media_type=PDF))
        session.flush()
        exhibit = session.exec(select(Exhibit).where(Exhibit.label == "A")).one()
        document = session.get_one(makes.tables.Document, exhibit.document_id)
        document.sha256 = sha256
    with pytest.raises(Malformed, match="was not looked through"):
        court.make(draft=True)
    assert "text-unseen" in str(court.check().exhibits[0].check.findings)  # type: ignore[union-attr]
    with pytest.raises(Malformed, match="held back"):
        court.make(draft=True)


@on_sqlite
def test_what_nobody_signed_off_leaves_as_a_draft_that_says_so_or_not_at_all(court: Court) -> None:
    court.check()
    with pytest.raises(WrongMoment, match=r"(Mira Castellan or .*|Mira Castellan) can sign it off"):
        court.make()
    files = court.make(draft=True)
    assert "0 DRAFT Declaration of Rosa Alvarez.pdf" in files
    assert "DRAFT: nobody has signed this version off" in files["Read me.txt"].decode()


@on_sqlite
def test_the_signed_pages_are_the_main_paper_once_they_are_on_file(court: Court) -> None:
    court.sign_off()
    assert "No signed pages are on file" in court.check().remarks[0]
    scan = small.a_pdf("BT /F1 12 Tf 72 700 Td (Signed by hand) Tj ET")
    court.sign(scan)
    with pytest.raises(Malformed, match="The declaration was not looked through yet"):
        court.make()
    filing = court.check()
    assert filing.stops == ()
    assert filing.signed_pages
    files = court.make()
    with pdfplumber.open(io.BytesIO(files["0 Declaration of Rosa Alvarez.pdf"])) as pdf:
        assert [page.extract_text() for page in pdf.pages] == ["Signed by hand"]
        assert pdf.metadata["Title"] == "Declaration of Rosa Alvarez"
    assert "the signed pages as they were scanned" in files["Read me.txt"].decode()
    assert "Declaration of Rosa Alvarez.docx" in files
