"""Keep the deadlines on file in step with facts and law: in the transaction that changed them.

Shared by every noun whose change can move a date. New rows supersede old ones; nothing is
edited. Each difference is recorded with its cause, and the reminders move with the deadline.
What a projection did is noted in `work.moved`, so that a page or a preview can show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from sqlalchemy.orm.util import identity_key
from sqlmodel import SQLModel, col

from casemgr.db.tables import Deadline, Event, FoiaRequest, Lawsuit, Track
from casemgr.domain.deadlines import Derived, Moved, Owed
from casemgr.domain.words import DeadlineKind, EventKind, RequestStage, Side
from casemgr.errors import Overtaken
from casemgr.fields import new_code
from casemgr.usecases import (
    derive_lawsuit,
    derive_track,
    lawsuit_facts,
    notices,
    owing,
    track_facts,
)
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline as it stands on file: what a projection compares and carries over."""

    __tablename__: ClassVar[str] = "deadline"

    id: str
    version: int
    matter_id: str
    key: str
    title: str
    kind: DeadlineKind
    whose: Side
    rule: str | None
    due: date | None
    safe: date | None
    latest: date | None
    proof_hash: str
    lawsuit_id: str | None
    owner_id: str | None
    second_id: str | None
    done_on: date | None
    done_how: str
    done_by: str | None
    known_on: date


_IDS = sa.bindparam("ids", expanding=True, type_=sa.String())
_TODAY = sa.bindparam("today", type_=sa.Date())


def _standing(of: Any) -> sa.Select[Any]:
    """Select what stands on file of several tracks or lawsuits, each row after what it is of.

    A demonstration stands at a day of its story and holds the rest of it too: what a later day
    made or ended of a date stands as it does today.
    """
    columns = (getattr(Deadline, name) for name in Standing.__slots__)
    ended = col(Deadline.superseded_on)
    return sa.select(of, *columns).where(of.in_(_IDS), sa.or_(ended.is_(None), ended > _TODAY))


_OF_TRACKS, _OF_LAWSUITS = _standing(col(Deadline.track_id)), _standing(col(Deadline.lawsuit_id))

What = Literal["made", "moved", "withdrawn", "done", "reopened"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of facts does to one deadline."""

    what: What
    title: str
    was: date | None
    due: date | None
    before: Standing | None
    after: Derived | None


def project_track(work: Work, track_id: str, *, because: str) -> tuple[Difference, ...]:
    """Bring a track's deadlines into step with its events as known today."""
    found = project_tracks(work, [track_id], because=because)
    # What happened may move no date and still tell how far the request has come.
    of = None if found else work.session.get(Track, track_id)
    if of is not None:
        refresh_next_due(work, of.request_id)
    return found


def project_tracks(work: Work, ids: Sequence[str], *, because: str) -> tuple[Difference, ...]:
    """Do the same for many tracks, in as few statements as for one."""
    _take_turns(work, Track, ids)
    on_file = _on_file(work, _OF_TRACKS, ids)
    found: list[Difference] = []
    requests: set[str] = set()
    for facts in track_facts.read(work, ids):
        moved = compare(on_file[facts.id], derive_track.derived_from(work, facts))
        if moved:
            found += moved
            requests.add(facts.track.request_id)
    _save(work, found, because)
    refresh_next_due(work, *sorted(requests))
    return tuple(found)


def project_lawsuit(work: Work, lawsuit_id: str, *, because: str) -> tuple[Difference, ...]:
    """Bring a lawsuit's deadlines into step with its docket as known today."""
    return project_lawsuits(work, [lawsuit_id], because=because)


def project_lawsuits(work: Work, ids: Sequence[str], *, because: str) -> tuple[Difference, ...]:
    """Do the same for many lawsuits, in as few statements as for one."""
    _take_turns(work, Lawsuit, ids)
    on_file = _on_file(work, _OF_LAWSUITS, ids)
    found: list[Difference] = []
    for facts in lawsuit_facts.read(work, ids):
        found += compare(on_file[facts.id], derive_lawsuit.derived_from(work, facts))
    _save(work, found, because)
    return tuple(found)


def _take_turns(work: Work, table: type[SQLModel], ids: Sequence[str]) -> None:
    """Let two people who log at once derive one after the other: the second sees the first's."""
    work.session.flush()
    if work.session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        shape: Any = table
        work.session.execute(
            sa.select(shape.id)
            .where(shape.id.in_(ids))
            .order_by(shape.id)  # everybody takes them in one order, so that nobody waits in a ring
            .with_for_update(key_share=True)
        )


def _on_file(
    work: Work, of: sa.Select[Any], ids: Sequence[str]
) -> defaultdict[str, list[Standing]]:
    found: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in work.session.execute(of, {"ids": ids, "today": work.today}):
        each = Standing(*row[1:])
        if each.known_on > work.today:
            continue  # of a later day
        if each.done_on is not None and each.done_on > work.today:
            each = replace(each, done_on=None, done_how="", done_by=None)
        found[row[0]].append(each)
    return found


def compare(on_file: Iterable[Standing], derived: Iterable[Derived]) -> tuple[Difference, ...]:
    """Say what would change, and change nothing.

    An attorney's override is never moved or withdrawn by a rule; a fact that fulfils it is noted.
    """
    rows = {row.key: row for row in on_file}
    found: list[Difference] = []
    for new in derived:
        row = rows.pop(new.key, None)
        if row is None:
            found.append(Difference("made", new.title, None, new.due, None, new))
        elif row.kind is not DeadlineKind.OVERRIDE and row.proof_hash != new.fingerprint:
            found.append(Difference("moved", new.title, row.due, new.due, row, new))
        elif row.done_on != new.done_on and row.done_by is None:
            what: What = "done" if new.done_on else "reopened"
            found.append(Difference(what, row.title, row.due, row.due, row, new))
    gone = (row for row in rows.values() if row.kind is not DeadlineKind.OVERRIDE)
    found += [Difference("withdrawn", row.title, row.due, None, row, None) for row in gone]
    return tuple(found)


def by_rule_now(work: Work, row: Deadline) -> Derived | None:
    """Return what facts and rules give today for a date set against the rule.

    None where they give nothing any more, or where the date is no override.
    """
    if row.kind is not DeadlineKind.OVERRIDE:
        return None
    if row.track_id is not None:
        derived = derive_track.derive(work, row.track_id)
    elif row.lawsuit_id is not None:
        derived = derive_lawsuit.derive(work, row.lawsuit_id)
    else:
        return None
    return next((each for each in derived if each.key == row.key), None)


# --- saving: a handful of statements, however many dates moved


_DEADLINE: Any = Deadline.__table__  # type: ignore[attr-defined]
_SUPERSEDED = (
    sa.update(_DEADLINE)
    .where(
        _DEADLINE.c.id.in_(_IDS),
        sa.or_(_DEADLINE.c.superseded_on.is_(None), _DEADLINE.c.superseded_on > _TODAY),
    )
    .values(
        superseded_on=_TODAY,
        superseded_because=sa.bindparam("because"),
        version=_DEADLINE.c.version + 1,
    )
)
# What a later day of a demonstration's story made of the same date: the story goes on otherwise.
_NO_LATER = (
    sa.update(_DEADLINE)
    .where(
        _DEADLINE.c.key.in_(sa.bindparam("keys", expanding=True)),
        _DEADLINE.c.known_on > _TODAY,
        sa.or_(_DEADLINE.c.superseded_on.is_(None), _DEADLINE.c.superseded_on > _TODAY),
    )
    .values(
        superseded_on=_TODAY,
        superseded_because=sa.bindparam("because"),
        version=_DEADLINE.c.version + 1,
    )
    .returning(_DEADLINE.c.id)
)
_BY_ID = _DEADLINE.c.id == sa.bindparam("of")
_LINKED = sa.update(_DEADLINE).where(_BY_ID).values(superseded_by_id=sa.bindparam("by"))
_SET_DONE = (
    sa.update(_DEADLINE)
    .where(_BY_ID)
    .values(
        done_on=sa.bindparam("on"),
        done_how=sa.bindparam("how"),
        version=_DEADLINE.c.version + 1,
    )
)


def _save(work: Work, found: Sequence[Difference], because: str) -> None:
    if not found:
        return
    ended = [each.before for each in found if each.before and each.what in ("moved", "withdrawn")]
    _supersede_all(work, [row.id for row in ended], because)
    _end_later(work, [_key(each) for each in found if each.what not in _STAYS], because)
    new = {at: _new_row(work, each) for at, each in enumerate(found) if each.what in _BEGINS}
    if new:
        work.session.execute(_DEADLINE.insert(), list(new.values()))
    rows = [_stands(each, new.get(at)) for at, each in enumerate(found)]
    _link(
        work,
        {
            each.before.id: row.id
            for each, row in zip(found, rows, strict=True)
            if each.before and each.what == "moved"
        },
    )
    _set_done(work, [each for each in found if each.what in ("done", "reopened")])
    _note(work, found, rows, because)


def _supersede_all(work: Work, ids: Sequence[str], because: str) -> None:
    """End these rows together; where somebody else ended one meanwhile, nothing is saved."""
    if not ids:
        return
    given = {"ids": ids, "today": work.today, "because": because[:500]}
    ended: Any = work.session.execute(_SUPERSEDED, given)
    if ended.rowcount != len(ids):
        raise Overtaken
    _read_again(work, ids)


def _key(difference: Difference) -> str:
    about = difference.before or difference.after
    assert about is not None
    return about.key


def _end_later(work: Work, keys: Sequence[str], because: str) -> None:
    given = {"keys": keys, "today": work.today, "because": because[:500]}
    later = list(work.session.scalars(_NO_LATER, given)) if keys else []
    if later:
        owing.cancel_all(work, later)
        _read_again(work, later)


def _link(work: Work, replaced: Mapping[str, str]) -> None:
    """Let each row that was moved name the one that replaced it."""
    if replaced:
        work.session.execute(_LINKED, [{"of": old, "by": new} for old, new in replaced.items()])
        _read_again(work, replaced)


def _set_done(work: Work, found: Sequence[Difference]) -> None:
    given = [
        {"of": each.before.id, "on": each.after.done_on, "how": each.after.done_how}
        for each in found
        if each.before is not None and each.after is not None
    ]
    if given:
        work.session.execute(_SET_DONE, given)
        _read_again(work, [str(each["of"]) for each in given])


def _read_again(work: Work, ids: Iterable[str]) -> None:
    """Let whoever holds one of these rows see what was just written to it."""
    held = work.session.identity_map
    for each in ids:
        if (row := held.get(identity_key(Deadline, each))) is not None:
            work.session.expire(row)


_BEGINS, _STAYS = ("made", "moved"), ("done", "reopened")


def _stands(difference: Difference, new: Mapping[str, Any] | None) -> Standing:
    """Return how the deadline stands afterwards; for one that fell away, how it stood."""
    if new is not None:
        return Standing(**{name: new[name] for name in Standing.__slots__})
    old = difference.before
    assert old is not None
    if difference.what == "reopened":
        return replace(old, version=old.version + 1, done_on=None, done_how="")
    return old


_BELONGS = (
    "matter_id", "request_id", "track_id", "lawsuit_id", "docket_entry_id", "order_date_id"
)  # fmt: skip


def _new_row(work: Work, difference: Difference) -> dict[str, Any]:
    """Return a new row as columns: building an entity for each would cost more than counting."""
    new, like = difference.after, difference.before
    assert new is not None
    # What a person said they did stays done when the date moves.
    by_person = like if like is not None and like.done_by is not None else None
    return {
        **dict.fromkeys(_BELONGS),
        **new.belongs_to,
        "id": new_code("D"),
        "version": 1,
        "key": new.key,
        "title": new.title,
        "kind": new.kind,
        "whose": new.whose,
        "rule": new.rule,
        "text_since": new.text_since,
        "status": new.status,
        "counts_from": new.counts_from,
        "due": new.due,
        "safe": new.safe,
        "earliest": new.earliest,
        "latest": new.latest,
        "certain": new.certain,
        "uncertain_because": new.uncertain_because,
        "readings": [dict(reading) for reading in new.readings],
        "steps": [dict(step) for step in new.steps],
        "proof": dict(new.prove()),
        "proof_hash": new.fingerprint,
        "owner_id": like.owner_id if like else None,
        "second_id": like.second_id if like else None,
        "override_because": "",
        "known_on": work.today,
        "done_on": by_person.done_on if by_person else new.done_on,
        "done_how": by_person.done_how if by_person else new.done_how,
        "done_by": by_person.done_by if by_person else None,
        "superseded_because": "",
    }


def new_rows(work: Work, derived: Iterable[Derived], known_on: date) -> Iterator[dict[str, Any]]:
    """Yield the rows of dates that stand nowhere yet: for many at once, by whoever keeps them."""
    for each in compare((), derived):
        yield {**_new_row(work, each), "known_on": known_on}


def _note(
    work: Work,
    found: Sequence[Difference],
    rows: Sequence[Standing],
    because: str,
) -> None:
    """Move the reminders, and tell of each difference with its cause."""
    ended = (each.before.id for each in found if each.before and each.what != "reopened")
    fell_away = owing.cancel_all(work, ended)
    owed = owing.owe_all(
        work,
        [row for each, row in zip(found, rows, strict=True) if each.what in (*_BEGINS, "reopened")],
    )
    told = {row_id: written.people for row_id, written in owed.items()}
    changed = [(each, row, row.rule or "") for each, row in zip(found, rows, strict=True)]
    notices.owe(work, changed, told, because)
    for each, row in zip(found, rows, strict=True):
        cancelled = fell_away.get(each.before.id, ()) if each.before else ()
        _record(work, each, row, because)
        work.moved.append(_moved(each, row, because, cancelled, owed.get(row.id)))


def _moved(
    each: Difference,
    row: Standing,
    because: str,
    cancelled: tuple[Owed, ...],
    written: owing.Written | None,
) -> Moved:
    old, new = each.before, each.after
    told = {owed.person for owed in cancelled} | set(written.people if written else ())
    return Moved(
        what=each.what,
        matter_id=row.matter_id,
        deadline_id=old.id if old else None,
        title=each.title,
        whose=row.whose,
        rule=row.rule,
        was=each.was,
        due=each.due,
        safe_was=old.safe if old else None,
        safe=row.safe if each.what != "withdrawn" else None,
        owners=tuple(sorted(told)),
        cancelled=cancelled,
        made=written.owed if written else (),
        steps=tuple(new.steps) if new is not None and each.what in _BEGINS else (),
        because=because,
    )


def _record(work: Work, each: Difference, row: Standing, because: str) -> None:
    was, due = each.was or "no day", each.due or "no day"
    if each.what == "moved":
        work.record("deadline.moved", row, title=each.title, was=was, due=due, because=because)
    elif each.what == "withdrawn":
        work.record("deadline.withdrawn", row, title=each.title, was=was, because=because)
    elif each.what == "done":
        assert each.after is not None
        how = each.after.done_how or because
        work.record("deadline.done", row, title=each.title, on=each.after.done_on, how=how)
    else:
        due = each.due or "not known"
        work.record("deadline.made", row, title=each.title, due=due, because=because)


def overridden(work: Work, old: Deadline, due: date, because: str, document_id: str) -> Deadline:
    """Supersede a counted date by one an attorney sets; no rule moves it from then on."""
    row = Deadline(
        **{name: getattr(old, name) for name in _KEPT_BY_OVERRIDE},
        kind=DeadlineKind.OVERRIDE,
        due=due,
        safe=due,
        earliest=due,
        latest=due,
        steps=[{"on": due.isoformat(), "says": f"Set by {work.actor.name}: {because}"}],
        override_because=because,
        override_document_id=document_id,
        confirmed_by=work.actor.id,
        confirmed_at=work.now,
        known_on=work.today,
    )
    was, safe_was = old.due, old.safe
    old.superseded_on, old.superseded_because = work.today, because[:500]
    work.session.add(old)
    work.session.flush()
    _end_later(work, [old.key], because)
    cancelled = owing.cancel_reminders(work, old)
    work.session.add(row)
    work.session.flush()
    old.superseded_by_id = row.id
    work.session.add(old)
    written = owing.owe_reminders(work, row)
    work.moved.append(
        Moved(
            what="overridden",
            matter_id=row.matter_id,
            deadline_id=old.id,
            title=row.title,
            whose=row.whose,
            rule=row.rule,
            was=was,
            due=due,
            safe_was=safe_was,
            safe=due,
            owners=tuple(sorted({each.person for each in cancelled} | set(written.people))),
            cancelled=cancelled,
            made=written.owed,
            steps=tuple(row.steps),
            because=because,
        )
    )
    notices.owe(work, [(work.moved[-1], row, row.rule or "")], {row.id: written.people}, because)
    return row


_KEPT_BY_OVERRIDE = (
    "matter_id", "request_id", "track_id", "lawsuit_id", "docket_entry_id", "order_date_id",
    "key", "title", "whose", "rule", "text_since", "counts_from", "owner_id", "second_id",
)  # fmt: skip


# --- what lists sort by


def open_on(today: Any) -> sa.ColumnElement[bool]:
    """Return the condition for a deadline that is known, current and not done on a day."""
    return sa.and_(
        col(Deadline.known_on) <= today,
        sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > today),
        sa.or_(col(Deadline.done_on).is_(None), col(Deadline.done_on) > today),
    )


def refresh_next_due(work: Work, *request_ids: str) -> None:
    """Keep on each request what lists show: how far it has come, and when it is next due."""
    if not request_ids:
        return
    work.session.execute(
        _REFRESHED,
        {"ids": request_ids, "today": work.today},
        execution_options={"synchronize_session": False},
    )
    for each in request_ids:
        if (row := work.session.identity_map.get(identity_key(FoiaRequest, each))) is not None:
            work.session.expire(row, _OF_LISTS)


_OF_LISTS = ("next_due_on", "their_due_on", "stage")
_REQUEST: Any = FoiaRequest.__table__  # type: ignore[attr-defined]


def _next_due(*conditions: Any) -> Any:
    asked = sa.select(sa.func.min(col(Deadline.due))).where(
        col(Deadline.request_id) == _REQUEST.c.id, open_on(_TODAY), *conditions
    )
    return asked.correlate(_REQUEST).scalar_subquery()


def _standing_event(*kinds: EventKind) -> sa.Exists:
    """Return the condition that one of these happened on the track, as known on the day."""
    return (
        sa.select(sa.literal(1))
        .where(
            col(Event.track_id) == col(Track.id),
            col(Event.kind).in_(kinds),
            col(Event.known_on) <= _TODAY,
            sa.or_(col(Event.withdrawn_on).is_(None), col(Event.withdrawn_on) > _TODAY),
        )
        .exists()
    )


def _on_a_track(*conditions: Any) -> sa.Exists:
    return (
        sa.select(sa.literal(1))
        .where(col(Track.request_id) == _REQUEST.c.id, col(Track.known_on) <= _TODAY, *conditions)
        .correlate(_REQUEST)
        .exists()
    )


_ended = _standing_event(EventKind.CLOSED, EventKind.WITHDRAWN)
_decided = _standing_event(EventKind.DETERMINATION)
_has_it = _standing_event(
    EventKind.RECEIVED, EventKind.RECEIVED_BY_DESIGNATED, EventKind.ACKNOWLEDGED
)
_STAGE = sa.case(
    (_on_a_track(~_ended, ~_decided, _has_it), RequestStage.WAITING),
    (_on_a_track(~_ended, _decided), RequestStage.DECIDED),
    (_on_a_track(~_ended), RequestStage.NOT_STARTED),
    (_on_a_track(), RequestStage.CLOSED),
    else_=RequestStage.NOT_STARTED,
)
_REFRESHED = (
    sa.update(_REQUEST)
    .where(_REQUEST.c.id.in_(_IDS))
    .values(
        next_due_on=_next_due(),
        their_due_on=_next_due(col(Deadline.whose) == Side.THEIRS),
        stage=sa.cast(_STAGE, _REQUEST.c.stage.type),
    )
)
