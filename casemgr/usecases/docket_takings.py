"""Take a large docket paper in while somebody looks on: begun here, done in the background.

It is read first, then taken in whole or not at all. Whoever does it holds a lease, so that of
several processes one does it; who dies loses the lease, and another begins anew: nothing was
written until everything was.
"""

from __future__ import annotations

import logging

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Blob, DocketTaking, Document
from casemgr.domain.access import Right
from casemgr.domain.words import TakingState
from casemgr.errors import CasemgrError, Malformed, Overtaken
from casemgr.files.store import Store
from casemgr.usecases import docket_papers, records
from casemgr.usecases.docket_plan import DocketImport
from casemgr.usecases.import_jobs import Works
from casemgr.usecases.leases import take_job
from casemgr.usecases.work import Actor, Work

LARGE = 200_000  # bytes; a page of some 200 entries
AT_WORK = (TakingState.WAITING, TakingState.READING, TakingState.TAKING)
CHANGED = (
    "The docket has changed since you looked at what would come. Look at the paper again, then "
    "take it in."
)
FAILED = "Taking it in failed. Nothing of it was written; the paper is kept. Try it again."

log = logging.getLogger(__name__)


def is_large(work: Work, document: Document) -> bool:
    """Say whether taking a paper in may last longer than somebody should wait for a page."""
    blob = work.session.get(Blob, document.sha256) if document.sha256 else None
    return blob is not None and blob.size > LARGE


def begin(work: Work, document_id: str, given: DocketImport) -> DocketTaking:
    """Have a kept paper taken in, as it was seen and decided; of what is at work, that is it."""
    document = doors.document(work.session, work.actor, document_id, Right.LOG, work.today)
    if document.sha256 is None:
        raise Malformed({"document_id": "There is no file of this document. Add it first."})
    there = work.session.exec(
        select(DocketTaking).where(
            DocketTaking.document_id == document.id, col(DocketTaking.state).in_(AT_WORK)
        )
    ).first()
    if there is not None:
        return there
    row = DocketTaking(
        matter_id=document.matter_id,
        document_id=document.id,
        person_id=str(work.actor.id),
        given=given.model_dump(mode="json"),
        made_at=work.now,
        known_on=work.today,
    )
    records.keep(work, row)
    work.record("docket.begun", row, title=document.title)
    return row


# --- in the background


def waiting(work: Work) -> list[str]:
    """Return the papers that are to be taken in and that nobody takes in now."""
    free = sa.or_(col(DocketTaking.lease_until).is_(None), col(DocketTaking.lease_until) < work.now)
    return list(
        work.session.exec(
            select(DocketTaking.id)
            .where(col(DocketTaking.state).in_(AT_WORK), free)
            .order_by(col(DocketTaking.made_at))
        )
    )


def run(works: Works, store: Store, taking_id: str, by: str) -> None:
    """Take a paper in to its end, if nobody else does."""
    with works() as work:
        reading = TakingState.READING
        actor = take_job(work, DocketTaking, taking_id, by, AT_WORK, state=reading)
    if actor is None:
        return
    try:
        _do(works, store, taking_id, actor, by)
    except _Lost:
        return
    except Overtaken:
        _fail(works, taking_id, CHANGED)
    except Malformed as wrong:
        _fail(works, taking_id, " ".join(wrong.problems.values()))
    except CasemgrError as wrong:
        _fail(works, taking_id, str(wrong))
    except Exception:
        # Whatever it was, it must not be tried for ever: it is told, and may be begun again.
        log.exception("taking in %s failed", taking_id)
        _fail(works, taking_id, FAILED)


class _Lost(CasemgrError):
    """Another process goes on with this paper."""


def _do(works: Works, store: Store, taking_id: str, actor: Actor, by: str) -> None:
    with works(actor, reads_only=True) as work:
        row = _mine(work, taking_id, by)
        document_id, given = row.document_id, DocketImport.model_validate(row.given)
    paper = docket_papers.read_kept(
        lambda **how: works(actor, **how), store, document_id, given.court_id or ""
    )
    with works(actor) as work:
        row = _mine(work, taking_id, by)
        row.state, row.entries = TakingState.TAKING, sum(len(case.entries) for case in paper.cases)
    with works(actor) as work:
        row = _mine(work, taking_id, by)
        _end(work, row, docket_papers.take_in(work, document_id, paper, given))


def _mine(work: Work, taking_id: str, by: str) -> DocketTaking:
    row = doors.open_door(work.session, work.actor, DocketTaking, taking_id, Right.LOG, work.today)
    if row.claimed_by != by:
        raise _Lost
    return row


def _end(work: Work, row: DocketTaking, done: tuple[docket_papers.TakenIn, ...]) -> None:
    row.lawsuit_id = done[0].lawsuit.id
    for name in ("added", "joined", "kept_beside", "left_out"):
        setattr(row, name, sum(getattr(each, name) for each in done))
    row.state, row.finished_at = TakingState.DONE, work.now
    row.claimed_by, row.lease_until = None, None
    records.keep(work, row)


def _fail(works: Works, taking_id: str, why: str) -> None:
    with works() as work:
        row = work.session.get_one(DocketTaking, taking_id)
        row.state, row.problem, row.finished_at = TakingState.FAILED, why[:1000], work.now
        row.claimed_by, row.lease_until = None, None
        title = work.session.get_one(Document, row.document_id).title
        work.record("docket.failed", row, title=title, why=why[:300])
