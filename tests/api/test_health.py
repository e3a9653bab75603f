"""What watches the program is told whether it runs and whether it can do its work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.testclient import TestClient

from casemgr.db.tables import Heartbeat, Office
from tests.api.conftest import API, OfficeBehindApi


def _beat(office: OfficeBehindApi, at: datetime) -> None:
    with office.desk.work() as work:
        work.session.merge(Heartbeat(name="sweep", at=at, says="0 sent"))


def test_ready_means_database_schema_and_reminders(office: OfficeBehindApi) -> None:
    watcher = TestClient(office.app)

    first = watcher.get("/readyz")
    _beat(office, datetime.now(UTC))
    ready = watcher.get("/readyz")
    _beat(office, datetime.now(UTC) - timedelta(minutes=6))
    late = watcher.get("/readyz")

    assert watcher.get("/healthz").json() == {"status": "running"}
    assert first.status_code == 503
    assert ready.status_code == 200
    assert set(ready.json()["checks"].values()) == {"right"}
    assert set(ready.json()["checks"]) == {"database", "sweep", "mail", "law"}
    assert late.status_code == 503
    assert "The last sweep was at" in late.json()["checks"]["sweep"]


def test_a_mail_server_that_is_down_for_a_quarter_of_an_hour_is_no_readiness(
    office: OfficeBehindApi,
) -> None:
    _beat(office, datetime.now(UTC))
    answers = []
    for ago in (14, 16):
        with office.desk.work() as work:
            since = datetime.now(UTC) - timedelta(minutes=ago)
            work.session.merge(Heartbeat(name="mail_down", at=since, says="It hung up."))
        answers.append(TestClient(office.app).get("/readyz"))

    assert [each.status_code for each in answers] == [200, 503]
    assert "It hung up." in answers[1].json()["checks"]["mail"]


def test_dates_counted_under_other_law_files_are_told_and_stop_nothing(
    office: OfficeBehindApi,
) -> None:
    with office.desk.work() as work:
        work.session.get_one(Office, 1).law_version = "an older one"
    _beat(office, datetime.now(UTC))
    answer = TestClient(office.app).get("/readyz")

    assert answer.status_code == 200
    assert "casemgr law moved" in answer.json()["checks"]["law"]


def test_the_document_describes_everything_it_serves(office: OfficeBehindApi) -> None:
    document = TestClient(office.app).get(f"{API}/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]

    assert len(operations) > 100
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] for operation in operations)
    assert {"HTTPBearer", "APIKeyCookie"} <= set(document["components"]["securitySchemes"])
    assert "Problem" in document["components"]["schemas"]
    for operation in operations:
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        assert body is None or body["schema"]["examples"], operation["operationId"]
