"""What the code may do in one place only."""

from __future__ import annotations

import ast
import re

from tests.house.sources import HOUSE, calls, modules

CLOCK = re.compile(
    r"(^|\.)(datetime|date|dt)\.(now|today|utcnow|fromtimestamp)$|^time\.(time|time_ns)$"
)
READS_THE_CLOCK = {
    "casemgr/desk.py",
    "casemgr/cli.py",
    "casemgr/declaration_cli.py",
    "casemgr/law_cli.py",
    "casemgr/scheduler.py",
    "casemgr/sweeping.py",
}
# Sessions, tokens and the heartbeat live in real time, also in an office that is replayed as of
# another day; nothing that the law counts is read there.
REAL_TIME = {
    "casemgr/usecases/health.py",
    "casemgr/usecases/signin.py",
    "casemgr/usecases/people.py",
    "casemgr/alarm.py",
    "casemgr/api/health.py",
    "casemgr/cli.py",  # the doctor asks how old the newest backup is
    "casemgr/keeping_cli.py",
}

LOSES_REMINDERS = ("CronTrigger", "SQLAlchemyJobStore", "add_jobstore")


def places(folder: str = "casemgr") -> set[str]:
    return {place for place, _ in modules(folder)}


def test_the_clock_is_read_where_requests_and_ticks_begin():
    found = [
        f"{place}:{line} {call}"
        for place, tree in modules()
        for call, line in calls(tree)
        if CLOCK.search(call)
        and place not in READS_THE_CLOCK
        and not (place in REAL_TIME and call == "datetime.now")
    ]

    assert found == []


def test_the_clock_rule_sees_a_clock():
    tree = ast.parse("from datetime import datetime, UTC\nseen = datetime.now(UTC)")

    assert [call for call, _ in calls(tree) if CLOCK.search(call)] == ["datetime.now"]


def test_there_is_one_place_that_commits():
    found = [
        f"{place}:{line} {call}"
        for place, tree in modules()
        for call, line in calls(tree)
        if call.endswith((".commit", "session.begin")) and place != "casemgr/db/session.py"
    ]

    assert "casemgr/db/session.py" in places()
    assert found == []


def test_the_scheduler_only_ticks():
    """A job store of APScheduler loses a reminder that fell due while the server was down."""
    found = [
        (place, name)
        for place in places()
        for name in LOSES_REMINDERS
        if name in (HOUSE / place).read_text(encoding="utf-8")
    ]

    assert found == []


def test_tables_keep_their_annotations_as_types():
    """Annotations turned to strings break the relationships of SQLModel."""
    tables = {place for place in places("casemgr/db/tables") if place.endswith(".py")}
    found = [
        place
        for place in tables
        if "from __future__ import annotations" in (HOUSE / place).read_text(encoding="utf-8")
    ]

    assert tables
    assert found == []


def test_every_module_says_what_it_is_for():
    silent = [place for place, tree in modules() if ast.get_docstring(tree) is None]

    assert [place for place in silent if not place.endswith("__init__.py")] == []
