"""A docket paper on its way in, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.db import doors
from casemgr.db.tables import DocketTaking, Document, Person
from casemgr.domain.access import Right
from casemgr.domain.words import TakingState
from casemgr.usecases.docket_takings import AT_WORK
from casemgr.usecases.views import matters
from casemgr.usecases.work import Work

STEPS = {
    TakingState.WAITING: (0, "It waits for its turn"),
    TakingState.READING: (1, "The paper is being read"),
    TakingState.TAKING: (2, "Its entries are added, and their dates counted"),
    TakingState.DONE: (3, "It is taken in"),
    TakingState.FAILED: (3, "It was not taken in"),
}
ALL_STEPS = 3


@dataclass(frozen=True)
class TakingPage:
    """A paper at the step where it is."""

    row: DocketTaking
    matter: matters.Matter
    title: str
    by: str

    @property
    def at_work(self) -> bool:
        """Say whether something is still to be waited for."""
        return self.row.state in AT_WORK

    @property
    def step(self) -> int:
        """Return how many of the steps are done or under way."""
        return STEPS[self.row.state][0]

    @property
    def says(self) -> str:
        """Return where it is, in a sentence."""
        return STEPS[self.row.state][1]


def look(work: Work, taking_id: str) -> TakingPage:
    """Show how far a paper has come; NotFound for whoever may not know of it."""
    row = doors.open_door(work.session, work.actor, DocketTaking, taking_id, Right.READ, work.today)
    _, matter = matters.head(work, row.matter_id)
    return TakingPage(
        row,
        matter,
        work.session.get_one(Document, row.document_id).title,
        work.session.get_one(Person, row.person_id).name,
    )
