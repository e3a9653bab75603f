"""What the database itself refuses, whatever the program says: raw SQL on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from casemgr.db.session import transaction
from tests.makes import (
    make_cast,
    make_emergency,
    make_matter,
    make_request,
    make_track,
    make_wall,
)

ILLEGAL = {
    "a second office": "INSERT INTO office (id, name, zone, demonstration, seeds) "
    "VALUES (2, 'x', 'UTC', false, '')",
    "an unknown role": "UPDATE person SET role = 'king'",
    "two people with one address": "UPDATE person SET email = 'same@example.org'",
    "a membership that ends before it begins": "UPDATE membership SET until_on = '1999-01-01'",
    "a request on no matter": "UPDATE foia_request SET matter_id = 'M-NOWHERE'",
    "records that end before they begin": "UPDATE foia_request SET records_from = '2010-01-02', "
    "records_until = '2010-01-01'",
    "a negative fee limit that nobody offered": "UPDATE foia_request SET confidence = 'Z'",
    "an event of nothing": "INSERT INTO event (id, matter_id, kind, happened_on, certainty, says, "
    "withdrawn_because, version, source, confidence, known_on) SELECT 'E-1', id, 'sent', "
    "'2010-01-01', 'exact', '', '', 1, '', 'ours', '2010-01-01' FROM matter",
    "a matter deleted under its requests": "DELETE FROM matter",
    "a person deleted under a membership": "DELETE FROM person",
    "a wall put up by one person alone": "UPDATE wall SET up_by = asked_by, up_at = asked_at",
    "a wall put up by the person behind it": "UPDATE wall SET up_by = person_id, up_at = asked_at",
    "a wall taken down by one person alone": "UPDATE wall SET up_at = asked_at, "
    "up_by = (SELECT id FROM person WHERE name = 'Mira Castellan'), lift_asked_by = asked_by, "
    "lift_asked_at = asked_at, down_by = asked_by, down_at = asked_at",
    "two walls for one person": "INSERT INTO wall (id, person_id, matter_id, because, asked_by, "
    "asked_at, lift_because, version) SELECT 'W-2', person_id, matter_id, because, asked_by, "
    "asked_at, '', 1 FROM wall",
    "a matter opened in an emergency by whoever asked": "UPDATE emergency SET "
    "opened_by = person_id, opened_at = asked_at, until_at = asked_at",
    "a reminder of nothing": "INSERT INTO reminder (id, kind, matter_id, person_id, facts, "
    "dedupe_key, days_before, channel, send_at, state, attempts, unsure, sent_to, last_problem) "
    "SELECT 'RM-1', 'deadline', matter_id, person_id, '{}', 'x', 0, 'mail', asked_at, 'pending', "
    "0, 0, '', '' FROM wall",
    "two morning lists for one person": "INSERT INTO reminder (id, kind, person_id, facts, "
    "dedupe_key, days_before, channel, send_at, state, attempts, unsure, sent_to, last_problem) "
    "SELECT id, 'digest', (SELECT min(id) FROM person), '{}', id, 0, 'mail', "
    "(SELECT min(asked_at) FROM wall), 'pending', 0, 0, '', '' FROM person",
    "a policy of a matter and of a person": "INSERT INTO reminder_policy (id, key, kind, "
    "matter_id, person_id, days_before, overdue_every, answer_hours, because, version) "
    "SELECT 'RP-1', 'x', 'our_date', matter_id, person_id, '[]', 0, 0, '', 1 FROM wall",
    "a track at an agency nobody knows": "UPDATE track SET agency_id = 'nowhere'",
}


@pytest.mark.parametrize("what", ILLEGAL, ids=lambda what: what.replace(" ", "-"))
def test_the_database_refuses(engine: Engine, what: str) -> None:
    with transaction(engine) as session:
        cast = make_cast(session)
        matter = make_matter(session, cast.ada)
        make_track(session, make_request(session, matter))
        make_wall(session, cast.eve, matter, cast.ada, None)
        make_emergency(session, cast.eve, matter)

    with pytest.raises(DBAPIError), transaction(engine) as session:
        session.execute(text(ILLEGAL[what]))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET person_name = 'nobody'",
        "DELETE FROM history_entry",
    ],
)
def test_history_can_only_grow(engine: Engine, statement: str) -> None:
    with transaction(engine) as session:
        session.execute(
            text(
                "INSERT INTO history_entry (seq, at, person_name, what, subject_kind, subject_id, "
                "facts, seal) VALUES (1, '2010-10-29 12:00:00', 'Ada', 'x', '', '', '{}', '')"
            )
        )

    with pytest.raises(DBAPIError, match="append-only"), transaction(engine) as session:
        session.execute(text(statement))
