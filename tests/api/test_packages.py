"""A matter leaves whole for an attorney on it, and nothing of any other matter with it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from httpx2 import Response
from sqlmodel import col, select

from casemgr.db.session import transaction
from casemgr.db.tables import Blob, HistoryEntry, Matter, Membership
from casemgr.domain.words import MatterStatus, Role
from casemgr.usecases import signin
from casemgr.usecases.packages import open_package
from tests import makes
from tests.api.conftest import API, OfficeBehindApi, filled
from tests.api.test_canaries import MARK, of_matters, thaw, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def address(office: OfficeBehindApi) -> str:
    return f"{API}/matters/{office.ids['matter_id']}/package"


def words_in(answer: Response) -> bytes:
    """Return everything a package holds, unpacked."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        return b"\n".join(name.encode() + b"\n" + pack.read(name) for name in pack.namelist())


def told(office: OfficeBehindApi) -> list[HistoryEntry]:
    with transaction(office.desk.engine, reads_only=True) as session:
        asked = select(HistoryEntry).where(HistoryEntry.what == "matter.exported")
        return list(session.exec(asked.order_by(col(HistoryEntry.seq))))


def test_an_attorney_gets_the_whole_matter_and_it_is_told_once(
    full_office: OfficeBehindApi, tmp_path: Path
) -> None:
    mira = full_office.client(full_office.cast.mira)

    answer = mira.get(address(full_office))

    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"{full_office.ids['matter_id']}.zip" in answer.headers["Content-Disposition"]
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    file = tmp_path / "received"
    file.write_bytes(answer.content)
    with open_package(file, full_office.desk.key) as package:
        assert list(package.faults()) == []
        assert package.is_sealed
        assert [each.facts["fingerprint"] for each in told(full_office)] == [package.fingerprint]
    assert told(full_office)[0].person_id == full_office.cast.mira.id
    assert [each.name for each in full_office.desk.settings.data.glob("*.zip")] == []


def test_a_closed_matter_can_be_exported(office: OfficeBehindApi) -> None:
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, office.ids["matter_id"])
        matter.status, matter.closed_on = MatterStatus.CLOSED, makes.TODAY

    answer = office.client(office.cast.mira).get(address(office))

    assert answer.status_code == 200
    assert b'"closed_on":"2010-10-29"' in words_in(answer)


def test_whoever_may_not_is_told_who_can(office: OfficeBehindApi) -> None:
    for person in (office.cast.ada, office.cast.sam, office.gil):
        answer = office.client(person).get(address(office))
        assert answer.status_code == 403, person.name
        assert "Attorneys on the matter can." in answer.json()["detail"]
    assert told(office) == []


def test_off_the_matter_there_is_nothing_to_export(office: OfficeBehindApi) -> None:
    with transaction(office.desk.engine) as session:
        finn = makes.make_person(session, "Finn Aalto", Role.ATTORNEY, office_wide=True)
        matter = session.get_one(Matter, office.ids["matter_id"])
        makes.make_wall(session, finn, matter, office.cast.ada, office.cast.noor)
        session.execute(
            sa.update(Membership)
            .where(col(Membership.person_id) == office.cast.mira.id)
            .values(until_on=makes.EARLIER)
        )
    answers = []
    for person in (finn, office.cast.eve, office.cast.mira, office.cast.noor):
        for matter_id in (office.ids["matter_id"], "M-0000000000"):
            answers.append(office.client(person).get(f"{API}/matters/{matter_id}/package"))

    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert told(office) == []


def test_whoever_was_let_in_for_an_emergency_takes_nothing_away(office: OfficeBehindApi) -> None:
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, office.ids["matter_id"])
        makes.make_emergency(
            session,
            office.cast.eve,
            matter,
            opened_by=office.cast.mira.id,
            opened_at=makes.NOON,
            until_at=makes.NOON + timedelta(days=1),
        )

    answer = office.client(office.cast.eve).get(address(office))

    assert answer.status_code == 403
    assert "what leaves the office" in answer.json()["detail"]


def test_it_takes_a_sign_in_less_than_ten_minutes_old(office: OfficeBehindApi) -> None:
    mira = office.client(office.cast.mira)
    now = signin.moment()

    with time_machine.travel(now.timestamp() + 9 * 60, tick=False):
        assert mira.get(address(office)).status_code == 200
    with time_machine.travel(now.timestamp() + 11 * 60, tick=False):
        late = mira.get(address(office))
    assert late.status_code == 403
    assert "less than ten minutes old" in late.json()["detail"]
    assert len(told(office)) == 1


def test_nothing_of_another_matter_goes_along(office: OfficeBehindApi) -> None:
    """Every word of the other matter is a mark; the same people, books and bytes are on both."""
    mira = office.client(office.cast.mira)
    marked = _mark_everything_there_is(office)
    other = mira.post(f"{API}/matters", json={"title": "Another"}).json()["id"]
    with transaction(office.desk.engine) as session:
        sha256 = office.desk.store.keep(b"On both.")
        session.add(Blob(sha256=sha256, size=8, media_type="text/plain"))
        session.flush()
        for matter_id in (office.ids["matter_id"], other):
            row = session.get_one(Matter, matter_id)
            makes.make_document(session, row, sha256=sha256, file_name=f"{matter_id}.txt")

    whole = words_in(mira.get(address(office)))
    beside = words_in(mira.get(f"{API}/matters/{other}/package"))

    assert marked <= set(MARK.findall(whole.decode()))
    assert MARK.findall(beside.decode()) == []
    assert office.ids["matter_id"].encode() not in beside
    assert b"On both." in beside
    codes = set(re.findall(r'"id":"([A-Z]+-[0-9A-Z]{10})"', whole.decode()))
    mine = {each for each in codes if not each.startswith(("P-", "O-", "C-"))}
    assert len(mine) > 20
    assert [each for each in mine if each.encode() in beside] == []


def _mark_everything_there_is(office: OfficeBehindApi) -> set[str]:
    filled(office)
    marks: set[str] = set()
    with transaction(office.desk.engine) as session:
        thaw(session)
        for table in of_matters():
            for name in words(table):
                mark = f"ZQ7{len(marks):03d}ZQ"
                there = session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                session.execute(table.update().values({name: mark}))
                marks |= {mark} if there else set()
    return marks


def test_the_pages_offer_it_to_attorneys_only(office: OfficeBehindApi) -> None:
    overview = f"/matters/{office.ids['matter_id']}"
    pages = {}
    for name, person in (("mira", office.cast.mira), ("ada", office.cast.ada)):
        browser = office.client(person)
        browser.headers.pop("Authorization")
        browser.headers["sec-fetch-site"] = "same-origin"
        browser.cookies.set(office.desk.cookie, makes.make_session(office.desk, person))
        pages[name] = browser

    assert "Export the whole matter" in pages["mira"].get(overview).text
    assert "Export the whole matter" not in pages["ada"].get(overview).text
    told_first = pages["mira"].get(f"{overview}/export").text
    assert "It is not encrypted." in told_first
    assert f'action="{overview}/package"' in told_first
    answer = pages["mira"].get(f"{overview}/package")
    assert answer.headers["Content-Type"] == "application/zip"
    assert len(told(office)) == 1
    for path in ("export", "package"):
        assert pages["ada"].get(f"{overview}/{path}").status_code == 403
    with time_machine.travel(signin.moment().timestamp() + 11 * 60, tick=False):
        late = pages["mira"].get(f"{overview}/export", follow_redirects=False)
    assert late.status_code == 303
    assert late.headers["Location"].startswith("/sign-in/again?next=%2Fmatters")


def test_what_the_former_office_did_is_opened_by_who_is_on_the_matter(
    office: OfficeBehindApi,
) -> None:
    with transaction(office.desk.engine) as session:
        line = b'{"before":"","entry":{},"seal":""}\n'
        sha256 = office.desk.store.keep(line)
        session.add(Blob(sha256=sha256, size=len(line), media_type="text/plain"))
        session.flush()
        matter = session.get_one(Matter, office.ids["matter_id"])
        origin = makes.make_origin(session, matter, office.cast.ada, history_sha256=sha256)
    sam, eve = office.client(office.cast.sam), office.client(office.cast.eve)
    there, nowhere = (f"{API}/origins/{each}/history" for each in (origin.id, "OG-0000000000"))

    assert sam.get(there).content == line
    assert eve.get(there).status_code == 404
    assert eve.get(there).content == eve.get(nowhere).content
    browser = office.client(office.cast.sam)
    browser.headers.pop("Authorization")
    browser.cookies.set(office.desk.cookie, makes.make_session(office.desk, office.cast.sam))
    page = browser.get(f"/matters/{office.ids['matter_id']}/history").text
    assert "This matter came from The clinic across the river, where Lena Fuchs" in page
    assert browser.get(f"/origins/{origin.id}/history").content == line
    with transaction(office.desk.engine, reads_only=True) as session:
        asked = select(HistoryEntry).where(HistoryEntry.what == "origin.opened")
        opened = session.exec(asked).all()
    assert [each.person_id for each in opened] == [office.cast.sam.id] * 2
