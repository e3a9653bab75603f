"""Who may release letters of a matter, as its page shows it: attorneys, and staff they let."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casemgr.db import doors, letter_lists
from casemgr.domain.access import Right, may
from casemgr.domain.words import LetterKind
from casemgr.usecases import standing_permissions
from casemgr.usecases.letter_kinds import KINDS
from casemgr.usecases.views.lens import Lens
from casemgr.usecases.views.matters import Matter, head
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """One permission, whether it holds or is over."""

    id: str
    person_id: str
    person: str
    kinds: Sequence[str]
    until_on: date
    because: str
    giver: str
    given_at: datetime
    taker: str | None
    taken_back_at: datetime | None
    taken_back_because: str
    version: int

    @property
    def letters(self) -> list[str]:
        """Return the kinds of letters it is for, by name."""
        return [KINDS[LetterKind(each)].name for each in self.kinds]


@dataclass(frozen=True, slots=True)
class ReleasedLine:
    """A letter that was released under a permission."""

    permission_id: str
    draft_id: str
    title: str
    released_at: datetime
    void_on: date | None


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """Who may release letters of a matter, and what went out without an attorney being asked."""

    matter: Matter
    attorneys: Sequence[str]
    standing: Sequence[PermissionLine]
    over: Sequence[tuple[PermissionLine, str]]  # with why
    released: Mapping[str, Sequence[ReleasedLine]]
    staff: Sequence[tuple[str, str]]  # whom it could be given
    may_give: bool


def look(work: Work, matter_id: str) -> ReleasesPage:
    """Show who may release letters of a matter: attorneys, and staff under whose permission."""
    seen, matter = head(work, matter_id)
    held = {each.row.id for each in standing_permissions.of_matter(work, matter_id)}
    lines = seen.rows(letter_lists.PERMISSIONS, PermissionLine)
    may_give = may(work.actor.role, Right.RELEASE) and matter.closed_on is None
    can = doors.who_can(work.session, matter_id, Right.RELEASE, work.today)
    return ReleasesPage(
        matter=matter,
        attorneys=[name for _, name in can],
        standing=[each for each in lines if each.id in held],
        over=[
            (each, standing_permissions.why_over(work, each.id))
            for each in lines
            if each.id not in held
        ],
        released=_released(seen),
        staff=standing_permissions.staff_on(work, matter_id) if may_give else [],
        may_give=may_give,
    )


def _released(seen: Lens) -> dict[str, list[ReleasedLine]]:
    found: dict[str, list[ReleasedLine]] = {}
    for each in seen.rows(letter_lists.RELEASED_UNDER, ReleasedLine):
        found.setdefault(each.permission_id, []).append(each)
    return found
