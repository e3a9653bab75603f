"""The only way to a draft: it is its owner's, and of a matter they may still know of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db.doors import Asker, mine
from casemgr.db.tables import RequestDraft


def own(actor: Asker, today: Any) -> ColumnElement[bool]:
    """Return the condition for the actor's own drafts.

    One that is meant for a matter they left, or that a wall keeps them from, is not theirs to see.
    """
    matter = col(RequestDraft.for_matter_id)
    return sa.and_(
        col(RequestDraft.owner_id) == actor.id,
        sa.or_(matter.is_(None), matter.in_(mine(actor, today))),
    )
