"""How long a conflict check takes, beside a query by hand that looks for one spelling alone.

Run: python -m tests.benchmarks.conflicts

The query by hand knows no accents, no initials, no order of words and no walls: it is the least
that anybody could ask, a look through every name for a piece of text. `first` is the check that
reads every name, in a process that has just started or after somebody changed a name.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from casemgr.db import names_on_file, tables
from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine, transaction
from casemgr.desk import Desk
from casemgr.domain.words import PartyRole
from casemgr.usecases import conflicts
from tests import makes

SIZES = (1_000, 10_000, 100_000)
PER_SUIT = 100
TYPED = ["Rosa Alvarez", "Immigration and Customs Enforcement"]
BY_HAND = sa.text(
    "SELECT matter_id, name FROM party WHERE lower(name) LIKE :one OR lower(aliases) LIKE :one "
    "OR lower(name) LIKE :two OR lower(aliases) LIKE :two "
    "UNION ALL SELECT id, title FROM matter WHERE lower(names) LIKE :one OR lower(names) LIKE :two"
)
PIECES = {"one": "%rosa alvarez%", "two": "%immigration and customs enforcement%"}
FIRST = ("Ana", "Bea", "Carl", "Dana", "Emil", "Femi", "Gus", "Hana", "Ivo", "Jun")
TIMES = 7


def fill(session: Session, cast: makes.Cast, count: int) -> None:
    """Write this many names: parties of suits, a hundred to a suit; one of them is looked for."""
    for suit in range(count // PER_SUIT):
        matter = makes.make_matter(session, cast.ada, title=f"Office matter {suit}")
        lawsuit = makes.make_lawsuit(session, matter)
        session.execute(
            sa.insert(tables.Party),
            [
                {
                    "lawsuit_id": lawsuit.id,
                    "matter_id": matter.id,
                    "name": f"{FIRST[each % 10]} Person{suit * PER_SUIT + each}",
                    "aliases": [],
                    "role": PartyRole.PLAINTIFF,
                    "known_on": makes.EARLIER,
                }
                for each in range(PER_SUIT)
            ],
        )
    makes.make_matter(session, cast.ada, names=["Álvarez, R."])


def best(act: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Return the milliseconds of the middle one of several."""
    took = []
    for _ in range(TIMES):
        before()
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return sorted(took)[TIMES // 2]


def forget() -> None:
    """Be a process that has just started."""
    names_on_file._read = None
    names_on_file._words.cache_clear()


def changed() -> None:
    """Be a process after somebody changed a name."""
    names_on_file._read = None


def row(desk: Desk, asker: tables.Person, count: int) -> str:
    """Measure at one size; return its line of the table."""
    actor = makes.actor_of(asker)

    def check() -> None:
        with desk.work(actor) as work:
            answer = conflicts.check(work, conflicts.NamesInput(names=TYPED))
            assert answer.elsewhere, "the name that is there is found"
            work.tries.clear()  # it is not what is measured

    def by_hand() -> None:
        with desk.engine.connect() as connection:
            connection.execute(BY_HAND, PIECES).all()

    first, again = best(check, forget), best(check, changed)
    check()
    asked, hand = best(check), best(by_hand)
    return (
        f"{count:>9,} {first:>10.1f} {again:>14.1f} {asked:>10.1f} {hand:>10.1f} "
        f"{asked / hand:>9.2f}"
    )


def main() -> None:
    """Print the table: milliseconds, and the check as a multiple of the query by hand."""
    print(f"{'names':>9} {'first':>10} {'after a change':>14} {'check':>10} {'by hand':>10} ratio")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/casemgr.sqlite3"
            migrate(url)
            desk = makes.make_desk(open_engine(url), Path(folder))
            with transaction(desk.engine) as session:
                cast = makes.make_cast(session)
                fill(session, cast, count)
            print(row(desk, cast.eve, count))
            desk.engine.dispose()


if __name__ == "__main__":
    main()
