"""The list of requests: filters that live in the address, a page at a time, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from casemgr.db import request_list as statements
from casemgr.db.request_list import Walk
from casemgr.domain.words import Certainty, RequestStage
from casemgr.errors import Malformed
from casemgr.fields import Code, Day, Input, Printable
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.views.remembered import remembered
from casemgr.usecases.work import Work

PAGE = 50
MOST_COUNTED = 1_000
MOST_CHOICES = 60  # matters: with more of them nobody finds one in a list to choose from
LAST = "end"  # the cursor before which the last page is

Text = Annotated[str, Field(max_length=100), Printable]
Place = Annotated[str, Field(max_length=300)]


class Filters(Input):
    """What a list of requests is narrowed to; everything that is left out stays wide."""

    matter: Code | None = Field(default=None, description="The matter's code.")
    component: DirectoryId | None = Field(default=None, description="An agency it went to.")
    state: RequestStage | None = Field(default=None, description="How far it has come.")
    owner: Code | None = Field(default=None, description="Who is responsible for it.")
    due_after: Day | None = Field(default=None, description="Next date on this day or later.")
    due_before: Day | None = Field(default=None, description="Next date on this day or earlier.")
    text: Text = Field(
        default="",
        description="In the title or our reference, or how a tracking number begins.",
    )
    fee_waiver: bool | None = Field(default=None, description="Whether a fee waiver was asked.")
    late: bool | None = Field(default=None, description="Only where the agency's time ran out.")

    def narrowed(self) -> dict[str, Any]:
        """Return the filters that are set, by the name of their condition."""
        set_to = ((name, getattr(self, name)) for name in Filters.model_fields)
        found = {name: value for name, value in set_to if value not in (None, "", False)}
        if self.fee_waiver is False:
            found["no_fee_waiver"] = True
        return found


class Asked(Filters):
    """Filters, and how the list is sorted."""

    sort: Literal["asked", "title", "due"] = Field(default="asked", description="By what.")
    way: Literal["up", "down"] | None = Field(
        default=None, description="up or down; days of letters fall, all else rises."
    )

    @property
    def down(self) -> bool:
        """Say whether the list falls: by the day of the letter the newest come first."""
        return (self.way or ("down" if self.sort == "asked" else "up")) == "down"


class Line(NamedTuple):
    """One request as the list shows it; its fields are the columns of the statement."""

    id: str
    matter_id: str
    matter: str
    reference: str
    title: str
    requested_on: date | None
    asked_on: date
    certainty: Certainty
    stage: RequestStage
    next_due_on: date | None
    their_due_on: date | None
    fee_waiver: bool
    owner: str | None
    components: str | None

    @property
    def names(self) -> str:
        """Return the components it went to, in the order of the alphabet."""
        return ", ".join(sorted((self.components or "").split("|")))

    def is_late(self, today: date) -> bool:
        """Say whether the time of one of its agencies ran out."""
        return self.their_due_on is not None and self.their_due_on < today


@dataclass(frozen=True)
class Page:
    """One page of the list, and the cursors of those beside it; empty where there is none."""

    lines: Sequence[Line]
    before: str
    after: str


class _Place(NamedTuple):
    dated: bool
    value: Any
    id: str


def look(work: Work, asked: Asked, *, after: str = "", before: str = "", most: int = PAGE) -> Page:
    """Return a page of the requests that somebody may see and the filters leave."""
    backwards = bool(before)
    place = None if before == LAST else _place(before or after, asked)
    found = list(_walk(work, asked, place, backwards=backwards, most=most + 1))
    more, lines = len(found) > most, found[:most]
    if backwards:
        lines.reverse()
    earlier, later = (more, bool(place)) if backwards else (bool(place), more)
    return Page(
        lines,
        _cursor(asked, lines[0]) if lines and earlier else "",
        _cursor(asked, lines[-1]) if lines and later else "",
    )


def every(work: Work, asked: Asked, at_once: int = 500) -> Iterator[Line]:
    """Yield every request the filters leave, page by page: however many, no more than a page."""
    place: _Place | None = None
    while True:
        found = list(_walk(work, asked, place, backwards=False, most=at_once))
        yield from found
        if len(found) < at_once:
            return
        place = _place(_cursor(asked, found[-1]), asked)


def count(work: Work, asked: Filters, most: int = MOST_COUNTED + 1) -> int:
    """Count what the filters leave, up to one more than is told."""
    what = ("requests", most, *sorted(asked.narrowed().items()))
    return remembered(work, what, partial(_count, work, asked, most))


def _count(work: Work, asked: Filters, most: int) -> int:
    walk, given = _kind(work, asked)
    # However many they may see: what is theirs is worked out once for a count, not for each row.
    statement = statements.count(replace(walk, few=True))
    found = work.rows(statement, {**given, "most": most})
    return int(found.scalar_one())


def choices(work: Work) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what the filters may be set to: matters, components, people, each with its name."""
    return remembered(work, "choices of requests", partial(_choices, work))


def _choices(work: Work) -> dict[str, tuple[tuple[str, str], ...]]:
    actor = work.actor
    given = {"today": work.today, "now": work.now, "actor": actor.id, "most": MOST_CHOICES + 1}
    wide = actor.office_wide
    asked = {
        "matter": statements.matters(actor.role, office_wide=wide),
        "component": statements.COMPONENTS,
        "owner": statements.owners(actor.role, office_wide=wide),
    }
    return {
        name: tuple((row[0], row[1]) for row in work.rows(statement, given))
        for name, statement in asked.items()
    }


# --- walking


def _walk(
    work: Work, asked: Asked, place: _Place | None, *, backwards: bool, most: int
) -> Iterator[Line]:
    walk, given = _kind(work, asked)
    walk = replace(walk, sort=asked.sort, down=asked.down is not backwards)
    parts = statements.PARTS[asked.sort]
    for dated in reversed(parts) if backwards else parts:
        if most <= 0 or (place is not None and _is_behind(parts, dated, place, backwards)):
            continue
        beyond = place is not None and place.dated is dated
        values = {**given, "most": most}
        if beyond and place is not None:
            values |= {"after_value": place.value, "after_id": place.id}
        found = work.rows(statements.page(replace(walk, dated=dated, beyond=beyond)), values)
        lines = [Line._make(row) for row in found.all()]
        most -= len(lines)
        yield from lines


def _is_behind(parts: Sequence[bool], dated: bool, place: _Place, backwards: bool) -> bool:
    """Say whether a part of the list was left behind already."""
    here, there = parts.index(dated), parts.index(place.dated)
    return here > there if backwards else here < there


def _kind(work: Work, asked: Filters) -> tuple[Walk, dict[str, Any]]:
    set_to = asked.narrowed()
    given = {"today": work.today, "now": work.now, "actor": work.actor.id, **set_to}
    if text := set_to.get("text"):
        escaped = text.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        given |= {"text": f"%{escaped}%", "text_from": text, "text_until": f"{text}\U0010fffd"}
    walk = Walk(work.actor.role, work.actor.office_wide, by=frozenset(set_to))
    return replace(walk, few=_sees_few(work, walk, set_to)), given


def _sees_few(work: Work, walk: Walk, set_to: Mapping[str, Any]) -> bool:
    """Say whether what they may see is quicker found by their matters than by walking the sort."""
    if "matter" in set_to:
        return True
    if walk.office_wide:
        return False
    held = work.session.info.setdefault("sees_few", {})
    key = (work.actor.id, work.today)
    if key not in held:
        some = statements.count(replace(walk, by=frozenset(), few=True))
        given = {
            "today": work.today,
            "now": work.now,
            "actor": work.actor.id,
            "most": statements.FEW + 1,
        }
        held[key] = work.session.execute(some, given).scalar_one() <= statements.FEW
    return bool(held[key])


# --- cursors

BROKEN = "This link to another page of the list is broken. Start from the first page."


def _cursor(asked: Asked, line: Line) -> str:
    value = {"asked": line.asked_on, "title": line.title, "due": line.next_due_on}[asked.sort]
    return f"{line.id}~{'' if value is None else value}"


def _place(typed: str, asked: Asked) -> _Place | None:
    if not typed:
        return None
    id_, sep, said = typed.partition("~")
    if not sep or len(typed) > 300 or not id_ or "\0" in typed:
        raise Malformed({"after": BROKEN})
    if asked.sort == "title":
        return _Place(True, said, id_)
    if not said and asked.sort == "due":
        return _Place(False, None, id_)
    try:
        return _Place(True, date.fromisoformat(said), id_)
    except ValueError:
        raise Malformed({"after": BROKEN}) from None
