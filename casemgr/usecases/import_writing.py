"""Write what a spreadsheet's rows tell: many requests in a few statements, out of sight.

Every row is known on a day that never comes, so no page, list or clock knows of it until the whole
import is shown at once; and what was shown can be taken out of sight again in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from casemgr.db.tables import (
    Deadline,
    Event,
    FoiaRequest,
    ImportRow,
    LegalHold,
    Recipient,
    RequestItem,
    SpreadsheetImport,
    Track,
    TrackingNumber,
)
from casemgr.domain.spreadsheets import Field
from casemgr.domain.words import EventKind, RequestStage, Side
from casemgr.fields import new_code
from casemgr.usecases import clock, derive_track, owing, track_facts
from casemgr.usecases.import_rows import Office, RowFacts, events_of, waiver
from casemgr.usecases.work import Work

NEVER = date(9999, 12, 30)  # the day on which rows are known that nobody is to see
Values = dict[str, Any]


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table


def _blank(model: type[SQLModel]) -> Values:
    """Return the columns of a fresh row, as its class would fill them."""
    made = model()
    return {column.name: getattr(made, column.name, None) for column in _table(model).columns}


@dataclass
class Written:
    """The rows of one chunk on their way to the database, by table."""

    rows: defaultdict[type[SQLModel], list[Values]] = field(
        default_factory=lambda: defaultdict(list)
    )
    blanks: dict[type[SQLModel], Values] = field(default_factory=dict)

    def add(self, model: type[SQLModel], **values: Any) -> None:
        """Take a row along, with the defaults of its class for what is not given."""
        if model not in self.blanks:
            self.blanks[model] = _blank(model)
        self.rows[model].append({**self.blanks[model], **values})


_ORDER = (FoiaRequest, RequestItem, Track, Recipient, TrackingNumber, Event)


def write(
    work: Work, of: SpreadsheetImport, facts: Sequence[RowFacts], owner_id: str | None
) -> None:
    """Write the requests of some rows with their dates, out of everybody's sight."""
    written = Written()
    made = [_request(work, of, each, written, owner_id) for each in facts]
    for model in _ORDER:
        if rows := written.rows[model]:
            work.session.execute(_table(model).insert(), rows)
    due = _derive(work, [row["id"] for row in written.rows[Track]])
    if due:
        work.session.execute(_DUE, due)
    if made:
        work.session.execute(_BECAME, made)


_REQUESTS, _IMPORT_ROWS = _table(FoiaRequest), _table(ImportRow)
_DUE = (
    sa.update(_REQUESTS)
    .where(_REQUESTS.c.id == sa.bindparam("of"))
    .values(next_due_on=sa.bindparam("next"), their_due_on=sa.bindparam("theirs"))
)
_BECAME = (
    sa.update(_IMPORT_ROWS)
    .where(_IMPORT_ROWS.c.id == sa.bindparam("of"))
    .values(request_id=sa.bindparam("request"), parts=sa.bindparam("made"))
)


def _request(
    work: Work, of: SpreadsheetImport, facts: RowFacts, into: Written, owner_id: str | None
) -> Values:
    request_id, texts = new_code("R"), facts.texts
    known: Values = {"source": f"{of.file_name}, row {facts.number}"[:500], "known_on": NEVER}
    sent_on = facts.days.get(Field.SENT_ON)
    into.add(
        FoiaRequest,
        id=request_id,
        matter_id=of.matter_id,
        reference=texts.get(Field.REFERENCE, ""),
        title=texts[Field.TITLE],
        summary=texts.get(Field.SUMMARY, ""),
        requested_on=sent_on,
        asked_on=sent_on or work.today,
        records_from=facts.days.get(Field.RECORDS_FROM),
        records_until=facts.days.get(Field.RECORDS_UNTIL),
        fee_waiver_because=waiver(texts.get(Field.FEE_WAIVER, "")),
        stage=_stage(facts.offices),
        owner_id=owner_id,
        **known,
    )
    parts = 0
    if asked_for := texts.get(Field.ASKED_FOR):
        into.add(RequestItem, id=new_code("RI"), request_id=request_id, position=1, says=asked_for)
        parts += 1
    for office in facts.offices:
        parts += _track(of, request_id, office, known, into)
    return {"of": f"{of.id}-{facts.number:06d}", "request": request_id, "made": parts}


def _track(
    of: SpreadsheetImport, request_id: str, office: Office, known: Values, into: Written
) -> int:
    track_id, whole = new_code("T"), {"matter_id": of.matter_id, **known}
    agency_id = office.agency_id
    into.add(Track, id=track_id, request_id=request_id, agency_id=agency_id, **whole)
    into.add(
        Recipient,
        id=new_code("RC"),
        request_id=request_id,
        track_id=track_id,
        agency_id=agency_id,
        sent_on=office.days.get(Field.SENT_ON),
        **known,
    )
    for number in office.numbers:
        into.add(TrackingNumber, id=new_code("TN"), track_id=track_id, number=number, **known)
    happened = events_of(office)
    for _, each in happened:
        into.add(
            Event,
            id=new_code("E"),
            track_id=track_id,
            kind=each.kind,
            happened_on=each.happened_on,
            outcome=each.outcome,
            recorded_by=of.person_id,
            **whole,
        )
    return 2 + len(office.numbers) + len(happened)


def _stage(offices: Iterable[Office]) -> RequestStage:
    """Say how far a request has come, as `clock.refresh_next_due` says it of one on file."""
    kinds = [{each.kind for _, each in events_of(office)} for office in offices]
    still = [each for each in kinds if EventKind.CLOSED not in each]
    if any(
        EventKind.DETERMINATION not in each and each & {EventKind.RECEIVED, EventKind.ACKNOWLEDGED}
        for each in still
    ):
        return RequestStage.WAITING
    if any(EventKind.DETERMINATION in each for each in still):
        return RequestStage.DECIDED
    return RequestStage.CLOSED if kinds and not still else RequestStage.NOT_STARTED


def _derive(work: Work, track_ids: Sequence[str]) -> list[Values]:
    """Write the dates that follow from what was written, and return what lists show of them."""
    later = work.on(NEVER)  # who alone sees what was just written
    rows: list[Values] = []
    for facts in track_facts.read(later, track_ids):
        rows += clock.new_rows(work, derive_track.derived_from(work, facts), NEVER)
    if rows:
        work.session.execute(_table(Deadline).insert(), rows)
    due: dict[str, Values] = {}
    for row in rows:
        if row["done_on"] is None and row["due"] is not None:
            held = due.setdefault(row["request_id"], {"next": None, "theirs": None})
            held["next"] = min(row["due"], held["next"] or row["due"])
            if row["whose"] is Side.THEIRS:
                held["theirs"] = min(row["due"], held["theirs"] or row["due"])
    return [{"of": request_id, **held} for request_id, held in due.items()]


# --- into sight, and out of it again


def _of_import() -> sa.Select[Any]:
    return sa.select(col(ImportRow.request_id)).where(
        col(ImportRow.import_id) == sa.bindparam("of"), col(ImportRow.request_id).is_not(None)
    )


def _hang_on_requests() -> Mapping[type[SQLModel], sa.ColumnElement[bool]]:
    of_tracks = sa.select(col(Track.id)).where(col(Track.request_id).in_(_of_import()))
    return {
        FoiaRequest: col(FoiaRequest.id).in_(_of_import()),
        Track: col(Track.request_id).in_(_of_import()),
        Recipient: col(Recipient.request_id).in_(_of_import()),
        TrackingNumber: col(TrackingNumber.track_id).in_(of_tracks),
        Event: col(Event.track_id).in_(of_tracks),
        Deadline: col(Deadline.request_id).in_(_of_import()),
    }


HANGING = _hang_on_requests()
_KNOWN = [
    sa.update(_table(model))
    .where(condition, _table(model).c.known_on == sa.bindparam("was"))
    .values(known_on=sa.bindparam("becomes"))
    for model, condition in HANGING.items()
]
_HIDDEN = [
    sa.update(_table(model)).where(condition).values(known_on=NEVER)
    for model, condition in HANGING.items()
]
_OPEN = sa.select(*(getattr(Deadline, name) for name in clock.Standing.__slots__)).where(
    HANGING[Deadline], col(Deadline.done_on).is_(None), col(Deadline.superseded_on).is_(None)
)


def show(work: Work, import_id: str) -> None:
    """Let everybody see what an import wrote, from today, and owe the reminders of its dates."""
    for statement in _KNOWN:
        given = {"of": import_id, "was": NEVER, "becomes": work.today}
        work.session.execute(statement, given)
    rows = [clock.Standing(*row) for row in work.session.execute(_OPEN, {"of": import_id})]
    # Most of an old spreadsheet's dates are long past and remind nobody.
    yesterday = work.today - timedelta(days=1)
    ahead = [row for row in rows if (row.latest or row.safe or row.due or NEVER) >= yesterday]
    if ahead:
        owing.owe_all(work, ahead)


def hide(work: Work, import_id: str) -> None:
    """Take everything an import wrote out of sight, and remind nobody of its dates any more."""
    ids = sa.select(col(Deadline.id)).where(HANGING[Deadline])
    owed = list(work.session.scalars(ids, {"of": import_id}))
    for at in range(0, len(owed), 500):
        owing.cancel_all(work, owed[at : at + 500])
    for statement in _HIDDEN:
        work.session.execute(statement, {"of": import_id})


# --- away again, where an import failed before anybody saw any of it


def _written() -> Mapping[type[SQLModel], sa.ColumnElement[bool]]:
    """Return what an import writes, with the rows that hang on others before those."""
    of_request = col(RequestItem.request_id).in_(_of_import())
    first = {model: HANGING[model] for model in (Deadline, Event, TrackingNumber, Recipient)}
    return first | {
        RequestItem: of_request,
        Track: HANGING[Track],
        FoiaRequest: col(FoiaRequest.id).in_(sa.bindparam("requests", expanding=True)),
    }


_AWAY = [sa.delete(_table(model)).where(condition) for model, condition in _written().items()]
_FORGOTTEN = (
    sa.update(_IMPORT_ROWS)
    .where(_IMPORT_ROWS.c.import_id == sa.bindparam("of"))
    .values(request_id=None, parts=0)
)
_HELD = sa.select(col(LegalHold.id)).where(
    col(LegalHold.matter_id) == sa.bindparam("matter"), col(LegalHold.released_at).is_(None)
)


def made(work: Work, import_id: str) -> int:
    """Return how many requests an import has made."""
    asked = sa.select(sa.func.count()).select_from(_of_import().subquery())
    return int(work.session.scalar(asked, {"of": import_id}) or 0)


def take_away(work: Work, of: SpreadsheetImport) -> bool:
    """Delete all that an import wrote and never showed; False where a legal hold keeps it."""
    requests = list(work.session.scalars(_of_import(), {"of": of.id}))
    if not requests:
        return True
    if work.session.execute(_HELD, {"matter": of.matter_id}).first() is not None:
        return False
    *parts, whole = _AWAY
    for statement in parts:
        work.session.execute(statement, {"of": of.id})
    work.session.execute(_FORGOTTEN, {"of": of.id})  # before what its rows point to
    for at in range(0, len(requests), 500):
        work.session.execute(whole, {"requests": requests[at : at + 500]})
    return True
