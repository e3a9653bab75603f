"""See what an act would do to the dates before it is done: the same code, then taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Person
from casemgr.domain.deadlines import Moved, Owed
from casemgr.usecases.work import Work


class _TakenBack(Exception):
    """Ends the savepoint of a preview; nobody outside ever sees it."""


def preview(work: Work, act: Callable[[Work], object]) -> tuple[Moved, ...]:
    """Say what an act would do to the dates of the actor's matters, and do nothing.

    The act runs as it would, inside a savepoint that is then rolled back: no row, no history
    line and no reminder is left. What the act refuses, the preview refuses in the same words.
    """
    aside = work.aside()
    moved: tuple[Moved, ...] = ()
    try:
        with work.session.begin_nested():
            act(aside)
            work.session.flush()
            moved = told(aside)
            raise _TakenBack
    except _TakenBack:
        return moved


def told(work: Work) -> tuple[Moved, ...]:
    """Return what this work did to dates, by due date, with people's names.

    Only of matters the actor is on: a closure may move dates of others, which are not theirs to
    see. casemgr itself sees all.
    """
    found = _of_the_actor(work, work.moved)
    names = _names(work, found)
    return tuple(sorted((_named(each, names) for each in found), key=_by_date))


def _by_date(each: Moved) -> tuple[str, ...]:
    on = each.due or each.was
    return (on.isoformat() if on else "9999", each.title, each.what, repr(each))


def _of_the_actor(work: Work, moved: Sequence[Moved]) -> Sequence[Moved]:
    if work.actor.id is None or not moved:
        return moved
    mine = set(work.session.scalars(doors.mine(work.actor, work.today)))
    return [each for each in moved if each.matter_id in mine]


def _names(work: Work, moved: Iterable[Moved]) -> Mapping[str, str]:
    wanted = {who for each in moved for who in each.owners}
    if not wanted:
        return {}
    found = work.session.execute(
        sa.select(col(Person.id), col(Person.name)).where(col(Person.id).in_(wanted))
    )
    return {row.id: row.name for row in found}


def _named(each: Moved, names: Mapping[str, str]) -> Moved:
    return replace(
        each,
        owners=tuple(sorted(names.get(who, who) for who in each.owners)),
        cancelled=_owed(each.cancelled, names),
        made=_owed(each.made, names),
    )


def _owed(reminders: Iterable[Owed], names: Mapping[str, str]) -> tuple[Owed, ...]:
    return tuple(sorted(Owed(names.get(one.person, one.person), one.on) for one in reminders))
