"""Canaries: every word of a matter is marked, and no mark reaches anybody who may not know of it.

Whoever is off the matter asks every address there is, of pages and API, with the matter's own ids
and with ids that never were: the answers hold no mark, and are the same byte for byte. Who is on
the matter finds the marks with the same questions, and so does everybody without the wall.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx2 import Response
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import AutoString
from starlette.testclient import TestClient

from casemgr.api import nouns
from casemgr.db import calendar_lists, doors, request_list
from casemgr.db.doors import PART_OF
from casemgr.db.session import open_engine, transaction
from casemgr.db.soundness import tables as all_tables
from casemgr.db.tables import (
    Deadline,
    Declaration,
    DeclarationVersion,
    DocketEntry,
    Document,
    Event,
    LetterDraft,
    Matter,
    Membership,
    Person,
    Reminder,
    SearchStatement,
    Task,
)
from casemgr.domain.words import ReminderState, Role
from casemgr.scheduler import sweep
from casemgr.usecases import saved_views
from casemgr.web.places import OF_LAWSUITS
from tests import makes
from tests.api.conftest import API, BY_PATH, MADE, OfficeBehindApi, filled, open_office
from tests.api.test_who_may import OFFICE_WIDE, ON_MATTER

MARK = re.compile(r"ZQ7\d{3}ZQ")
# Words with a form: another program reads them, and a mark would break it before it is shown.
WITH_A_FORM = {
    "key", "rule", "proof_hash", "sha256", "facts_hash", "zone", "docket_number", "subject_kind",
    "subject_id", "dedupe_key", "channel", "language", "asked_for", "claimed_by",
    "seal", "head_seal", "fingerprint",
}  # fmt: skip
PARTS = ("requests", "docket", "deadlines", "declarations", "documents", "flags")
CODE = re.compile(r"\b([A-Z]{1,4})-[0-9A-Z]{10}\b")
OF_HISTORY = "ZQ7999ZQ"  # typed in a change, so that the history tells of it
# Words of what has not happened on the one day of the test, and of a hold that nobody placed.
NEVER_SHOWN = {
    "deadline.done_how", "deadline.superseded_because", "event.withdrawn_because",
    "hearing.outcome", "hearing.superseded_because", "legal_hold.because",
    "legal_hold.release_because", "order_date.met_by", "reminder.last_problem",
    "reminder.sent_to",
}  # fmt: skip
NONCE = re.compile(r"'nonce-[^']+'")
KEY = re.compile(rb'name="form_key" value="[^"]+"')


def of_matters() -> Iterator[sa.Table]:
    part = {str(each.__tablename__) for each in PART_OF}
    of_one = (each for each in all_tables() if each.name in part or "matter_id" in each.c)
    yield Matter.__table__  # type: ignore[attr-defined]
    yield from (each for each in of_one if each.name not in {"history_entry", "membership"})


def words(table: sa.Table) -> list[str]:
    """Return the columns in which people's words stand."""
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, AutoString)
        and not (column.primary_key or column.foreign_keys)
        and column.name not in WITH_A_FORM
    ]


@dataclass
class Marked:
    """An office with one matter in which every word is a mark, and those who are off it."""

    office: OfficeBehindApi
    marks: dict[str, str] = field(default_factory=dict)  # the mark, and where it was put

    def browser(self, person: Person) -> TestClient:
        """Return a browser in which this person is signed in; it opens pages and API alike."""
        made = TestClient(
            self.office.app, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False
        )
        made.cookies.set(self.office.desk.cookie, makes.make_session(self.office.desk, person))
        return made

    def addresses(self, method: str) -> list[tuple[str, str]]:
        """Return every address that takes ids, with the matter's own and with none that ever was.

        Addresses without an id come with themselves.
        """
        found = []
        for route in self._routes(method):
            for path in _spelled(route.path):
                own = self._filled(path)
                found.append((own, CODE.sub(r"\1-0000000000", own)))
        return found

    def _routes(self, method: str) -> list[APIRoute]:
        routes = (each for each in self.office.app.routes if isinstance(each, APIRoute))
        return [each for each in routes if method in each.methods and _is_ours(each.path)]

    def _filled(self, path: str) -> str:
        noun = path.removeprefix(f"{API}/").split("/")[0]
        one = BY_PATH[noun].one_name if noun in BY_PATH else ""
        ids = {**self.office.ids, "id": self.office.ids.get(f"{one}_id", "X-0000000000")}
        return re.sub(r"{(\w+)}", lambda name: ids.get(name[1], "X-0000000000"), path)


def _is_ours(path: str) -> bool:
    # Signing out or being off-boarded would end the crawl, and no matter hangs on it.
    away = ("/sign-", "/people", f"{API}/staff-list", "/account", f"{API}/sessions", "/invitation")
    return not path.startswith(away)


def _spelled(path: str) -> list[str]:
    """Return an address once for each word that stands in a place where words stand."""
    if path == "/matters/{matter_id}/{part}":
        return [path.replace("{part}", part) for part in PARTS]
    if path == "/{noun}/{row_id}":
        ids = {noun: f"{table.__tablename__}_id" for noun, table in OF_LAWSUITS.items()}
        return [f"/{noun}/{{{name}}}" for noun, name in ids.items()]
    return [path]


@pytest.fixture(scope="module")
def marked(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, app: list[FastAPI]
) -> Iterator[Marked]:
    """Mark every word of a matter, once for all that only look.

    Mira is walled off, whatever else she may; Sam's time is over; Eve never was on it.
    """
    folder = tmp_path_factory.mktemp("marked")
    engine = open_engine(f"sqlite:///{shutil.copy(sqlite_template, folder / 'casemgr.sqlite3')}")
    made = Marked(filled(open_office(makes.make_desk(engine, folder), app)))
    with transaction(engine) as session:
        _take_off_the_matter(session, made.office)
        thaw(session)
        for table in of_matters():
            columns = {
                name: f"ZQ7{len(made.marks) + i:03d}ZQ" for i, name in enumerate(words(table))
            }
            made.marks |= {mark: f"{table.name}.{name}" for name, mark in columns.items()}
            if columns:
                session.execute(table.update().values(columns))
    ada = made.office.client(made.office.cast.ada)
    matter = f"{API}/matters/{made.office.ids['matter_id']}"
    held = {"If-Match": ada.get(matter).headers["ETag"]}
    said = ada.patch(matter, json={"summary": OF_HISTORY}, headers=held)
    assert said.status_code == 200, said.text
    yield made
    engine.dispose()


def thaw(session: Session) -> None:
    """Let the words of frozen versions be marked too."""
    postgres = session.get_bind().dialect.name == "postgresql"
    for table in ("declaration_version", "paragraph"):
        guard = f"frozen_refuses ON {table}" if postgres else f"frozen_refuses_update_of_{table}"
        session.execute(sa.text(f"DROP TRIGGER {guard}"))


def _take_off_the_matter(session: Session, office: OfficeBehindApi) -> None:
    cast, matter = office.cast, session.get_one(Matter, office.ids["matter_id"])
    finn = makes.make_person(session, "Finn Aalto", Role.ATTORNEY)
    session.get_one(Person, cast.mira.id).office_wide = True  # a wall beats it
    wall = makes.make_wall(session, cast.mira, matter, cast.ada, cast.noor)
    session.execute(
        sa.update(Membership)
        .where(col(Membership.person_id) == cast.sam.id)
        .values(until_on=makes.TODAY - timedelta(days=1))
    )
    session.execute(sa.update(Event).values(chosen_on=makes.TODAY))
    session.execute(sa.update(SearchStatement).values(withdrawn_on=makes.TODAY))
    letter = makes.make_letter(session, matter)
    draft = session.get_one(LetterDraft, office.ids["letter_draft_id"])
    release = makes.make_release(session, draft, letter, void_on=makes.TODAY)
    line = makes.make_docket_line(
        session,
        session.get_one(DocketEntry, office.ids["docket_entry_id"]),
        session.get_one(Document, office.ids["document_id"]),
    )
    declaration = session.get_one(Declaration, office.ids["declaration_id"])
    version = session.get_one(DeclarationVersion, office.ids["declaration_version_id"])
    office.ids |= {
        "accepted_note_id": makes.make_accepted_note(session, declaration).id,
        "filing_check_id": makes.make_filing_check(session, declaration, letter.sha256).id,
        "sign_off_id": makes.make_sign_off(session, declaration, version, void_on=makes.TODAY).id,
        "letter_release_id": release.id,
        "sending_id": makes.make_sending(session, release).id,
        "standing_permission_id": makes.make_standing_permission(
            session, matter, cast.ada, finn
        ).id,
        "wall_id": wall.id,
        "emergency_id": makes.make_emergency(session, finn, matter).id,
        "letter_id": letter.id,
        "origin_id": makes.make_origin(session, matter, cast.ada).id,
        "docket_paper_id": line.docket_paper_id,
        "docket_line_id": line.id,
        "docket_taking_id": makes.make_taking(session, line.docket_paper_id, cast.ada).id,
        "import_id": makes.make_import(session, matter, cast.ada).id,
        "deadline_id": str(session.exec(select(Deadline.id)).first()),
        # Whoever has something to do on it: what they would hand over is of the matter.
        "person_id": cast.ada.id,
    }
    makes.make_policy(session, matter)
    session.execute(sa.update(Task).values(person_id=cast.ada.id, due_on=makes.TODAY))


def same(one: Response, other: Response) -> bool:
    """Say whether two answers are the same but for what is drawn anew each time."""

    def plain(answer: Response) -> tuple[int, bytes, list[tuple[str, str]]]:
        headers = sorted((name, NONCE.sub("", value)) for name, value in answer.headers.items())
        return answer.status_code, KEY.sub(b"", answer.content), headers

    return plain(one) == plain(other)


def leaks(browser: TestClient, marked: Marked, every: int = 1) -> list[str]:
    """Ask every address there is; return where a mark came out, or two answers differ."""
    wrong = []
    for own, nowhere in marked.addresses("GET")[::every]:
        answer = browser.get(own)
        wrong += [f"{own}: {marked.marks.get(mark, mark)}" for mark in MARK.findall(answer.text)]
        if own != nowhere and not is_of_the_office(own) and not same(answer, browser.get(nowhere)):
            wrong.append(f"{own}: not as if it never was")
    return wrong


def is_of_the_office(address: str) -> bool:
    """Say whether an address is of the address book, the staff or the law: everybody knows them."""
    if address.startswith("/hand-over/"):
        return True
    return address.removeprefix(f"{API}/").split("/")[0] in {*OFFICE_WIDE, "holidays", "rules"}


def found_by(browser: TestClient, marked: Marked) -> set[str]:
    """Return the marks that come out of any address."""
    answers = (browser.get(own).text for own, _ in marked.addresses("GET"))
    return {mark for text in answers for mark in MARK.findall(text)}


def test_nobody_off_the_matter_reads_a_word_of_it(marked: Marked, full_size: bool) -> None:
    cast = marked.office.cast

    assert len(marked.addresses("GET")) > 100
    for person in (cast.mira, cast.eve, cast.sam) if full_size else (cast.mira,):
        assert leaks(marked.browser(person), marked) == [], person.name
    for person in (cast.eve, cast.sam):
        assert leaks(marked.browser(person), marked, every=7) == [], person.name


def test_an_administrator_reads_why_there_is_a_wall_and_no_word_more(marked: Marked) -> None:
    found = found_by(marked.browser(marked.office.cast.noor), marked)

    assert "/walls" in {own for own, _ in marked.addresses("GET")}
    assert {marked.marks[mark].split(".")[0] for mark in found} == {"wall", "emergency"}


def test_what_somebody_would_hand_over_is_shown_on_the_matter_and_nowhere_else(
    marked: Marked,
) -> None:
    cast = marked.office.cast
    address = f"/hand-over/{cast.ada.id}"

    assert address in {own for own, _ in marked.addresses("GET")}
    assert MARK.findall(marked.browser(cast.ada).get(address).text)
    for person in (cast.eve, cast.mira, cast.noor):
        assert not MARK.findall(marked.browser(person).get(address).text)


def test_who_is_on_the_matter_finds_the_marks_by_the_same_questions(marked: Marked) -> None:
    """The control: a crawl that finds nothing anywhere would prove nothing."""
    found = found_by(marked.browser(marked.office.cast.ada), marked)

    assert OF_HISTORY in found
    missing = {marked.marks[mark] for mark in marked.marks.keys() - found}
    assert len(marked.marks) > 80
    assert missing <= NEVER_SHOWN


def test_without_the_wall_the_marks_come_out(
    marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the wall: this one condition is what keeps the marks in."""
    # Statements are prepared once: none may be left over from before the wall, nor for after it.
    modules = (nouns, request_list, saved_views, calendar_lists)
    prepared = [
        each
        for module in modules
        for each in vars(module).values()
        if callable(getattr(each, "cache_clear", None))
    ]
    assert len(prepared) > 8
    monkeypatch.setattr(doors, "walled", lambda *_: sa.false())
    for each in prepared:
        each.cache_clear()
    try:
        wrong = leaks(marked.browser(marked.office.cast.mira), marked, every=5)
    finally:
        for each in prepared:
            each.cache_clear()

    assert len(wrong) > 20


def test_no_form_and_no_command_from_off_the_matter_does_or_tells_anything(
    marked: Marked,
) -> None:
    before = contents(marked)
    for person in (marked.office.cast.eve, marked.office.cast.mira):
        browser, tried = marked.browser(person), 0
        for method, own, nowhere in commands(marked):
            one, other = (
                browser.request(method, each, json={}, headers={"If-Match": '"1"'})
                for each in (own, nowhere)
            )
            assert one.status_code >= 400, own
            assert not MARK.search(one.text), own
            assert same(one, other), (own, one.text[:300], other.text[:300])
            tried += 1
        assert tried > 50

    assert contents(marked) == before


def commands(marked: Marked) -> Iterator[tuple[str, str, str]]:
    """Yield everything that changes a row of the matter, with its id and with none that was."""
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        for own, nowhere in marked.addresses(method):
            if own != nowhere and not is_of_the_office(own):
                yield method, own, nowhere


def contents(marked: Marked) -> dict[str, list[Any]]:
    with transaction(marked.office.desk.engine, reads_only=True) as session:
        return {
            table.name: [tuple(row) for row in session.execute(sa.select(table))]
            for table in of_matters()
        }


def test_a_foreign_id_in_a_body_says_no_more_than_one_that_never_was(marked: Marked) -> None:
    """Eve has a whole matter of her own and puts the other's ids into every place for one."""
    office = replace(marked.office, ids=dict(marked.office.ids))
    foreign = marked.office.ids
    eve = office.client(office.cast.eve)
    answer = eve.post(f"{API}/matters", json={"title": "Eve's own"})
    office.ids["matter_id"] = answer.json()["id"]
    for path in MADE:
        if path not in OFFICE_WIDE:
            office.add(eve, path)
        if path == "requests":
            mine = eve.get(f"{API}/tracks").json()["items"]
            office.ids["track_id"] = mine[0]["id"]
    before, tried = contents(marked), 0

    for path, name in places_for_ids(office, foreign):
        given = office.example(BY_PATH[path])
        listed = name.endswith("_ids")
        known = foreign[name.removesuffix("s") if listed else name]
        never = CODE.sub(r"\1-0000000000", known)
        one, other = (
            eve.post(f"{API}/{path}", json={**given, name: [each] if listed else each})
            for each in (known, never)
        )
        assert one.status_code in {404, 422}, (path, name, one.text)
        assert (one.status_code, one.content.replace(known.encode(), never.encode())) == (
            other.status_code,
            other.content,
        ), (path, name)
        assert not MARK.search(one.text), (path, name)
        tried += 1

    assert tried > 35
    assert contents(marked) == before


def places_for_ids(office: OfficeBehindApi, foreign: dict[str, str]) -> Iterator[tuple[str, str]]:
    for path in ON_MATTER:
        create = BY_PATH[path].create
        assert create is not None
        named = {*create.shape.model_fields, create.parent or ""}
        for name in sorted(named):
            known = foreign.get(name.removesuffix("s") if name.endswith("_ids") else name, "")
            if CODE.fullmatch(known) and name not in OF_THE_OFFICE:
                yield path, name


OF_THE_OFFICE = {"organisation_id", "organisation_ids", "contact_id", "person_id"}


class Post:
    """Takes the mails away and keeps them."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    def deliver(self, message: EmailMessage) -> None:
        self.mails.append(message)

    def to(self, person: Person) -> list[str]:
        """Return the words of the mails to somebody."""
        return [str(each) for each in self.mails if person.email in str(each["To"])]


def test_no_mail_of_the_matter_goes_through_the_wall(marked: Marked) -> None:
    office, post = marked.office, Post()
    with transaction(office.desk.engine) as session:
        session.execute(sa.delete(Reminder))
        for i, person in enumerate((office.cast.ada, office.cast.mira, office.cast.sam)):
            session.add(
                Reminder(
                    matter_id=office.ids["matter_id"],
                    deadline_id=office.ids["deadline_id"],
                    person_id=person.id,
                    dedupe_key=f"{i}",
                    days_before=7,
                    send_at=makes.NOON,
                    state=ReminderState.PENDING,
                )
            )

    sweep(office.desk, post, at=makes.NOON + timedelta(hours=1))

    assert MARK.search("".join(post.to(office.cast.ada)))
    assert post.to(office.cast.mira) == post.to(office.cast.sam) == []


def test_no_paper_of_another_matter_holds_a_mark(marked: Marked) -> None:
    office = marked.office
    for person, holds_marks in ((office.cast.eve, False), (office.cast.ada, True)):
        client = office.client(person)
        matter = office.ids["matter_id"]
        if person is office.cast.eve:
            matter = client.post(f"{API}/matters", json={"title": "Eve's own"}).json()["id"]
        made = client.post(f"{API}/letters", json={"kind": "deadline_report", "of": matter})
        assert made.status_code == 201, made.text
        paper = client.get(f"{made.headers['Location']}/file").content
        with pdfplumber.open(BytesIO(paper)) as pdf:
            text = "".join(page.extract_text() for page in pdf.pages)
        assert bool(MARK.search(text)) is holds_marks, person.name
