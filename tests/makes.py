"""Make rows for tests: the cast everybody knows, and one plain function for each noun.

Ada (staff), Sam (student) and Mira (attorney) are on the matter; Eve (attorney) is on none and
learns nothing; Noor looks after the office and reads no matter. Today is October 29, 2010.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from casemgr.db import tables
from casemgr.desk import Desk
from casemgr.domain.reminders import PolicyKind
from casemgr.domain.words import (
    Certainty,
    DeadlineKind,
    EntryKind,
    EventKind,
    ImportState,
    LetterKind,
    PaperKind,
    PartyRole,
    Role,
    SendMethod,
    Side,
    TakingState,
)
from casemgr.law.reader import the_law
from casemgr.settings import settings
from casemgr.usecases import signin
from casemgr.usecases.work import Actor

TODAY = date(2010, 10, 29)
EARLIER = date(2010, 2, 1)
NOON = datetime(2010, 10, 29, 16, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
PASSWORD = "correct horse battery staple"
SOURCE = "invented for tests"

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Cast:
    """The people of every test."""

    ada: tables.Person
    sam: tables.Person
    mira: tables.Person
    eve: tables.Person
    noor: tables.Person


@cache
def _hash() -> str:
    return signin.hash_password(PASSWORD)


def _kept(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def make_person(session: Session, name: str, role: Role, **more: Any) -> tables.Person:
    """Make somebody who signs in with PASSWORD; `make_person(session, "Ada Marlowe", STAFF)`."""
    email = f"{name.split()[0].lower()}@example.org"
    given = {"email": email, "password_hash": _hash(), **more}
    return _kept(session, tables.Person(name=name, role=role, **given))


def make_cast(session: Session) -> Cast:
    """Make the office and its five people."""
    _kept(
        session,
        tables.Office(name="Test Office", zone="America/New_York", demonstration=True, as_of=TODAY),
    )
    return Cast(
        ada=make_person(session, "Ada Marlowe", Role.STAFF),
        sam=make_person(session, "Sam Okonjo", Role.STUDENT),
        mira=make_person(session, "Mira Castellan", Role.ATTORNEY),
        eve=make_person(session, "Eve Lindqvist", Role.ATTORNEY),
        noor=make_person(session, "Noor Haddad", Role.ADMINISTRATOR),
    )


def actor_of(person: tables.Person) -> Actor:
    """Return the person as somebody a piece of work is done for."""
    return Actor(person.id, person.name, person.role, person.office_wide)


KEY = b"a key for tests"


def make_desk(
    engine: Engine,
    data: Path,
    *,
    as_of: date = TODAY,
    demonstration: bool = True,
    key: bytes = KEY,
    **environ: str,
) -> Desk:
    """Return the running program's desk over a test database, standing at a day."""
    env: Mapping[str, str] = {
        "CASEMGR_DATA": str(data),
        "CASEMGR_INSECURE_COOKIES": "1",
        **environ,
    }
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "history.key").write_text(key.hex(), encoding="ascii")
    return Desk(
        engine=engine,
        settings=settings(env),
        law=the_law(),
        key=key,
        office="Test Office",
        zone=ZONE,
        as_of=as_of,
        demonstration=demonstration,
    )


def make_session(desk: Desk, person: tables.Person) -> str:
    """Sign a person in and return the cookie's secret."""
    with desk.work(actor_of(person)) as work:
        return signin.begin(work, person)


def make_membership(
    session: Session, person: tables.Person, matter: tables.Matter, **more: Any
) -> tables.Membership:
    """Put a person on a matter since February 1, 2010."""
    given = {"since_on": EARLIER, **more}
    return _kept(session, tables.Membership(person_id=person.id, matter_id=matter.id, **given))


def make_matter(session: Session, *people: tables.Person, **more: Any) -> tables.Matter:
    """Make a matter with these people on it."""
    given = {
        "title": "Alvarez v. ICE",
        "opened_on": EARLIER,
        "known_on": EARLIER,
        "source": SOURCE,
        **more,
    }
    matter = _kept(session, tables.Matter(**given))
    for person in people:
        make_membership(session, person, matter)
    return matter


def make_wall(
    session: Session,
    person: tables.Person,
    matter: tables.Matter,
    asked_by: tables.Person,
    up_by: tables.Person | None,
    **more: Any,
) -> tables.Wall:
    """Make a wall that one person asked for and another put up; `up_by=None` for one only asked."""
    given = {
        "because": "Worked for the agency.",
        "asked_at": NOON,
        "up_by": None if up_by is None else up_by.id,
        "up_at": None if up_by is None else NOON,
        **more,
    }
    return _kept(
        session,
        tables.Wall(person_id=person.id, matter_id=matter.id, asked_by=asked_by.id, **given),
    )


def make_emergency(
    session: Session, person: tables.Person, matter: tables.Matter, **more: Any
) -> tables.Emergency:
    """Make the question of somebody who is not on a matter to be let in."""
    given = {
        "because": "The court calls and nobody answers.",
        "asked_at": NOON,
        "asked_on": TODAY,
        **more,
    }
    return _kept(
        session,
        tables.Emergency(person_id=person.id, asked_for=matter.id, matter_id=matter.id, **given),
    )


def make_organisation(
    session: Session, name: str = "Night Schools Network", **more: Any
) -> tables.Organisation:
    """Make an organisation outside the office."""
    given = {"known_on": EARLIER, "source": SOURCE, **more}
    return _kept(session, tables.Organisation(name=name, **given))


def make_contact(session: Session, name: str = "Rosa Alvarez", **more: Any) -> tables.Contact:
    """Make a person outside the office."""
    given = {"known_on": EARLIER, "source": SOURCE, **more}
    return _kept(session, tables.Contact(name=name, **given))


def make_agency(session: Session, id: str = "ice", **more: Any) -> tables.Agency:
    """Make an agency, or return the one there is with this id."""
    found = session.get(tables.Agency, id)
    given = {"name": f"The {id.upper()}", "short_name": id.upper(), "source": SOURCE, **more}
    return found or _kept(session, tables.Agency(id=id, **given))


def make_court(session: Session, id: str = "nysd", **more: Any) -> tables.Court:
    """Make a court, or return the one there is with this id."""
    found = session.get(tables.Court, id)
    given = {
        "name": "United States District Court for the Southern District of New York",
        "caption": "United States District Court\nSouthern District of New York",
        "cites_as": "S.D.N.Y.",
        "zone": "America/New_York",
        **more,
    }
    return found or _kept(session, tables.Court(id=id, **given))


def make_request(session: Session, matter: tables.Matter, **more: Any) -> tables.FoiaRequest:
    """Make a request of February 3, 2010."""
    given = {
        "title": "Opt-out letters and replies",
        "requested_on": date(2010, 2, 3),
        "known_on": date(2010, 2, 3),
        "source": SOURCE,
        **more,
    }
    return _kept(session, tables.FoiaRequest(matter_id=matter.id, **given))


def make_item(
    session: Session, request: tables.FoiaRequest, says: str = "All letters.", **more: Any
) -> tables.RequestItem:
    """Make one numbered item of a request."""
    given = {"position": 1, **more}
    return _kept(session, tables.RequestItem(request_id=request.id, says=says, **given))


def make_track(
    session: Session, request: tables.FoiaRequest, agency: str = "ice", **more: Any
) -> tables.Track:
    """Make one component's track of a request."""
    make_agency(session, agency)
    given = {"known_on": request.known_on, "source": SOURCE, **more}
    return _kept(
        session,
        tables.Track(matter_id=request.matter_id, request_id=request.id, agency_id=agency, **given),
    )


def make_event(
    session: Session,
    track: tables.Track,
    kind: EventKind = EventKind.SENT,
    happened_on: date = date(2010, 2, 3),
    **more: Any,
) -> tables.Event:
    """Make something that happened on a track, known on its day."""
    given = {"known_on": happened_on, "source": SOURCE, "certainty": Certainty.EXACT, **more}
    return _kept(
        session,
        tables.Event(
            matter_id=track.matter_id,
            track_id=track.id,
            kind=kind,
            happened_on=happened_on,
            **given,
        ),
    )


def make_production(session: Session, matter: tables.Matter, **more: Any) -> tables.Production:
    """Make one release of records."""
    given = {"title": "First release", "known_on": EARLIER, "source": SOURCE, **more}
    return _kept(session, tables.Production(matter_id=matter.id, **given))


def make_lawsuit(session: Session, matter: tables.Matter, **more: Any) -> tables.Lawsuit:
    """Make an action in the Southern District, filed on April 27, 2010."""
    make_court(session)
    given = {
        "court_id": "nysd",
        "docket_number": "10-cv-9001",
        "cited_as": "10 Civ. 9001",
        "title": "Alvarez v. ICE",
        "filed_on": date(2010, 4, 27),
        "known_on": date(2010, 4, 27),
        "source": SOURCE,
        **more,
    }
    return _kept(session, tables.Lawsuit(matter_id=matter.id, **given))


def make_docket_line(
    session: Session, entry: tables.DocketEntry, document: tables.Document, **more: Any
) -> tables.DocketLine:
    """Make a docket paper of the entry's lawsuit, and what it says of the entry."""
    paper = tables.DocketPaper(
        matter_id=entry.matter_id,
        lawsuit_id=entry.lawsuit_id,
        document_id=document.id,
        sha256="0" * 64,
        kind=PaperKind.SHEET,
        known_on=EARLIER,
        source=SOURCE,
    )
    _kept(session, paper)
    given = {"position": 1, "filed_on": entry.filed_on, "says": "As the court has it.", **more}
    line = tables.DocketLine(docket_paper_id=paper.id, docket_entry_id=entry.id, **given)
    return _kept(session, line)


def make_taking(
    session: Session, docket_paper_id: str, person: tables.Person, **more: Any
) -> tables.DocketTaking:
    """Make a docket paper that was taken in in the background."""
    paper = session.get_one(tables.DocketPaper, docket_paper_id)
    given = {
        "matter_id": paper.matter_id,
        "document_id": paper.document_id,
        "lawsuit_id": paper.lawsuit_id,
        "state": TakingState.FAILED,
        "problem": "It was not read.",
        "made_at": NOON,
        "known_on": TODAY,
        **more,
    }
    return _kept(session, tables.DocketTaking(person_id=person.id, **given))


def make_party(
    session: Session,
    lawsuit: tables.Lawsuit,
    name: str = "Rosa Alvarez",
    role: PartyRole = PartyRole.PLAINTIFF,
    **more: Any,
) -> tables.Party:
    """Make a party of a lawsuit."""
    given = {"known_on": lawsuit.known_on, "source": SOURCE, **more}
    return _kept(
        session,
        tables.Party(
            matter_id=lawsuit.matter_id, lawsuit_id=lawsuit.id, name=name, role=role, **given
        ),
    )


def make_docket_entry(
    session: Session,
    lawsuit: tables.Lawsuit,
    kind: EntryKind = EntryKind.COMPLAINT,
    filed_on: date = date(2010, 4, 27),
    **more: Any,
) -> tables.DocketEntry:
    """Make a row of the docket, known on the day of filing."""
    given = {
        "filed_by": Side.OURS,
        "says": f"{kind.value.capitalize()}.",
        "known_on": filed_on,
        "source": SOURCE,
        **more,
    }
    return _kept(
        session,
        tables.DocketEntry(
            matter_id=lawsuit.matter_id,
            lawsuit_id=lawsuit.id,
            kind=kind,
            filed_on=filed_on,
            **given,
        ),
    )


def make_order_date(
    session: Session, lawsuit: tables.Lawsuit, fixed_for: date = date(2010, 11, 15), **more: Any
) -> tables.OrderDate:
    """Make a date a court fixed."""
    given = {
        "title": "Produce the letters",
        "whose": Side.THEIRS,
        "known_on": lawsuit.known_on,
        "source": SOURCE,
        **more,
    }
    return _kept(
        session,
        tables.OrderDate(
            matter_id=lawsuit.matter_id, lawsuit_id=lawsuit.id, fixed_for=fixed_for, **given
        ),
    )


def make_hearing(session: Session, lawsuit: tables.Lawsuit, **more: Any) -> tables.Hearing:
    """Make a hearing at two in the afternoon of November 9, 2010 in New York."""
    given = {
        "title": "Hearing on the motion",
        "starts_at": datetime(2010, 11, 9, 19, tzinfo=UTC),
        "zone": "America/New_York",
        "place": "Courtroom 15C",
        "known_on": lawsuit.known_on,
        "source": SOURCE,
        **more,
    }
    return _kept(
        session, tables.Hearing(matter_id=lawsuit.matter_id, lawsuit_id=lawsuit.id, **given)
    )


def make_deadline(
    session: Session, matter: tables.Matter, due: date | None = date(2010, 11, 12), **more: Any
) -> tables.Deadline:
    """Make a deadline of ours with a proof of two lines."""
    given: dict[str, Any] = {
        "title": "Oppose the motion of October 29, 2010",
        "kind": DeadlineKind.RULE,
        "whose": Side.OURS,
        "rule": "lcr.nysd.6_1b.opposition",
        "text_since": date(2009, 12, 1),
        "safe": due,
        "earliest": due,
        "latest": due,
        "known_on": date(2010, 10, 1),
        "steps": [
            {"on": "2010-10-29", "says": "The motion was served.", "cites": None},
            {"on": "2010-11-12", "says": "Day 14 is the last day.", "cites": "L.Civ.R. 6.1(b)"},
        ],
        **more,
    }
    row = tables.Deadline(matter_id=matter.id, due=due, key="", **given)
    row.key = given.get("key") or f"{row.id}:made"
    return _kept(session, row)


def make_policy(session: Session, matter: tables.Matter, **more: Any) -> tables.ReminderPolicy:
    """Make the way a matter wants its court dates reminded of."""
    given = {
        "kind": PolicyKind.OUR_COURT_DATE,
        "key": f"{PolicyKind.OUR_COURT_DATE}:{matter.id}",
        "days_before": [21, 14, 7, 3, 1, 0],
        "because": "The judge grants no extensions.",
        **more,
    }
    return _kept(session, tables.ReminderPolicy(matter_id=matter.id, **given))


def make_task(session: Session, matter: tables.Matter, **more: Any) -> tables.Task:
    """Make a plan of the office."""
    given = {"title": "Call the FOIA officer", "known_on": EARLIER, **more}
    return _kept(session, tables.Task(matter_id=matter.id, **given))


def make_flag(
    session: Session, matter: tables.Matter, subject: SQLModel, says: str, number: int = 1
) -> tables.Flag:
    """Make an inconsistency found in a source, on the fact it concerns."""
    return _kept(
        session,
        tables.Flag(
            matter_id=matter.id,
            number=number,
            subject_kind=str(subject.__tablename__),
            subject_id=subject.id,  # type: ignore[attr-defined]
            says=says,
            known_on=EARLIER,
            source=SOURCE,
        ),
    )


def make_document(session: Session, matter: tables.Matter, **more: Any) -> tables.Document:
    """Make a document we know of and describe."""
    given = {
        "title": "Letter of the state's secretary",
        "kind": "letter",
        "summary": "Says no.",
        "known_on": EARLIER,
        "source": SOURCE,
        **more,
    }
    return _kept(session, tables.Document(matter_id=matter.id, **given))


def make_declaration(
    session: Session,
    matter: tables.Matter,
    says: tuple[str, ...] = ("I work for the Night Schools Network.", "I asked for the letters."),
    **more: Any,
) -> tuple[tables.Declaration, tables.DeclarationVersion]:
    """Make a declaration with one version of numbered paragraphs."""
    given = {
        "title": "Declaration of Rosa Alvarez",
        "declarant": "Rosa Alvarez",
        "known_on": EARLIER,
        "source": SOURCE,
        **more,
    }
    declaration = _kept(session, tables.Declaration(matter_id=matter.id, **given))
    version = _kept(
        session,
        tables.DeclarationVersion(
            declaration_id=declaration.id, number=1, known_on=declaration.known_on
        ),
    )
    for position, text in enumerate(says, start=1):
        make_paragraph(session, version, position, text)
    return declaration, version


def make_paragraph(
    session: Session,
    version: tables.DeclarationVersion,
    position: int,
    says: str,
    **more: Any,
) -> tables.Paragraph:
    """Make a paragraph; `number=None` for one the paper itself does not number."""
    given = {"number": position, **more}
    return _kept(
        session,
        tables.Paragraph(declaration_version_id=version.id, position=position, says=says, **given),
    )


def make_accepted_note(
    session: Session, declaration: tables.Declaration, **more: Any
) -> tables.AcceptedNote:
    """Make the reason why a finding of the checks may stand."""
    given = {
        "code": "unnamed-speaker",
        "says": "Nobody is named.",
        "sha256": "0" * 64,
        "because": "The name is under seal.",
        "accepted_at": NOON,
        "known_on": TODAY,
        **more,
    }
    row = tables.AcceptedNote(
        matter_id=declaration.matter_id, declaration_id=declaration.id, **given
    )
    return _kept(session, row)


def make_sign_off(
    session: Session,
    declaration: tables.Declaration,
    version: tables.DeclarationVersion,
    **more: Any,
) -> tables.SignOff:
    """Make an attorney's word for a version."""
    given = {"fingerprint": "0" * 64, "signed_off_at": NOON, "known_on": TODAY, **more}
    row = tables.SignOff(
        matter_id=declaration.matter_id, declaration_version_id=version.id, **given
    )
    return _kept(session, row)


def make_filing_check(
    session: Session, declaration: tables.Declaration, sha256: str, **more: Any
) -> tables.FilingCheck:
    """Make what was found in a file of a declaration's filing; the bytes are on file already."""
    given = {
        "findings": [{"code": "layer", "page": None, "says": "It has 1 layer."}],
        "checked_at": NOON,
        "known_on": TODAY,
        **more,
    }
    row = tables.FilingCheck(
        matter_id=declaration.matter_id, declaration_id=declaration.id, sha256=sha256, **given
    )
    return _kept(session, row)


def make_letter(
    session: Session, matter: tables.Matter, sha256: str = "0" * 64, **more: Any
) -> tables.Letter:
    """Make the row of a paper made from a template; its bytes are not in the store."""
    if session.get(tables.Blob, sha256) is None:
        _kept(session, tables.Blob(sha256=sha256, size=9, media_type="application/pdf"))
    given = {
        "kind": LetterKind.DEADLINE_REPORT,
        "title": "Deadline report",
        "template_version": "1",
        "facts_hash": "0" * 64,
        "pages": 1,
        "made_at": datetime(2010, 10, 29, 12, tzinfo=UTC),
        "known_on": TODAY,
        **more,
    }
    return _kept(session, tables.Letter(matter_id=matter.id, sha256=sha256, **given))


def make_release(
    session: Session, draft: tables.LetterDraft, letter: tables.Letter, **more: Any
) -> tables.LetterRelease:
    """Make the release of a draft as a letter that was made."""
    given = {"released_at": NOON, "known_on": TODAY, **more}
    return _kept(
        session,
        tables.LetterRelease(
            matter_id=draft.matter_id, draft_id=draft.id, letter_id=letter.id, **given
        ),
    )


def make_standing_permission(
    session: Session, matter: tables.Matter, person: tables.Person, by: tables.Person, **more: Any
) -> tables.StandingPermission:
    """Make that an attorney lets somebody release status inquiries for a month."""
    given = {
        "kinds": [LetterKind.STATUS_INQUIRY.value],
        "until_on": TODAY + timedelta(days=30),
        "given_at": NOON,
        "known_on": TODAY,
        **more,
    }
    return _kept(
        session,
        tables.StandingPermission(
            matter_id=matter.id, person_id=person.id, given_by=by.id, **given
        ),
    )


def make_sending(session: Session, release: tables.LetterRelease, **more: Any) -> tables.Sending:
    """Make that a released letter went out by mail today."""
    given = {
        "sent_on": TODAY,
        "method": SendMethod.MAIL,
        "recorded_at": NOON,
        "known_on": TODAY,
        "source": SOURCE,
        **more,
    }
    return _kept(
        session, tables.Sending(matter_id=release.matter_id, release_id=release.id, **given)
    )


def make_import(
    session: Session, matter: tables.Matter, person: tables.Person, **more: Any
) -> tables.SpreadsheetImport:
    """Make an import that waits for its columns to be matched, with one row."""
    document = make_document(session, matter, title="Spreadsheet old.csv")
    given = {
        "document_id": document.id,
        "file_name": "old.csv",
        "state": ImportState.MATCHING,
        "headers": ["Subject", "Agency"],
        "rows": 1,
        "made_at": NOON,
        "known_on": TODAY,
        **more,
    }
    row = _kept(
        session, tables.SpreadsheetImport(matter_id=matter.id, person_id=person.id, **given)
    )
    cells = ["Opt-out letters", "ICE"]
    _kept(session, tables.ImportRow(id=f"{row.id}-000002", import_id=row.id, number=2, cells=cells))
    return row


def make_origin(
    session: Session, matter: tables.Matter, imported_by: tables.Person, **more: Any
) -> tables.Origin:
    """Make where a matter came from; the bytes of its proof are not in the store."""
    for sha256 in ("1" * 64, "2" * 64):
        if session.get(tables.Blob, sha256) is None:
            _kept(session, tables.Blob(sha256=sha256, size=9, media_type="text/plain"))
    given = {
        "office": "The clinic across the river",
        "program": "0.1.0",
        "exported_by": "Lena Fuchs",
        "exported_at": NOON,
        "manifest_sha256": "1" * 64,
        "history_sha256": "2" * 64,
        "seal": "0" * 64,
        "head_seal": "0" * 64,
        "imported_at": NOON,
        "known_on": TODAY,
        **more,
    }
    return _kept(session, tables.Origin(matter_id=matter.id, imported_by=imported_by.id, **given))
