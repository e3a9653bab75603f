"""Serving: a port that is taken, and a second server on one file, are refused in a sentence."""

from __future__ import annotations

import pytest

from casemgr.errors import Unusable
from casemgr.serving import address_of, alone, listen, listen_near


def test_a_free_port_is_found_and_its_address_said():
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]

        assert port > 0
        assert address_of(listening) == f"http://127.0.0.1:{port}"


def test_a_port_that_is_taken_is_refused():
    with listen("127.0.0.1", 0) as listening:
        listening.listen()
        port = listening.getsockname()[1]

        with pytest.raises(Unusable, match=f"port {port}.*--port 0"):
            listen("127.0.0.1", port)


def test_only_the_usual_port_gives_way_to_a_free_one():
    with listen("127.0.0.1", 0) as first:
        first.listen()
        taken = first.getsockname()[1]

        with listen_near("127.0.0.1", None, usual=taken) as second:
            assert second.getsockname()[1] != taken
        with pytest.raises(Unusable):
            listen_near("127.0.0.1", taken, usual=taken)


def test_one_sqlite_file_has_one_server(tmp_path):
    url = f"sqlite:///{tmp_path / 'casemgr.sqlite3'}"

    with alone(url), pytest.raises(Unusable, match="already serving"), alone(url):
        pytest.fail("a second server was let in")


def test_after_the_first_has_stopped_another_may_serve(tmp_path):
    url = f"sqlite:///{tmp_path / 'casemgr.sqlite3'}"

    with alone(url):
        pass
    with alone(url):
        assert (tmp_path / "casemgr.sqlite3.serving").exists()


def test_postgresql_is_served_by_any_number(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    url = "postgresql+psycopg://office@127.0.0.1/casemgr"

    with alone(url), alone(url):
        assert list(tmp_path.iterdir()) == []
