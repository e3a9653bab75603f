"""Legal holds: one person places one, two lift it; while it stands the database lets nothing go."""

from __future__ import annotations

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import LegalHold
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.errors import Refused, WrongMoment
from casemgr.fields import Input, Reason
from casemgr.usecases import records, signin
from casemgr.usecases.work import Work


class HoldInput(Input):
    """Why everything of a matter must be kept, or why it no longer must."""

    because: Reason


def place_hold(work: Work, matter_id: str, given: HoldInput) -> LegalHold:
    """Place a hold: from now on nothing of the matter can be deleted or written over.

    Several may stand at once, each for its own reason; the matter is free when all are lifted.
    """
    matter = doors.matter(work.session, work.actor, matter_id, Right.MANAGE, work.today)
    hold = LegalHold(
        matter_id=matter.id,
        because=given.because,
        placed_by=_somebody(work),
        placed_at=work.now,
    )
    records.keep(work, hold)
    work.record("hold.placed", hold, title=matter.title, because=given.because)
    return hold


def ask_release(
    work: Work, hold_id: str, given: HoldInput, *, version: int | None = None
) -> LegalHold:
    """Ask that a hold be lifted; another person must agree before it is."""
    hold = doors.open_door(work.session, work.actor, LegalHold, hold_id, Right.MANAGE, work.today)
    records.not_overtaken(hold, version)
    _still_standing(hold)
    hold.release_asked_by, hold.release_asked_at = _somebody(work), work.now
    hold.release_because = given.because
    records.keep(work, hold)
    work.record("hold.release_asked", hold, title=_title(work, hold), because=given.because)
    return hold


def release_hold(work: Work, hold_id: str, *, version: int | None = None) -> LegalHold:
    """Lift a hold that somebody else asked to lift; an attorney does it, freshly signed in."""
    hold = doors.open_door(work.session, work.actor, LegalHold, hold_id, Right.SIGN_OFF, work.today)
    records.not_overtaken(hold, version)
    _still_standing(hold)
    signin.fresh(work)
    if hold.release_asked_by is None:
        raise WrongMoment(
            "Nobody has asked to lift this hold. One person asks and gives the reason, then "
            "another lifts it."
        )
    if hold.release_asked_by == work.actor.id:
        raise Refused(
            "You asked to lift this hold, so another attorney on the matter must lift it."
        )
    hold.released_by, hold.released_at = _somebody(work), work.now
    records.keep(work, hold)
    work.record("hold.released", hold, title=_title(work, hold), because=hold.release_because)
    return hold


def standing(work: Work, matter_id: str) -> list[LegalHold]:
    """Return the holds that keep a matter, oldest first."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    asked = (
        select(LegalHold)
        .where(LegalHold.matter_id == matter.id, col(LegalHold.released_at).is_(None))
        .order_by(col(LegalHold.placed_at), col(LegalHold.id))
    )
    return list(work.session.exec(asked))


def _somebody(work: Work) -> str:
    if work.actor.id is None:
        raise Refused("A hold is placed and lifted by people, not by casemgr itself. Sign in.")
    return work.actor.id


def _still_standing(hold: LegalHold) -> None:
    if hold.released_at is not None:
        raise WrongMoment(f"This hold was lifted on {long_day(hold.released_at.date())}.")


def _title(work: Work, hold: LegalHold) -> str:
    return doors.matter(work.session, work.actor, hold.matter_id, Right.READ, work.today).title
