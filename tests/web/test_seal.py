"""The page that checks the seal: whether the history is as written, and what to do if not."""

from __future__ import annotations

import sqlalchemy as sa
from starlette.testclient import TestClient

from casemgr.scheduler import keep_todays_head
from tests.web.conftest import Office, text_of


def forge(office: Office) -> None:
    """Change a record past the triggers, as somebody who holds the database could."""
    with office.rows() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(sa.text("DROP TRIGGER history_refuses_update"))
        else:
            session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        session.execute(sa.text("UPDATE history_entry SET person_name = 'Nobody' WHERE seq = 2"))


def test_the_page_says_that_the_seal_holds_and_against_what(
    office: Office, ada: TestClient
) -> None:
    keep_todays_head(office.desk)

    said = text_of(ada.get("/history/seal").text)

    assert "The seal holds." in said
    assert "held against 1 kept head" in said


def test_the_page_names_the_first_bad_record_and_what_to_do(
    office: Office, ada: TestClient
) -> None:
    forge(office)

    said = text_of(ada.get("/history/seal").text)

    assert "The seal is broken." in said
    assert "Record 2 is not as it was written" in said
    assert "restore the newest backup" in said


def test_a_student_is_told_who_checks_the_seal(office: Office, sam: TestClient) -> None:
    answer = sam.get("/history/seal")

    assert answer.status_code == 403
    assert "Ask one of them" in text_of(answer.text)


def test_the_history_leads_to_the_seal(ada: TestClient) -> None:
    assert 'href="/history/seal"' in ada.get("/history").text
