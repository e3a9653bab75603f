"""History: who did what, when. It is read, never written to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from casemgr.api.nouns import Asker, Noun
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import doors
from casemgr.db.tables import HistoryEntry
from casemgr.domain import audit


def of_matters_or_own(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for what was done on the asker's matters, and by the asker elsewhere."""
    return sa.and_(
        col(HistoryEntry.at) <= sa.bindparam("now", type_=HistoryEntry.at.type),  # type: ignore[attr-defined]
        sa.or_(
            col(HistoryEntry.matter_id).in_(doors.mine(asker, TODAY)),
            sa.and_(
                col(HistoryEntry.matter_id).is_(None),
                col(HistoryEntry.person_id) == asker.id,
            ),
        ),
    )


class HistoryShape(Shape):
    """An entry with the sentence it makes after the person's name."""

    def dump_all(self, rows: Any) -> bytes:
        """Return entries as a JSON list, each with its sentence."""
        return super().dump_all([self.said(row) for row in rows])

    def dump(self, row: Any) -> bytes:
        """Return an entry as JSON, with its sentence."""
        return super().dump(self.said(row))

    def said(self, row: Any) -> dict[str, Any]:
        """Return an entry with its sentence."""
        return {**row, "says": audit.sentence(row["what"], row["facts"])}


HISTORY = Noun(
    path="history",
    one="history entry",
    about="One thing somebody did, sealed to the one before it.",
    shape=HistoryShape(
        "HistoryEntry", HistoryEntry, computed={"says": (str, sa.literal("", sa.String))}
    ),
    order="seq",
    key="seq",
    newest_first=True,
    filters={
        "matter": "matter_id",
        "person": "person_id",
        "what": "what",
        "subject": "subject_id",
        "subject_kind": "subject_kind",
    },
    scope=of_matters_or_own,
)
