"""How many statements a page asks the database, and how many of them only for who may see it.

Run: python -m tests.benchmarks.walls

Every page is asked by somebody on the matter, twice: through the gate, and with the gate told that
everybody is on every matter (here alone). The bar: authorisation adds one statement at most.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors, tables
from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.usecases.views import lens
from tests import makes
from tests.api.conftest import filled, open_office
from tests.api.test_canaries import Marked

MOST = 1


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Gather the statements that are asked meanwhile."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def _everybodys(actor: Any, today: Any, *, for_good: bool = False) -> Any:
    return sa.select(col(tables.Matter.id))  # type: ignore[name-defined]


def _unasked(work: Any) -> Any:
    return Lens(work, EVERY_MATTER)  # type: ignore[name-defined]  # noqa: F821 - of that module


@contextmanager
def no_gate(matter_id: str) -> Iterator[None]:
    """Let everybody see everything, without a question to the database.

    The code of the two functions is exchanged, for many modules hold them by name.
    """
    kept = doors.mine.__code__, lens.lens.__code__
    lens.EVERY_MATTER = (matter_id,)  # type: ignore[attr-defined]
    doors.mine.__code__, lens.lens.__code__ = _everybodys.__code__, _unasked.__code__
    try:
        yield
    finally:
        doors.mine.__code__, lens.lens.__code__ = kept
        del lens.EVERY_MATTER  # type: ignore[attr-defined]


def rows(marked: Marked) -> list[tuple[str, int, int]]:
    """Return each page that answers, with its statements through the gate and without it."""
    browser = marked.browser(marked.office.cast.ada)
    found = []
    for address, _ in marked.addresses("GET"):
        if browser.get(address).status_code != 200:  # and whatever is made once is made
            continue
        with counted(marked.office.desk.engine) as gated:
            browser.get(address)
        with no_gate(marked.office.ids["matter_id"]), counted(marked.office.desk.engine) as free:
            browser.get(address)
        found.append((address, len(gated), len(free)))
    return found


def main() -> None:
    """Print the table; the status is 1 where a page asks more than one statement for the gate."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/casemgr.sqlite3"
        migrate(url)
        desk = makes.make_desk(open_engine(url), Path(folder))
        found = rows(Marked(filled(open_office(desk, []))))
        desk.engine.dispose()
    print(f"{'page':<60} {'statements':>10} {'no gate':>8} {'added':>6}")
    for address, gated, free in sorted(found, key=lambda each: each[2] - each[1]):
        print(f"{address[:60]:<60} {gated:>10} {free:>8} {gated - free:>6}")
    added = max(gated - free for _, gated, free in found)
    print(f"{len(found)} pages and answers; the gate adds {added} at most (bar: {MOST})")
    raise SystemExit(added > MOST)


if __name__ == "__main__":
    main()
