"""Schemathesis reads our own description and sends what nobody would: never a 5xx, for any role."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from starlette.testclient import TestClient

from tests.api.conftest import API, BY_PATH, OfficeBehindApi

# What would end the office for the others, and the one that makes a PDF each time.
NOT_THESE = {"revoke_token", "create_letter"}


def _operations(office: OfficeBehindApi) -> list[Any]:
    document = TestClient(office.app).get(f"{API}/openapi.json").json()
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    each = [result.ok() for result in found]
    named = [one for one in each if one.definition.raw.get("operationId") not in NOT_THESE]
    assert len(named) > 100
    return named


def _real(office: OfficeBehindApi, path: str) -> dict[str, str]:
    noun = BY_PATH.get(path.removeprefix(f"{API}/").split("/")[0])
    row_id = office.ids.get(f"{noun.one_name}_id") if noun else None
    return {"id": row_id} if row_id and "{id}" in path else {}


def _send(client: TestClient, case: Case) -> int:
    sent = case.as_transport_kwargs(base_url="http://testserver")
    kept = ("method", "url", "params", "json", "data", "content", "files", "headers", "cookies")
    headers = {
        name: value
        for name, value in dict(sent.get("headers") or {}).items()
        if name.lower() not in {"authorization", "cookie"} and _sendable(value)
    }
    given = {name: sent[name] for name in kept if sent.get(name) is not None}
    given |= {"headers": {"If-Match": '"1"', **headers}}
    given.pop("cookies", None)
    if isinstance(given.get("data"), bytes | str):
        given["content"] = given.pop("data")
    return client.request(**given).status_code


def _sendable(value: object) -> bool:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return text.isascii() and text.isprintable()


# PostgreSQL refuses more of what is sent, so it is the one asked every time.
@pytest.mark.parametrize(
    "database_url",
    [
        pytest.param("postgres", marks=pytest.mark.postgres),
        pytest.param("sqlite", marks=pytest.mark.full),
    ],
    indirect=True,
)
def test_nothing_that_is_sent_makes_a_5xx(full_office: OfficeBehindApi, full_size: bool) -> None:
    cast = full_office.cast
    people = (cast.mira, cast.sam, full_office.gil, cast.eve, cast.noor)
    clients = [full_office.client(person) for person in people]
    for client in clients:
        client.raise_server_exceptions = False  # type: ignore[attr-defined]
    answered: Counter[int] = Counter()
    examples = 40 if full_size else 1

    for turn, operation in enumerate(_operations(full_office)):
        asking = clients if full_size else [clients[0], clients[1 + turn % 4]]
        for mode in GenerationMode:
            _try(operation, mode, _real(full_office, operation.path), asking, examples, answered)

    assert answered.total() > 300
    assert [status for status in answered if status >= 500] == [503] * (503 in answered)
    assert {200, 201, 404, 422} <= set(answered)


def _try(
    operation: Any,
    mode: GenerationMode,
    real: dict[str, str],
    clients: list[TestClient],
    examples: int,
    answered: Counter[int],
) -> None:
    cases = operation.as_strategy(generation_mode=mode, path_parameters=real or None)

    @given(case=cases)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def sent(case: Case) -> None:
        for client in clients:
            status = _send(client, case)
            answered[status] += 1
            assert status < 500 or operation.path == "/readyz", case

    try:
        sent()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # nothing about this operation can be wrong
