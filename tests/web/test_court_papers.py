"""The papers of a lawsuit: check lists of what is missing, facts from the record, PDF and Word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db import tables
from casemgr.domain.words import Certainty, EventKind, FixedBy, LetterKind, Outcome, PartyRole, Side
from casemgr.errors import Malformed
from casemgr.letters.court_papers import CourtPaperFacts, DataSheetFacts, DocketReportFacts
from casemgr.letters.facts import DeclarationFacts
from casemgr.letters.filing_facts import CertificateFacts
from casemgr.usecases import court_papers, docket_report
from casemgr.usecases.letters import Paper
from tests import makes
from tests.web.conftest import Office, text_of

# What SQL asks is tried on both kinds of database once; the rest is the same code.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ready(office: Office) -> Office:
    """Return the office with counsel for both sides, and the track in suit."""
    with office.rows() as session:
        lawsuit, agency = session.merge(office.lawsuit), session.get_one(tables.Agency, "ice")
        agency.address = "500 12th Street SW\nWashington, DC 20536"
        asker = makes.make_organisation(session, name="Night Schools Network")
        session.add(tables.Requester(request_id=office.request.id, organisation_id=asker.id))
        session.add(tables.LawsuitTrack(lawsuit_id=lawsuit.id, track_id=office.track.id))
        for name, side in (("Mira Castellan", Side.OURS), ("Jo Adams", Side.THEIRS)):
            contact = makes.make_contact(session, name, title="Attorney")
            session.add(
                tables.Appearance(
                    matter_id=office.matter.id,
                    lawsuit_id=lawsuit.id,
                    contact_id=contact.id,
                    side=side,
                    known_on=makes.EARLIER,
                )
            )
        party = select(tables.Party).where(tables.Party.role == PartyRole.DEFENDANT)
        session.exec(party).one().agency_id = "ice"
        makes.make_event(
            session,
            session.merge(office.track),
            EventKind.RECEIVED,
            date(2010, 2, 8),
            certainty=Certainty.ABOUT,
        )
    return office


def made(office: Office, kind: LetterKind, **typed: Any) -> Paper:
    given = court_papers.read(kind, typed)
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        return court_papers.gather(office.lawsuit.id, kind, given)(work)


def said(paper: Paper) -> str:
    facts = paper.facts
    assert isinstance(facts, CourtPaperFacts | DeclarationFacts)
    return "\n".join([facts.opening, *(each.text for each in facts.paragraphs)])


def boxes(paper: Paper) -> dict[str, tuple[str, ...]]:
    assert isinstance(paper.facts, DataSheetFacts)
    return {line.box: line.says for part in paper.facts.parts for line in part.lines}


def test_the_list_says_what_each_paper_still_needs(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/lawsuits/{office.lawsuit.id}/papers").text)

    assert "Complaint Begins the lawsuit." in page
    assert "The tracks in suit" in page
    assert "Papers" in ada.get(f"/lawsuits/{office.lawsuit.id}").text


@on_sqlite
def test_what_is_missing_keeps_a_paper_from_being_made(office: Office, ada: TestClient) -> None:
    address = f"/lawsuits/{office.lawsuit.id}/papers/complaint"

    answer = ada.post(address, data={"narrative": "They did not answer."})

    page = text_of(answer.text)
    assert answer.status_code == 422
    assert "The tracks in suit is missing." in page
    assert "Who signs is missing. Record who appears for us." in page
    assert "They did not answer." in page
    with office.rows() as session:
        assert session.exec(select(tables.Letter)).all() == []


@on_sqlite
def test_the_complaint_pleads_what_the_record_and_the_ledger_have(ready: Office) -> None:
    paper = made(
        ready,
        LetterKind.COMPLAINT,
        venue="plaintiff has its office here.",
        narrative="First.\n\nSecond.",
    )

    assert isinstance(paper.facts, CourtPaperFacts)
    text = said(paper)
    assert paper.facts.caption.full
    assert "Night Schools Network asked The ICE for records" in text
    assert "On or about February 8, 2010, ICE received the request." in text
    assert "plaintiff has its office here." in text
    assert "No determination on the request came from The ICE within the time" in text
    assert "since March 10, 2010. 5 U.S.C. § 552(a)(6)(C)(i)." in text
    numbers = [each.number for each in paper.facts.paragraphs if each.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert paper.draft == "DRAFT – not filed"


@on_sqlite
def test_nothing_that_cannot_be_pleaded_is_pleaded(ready: Office) -> None:
    with ready.rows() as session:
        track = session.merge(ready.track)
        decided = {"outcome": Outcome.GRANTED, "adverse": False}
        makes.make_event(session, track, EventKind.DETERMINATION, date(2010, 2, 26), **decided)

    with pytest.raises(Malformed) as wrong:
        made(ready, LetterKind.COMPLAINT, venue="here.")

    assert list(wrong.value.problems) == ["counts"]


@on_sqlite
def test_the_summons_says_thirty_days_and_why(ready: Office) -> None:
    paper = made(ready, LetterKind.SUMMONS)

    found = boxes(paper)
    assert found["Days to answer"] == ("30, not 60: 5 U.S.C. § 552(a)(4)(C)",)
    assert found["To"][1:] == ("500 12th Street SW", "Washington, DC 20536")
    assert isinstance(paper.facts, DataSheetFacts)
    assert any("cross 60 out" in each for each in paper.facts.warnings)


@on_sqlite
def test_the_cover_sheet_names_related_cases_and_leaves_no_box_blank(ready: Office) -> None:
    with ready.rows() as session:
        session.add(
            tables.RelatedLawsuit(
                lawsuit_id=ready.lawsuit.id,
                number="10 Civ. 3488",
                how="same program",
                known_on=makes.EARLIER,
            )
        )

    found = boxes(made(ready, LetterKind.COVER_SHEET))

    assert found["VIII Related cases"] == ("10 Civ. 3488, same program",)
    assert found["I(b) County of the first plaintiff"] == ("Not on record: fill it in by hand",)
    assert all(each for each in found.values())


@on_sqlite
def test_before_there_is_a_number_papers_print_a_blank(ready: Office) -> None:
    with ready.rows() as session:
        lawsuit = session.merge(ready.lawsuit)
        lawsuit.docket_number, lawsuit.cited_as = "10-cv-0", "10 Civ. 0"

    paper = made(ready, LetterKind.SUMMONS)

    assert boxes(paper)["Civil action no."] == ("10 Civ. ________",)


@on_sqlite
def test_a_proof_of_service_swears_to_what_was_recorded(ready: Office) -> None:
    with ready.rows() as session:
        session.add(
            tables.Service(
                matter_id=ready.matter.id,
                lawsuit_id=ready.lawsuit.id,
                served_on_whom="the United States Attorney, S.D.N.Y.",
                us_attorney=True,
                method="certified mail",
                sent_on=date(2010, 5, 3),
                delivered_on=date(2010, 5, 5),
                known_on=makes.EARLIER,
            )
        )

    text = said(made(ready, LetterKind.PROOF_OF_SERVICE, server="Ada Marlowe"))

    assert "I, Ada Marlowe, declare under penalty of perjury" in text
    assert (
        "On May 3, 2010, I sent the summons and the complaint to the United States Attorney, "
        "S.D.N.Y., by certified mail. It was delivered on May 5, 2010."
    ) in text


@on_sqlite
def test_a_certificate_is_made_only_where_somebody_is_not_served_by_the_court(
    ready: Office,
) -> None:
    kind, typed = LetterKind.CERTIFICATE_OF_SERVICE, {"papers": "Letter", "server": "Ada Marlowe"}
    with pytest.raises(Malformed) as refused:
        made(ready, kind, **typed)
    assert "no certificate is needed" in refused.value.problems["served"]

    facts = made(ready, kind, served="Jo Doe; by certified mail; 1 Main Street", **typed).facts

    assert isinstance(facts, CertificateFacts)
    assert [(each.name, each.how, each.lines) for each in facts.served] == [
        ("Jo Doe", "by certified mail", ("1 Main Street",))
    ]


@on_sqlite
def test_a_paper_says_what_it_rests_on_and_what_was_not_read(
    ready: Office, ada: TestClient
) -> None:
    page = text_of(ada.get(f"/lawsuits/{ready.lawsuit.id}/papers/proof_of_service").text)

    assert "Fed. R. Civ. P. 4(l)" in page
    assert "Not read for this rule book" in page
    found = ada.get(f"/api/v1/lawsuits/{ready.lawsuit.id}/papers").json()["items"]
    law = {each["kind"]: {one["cites"]: one["read"] for one in each["law"]} for each in found}
    assert law["summons"]["5 U.S.C. § 552(a)(4)(C)"] is True
    assert law["certificate_of_service"]["Fed. R. Civ. P. 5(d)(1)(B)"] is False


@on_sqlite
def test_a_notice_of_motion_says_when_answers_are_due(ready: Office) -> None:
    typed = {
        "what": "for summary judgment",
        "rules": "Fed. R. Civ. P. 56",
        "relief": "to order the release of the records.",
        "upon": "the declaration of Rosa Alvarez\nthe memorandum of law",
    }

    by_rule = said(made(ready, LetterKind.NOTICE_OF_MOTION, **typed))
    by_order = said(made(ready, LetterKind.NOTICE_OF_MOTION, answer_by="2010-11-30", **typed))

    assert "upon the declaration of Rosa Alvarez and the memorandum of law" in by_rule
    assert "within fourteen days" in by_rule
    assert "by November 30, 2010." in by_order
    assert "fourteen" not in by_order


@on_sqlite
def test_the_status_report_is_as_of_the_day_and_counts_what_came(ready: Office) -> None:
    with ready.rows() as session:
        makes.make_production(
            session,
            session.merge(ready.matter),
            track_id=ready.track.id,
            produced_on=date(2010, 8, 3),
            bates_first="ICE 000001",
            bates_last="ICE 000200",
        )
        session.add(
            tables.ProductionPace(
                matter_id=ready.matter.id,
                track_id=ready.track.id,
                pages=100,
                since_on=date(2010, 7, 1),
                in_all=1000,
                fixed_by=FixedBy.AGREEMENT,
                known_on=makes.EARLIER,
            )
        )

    paper = made(ready, LetterKind.STATUS_REPORT, ours="Too slow.", next_on="2010-11-30")

    text = said(paper)
    assert "As of October 29, 2010, 1 release by ICE is on record, of 200 pages." in text
    assert "The agreed pace is 100 pages a month. By October 1, 2010, 300 pages were due" in text
    assert "100 behind" in text
    assert "Too slow." in text
    assert "report again by November 30, 2010" in text
    assert isinstance(paper.facts, CourtPaperFacts)
    assert [each.name for each in paper.facts.signers] == ["Mira Castellan", "Jo Adams"]


@on_sqlite
def test_a_report_does_not_say_that_nothing_came_where_nobody_knows_from_whom(
    ready: Office,
) -> None:
    with ready.rows() as session:
        matter = session.merge(ready.matter)
        makes.make_production(session, matter, title="Disc", produced_on=date(2010, 8, 3))

    text = said(made(ready, LetterKind.STATUS_REPORT))

    assert "no release by ICE alone is on record" in text
    assert "1 release by the defendants is on record; of others the number" in text


@on_sqlite
def test_a_paper_comes_as_pdf_and_for_word_and_is_listed(
    ready: Office, ada: TestClient, eve: TestClient
) -> None:
    address = f"/lawsuits/{ready.lawsuit.id}/papers/status_report"

    answer = ada.post(address, data={"ours": "Too slow.", "next_on": "11/30/2010"})
    sheet = ada.post(f"/api/v1/lawsuits/{ready.lawsuit.id}/papers", json={"kind": "summons"})
    dates = ada.post(f"/matters/{ready.matter.id}/docket-report")

    pdf = ada.get(answer.headers["location"])
    assert pdf.content.startswith(b"%PDF-")
    assert ada.get(answer.headers["location"].replace(".pdf", ".docx")).status_code == 200
    assert answer.headers["location"] in ada.get(address).text
    assert sheet.status_code == 201, sheet.text
    assert ada.get(dates.headers["location"]).content.startswith(b"%PDF-")
    assert eve.get(address).status_code == 404
    assert eve.post(address, data={}).status_code == 404
    items = ada.get(f"/api/v1/lawsuits/{ready.lawsuit.id}/papers").json()["items"]
    assert [each["kind"] for each in items][:2] == ["complaint", "cover_sheet"]


@on_sqlite
def test_the_docket_report_puts_what_nobody_confirmed_first_for_each_person(ready: Office) -> None:
    with ready.rows() as session:
        for row in session.exec(select(tables.Deadline)).all():
            row.owner_id = ready.cast.ada.id if row.whose is Side.OURS else None

    with ready.desk.work(makes.actor_of(ready.cast.ada)) as work:
        paper = docket_report.gather(ready.matter.id, "Clinic")(work)

    assert isinstance(paper.facts, DocketReportFacts)
    nobody, ada = paper.facts.people
    assert (nobody.name, ada.name) == ("Nobody yet", "Ada Marlowe")
    assert [each.title for each in ada.others] == ["Serve the summons and complaint, 10 Civ. 9001"]
    assert "(Dkt. 12)" in nobody.unconfirmed[0].title
    for person in paper.facts.people:
        assert all("onfirmed" in each.state_says for each in person.unconfirmed)
        days = [each.due for each in person.others if each.due]
        assert days == sorted(days)
