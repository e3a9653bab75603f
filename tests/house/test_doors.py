"""Rows of a matter are asked for at the doors: nobody goes around them with a query of their own.

What asks the database for rows of a matter either stands in `casemgr/db`, or opens a door on its
way there: the function itself, or what it calls in its module. Who does neither is named below with
the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cache

from casemgr.db import tables
from casemgr.db.doors import PART_OF
from tests.house.sources import modules

ASKS = {"select", "update", "delete", "get", "get_one", "exists"}
DOORS = {
    "allow", "looked_after", "looked_after_by", "mine", "narrowed", "open_door", "stands_between",
    "who_can", "within", "lens", "head",
    # These open one themselves, each in its module.
    "row_of", "unchanged_since_read", "lawsuit_to_change", "open_row", "opened", "unfrozen",
    "changeable",
}  # fmt: skip

OF_MATTERS = {
    name
    for name in tables.__all__
    if getattr(tables, name) in PART_OF
    or name == "Matter"
    or "matter_id" in getattr(getattr(tables, name), "model_fields", {})
} - {"HistoryEntry"}  # of everything that is done; `lists` and the API narrow it to one's matters


def name_of(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def asks(calls: Sequence[ast.Call]) -> bool:
    """Say whether one of these calls asks the database for rows of a matter."""
    return any(
        name_of(call.func) in ASKS
        and {name_of(node) for given in call.args for node in ast.walk(given)} & OF_MATTERS
        for call in calls
    )


def opens(calls: Sequence[ast.Call]) -> bool:
    """Say whether one of these calls goes through a door."""
    return any(
        name_of(call.func) in DOORS
        or (isinstance(call.func, ast.Attribute) and name_of(call.func.value) == "doors")
        for call in calls
    )


def around(tree: ast.Module) -> set[str]:
    """Return the functions others may call that reach such a question and no door."""
    asking, opening, uses = set[str](), set[str](), dict[str, set[str]]()
    made = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    for body in tree.body:
        if isinstance(body, ast.FunctionDef):
            nodes = list(ast.walk(body))
            calls = [node for node in nodes if isinstance(node, ast.Call)]
            asking |= {body.name} if asks(calls) else set()
            opening |= {body.name} if opens(calls) else set()
            # What is handed on to be called later counts as called.
            uses[body.name] = made & set(map(name_of, nodes))
    if not asking:
        return set()
    reached = {name: _reached(name, uses) for name in made}
    called = set().union(*(found - {name} for name, found in reached.items()), set())
    first = {name for name in made if not name.startswith("_") or name not in called}
    return {name for name in first if reached[name] & asking and not reached[name] & opening}


@cache
def all_around() -> dict[str, set[str]]:
    """Return the functions that go around the doors, by the module they stand in."""
    return {place: around(tree) for place, tree in modules()}


def _reached(name: str, uses: dict[str, set[str]]) -> set[str]:
    found, ahead = set(), [name]
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += uses[each]
    return found


# Who asks without a door, and why that is right; `*` is everything in the module.
MAY: dict[str, tuple[set[str], str]] = {
    "casemgr/usecases/clock.py": ({"*"}, "derives dates for whatever matter a fact was logged on"),
    "casemgr/usecases/filing_parts.py": (
        {"main_of", "exhibit_of"},
        "reads the files of a version that `filing_checks` opened through its door",
    ),
    "casemgr/usecases/owing.py": ({"*"}, "writes reminders for dates that were derived"),
    "casemgr/usecases/policies.py": ({"book"}, "reads the policies for reminders of such dates"),
    "casemgr/usecases/relaw.py": ({"*"}, "derives every date anew when the law files changed"),
    "casemgr/usecases/reminders.py": (
        {
            "sent",
            "not_sent",
            "put_back",
            "give_up",
            "arm_again",
            "try_again",
            "skip_before",
            "claim_statement",
        },
        "notes what became of a reminder; `claim` asks whether its person may still know",
    ),
    "casemgr/usecases/knocks.py": ({"claim"}, "asks of each whether its person may still know"),
    "casemgr/usecases/health.py": ({"waiting"}, "counts what waits, of no matter by name"),
    "casemgr/usecases/invariants.py": ({"*"}, "counts all rows and prints codes, for who runs it"),
    "casemgr/safety.py": ({"look_around"}, "counts reminders that failed, of no matter by name"),
    "casemgr/usecases/docket_takings.py": ({"waiting"}, "looks for papers nobody takes in now"),
    "casemgr/usecases/import_jobs.py": (
        {"run", "waiting"},
        "finds steps that wait; each opens the import's door as the person who brought it",
    ),
    "casemgr/usecases/import_writing.py": ({"*"}, "writes and hides what an open import made"),
    "casemgr/usecases/imports.py": (
        {"on_file", "_edited", "_added", "_hung_on"},
        "is handed the matter, or the rows, of an import whose door is open",
    ),
    "casemgr/usecases/plant.py": ({"plant"}, "fills an empty office"),
    "casemgr/demo_job.py": ({"do_job"}, "makes the demonstration, before anybody is let in"),
    "casemgr/usecases/duties.py": (
        {"*"},
        "gives what a door opened, and what a leaver had, to who will be there on its day",
    ),
    "casemgr/usecases/papers.py": ({"caption"}, "is handed a lawsuit that a door has opened"),
    **{
        f"casemgr/usecases/{module}.py": (names, "is handed a declaration that a door has opened")
        for module, names in (
            ("declarations", {"newest", "paragraphs_of", "copied"}),
            ("declaration_checks", {"look"}),
            ("declaration_content", {"live", "of", "unchanged", "mark", "standing_sign_off"}),
            ("declaration_editing", {"taken_out"}),
            ("declaration_exhibits", {"exhibits_of", "letter_again"}),
            ("declaration_facts", {"facts"}),
            ("declaration_paper", {"paper_of", "record_of"}),
        )
    },
    "casemgr/usecases/delay.py": (
        {"of_track", "due_of", "decision_of", "receipt_of"},
        "is handed a track of such a matter",
    ),
    "casemgr/usecases/orders.py": (
        {"record_order_date", "change_order_date"},
        "looks for the deadline an order changes in the lawsuit whose door `litigation` opened",
    ),
    "casemgr/usecases/docket_case.py": (
        {"sides_of"},
        "is handed the lawsuit of a docket paper whose door is open",
    ),
    "casemgr/usecases/views/deadlines.py": ({"by_rule"}, "is handed a line that the lens showed"),
}


def test_nobody_goes_around_the_doors():
    found = {
        f"{place}: {name}"
        for place, names in all_around().items()
        if not place.startswith("casemgr/db/")
        for name in names
        if not {name, "*"} & MAY.get(place, (set(), ""))[0]
    }

    assert found == set(), "open a door of casemgr.db.doors first, or look through a lens"


def test_every_exception_is_still_one():
    stale = {place for place in MAY if not all_around().get(place, {place})}

    assert stale == set()


def test_the_rule_sees_a_way_around():
    tree = ast.parse(
        """
def list_tasks(work):
    return _all(work)

def _all(work):
    return work.session.exec(select(Task)).all()

def of_matter(work, matter_id):
    doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    return _all(work)

def one(work, row_id):
    return work.session.get(tables.Deadline, row_id)
"""
    )

    assert around(tree) == {"list_tasks", "one"}
    assert len(OF_MATTERS) > 30
