"""An office that would be served unsafely is not served, and the sentence names the cause."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from casemgr import safety
from casemgr.db.session import transaction
from casemgr.db.tables import Heartbeat, Reminder
from casemgr.desk import Desk, open_desk
from casemgr.domain.words import ReminderState
from casemgr.errors import Unusable
from casemgr.settings import settings
from tests import makes

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"
PUBLIC = {"CASEMGR_ADDRESS": "https://casemgr.example.org"}
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(sqlite_template: Path, tmp_path: Path) -> Path:
    """Return the data folder of an office that is as it should be."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, folder / "casemgr.sqlite3")
    (folder / "casemgr.sqlite3").chmod(0o600)
    return folder


@pytest.fixture
def desk(data: Path) -> Iterator[Desk]:
    opened = open_desk(settings({"CASEMGR_DATA": str(data)}))
    yield opened
    opened.engine.dispose()


def set_as(desk: Desk, **environ: str) -> Desk:
    """Return the office under other settings."""
    chosen = settings({"CASEMGR_DATA": str(desk.settings.data), **environ})
    return dataclasses.replace(desk, settings=chosen)


def faults(desk: Desk, host: str = LOOPBACK, **environ: str) -> list[str]:
    return list(safety.unsafe(set_as(desk, **environ), host, environ))


def test_an_office_as_it_should_be_is_served(desk: Desk) -> None:
    safety.refuse_unsafe(desk, LOOPBACK, {"HOME": "anything", **PUBLIC})

    assert faults(desk) == []
    assert faults(desk, EVERYWHERE, **PUBLIC) == []
    assert faults(desk, CASEMGR_INSECURE_COOKIES="1", CASEMGR_ADDRESS="http://localhost:8017") == []


@pytest.mark.parametrize(
    ("host", "environ", "cause"),
    [
        (LOOPBACK, {"CASEMGR_ADRESS": "https://x.example"}, "Did you mean CASEMGR_ADDRESS?"),
        (LOOPBACK, {"CASEMGR_DEBUG": "1"}, "There is no setting CASEMGR_DEBUG. Remove it."),
        (EVERYWHERE, {}, "Passwords would travel unencrypted"),
        ("::", {}, "Passwords would travel unencrypted"),
        ("casemgr.internal", {}, "Passwords would travel unencrypted"),
        (LOOPBACK, {"CASEMGR_ADDRESS": "http://casemgr.example.org"}, "unencrypted"),
        (LOOPBACK, {"CASEMGR_ADDRESS": "casemgr.example.org"}, "nobody can type into a browser"),
        (LOOPBACK, {"CASEMGR_ADDRESS": "ftp://x.example"}, "nobody can type into a browser"),
        (EVERYWHERE, {**PUBLIC, "CASEMGR_INSECURE_COOKIES": "1"}, "is for this machine alone"),
        (LOOPBACK, {**PUBLIC, "CASEMGR_INSECURE_COOKIES": "1"}, "is for this machine alone"),
    ],
)
def test_settings_that_are_unsafe_are_named(
    desk: Desk, host: str, environ: dict[str, str], cause: str
) -> None:
    found = faults(desk, host, **environ)

    assert len(found) == 1
    assert cause in found[0]
    with pytest.raises(Unusable, match="not safe to serve"):
        safety.refuse_unsafe(set_as(desk, **environ), host, environ)


@pytest.mark.parametrize(
    ("name", "mode", "type_this"),
    [
        ("", 0o750, "chmod 700"),
        ("", 0o705, "chmod 700"),
        ("history.key", 0o640, "chmod 600"),
        ("history.key", 0o604, "chmod 600"),
        ("casemgr.sqlite3", 0o644, "chmod 600"),
    ],
)
def test_what_others_on_the_machine_can_open_is_refused(
    desk: Desk, data: Path, name: str, mode: int, type_this: str
) -> None:
    (data / name).chmod(mode)
    [fault] = faults(desk)

    assert "Others on this machine can open" in fault
    assert fault.endswith(f"Type: {type_this} {data / name}")


def test_a_passphrase_that_others_can_read_is_refused(desk: Desk, tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("fifteen characters and more\n", encoding="utf-8")
    passphrase.chmod(0o644)

    assert "passphrase" in faults(desk, CASEMGR_BACKUP_PASSPHRASE_FILE=str(passphrase))[0]
    passphrase.chmod(0o600)
    assert faults(desk, CASEMGR_BACKUP_PASSPHRASE_FILE=str(passphrase)) == []


def test_templates_that_anybody_can_change_are_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = tmp_path / "templates"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    monkeypatch.setattr(safety, "shipped", lambda _name: open_to_all)

    assert "Anybody on this machine can change" in faults(desk)[0]


def test_a_demonstration_stays_on_its_machine(desk: Desk) -> None:
    shown = dataclasses.replace(desk, demonstration=True)

    assert faults(shown) == []
    assert "a demonstration" in faults(shown, EVERYWHERE, **PUBLIC)[0]


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_sqlite_on_a_network_disk_is_refused(
    desk: Desk, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {data} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(safety, "MOUNTS", mounts)

    assert f"is on one ({kind})" in faults(desk)[0]
    mounts.write_text(f"server:/ / {kind} rw 0 0\n/dev/a {data} ext4 rw 0 0\n", encoding="utf-8")
    assert faults(desk) == []


@pytest.mark.parametrize(
    ("pragma", "careless"), [("foreign_keys", 0), ("synchronous", 1), ("trusted_schema", 1)]
)
def test_sqlite_that_does_not_keep_to_its_settings_is_refused(
    desk: Desk, pragma: str, careless: int
) -> None:
    with desk.engine.connect() as held:
        held.exec_driver_sql("ROLLBACK")  # neither can be changed within a transaction
        held.exec_driver_sql(f"PRAGMA {pragma}={careless}")
        held.exec_driver_sql("BEGIN")

    assert f"SQLite answers {careless} for {pragma}" in faults(desk)[0]


@pytest.mark.postgres
def test_postgresql_that_may_lose_what_was_saved_is_refused(
    tmp_path: Path, postgres: object
) -> None:
    name = postgres.lend()  # type: ignore[attr-defined]
    given = {"CASEMGR_DATA": str(tmp_path), "CASEMGR_DATABASE_URL": postgres.url(name)}  # type: ignore[attr-defined]
    tmp_path.chmod(0o700)
    opened = open_desk(settings({**given, "CASEMGR_DATABASE_URL": given["CASEMGR_DATABASE_URL"]}))
    found = list(safety.unsafe(opened, LOOPBACK, {}))  # the tests' own server does not wait
    with opened.engine.begin() as connection:
        connection.execute(text("SET synchronous_commit = on"))
        better = list(safety._careless_postgresql(connection))
    opened.engine.dispose()
    postgres.take_back(name)  # type: ignore[attr-defined]

    *careless, power = found  # and they own what they test
    assert [fault.partition(": ")[2].split()[0] for fault in careless] == list(safety.DURABLE)
    assert "The role postgres may change or delete the history" in power
    assert len(better) == 3


def test_a_history_whose_key_is_gone_is_not_opened(desk: Desk, data: Path) -> None:
    with desk.work() as work:
        work.record("backup.made", title="something")
    key = (data / "history.key").read_bytes()
    (data / "history.key").unlink()

    with pytest.raises(Unusable, match=r"history\.key is gone"):
        open_desk(desk.settings)
    assert not (data / "history.key").exists()
    (data / "history.key").write_bytes(key)
    open_desk(desk.settings).engine.dispose()


def test_the_doctor_says_what_is_late(desk: Desk) -> None:
    never = list(safety.look_around(desk, NOW))
    assert [fault.split(".")[0] for fault in never] == [
        "There was no backup yet",
        "There was no sweep yet",
    ]

    with transaction(desk.engine) as session:
        session.add(Heartbeat(name="backup", at=NOW - timedelta(hours=26)))
        session.add(Heartbeat(name="sweep", at=NOW - timedelta(minutes=5)))
    assert list(safety.look_around(desk, NOW)) == []
    late = list(safety.look_around(desk, NOW + timedelta(seconds=1)))
    assert [fault.split(" at ")[0] for fault in late] == [
        "The last backup was",
        "The last sweep was",
    ]


def test_the_doctor_says_that_room_runs_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LEAST_ROOM", 2**62)

    assert "MB are free" in list(safety.look_around(desk, NOW))[-1]


def test_the_doctor_counts_reminders_that_did_not_go_out(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        deadline = makes.make_deadline(session, matter)
        session.flush()
        session.add(
            Reminder(
                matter_id=matter.id,
                deadline_id=deadline.id,
                person_id=cast.ada.id,
                dedupe_key="once",
                days_before=0,
                send_at=NOW,
                state=ReminderState.FAILED,
            )
        )

    assert "1 reminder could not be sent" in list(safety.look_around(desk, NOW))[-1]


OIDC = {
    "CASEMGR_OIDC_ISSUER": "https://login.example.edu",
    "CASEMGR_OIDC_CLIENT_ID": "casemgr",
    "CASEMGR_OIDC_CLIENT_SECRET": "a secret of the service",
}


@pytest.mark.parametrize(
    ("environ", "cause"),
    [
        ({"CASEMGR_PASSKEYS": "1"}, "Passkeys cannot work at http://127.0.0.1:8017"),
        ({"CASEMGR_PASSKEYS": "1", "CASEMGR_ADDRESS": "https://10.0.0.7"}, "an https address with"),
        ({**OIDC, "CASEMGR_OIDC_ISSUER": "http://login.example.edu"}, "changed on the way"),
        ({**OIDC, "CASEMGR_OIDC_ISSUER": "login.example.edu"}, "changed on the way"),
        ({**OIDC, "CASEMGR_OIDC_CLIENT_SECRET": ""}, "needs the secret casemgr has there"),
        ({**OIDC, "CASEMGR_OIDC_CLIENT_SECRET_FILE": "/none"}, "names /none, which cannot be read"),
    ],
)
def test_ways_in_that_would_be_unsafe_are_not_served(
    desk: Desk, environ: dict[str, str], cause: str
) -> None:
    [fault] = faults(desk, **environ)

    assert cause in fault


def test_ways_in_as_they_should_be_are_served(desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret of the service\n", encoding="utf-8")
    secret.chmod(0o640)
    of_file = {**OIDC, "CASEMGR_OIDC_CLIENT_SECRET_FILE": str(secret)}

    assert "chmod 600" in faults(desk, **of_file)[0]
    secret.chmod(0o600)
    assert faults(desk, EVERYWHERE, CASEMGR_PASSKEYS="1", **of_file, **PUBLIC) == []
    tried = {"CASEMGR_ADDRESS": "http://localhost:8017", "CASEMGR_INSECURE_COOKIES": "1"}
    assert faults(desk, CASEMGR_PASSKEYS="1", **tried) == []
    chosen = set_as(desk, **of_file).settings.single_sign_on
    assert chosen is not None
    assert chosen.secret() == "a secret of the service"
    assert "a secret" not in repr(set_as(desk, **OIDC).settings)


@pytest.mark.parametrize("lacks", ["CASEMGR_OIDC_ISSUER", "CASEMGR_OIDC_CLIENT_ID"])
def test_a_sign_on_that_is_half_set_is_named(desk: Desk, lacks: str) -> None:
    half = {name: value for name, value in OIDC.items() if name != lacks}

    with pytest.raises(Unusable, match=f"{lacks} is missing"):
        set_as(desk, **half)


def test_the_doctor_says_that_a_sign_on_gives_no_answer(desk: Desk) -> None:
    nobody = {**OIDC, "CASEMGR_OIDC_ISSUER": "http://127.0.0.1:9"}

    said = list(safety.look_around(set_as(desk, **nobody), NOW))

    assert "Nobody can come in by 127.0.0.1: it could not be reached" in said[-1]
